"""What Respite is for, and what it cannot do."""

from __future__ import annotations

from respite.domain import translate as _
from respite.report import basis
from respite.report.topics.sourced import Face, Topic, TopicPart, all_said

NAME = "limits"


def title() -> str:
    """Name the topic."""
    return _("What is this for, and what can it not do?")


def limits_topic(face: Face, condition: str | None = None) -> Topic:
    """Tell for whom it is, what it is not, and what nobody knows."""
    del condition
    return for_patients() if face == "patients" else for_clinicians()


def for_clinicians() -> Topic:
    """Tell the intended use and its limits."""
    return Topic(
        name=NAME,
        title=title(),
        face="clinicians",
        lead=all_said((basis.intended_use(),)),
        parts=(
            TopicPart(
                heading=_("For whom and for what"),
                said=all_said(
                    (
                        _(
                            "It helps clinicians who treat chronic pain with ketamine or esketamine"
                            " to form an expectation of how long relief may last, and researchers"
                            " to examine the models behind it. The basis of each answer is shown"
                            " with it: model, numbers, sources, certainty."
                        ),
                    )
                ),
            ),
            TopicPart(heading=_("What it is not"), points=all_said(_what_it_is_not())),
            TopicPart(heading=_("Who should not be asked about"), points=all_said(_not_for())),
            TopicPart(heading=_("What limits every answer"), points=all_said(_limits())),
        ),
    )


def _what_it_is_not() -> tuple[str, ...]:
    return (
        _("Not a medical device: no authority has cleared, approved or certified it."),
        _("Not for emergencies, and not for anything where minutes count."),
        _("Not autonomous: it prescribes nothing, orders nothing and watches nobody."),
        _("Not advice for patients: an answer becomes useful to a patient through a clinician who"
          " has judged it."),
        _("No clearance: a forecast looks at no contraindication, and what no rule asks about no"
          " check sees."),
        _("Not a promise: it describes groups of people and cannot foresee one person's course."),
    )  # fmt: skip


def _not_for() -> tuple[str, ...]:
    return (
        _("Children: they are outside all models."),
        _("People outside the scope of the models: each model says whom it saw."),
    )


def _limits() -> tuple[str, ...]:
    return (
        _("Several sources were seen as an abstract, or in somebody else's words; each says how."),
        _("The time course of relief rests on one small trial; it is carried over to most"
          " conditions."),
        _("Relief was studied after doses into a vein. After others it is forecast through levels"
          " alone."),
        _("What placebo does after weeks is poorly known."),
        _("A number that you can show to be wrong is worth more than a new feature: the file, the"
          " line and the source are all that is needed."),
    )  # fmt: skip


def for_patients() -> Topic:
    """Tell it in plain words."""
    return Topic(
        name=NAME,
        title=title(),
        face="patients",
        lead=all_said(
            (
                _("These pages help you and your team to talk. They do not tell you what to take."),
                _("They speak of groups of people. No one can tell how it will be for you."),
            )
        ),
        parts=(
            TopicPart(
                heading=_("What these pages cannot do"),
                points=all_said(
                    (
                        _("They cannot help when you need help now. Call your clinic, or the"
                          " emergency line."),
                        _("They cannot say if ketamine is safe for you. Only your team can, once"
                          " they have asked and tested."),
                        _("They cannot say that it will work."),
                        _("They know nothing of you. No one sees what you read here."),
                        _("They are not for children. No child was in these tests."),
                        _("They are not a medical device. No one has approved them."),
                    )
                ),
            ),
            TopicPart(
                heading=_("Why the numbers may be wrong"),
                points=all_said(
                    (
                        _("Few people were tested, and most of them for a few hours only."),
                        _("We have not read all papers in full. Each source says how it was seen."),
                        _("Where no number was known we chose one. It says so."),
                        _("If you find a fault, tell us. We will mend it."),
                    )
                ),
            ),
        ),
    )  # fmt: skip
