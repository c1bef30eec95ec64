"""A letter to the GP from what is on record: one page, the most important first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from respite.domain import listed, translate_plural
from respite.domain import translate as _
from respite.report import basis
from respite.report.check_words import not_recognised_lines
from respite.report.given_words import given_told
from respite.report.gp_letter_relief import relief_in_short, relief_lines
from respite.report.numerals import exact
from respite.report.phrases import as_sentence
from respite.report.surveillance_text import opened, whose

if TYPE_CHECKING:
    from respite.report.gp_letter_facts import DueTold, EffectCount, EffectTold, LetterFacts

FOR_THE_GP = (
    "blood_pressure", "bladder_symptoms", "bladder_score", "urinalysis", "kidney", "liver", "ecg",
    "pregnancy", "mood", "alcohol", "misuse", "cognition",
)  # fmt: skip
"""What is watched that a practice can see to; the rest is done where ketamine is given. Ours."""

ACTED_ON = ("bladder_symptoms", "urinalysis", "liver", "kidney", "psychosis")
"""Of what may be found, what a letter names with what then follows; ours."""

ASKED_FOR = ("bladder_symptoms", "psychosis")
"""Of these, a letter says what is asked for as well; ours."""

MOST_DUE, MOST_EFFECTS, MOST_RULES = 5, 4, 3
"""How many lines of each a page holds; what is left is counted."""

MOST_COUNTS = 6
"""How many effects of sessions, and of the diary, are named; ours."""

INTERACTION = "DDI-"
"""How the names of rules on medicines begin."""


@dataclass(frozen=True)
class LetterPart:
    """One part of a letter.

    Attributes
    ----------
    key
        What it is called in data.
    heading
        What stands above it.
    lines
        Its sentences.
    """

    key: str
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LetterWords:
    """A letter in words; every face takes the same.

    Attributes
    ----------
    title
        What it is about.
    parts
        Its parts, in the order in which they are read.
    intended_use
        What it is for.
    """

    title: str
    parts: tuple[LetterPart, ...]
    intended_use: str

    def to_dict(self) -> dict[str, Any]:
        """Give the letter as plain data, in the form of ``respite.gp-letter/1``."""
        return {"schema": "respite.gp-letter/1", **asdict(self)}


def letter_to_gp(facts: LetterFacts) -> LetterWords:
    """Write a letter to the GP.

    Parameters
    ----------
    facts
        What is on record.

    Returns
    -------
    The letter; every number in it is one of the record, or of the library.

    Examples
    --------
    >>> from datetime import date
    >>> from respite.report import LetterFacts
    >>> letter = letter_to_gp(LetterFacts(on=date(2026, 3, 2), condition="fibromyalgia"))
    >>> print(*letter.parts[0].lines, sep="; ")
    Ketamine against fibromyalgia: nothing was given, and no plan is signed.
    """
    parts = (
        LetterPart("short", _("In short"), tuple(_short(facts))),
        LetterPart("diagnosis", _("Diagnosis"), tuple(_diagnosis(facts))),
        LetterPart("given", _("What was given"), tuple(_given(facts))),
        LetterPart("did", _("What it did"), tuple(relief_lines(facts))),
        LetterPart("plan", _("The plan now"), tuple(_plan(facts))),
        LetterPart("outlook", _("How long relief should last"), tuple(_outlook(facts))),
        LetterPart("effects", _("Unwanted effects on record"), tuple(_effects(facts))),
        LetterPart("medicines", _("With other medicines"), tuple(_medicines(facts))),
        LetterPart("watch", _("Please watch"), tuple(_watch(facts))),
        LetterPart("act", _("If you find"), tuple(_act())),
        LetterPart("refer", _("Please send back to us"), tuple(_refer())),
        LetterPart("reach", _("How to reach us"), tuple(_reach(facts))),
    )
    return LetterWords(
        title=_("Treatment with ketamine"),
        parts=tuple(one for one in parts if one.lines),
        intended_use=basis.intended_use(),
    )


def _short(facts: LetterFacts) -> Iterable[str]:
    condition = facts.condition or _("pain")
    if facts.given is None and facts.plan is None:
        text = _("Ketamine against {condition}: nothing was given, and no plan is signed.")
    elif facts.given is None:
        text = _("Ketamine against {condition}: a plan is signed, and nothing was given yet.")
    elif facts.plan is None:
        text = _("Ketamine against {condition}: it was given, and no plan is signed now.")
    elif facts.plan_is_over:
        text = _("Ketamine against {condition}: the course that was planned is over.")
    else:
        text = _("Ketamine against {condition}: it was given, and a plan is signed.")
    yield text.format(condition=condition)
    did = relief_in_short(facts)
    if did:
        yield did
    overdue = [one for one in _due(facts) if one.is_overdue]
    if overdue:
        yield _("Overdue: {titles}. Please see below.").format(titles=listed(_titles(overdue)))


def _diagnosis(facts: LetterFacts) -> Iterable[str]:
    told = facts.condition or _("no diagnosis is on record")
    if facts.pain_since is not None:
        told = _("{told}, since {day}").format(told=told, day=facts.pain_since.isoformat())
    if facts.usual_pain is not None:
        told = _("{told}; usual pain {pain} of 10").format(told=told, pain=exact(facts.usual_pain))
    yield as_sentence(told)


def _given(facts: LetterFacts) -> Iterable[str]:
    rows = given_told(facts.given, weight_kg=facts.weight_kg)
    for one in rows:
        yield as_sentence(one.words)
    if not rows:
        yield _("Nothing is on record.")


def _plan(facts: LetterFacts) -> Iterable[str]:
    if facts.plan is None:
        yield _("No plan is signed. Please give no ketamine, and ask us where in doubt.")
        return
    for line in facts.plan.lines:
        yield as_sentence(line)
    if facts.plan_starts is not None:
        yield _("First day {day}.").format(day=facts.plan_starts.isoformat())
    yield facts.plan.ends
    if facts.plan_is_over:
        yield _("That is over: no further dose is planned.")
    if facts.plan_signed is not None:
        yield _("Signed on {day}.").format(day=facts.plan_signed.isoformat())


def _outlook(facts: LetterFacts) -> Iterable[str]:
    if not facts.outlook or facts.outlook_on is None:
        return
    yield from facts.outlook
    yield _("Worked out on {day}. It describes people like this patient, and not one.").format(
        day=facts.outlook_on.isoformat()
    )


def _effects(facts: LetterFacts) -> Iterable[str]:
    for one in facts.effects[:MOST_EFFECTS]:
        yield _effect(one)
    more = len(facts.effects) - MOST_EFFECTS
    if more > 0:
        yield translate_plural(
            "{n} more is on our record.", "{n} more are on our record.", more
        ).format(n=more)
    if facts.seen_in_sessions:
        yield _("Seen in {n} sessions: {effects}.").format(
            n=len(facts.sessions), effects=_counts(facts.seen_in_sessions)
        )
    if facts.told_in_diary:
        yield _("Ticked in the diary: {effects}.").format(effects=_counts(facts.told_in_diary))
    if not (facts.effects or facts.seen_in_sessions or facts.told_in_diary):
        yield _("None is on record. Please tell us of any.")


def _counts(every: Iterable[EffectCount]) -> str:
    named = (
        _("{effect} ({n} times)").format(effect=one.what, n=one.count)
        if one.count > 1
        else _("{effect} (once)").format(effect=one.what)
        for one in list(every)[:MOST_COUNTS]
    )
    return ", ".join(named)


def _effect(one: EffectTold) -> str:
    serious = {True: _("serious"), False: _("not serious"), None: _("not judged yet")}
    told = [
        one.severity,
        serious[one.is_serious],
        one.outcome,
        _("from ketamine: {causality}").format(causality=one.causality) if one.causality else "",
    ]
    what = one.what
    if one.began is not None:
        what = _("{what}, {day}").format(what=what, day=one.began.isoformat())
    words = _("{what}: {told}").format(what=what, told=", ".join(part for part in told if part))
    return as_sentence(words)


def _medicines(facts: LetterFacts) -> Iterable[str]:
    if facts.safety is None:
        yield _("The rules could not be asked: what is known cannot all be true.")
        return
    fired = [one for one in facts.safety.of("fires") if one.rule.startswith(INTERACTION)]
    for one in fired[:MOST_RULES]:
        yield _("{action} ({because})").format(action=one.action, because=one.because)
    if len(fired) > MOST_RULES:
        more = len(fired) - MOST_RULES
        yield translate_plural(
            "{n} more rule on medicines fires; please ask us.",
            "{n} more rules on medicines fire; please ask us.",
            more,
        ).format(n=more)
    yield from not_recognised_lines(facts.safety.not_recognised)
    if not facts.has_all_medicines:
        yield _("Nobody has told us every medicine, so more may apply. Please send your list.")
    elif not fired:
        yield _("No rule on medicines fires with the list that we have. Please tell us of changes.")


def _watch(facts: LetterFacts) -> Iterable[str]:
    alike: dict[tuple[str, str], list[DueTold]] = {}
    for one in _due(facts):
        day = one.due.isoformat()
        day = _("{day}, overdue").format(day=day) if one.is_overdue else day
        alike.setdefault((day, one.reason), []).append(one)
    for (day, reason), group in list(alike.items())[:MOST_DUE]:
        yield _("{day}: {titles}. {reason}").format(
            day=day, titles=listed(_titles(group)), reason=reason
        )
    if not alike:
        yield _("Nothing that a practice can see to is due soon by our schedule.")
    more = len(alike) - MOST_DUE
    if more > 0:
        yield translate_plural(
            "{n} later day is on our list.", "{n} later days are on our list.", more
        ).format(n=more)


def _due(facts: LetterFacts) -> list[DueTold]:
    """Give what a practice can see to."""
    return [one for one in facts.due if one.item in FOR_THE_GP]


def _titles(due: Iterable[DueTold]) -> list[str]:
    return list(dict.fromkeys(one.title for one in due))


def _act() -> Iterable[str]:
    from respite.literature import load_library

    items = load_library().surveillance
    for name in ACTED_ON:
        item = items[name]
        found = (
            _("{threshold}: {action} ({whose})").format(
                threshold=opened(one.threshold), action=one.action, whose=whose(one.number_is)
            )
            if one.number_is not in {"none", "source"}
            else _("{threshold}: {action}").format(
                threshold=opened(one.threshold), action=one.action
            )
            for one in item.triggers
        )
        title = item.title
        if name in ASKED_FOR:
            title = _("{title} ({asked})").format(title=title, asked=item.does)
        yield _("{title}. {found}.").format(title=title, found=". ".join(found))
    yield _("Limits that are ours, or partly ours, are proposals that no source states.")


def _refer() -> Iterable[str]:
    yield _(
        "Any of the above; a new illness of heart, liver, bladder or mind; pregnancy or a wish for"
        " it; a new opioid, sedative or strong inhibitor of liver enzymes; a wish for more than is"
        " planned, or ketamine from elsewhere."
    )


def _reach(facts: LetterFacts) -> Iterable[str]:
    if facts.next_visit is not None:
        yield _("Next visit: {day}.").format(day=facts.next_visit.isoformat())
    else:
        yield _("No next visit is on record.")
    if facts.phone:
        yield _("{clinic}: {phone}; what cannot wait: {urgent}.").format(
            clinic=facts.clinic, phone=facts.phone, urgent=facts.urgent_phone
        )
