"""What the lines of a flowsheet come to: when it ran, at which rates, and how many milligrams.

Nothing here knows a database or a clock. Lines may come in any order and more than once: only
when things happened counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from respite.clinic.treatments.models import EntryKind, SessionState
from respite.domain import parse_unit
from respite.domain import translate as _

RATE_UNITS = ("mg/h", "mg/kg/h", "mg/min", "ug/kg/min")
"""Units in which a rate may be written."""

WEIGHT = "own.weight_kg"
PAIN_BEFORE = "own.pain_before"
PAIN_AFTER = "own.pain_after"
NEW_MEDICINES = "own.new_medicines"
"""Names of what is asked in a session, and is no fact of the rules."""

TAKEN_BACK = "taken_back"
"""Mark of a correction that says only that the old line was never so."""

WORST_RELIEF = -1000
"""Percent; the least that a record of sessions takes."""

ENDED = "ended"
CALLED_OFF = "called_off"

SECONDS_AN_HOUR = 3600
SECONDS_A_MINUTE = 60
MICROSECOND = timedelta(microseconds=1)
MICROSECONDS = 1_000_000

RANKS = {kind: rank for rank, kind in enumerate(EntryKind.values)}
"""Which comes first of two lines of one moment."""


@dataclass(frozen=True)
class Line:
    """One line of a flowsheet.

    Attributes
    ----------
    key
        What stands for it wherever it was written.
    kind, at, data
        What it tells, and when that happened.
    corrects
        Key of the line whose place it takes.
    """

    key: str
    kind: str
    at: datetime
    data: Mapping[str, Any] = field(default_factory=dict)
    corrects: str | None = None


@dataclass(frozen=True)
class Step:
    """A stretch at one rate; without an end while it runs."""

    start: datetime
    end: datetime | None
    drug: str
    route: str
    mg_an_hour: Fraction

    def seconds(self, now: datetime) -> Fraction:
        """Say how long it has run by some time."""
        until = now if self.end is None else min(self.end, now)
        return max(Fraction((until - self.start) // MICROSECOND, MICROSECONDS), Fraction(0))

    def mg(self, now: datetime) -> Fraction:
        """Say how much it has given by some time."""
        return self.mg_an_hour * self.seconds(now) / SECONDS_AN_HOUR


@dataclass(frozen=True)
class Given:
    """A dose on record: one stretch at one rate, or a single dose."""

    start: datetime
    drug: str
    route: str
    amount: Decimal
    duration_min: Decimal


@dataclass(frozen=True)
class Flowsheet:
    """The lines that stand, in the order in which things happened."""

    lines: tuple[Line, ...]

    def of(self, *kinds: str) -> tuple[Line, ...]:
        """Give the lines of some kinds."""
        return tuple(one for one in self.lines if one.kind in kinds)

    def answers(self, kind: str = EntryKind.CHECK) -> dict[str, Line]:
        """Give the line that counts for each question that was answered: the latest."""
        return {one.data["fact"]: one for one in self.of(kind) if "fact" in one.data}

    @property
    def started_at(self) -> datetime | None:
        """When it was started."""
        return next((one.at for one in self.of(EntryKind.START)), None)

    @property
    def stopped_at(self) -> datetime | None:
        """When giving was stopped."""
        return next((one.at for one in self.of(EntryKind.STOP)), None)

    @property
    def weight_kg(self) -> Decimal | None:
        """The weight of the day."""
        line = self.answers().get(WEIGHT)
        return None if line is None else Decimal(str(line.data["told"]))

    @property
    def pain_before(self) -> Decimal | None:
        """The pain before, 0 to 10."""
        line = self.answers().get(PAIN_BEFORE)
        return None if line is None else Decimal(str(line.data["told"]))

    @property
    def pain_after(self) -> Decimal | None:
        """The pain at leaving, 0 to 10."""
        line = self.answers(EntryKind.DISCHARGE).get(PAIN_AFTER)
        return None if line is None else Decimal(str(line.data["told"]))

    @property
    def relief_at_leaving(self) -> int | None:
        """By how many percent pain had fallen at leaving; ``None`` where that is not known."""
        before, after = self.pain_before, self.pain_after
        if not before or after is None:
            return None
        return max(round(100 * (1 - after / before)), WORST_RELIEF)

    @property
    def state(self) -> SessionState:
        """How far the session has come."""
        if any(CALLED_OFF in one.data for one in self.of(EntryKind.NOTE)):
            return SessionState.CALLED_OFF
        if any(ENDED in one.data for one in self.of(EntryKind.DISCHARGE)):
            return SessionState.ENDED
        if self.stopped_at is not None:
            return SessionState.WATCHED
        return SessionState.CHECKS if self.started_at is None else SessionState.RUNNING

    @property
    def steps(self) -> tuple[Step, ...]:
        """The stretches at one rate; a pause is one at zero."""
        rates = [one for one in self.of(EntryKind.START, EntryKind.RATE) if one.data.get("rate")]
        ends = [*(one.at for one in rates[1:]), self.stopped_at]
        return tuple(
            Step(
                one.at,
                end,
                one.data["drug"],
                one.data["route"],
                mg_an_hour(one.data["rate"], one.data["unit"], self.weight_kg),
            )
            for one, end in zip(rates, ends, strict=False)
        )

    def mg_by(self, now: datetime) -> Fraction:
        """Say how much of every drug together was given by some time."""
        single = sum(Fraction(one.data["mg"]) for one in self.of(EntryKind.BOLUS) if one.at <= now)
        return sum((step.mg(now) for step in self.steps), Fraction(single))

    def doses(self) -> tuple[Given, ...]:
        """Give every dose on record; none while the drug still runs.

        Amounts are rounded so that they add up to the rounded sum.
        """
        stopped = self.stopped_at
        if stopped is None:
            return ()
        kept: list[Given] = []
        sums: dict[tuple[str, str], Fraction] = {}
        for step in self.steps:
            way = (step.drug, step.route)
            before = sums.get(way, Fraction(0))
            sums[way] = before + step.mg(stopped)
            amount = rounded(sums[way], 3) - rounded(before, 3)
            minutes = rounded(step.seconds(stopped) / SECONDS_A_MINUTE, 2)
            if amount > 0:
                kept.append(Given(step.start, *way, amount, minutes))
        for line in self.of(EntryKind.BOLUS):
            amount = rounded(Fraction(line.data["mg"]), 3)
            told = line.data
            kept.append(Given(line.at, told["drug"], told["route"], amount, Decimal("0.00")))
        return tuple(sorted(kept, key=lambda one: (one.start, one.drug, one.route, one.amount)))


def flowsheet_of(lines: Iterable[Line]) -> Flowsheet:
    """Give the flowsheet that lines come to, whatever their order and however often each came.

    Parameters
    ----------
    lines
        Every line, with those that were corrected.
    """
    every = {one.key: one for one in lines}
    corrected = {one.corrects for one in every.values()}
    stand = [
        one for one in every.values() if one.key not in corrected and TAKEN_BACK not in one.data
    ]
    return Flowsheet(tuple(sorted(stand, key=lambda one: (one.at, RANKS[one.kind], one.key))))


def mg_an_hour(rate: str, unit: str, weight_kg: Decimal | None) -> Fraction:
    """Say how many milligrams an hour a rate is; zero where the weight it needs is missing.

    Parameters
    ----------
    rate, unit
        The rate as it was written.
    weight_kg
        The weight of the day [kg].
    """
    read = parse_unit(unit)
    size = Fraction(rate) * read.numerator / read.denominator
    return size * Fraction(weight_kg or 0) if is_per_kg(unit) else size


def is_per_kg(unit: str) -> bool:
    """Say whether a unit is per kilogram of body weight."""
    return "body_weight" in dict(parse_unit(unit).dimension)


def rounded(value: Fraction, places: int) -> Decimal:
    """Round a fraction to some decimal places."""
    step = Decimal(1).scaleb(-places)
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(step, rounding=ROUND_HALF_UP)


def fault_of(sheet: Flowsheet) -> str | None:
    """Say what cannot be in a flowsheet, or ``None``.

    Parameters
    ----------
    sheet
        The flowsheet as it would be.
    """
    start, stop = sheet.started_at, sheet.stopped_at
    given = sheet.of(EntryKind.START, EntryKind.RATE, EntryKind.BOLUS, EntryKind.STOP)
    if start is None:
        return _("The session has not been started.") if given else None
    if len(sheet.of(EntryKind.START)) > 1 or len(sheet.of(EntryKind.STOP)) > 1:
        return _("A session starts once and stops once.")
    for line in given:
        if line.at < start:
            return _("Something would be given before the start. Correct the time.")
        if stop is not None and line.at > stop:
            return _("Something would be given after the stop. Correct the time.")
    changed = [one.at for one in sheet.of(EntryKind.RATE)]
    if len(set(changed)) < len(changed):
        return _("Two rates cannot begin at one time. Correct the one that stands there.")
    rates = [one.data["unit"] for one in sheet.of(EntryKind.START, EntryKind.RATE)
             if one.data.get("rate")]  # fmt: skip
    if sheet.weight_kg is None and any(is_per_kg(unit) for unit in rates):
        return _("A rate per kg needs the weight of today. Write the weight first.")
    return None
