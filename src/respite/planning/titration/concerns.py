"""What in a record of sessions speaks against a higher dose, and how strongly.

Each concern is a limit by itself, and the strictest of all decides: so a
worse effect can never lead to a higher dose.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from respite.domain import Regimen, Route, SessionRecord, Sessions, quoted
from respite.domain import translate as _
from respite.literature import Library, Parameter, SessionEffect
from respite.planning.titration.amounts import active_events
from respite.planning.titration.answer import Basis
from respite.planning.titration.trend import chance_of_so_many_falls

SWALLOWED = frozenset({Route.ORAL, Route.SUBLINGUAL, Route.BUCCAL, Route.RECTAL})
"""Routes by which ketamine is taken at home, where nobody measures pressure each time."""

FEWEST_FOR_A_TREND = 4
"""With fewer, no order of values is rare enough to be called a trend."""


class Limit(IntEnum):
    """What a concern leaves of the next dose, the strictest first."""

    STOP = 0
    DOWN = 1
    HOLD = 2
    FREE = 3


LIMITS = {"stop": Limit.STOP, "down": Limit.DOWN, "hold": Limit.HOLD, "free": Limit.FREE}
"""The words of the library for these."""

GRADES = {
    "mild": "mild",
    "slight": "mild",
    "minor": "mild",
    "moderate": "moderate",
    "severe": "severe",
    "serious": "severe",
    "marked": "severe",
    "strong": "severe",
    "very": "severe",
}
"""Words for how bad an effect was; without one it counts as moderate."""


@dataclass(frozen=True, kw_only=True)
class Concern:
    """One thing that limits the next dose.

    Parameters
    ----------
    limit
        How strictly.
    reason
        The sentence; empty where only something must be asked.
    basis
        The rule behind it.
    ask
        What must be known, as a question; empty where nothing must.
    is_benefit
        Whether it is about relief and not about harm.
    """

    limit: Limit
    reason: str = ""
    basis: tuple[Basis, ...] = ()
    ask: str = ""
    is_benefit: bool = False


def concerns_of(sessions: Sessions, regimen: Regimen, library: Library) -> tuple[Concern, ...]:
    """Give everything in a record that limits the next dose."""
    last, earlier = sessions.last, sessions.records[:-1]
    return (
        *_of_session(last, regimen, library),
        *_of_earlier(earlier, library),
        *_futility(sessions, library),
        *_shrinking(sessions, library),
    )


def read_effect(word: str, library: Library) -> tuple[SessionEffect, str] | None:
    """Find an effect and its grade by the word for it; ``None`` where the word is not known.

    Examples
    --------
    >>> from respite.literature import load_library
    >>> effect, grade = read_effect("nausea (severe)", load_library())
    >>> effect.id, grade
    ('nausea', 'severe')
    """
    words = word.replace("(", " ").replace(")", " ").split()
    grades = [GRADES[one] for one in words if one in GRADES]
    name = " ".join(one for one in words if one not in GRADES)
    for effect in library.session_effects.values():
        if name in effect.names:
            return effect, _worst(grades)
    return None


def convention_basis(name: str, number: Parameter) -> Basis:
    """Give a number of ``library/conventions/titration.toml`` as a rule."""
    ours = number.source in ("", "respite")
    told = "recalled" if number.read == "recalled" else "ours" if ours else "mixed"
    return Basis(
        rule=f"conventions/titration.{name}",
        words=f"{number.words}: {number.printed.removesuffix(' 1')}",
        number_is="source" if number.status == "published" else told,
        status=number.status,
        source=number.source or "respite",
    )


def _of_session(record: SessionRecord, regimen: Regimen, library: Library) -> Iterator[Concern]:
    yield from _effects(record, library)
    yield from _pressure(record, library)
    if record.effects is None:
        yield Concern(
            limit=Limit.HOLD,
            ask=_("Were there unwanted effects in the last session? Nothing was written down."),
        )
    swallowed = all(event.route in SWALLOWED for event in active_events(regimen))
    if not swallowed and (record.systolic is None or record.diastolic is None):
        yield Concern(
            limit=Limit.HOLD,
            ask=_("What was the highest blood pressure in the last session?"),
        )


def _of_earlier(records: tuple[SessionRecord, ...], library: Library) -> Iterator[Concern]:
    """Hold the dose where an earlier session should have been the last, or left a question."""
    for record in records:
        found = [*_effects(record, library), *_pressure(record, library)]
        yield from (one for one in found if one.ask)
        stops = [one for one in found if one.limit is Limit.STOP]
        if stops:
            yield Concern(
                limit=Limit.HOLD,
                reason=_("No higher dose: on {day} there was a reason to stop. {reason}").format(
                    day=record.start.date().isoformat(), reason=stops[0].reason
                ),
                basis=stops[0].basis,
            )


def _effects(record: SessionRecord, library: Library) -> Iterator[Concern]:
    for word in record.effects or ():
        known = read_effect(word, library)
        if known is None:
            yield Concern(
                limit=Limit.HOLD,
                ask=_("What is {word}? It is not known here, and was not passed over.").format(
                    word=quoted(word)
                ),
            )
            continue
        effect, grade = known
        yield Concern(
            limit=LIMITS[getattr(effect, grade)],
            reason=_("{effect}: {action}").format(
                effect=f"{word[:1].upper()}{word[1:]}", action=effect.action
            ),
            basis=(
                Basis(
                    rule=f"session_effects/{effect.id}",
                    words=_("{effect}, {grade}").format(effect=effect.title, grade=grade),
                    number_is=effect.number_is,
                    status=effect.status,
                    source=effect.source,
                ),
            ),
        )


def _pressure(record: SessionRecord, library: Library) -> Iterator[Concern]:
    for act, limit in (("stop", Limit.STOP), ("hold", Limit.HOLD)):
        for side, value in (("systolic", record.systolic), ("diastolic", record.diastolic)):
            name = f"{side}_{act}"
            number = library.convention(f"titration.{name}")
            if value is None or value < number.typical.value:
                continue
            told = _("Blood pressure reached {value} mmHg ({side}), and {most:g} is the limit.")
            yield Concern(
                limit=limit,
                reason=told.format(
                    value=value,
                    side=_("systolic") if side == "systolic" else _("diastolic"),
                    most=number.typical.value,
                ),
                basis=(convention_basis(name, number),),
            )


def _futility(sessions: Sessions, library: Library) -> Iterator[Concern]:
    enough = library.convention("titration.enough_relief")
    count = library.convention("titration.futile_sessions")
    latest = sessions.records[-int(count.typical.value) :]
    if len(latest) < count.typical.value:
        return
    reliefs = [record.relief_percent for record in latest]
    if all(relief is not None and relief < enough.typical.value for relief in reliefs):
        yield Concern(
            limit=Limit.STOP,
            reason=_(
                "No response: relief stayed under {percent:g} % in the last {count} sessions."
                " Neither a higher dose nor a shorter interval is called for."
            ).format(percent=enough.typical.value, count=len(latest)),
            basis=(
                convention_basis("enough_relief", enough),
                convention_basis("futile_sessions", count),
            ),
            is_benefit=True,
        )


def _shrinking(sessions: Sessions, library: Library) -> Iterator[Concern]:
    hours = [one.hours_of_relief for one in sessions.records if one.hours_of_relief is not None]
    shares = [one.relief_percent for one in sessions.records if one.relief_percent is not None]
    by_hours = len(hours) >= FEWEST_FOR_A_TREND
    values = hours if by_hours else shares
    number = library.convention("titration.shrinking_chance")
    if len(values) < FEWEST_FOR_A_TREND:
        return
    chance = chance_of_so_many_falls(values)
    if chance > number.value:
        return
    told = _("Hours of relief shrink from session to session")
    if not by_hours:
        told = _("Relief shrinks from session to session")
    yield Concern(
        limit=Limit.STOP,
        reason=_(
            "{what}: without a trend, so many falls would be seen in {chance:.1f} of 100 records"
            " (limit {most:g}, for one look; looking again after each session errs more often)."
            " Relief that shrinks is not chased with a higher dose."
        ).format(what=told, chance=100 * chance, most=number.typical.value),
        basis=(convention_basis("shrinking_chance", number),),
        is_benefit=True,
    )


def _worst(grades: list[str]) -> str:
    order = ("mild", "moderate", "severe")
    return max(grades, key=order.index, default="moderate")
