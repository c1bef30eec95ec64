"""Words of unwanted effects. The categories are standard, and their words ours.

What makes an effect serious is that of ICH E2A, causality that of the WHO-UMC system; outcome and
action taken are those of the usual forms for single cases.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from respite.clinic.diaries.words import bladder_in_words, effects_in_words
from respite.clinic.events.models import EventVersion
from respite.domain import listed
from respite.domain import translate as _
from respite.literature import load_library

DEATH = "death"
FATAL = "fatal"
RECOVERED = "recovered"

TERMS_OF_DIARY = {
    "dizzy": "dizziness", "sick": "nausea", "sleepy": "sedation", "far_away": "dissociation",
    "muddled": "confusion", "headache": "headache", "low": "distress", "fainted": "fainting",
    "hard_to_breathe": "breathing", "chest_pain": "chest_pain", "seeing_things": "hallucination",
    "self_harm": "suicidal", "often": "bladder", "hurry": "bladder", "hurts": "bladder",
    "blood": "blood_in_urine", "cannot_pass": "bladder",
}  # fmt: skip
"""Which effect of the library each tick of a diary is."""


@cache
def terms() -> dict[str, str]:
    """Give the unwanted effects of the library by their titles."""
    every = load_library().session_effects
    return dict(sorted(((name, every[name].title) for name in every), key=lambda one: one[1]))


def criteria() -> dict[str, str]:
    """Give what makes an unwanted effect serious."""
    return {
        DEATH: _("Death"),
        "life_threatening": _("Life was in danger at the time"),
        "hospital": _("Taken into hospital, or kept there longer"),
        "disability": _("Lasting or marked disability"),
        "birth_defect": _("Birth defect"),
        "important": _("Medically important for another reason"),
    }


def severities() -> dict[str, str]:
    """Give how strong an effect was; strong is not the same as serious."""
    return {"mild": _("mild"), "moderate": _("moderate"), "severe": _("severe")}


def actions_taken() -> dict[str, str]:
    """Give what was done with ketamine."""
    return {
        "unchanged": _("dose not changed"),
        "lowered": _("dose lowered"),
        "interrupted": _("interrupted, then gone on with"),
        "stopped": _("stopped"),
        "not_applicable": _("does not apply"),
        "unknown": _("not known"),
    }


def outcomes() -> dict[str, str]:
    """Give how an effect ended."""
    return {
        RECOVERED: _("recovered"),
        "recovering": _("recovering"),
        "not_recovered": _("not recovered"),
        "sequelae": _("recovered, with lasting damage"),
        FATAL: _("fatal"),
        "unknown": _("not known"),
    }


def dechallenges() -> dict[str, str]:
    """Give what came of lowering or stopping."""
    return {
        "better": _("it got better"),
        "not_better": _("it did not get better"),
        "not_done": _("was not lowered or stopped"),
        "unknown": _("not known"),
    }


def rechallenges() -> dict[str, str]:
    """Give what came of giving it again."""
    return {
        "came_back": _("it came back"),
        "did_not": _("it did not come back"),
        "not_done": _("was not given again"),
        "unknown": _("not known"),
    }


def causalities() -> dict[str, str]:
    """Give the categories of causality."""
    return {
        "certain": _("certain"),
        "probable": _("probable"),
        "possible": _("possible"),
        "unlikely": _("unlikely"),
        "conditional": _("conditional"),
        "unassessable": _("unassessable"),
    }


def causality_choices() -> list[tuple[str, str]]:
    """Give the categories of causality, each with what it means."""
    meanings = {
        "certain": _("the time fits, nothing else explains it, it went on stopping and came back"),
        "probable": _("the time fits, another cause is unlikely, it got better on stopping"),
        "possible": _("the time fits, and something else may explain it as well"),
        "unlikely": _("the time hardly fits, and something else explains it better"),
        "conditional": _("more is being found out"),
        "unassessable": _("too little is known, or it contradicts itself"),
    }
    return [
        (name, _("{category}: {meaning}").format(category=words, meaning=meanings[name]))
        for name, words in causalities().items()
    ]


def reporters() -> dict[str, str]:
    """Give who may have told of it."""
    return {"patient": _("the patient"), "carer": _("a carer or relative"), "staff": _("staff")}


def cares() -> dict[str, str]:
    """Give what help a patient may have had."""
    return {
        "none": _("No"),
        "doctor": _("I saw or called a doctor"),
        "hospital": _("I was in hospital"),
    }


def in_words(names: Iterable[str], words: dict[str, str]) -> str:
    """List what was chosen, in the order in which it was offered."""
    kept = set(names)
    return listed([said for name, said in words.items() if name in kept])


def title_of(version: EventVersion) -> str:
    """Name an unwanted effect in a few words."""
    known = terms()
    named = [known.get(name, str(name)) for name in version.terms]
    if named:
        said = listed(named)
        return said[:1].upper() + said[1:]
    short = " ".join(version.words.split())
    if not short:
        return _("An effect without words")
    return short if len(short) <= SHORT else f"{short[: SHORT - 1]}…"


SHORT = 60
"""Letters of somebody's own words that name an effect in a list; ours."""


def told_in_words(version: EventVersion) -> list[str]:
    """Say what a patient ticked."""
    told = version.told
    lines = effects_in_words(told.get("effects", ()))
    answers = bladder_in_words(told.get("bladder", {}))
    lines += [_("{question} Yes").format(question=asked) for asked, said in answers if said]
    if told.get("care") in cares():
        care = cares()[told["care"]]
        lines.append(_("Help: {care}").format(care=care))
    return lines
