"""What is watched, in plain words for patients; and the names of organs."""

from __future__ import annotations

from respite.domain import translate as _


def organ_words(organ: str) -> str:
    """Give the heading of an organ."""
    words = {
        "bladder": _("Bladder"),
        "liver": _("Liver"),
        "kidney": _("Kidneys"),
        "mind": _("Mood and mind"),
        "misuse": _("Misuse and alcohol"),
        "heart": _("Blood pressure and heart"),
        "benefit": _("Benefit"),
        "pregnancy": _("Pregnancy"),
        "all": _("All in all"),
    }
    return words.get(organ, organ.replace("_", " "))


ORGANS = (
    "bladder", "kidney", "liver", "mind", "misuse", "heart", "benefit", "pregnancy", "all",
)  # fmt: skip
"""Organs in the order of the page; what happens within a session is watched there."""


def plain_words(item: str, title: str) -> tuple[str, str]:
    """Say to a patient what is checked, and why.

    Parameters
    ----------
    item
        Its name in the library.
    title
        How clinicians call it, for what is not said more plainly here.
    """
    words = {
        "liver": (
            _("A blood test of your liver"),
            _("Ketamine can harm the liver. A blood test finds it early."),
        ),
        "kidney": (
            _("A blood test of your kidneys"),
            _("A sick bladder can harm the kidneys without pain. A blood test finds it early."),
        ),
        "urinalysis": (
            _("A urine test"),
            _("Blood in the urine may be too little to see. A test finds it."),
        ),
        "bladder_symptoms": (
            _("Questions about your bladder"),
            _("Ketamine can harm the bladder. It can heal if it is found early."),
        ),
        "bladder_score": (
            _("A short form about your bladder"),
            _("A form finds slow changes that are easy to miss."),
        ),
        "mood": (
            _("A form about your mood"),
            _("Pain and low mood go together. Mood may fall when relief fades."),
        ),
        "blood_pressure": (
            _("Blood pressure and pulse"),
            _("Ketamine makes blood pressure rise for an hour or two."),
        ),
        "ecg": (_("A picture of your heart beat"), _("It is done if your heart may be at risk.")),
        "alcohol": (
            _("Questions about alcohol"),
            _("Alcohol and ketamine together make you more sleepy, and strain the liver."),
        ),
        "misuse": (
            _("A talk about how you use ketamine"),
            _("Some people come to need more and more. It is best to talk about it early."),
        ),
        "misuse_risk": (
            _("A form about drugs and risks"),
            _("It helps to keep you safe with a drug that can make people depend on it."),
        ),
        "cognition": (
            _("A short memory test"),
            _("Memory may get worse in people who use much ketamine."),
        ),
        "psychosis": (
            _("Questions about odd thoughts or voices"),
            _("They are rare, and they should be found early."),
        ),
        "benefit": (
            _("A look at how much it helps"),
            _("A treatment that does not help should stop. Your diary shows it best."),
        ),
        "pregnancy": (_("A pregnancy test"), _("Ketamine should not be used in pregnancy.")),
        "call": (_("A phone call after your last dose"), _("We ask how you are at home.")),
        "side_effects": (
            _("Questions about side effects"),
            _("What is asked for is found more often."),
        ),
    }
    return words.get(item, (title, ""))


def bladder_signs() -> tuple[tuple[str, bool], ...]:
    """Give the warning signs of the bladder in plain words, and whether each cannot wait."""
    return (
        (_("You see blood in your urine."), True),
        (_("You need to go, but nothing comes."), True),
        (_("It hurts or burns to pass water."), False),
        (_("You go much more often than before, or many times at night."), False),
        (_("You must rush to get there in time."), False),
        (_("Your belly hurts low down when the bladder is full."), False),
    )
