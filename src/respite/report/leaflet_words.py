"""A leaflet for the patient, in plain words: short sentences, natural numbers, no jargon."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.literature_words import LiteratureWords, PagePart, part_of
from respite.report.numerals import days, rounded

if TYPE_CHECKING:
    from respite.planning import Plan, Proposal
    from respite.safety import AcuteEffect, Due

MOST_CHECKS = 6
"""Checks that are named at most."""

_RARE = 1
"""In a hundred: below it people are told 'fewer than 1'."""


def leaflet_words(answer: Plan) -> LiteratureWords:
    """Say to the patient what the first proposal is, what it may do, and what will be checked."""
    first = answer.proposals[0] if answer.proposals else None
    return LiteratureWords(
        title=_("Ketamine for your pain"),
        lead=tuple(_lead(answer, first)),
        question=(),
        parts=tuple(_parts(answer, first)),
        notes=tuple(_notes(first)),
        notes_heading=_("Good to know"),
        sheet="leaflet",
    )


def _notes(first: Proposal | None) -> Iterable[str]:
    yield _("This sheet does not replace a talk with your doctor. Ask about anything.")
    if first is not None:
        yield _("The numbers are for 100 people like you. Nobody can tell which one you will be.")


def _lead(answer: Plan, first: Proposal | None) -> Iterable[str]:
    if first is None:
        yield _("At present we do not offer you ketamine.")
        yield _("Your team will tell you why, and what else may help.")
        return
    if answer.no_ketamine_first:
        yield _("Ketamine may not help you much. To go without it is a good choice too.")
    else:
        yield _("Your team would like to try ketamine with you.")
    yield _("The plan: {words}.").format(words=first.tried.words)
    yield _("Your doctor writes it so: {plan}.").format(plan=first.tried.regimen)


def _parts(answer: Plan, first: Proposal | None) -> Iterable[PagePart]:
    yield part_of(_("What it is"), what_it_is())
    if first is not None:
        yield part_of(_("How long relief may last"), _how_long(answer, first))
        yield part_of(_("What you may feel"), what_is_felt(first.adverse_effects))
    yield part_of(_("When to call us"), when_to_call())
    checks = tuple(what_is_checked(answer.surveillance))
    if checks:
        yield part_of(_("What we will check"), checks)


def what_it_is() -> Iterable[str]:
    """Say what ketamine is."""
    yield _("Ketamine is an old medicine. In high doses it puts people to sleep.")
    yield _("In low doses it can calm nerves that send too much pain.")
    yield _("For long-lasting pain it is given outside its licence. Your team can say more.")


def _how_long(answer: Plan, first: Proposal) -> Iterable[str]:
    one = first.tried
    low, high = one.interval80_days
    yield _("Of 100 people, about {n} get a week or more of relief from the medicine.").format(
        n=round(100 * one.chance_worthwhile)
    )
    yield _("In the first {horizon} days that is about {mean} on average.").format(
        horizon=rounded(answer.horizon_days), mean=days(one.mean_days)
    )
    yield _("For most people it lies between {low} and {high} days.").format(
        low=round(low), high=round(high)
    )
    yield _("We are not sure of this. Few people have been studied for long.")
    yield _("A pain diary will show how it is for you. Please write one.")


def what_is_felt(effects: Sequence[AcuteEffect]) -> Iterable[str]:
    """Say what may be felt on the day, as natural numbers."""
    yield _("Most of these come on the day you are given the drug. They pass within hours.")
    for one in effects:
        if one.probability is not None and not (one.effect == "pressure_rise" and one.is_outside):
            yield _in_100(one)
    rise = [one for one in effects if one.effect == "systolic" and one.size]
    if rise:
        yield _("Your blood pressure may go up for an hour or two. We will measure it.")
    yield _("Do not drive until the next day. Have someone take you home.")


def _in_100(one: AcuteEffect) -> str:
    n = 100 * (one.probability or 0)
    if n < _RARE:
        return _("{effect}: fewer than 1 in 100 people.").format(effect=_plain(one))
    return _("{effect}: about {n} in 100 people.").format(effect=_plain(one), n=round(n))


def _plain(one: AcuteEffect) -> str:
    return {
        "dissociation": _("Feeling far away or as in a dream"),
        "dizziness": _("Feeling dizzy"),
        "nausea": _("Feeling sick"),
        "vomiting": _("Being sick"),
        "sedation": _("Feeling sleepy"),
        "confusion": _("Feeling confused"),
        "headache": _("Headache"),
        "pressure_rise": _("A strong rise of blood pressure"),
    }.get(one.effect, one.words)


def when_to_call() -> Iterable[str]:
    """Say when to call the clinic."""
    yield _("Call at once for chest pain, a very bad headache, a fit, or trouble to breathe.")
    yield _("Call at once if you think of harming yourself.")
    yield _("Call us if it hurts to pass water, if you go more often, or if you see blood.")
    yield _("Call us if your skin or eyes turn yellow, or if you itch all over.")
    yield _("Call us if you see or hear things that are not there after you went home.")


def what_is_checked(due_items: Sequence[Due]) -> Iterable[str]:
    """Say what will be checked, the first of it."""
    for due in due_items[:MOST_CHECKS]:
        yield _("{title}: {what}.").format(title=due.title, what=due.what.rstrip("."))
    if due_items:
        yield _("We check so that we find harm early, while it can still heal.")
