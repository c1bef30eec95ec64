"""Which sessions are possible: each by itself, and all together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from respite.domain.clocks import is_zoned
from respite.domain.sessions import SessionRecord, SessionsNotUnderstood
from respite.domain.spelling import quoted
from respite.domain.words import translate as _

WORST_RELIEF, BEST_RELIEF = -1_000, 100
"""Percent of the pain before: all of it gone, or grown from 1 to 10 of 10 and beyond."""

LONGEST_RELIEF_H = 17_544
"""Ours: two years after one session are not its relief any more."""

LOWEST_PRESSURE, HIGHEST_PRESSURE = 20, 320
"""Ours, in mmHg: outside, a pressure is a slip of the keyboard."""

MOST_EFFECTS = 20
LONGEST_EFFECT = 80
"""Letters of one effect, and effects of one session."""


def in_order(records: Sequence[SessionRecord]) -> tuple[SessionRecord, ...]:
    """Give sessions in order of time.

    Raises
    ------
    SessionsNotUnderstood
        Where there is none, one is impossible, or two started at the same time.
    """
    if not records:
        raise SessionsNotUnderstood(
            _("The record holds no session."),
            _("at least one."),
            _("leave the record out where no session was given."),
        )
    seen: set[datetime] = set()
    for number, record in enumerate(records, start=1):
        fault = record_fault(record)
        if fault is None and is_zoned(record.start) != is_zoned(records[0].start):
            fault = _("only some times have a time zone.")
        if fault is None and record.start in seen:
            fault = _("another session started at the same time.")
        if fault is not None:
            raise SessionsNotUnderstood(
                _("Session {number} of the record: {fault}").format(number=number, fault=fault),
                _("sessions that could have been, each with a start of its own."),
                _("correct the session, or leave it out."),
            )
        seen.add(record.start)
    return tuple(sorted(records, key=lambda record: record.start))


def record_fault(record: SessionRecord) -> str | None:
    """Say what is impossible in one session, or ``None``."""
    return (
        relief_fault(record.relief_percent)
        or hours_fault(record.hours_of_relief)
        or pressure_fault(record.systolic)
        or pressure_fault(record.diastolic)
        or effects_fault(record.effects)
        or pair_fault(record)
        or no_relief_fault(record)
    )


def relief_fault(percent: float | Decimal | None) -> str | None:
    """Say why a number is no relief in percent, or ``None`` where it is one or missing."""
    if percent is None or WORST_RELIEF <= percent <= BEST_RELIEF:
        return None
    return _("{value} is not a fall of pain in percent.").format(value=quoted(percent))


def hours_fault(hours: float | Decimal | None) -> str | None:
    """Say why a number is no length of relief, or ``None`` where it is one or missing."""
    if hours is None or 0 <= hours <= LONGEST_RELIEF_H:
        return None
    return _("{value} is not a number of hours of relief.").format(value=quoted(hours))


def pressure_fault(pressure: float | Decimal | None) -> str | None:
    """Say why a number is no blood pressure, or ``None`` where it is one or missing."""
    if pressure is None or (
        LOWEST_PRESSURE <= pressure <= HIGHEST_PRESSURE and pressure == int(pressure)
    ):
        return None
    return _("{value} is not a blood pressure.").format(value=quoted(pressure))


def effects_fault(effects: Sequence[str] | None) -> str | None:
    """Say why words cannot be the effects of a session, or ``None``."""
    if effects is None:
        return None
    if len(effects) > MOST_EFFECTS:
        return _("more than {most} effects are named.").format(most=MOST_EFFECTS)
    for word in effects:
        if not word or len(word) > LONGEST_EFFECT:
            return _("{word} is not the name of an effect.").format(word=quoted(word))
    return None


def pair_fault(record: SessionRecord) -> str | None:
    """Say why two pressures cannot belong together, or ``None``."""
    high, low = record.systolic, record.diastolic
    if high is None or low is None or high > low:
        return None
    return _("a pressure of {systolic}/{diastolic} cannot be.").format(systolic=high, diastolic=low)


def no_relief_fault(record: SessionRecord) -> str | None:
    """Say that relief that never was cannot have lasted, or ``None``."""
    relief, hours = record.relief_percent, record.hours_of_relief
    if relief is None or hours is None or relief > 0 or hours == 0:
        return None
    return _("{hours:g} hours of relief cannot follow a relief of {percent:g} %.").format(
        hours=hours, percent=relief
    )
