"""Exposure: how much, on how many days, how often, and in which long infusions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from respite.domain import DosingHistory, Drug, Regimen
from respite.literature import Library, load_library
from respite.safety.surveillance.changes import dose_rise, interval_fall
from respite.safety.surveillance.given_days import DatedDose, dated_doses, days_of


@dataclass(frozen=True, kw_only=True)
class LongInfusion:
    """Days in a row on which so much was infused that the liver is watched.

    Parameters
    ----------
    first, last
        The first and the last of the days.
    infused_h
        Hours of infusion on these days.
    """

    first: date
    last: date
    infused_h: float


@dataclass(frozen=True, kw_only=True)
class Exposure:
    """Exposure to ketamine and esketamine up to a day; placebo does not count.

    Parameters
    ----------
    on
        The day up to which doses count, itself included.
    cumulative_mg
        Base in all, by drug [mg]; ``None`` where a dose per kilogram has no weight.
    days_in_180, days_in_365
        Days on which any was given within so many days.
    days_by_drug
        The same within 180 days, for each drug.
    sessions_365
        Days on which a dose began, within 365 days.
    first_dose, last_dose
        The first and the last day with a dose; ``None`` without any.
    long_infusions
        Days in a row with long infusions, the earliest first.
    dose_rise_percent
        How far the daily dose rose within 90 days [%]; below zero where it
        fell, and ``None`` where too few days tell.
    interval_fall_percent
        How far intervals shrank within 90 days [%], likewise.
    """

    on: date
    cumulative_mg: dict[Drug, float | None]
    days_in_180: int
    days_in_365: int
    days_by_drug: dict[Drug, int]
    sessions_365: int
    first_dose: date | None
    last_dose: date | None
    long_infusions: tuple[LongInfusion, ...]
    dose_rise_percent: float | None
    interval_fall_percent: float | None

    @property
    def last_multiday_end(self) -> date | None:
        """The last day of the latest long infusion."""
        return self.long_infusions[-1].last if self.long_infusions else None

    @property
    def gaps_between_long_infusions(self) -> tuple[int, ...]:
        """Days from the end of each long infusion to the start of the next."""
        pairs = pairwise(self.long_infusions)
        return tuple((later.first - early.last).days for early, later in pairs)

    def facts(self) -> dict[str, float | bool]:
        """Give what rules ask for, by the names of their facts; what is not known is left out."""
        told: dict[str, float | bool | None] = {
            "course.exposure_days_180": self.days_in_180,
            "course.sessions_365d": self.sessions_365,
            "course.dose_escalation_pct_90d": self.dose_rise_percent,
            "course.interval_shortening_pct_90d": self.interval_fall_percent,
            "plan.days_since_last_multiday_course": None
            if self.last_multiday_end is None
            else (self.on - self.last_multiday_end).days,
        }
        return {name: value for name, value in told.items() if value is not None}

    def to_dict(self) -> dict[str, Any]:
        """Give the exposure as plain data."""
        return {
            "on": self.on.isoformat(),
            "cumulative_mg": {str(drug): mg for drug, mg in self.cumulative_mg.items()},
            "days_in_180": self.days_in_180,
            "days_in_365": self.days_in_365,
            "days_in_180_by_drug": {str(drug): days for drug, days in self.days_by_drug.items()},
            "sessions_365": self.sessions_365,
            "first_dose": _iso(self.first_dose),
            "last_dose": _iso(self.last_dose),
            "long_infusions": [
                {
                    "first": one.first.isoformat(),
                    "last": one.last.isoformat(),
                    "infused_h": one.infused_h,
                }
                for one in self.long_infusions
            ],
            "gaps_between_long_infusions_days": list(self.gaps_between_long_infusions),
            "dose_rise_percent": self.dose_rise_percent,
            "interval_fall_percent": self.interval_fall_percent,
        }


def exposure_of(  # noqa: PLR0913 the parts of one question
    history: DosingHistory | None = None,
    regimen: Regimen | None = None,
    *,
    on: date,
    starts: date | None = None,
    weight_kg: float | None = None,
    library: Library | None = None,
) -> Exposure:
    """Count exposure up to a day.

    Parameters
    ----------
    history
        What was given; ``None`` where nobody says.
    regimen
        What is planned.
    on
        The day up to which doses count, itself included; with a later day the
        doses that are planned until then count too.
    starts
        The day of the first planned dose; ``on`` by default.
    weight_kg
        Body weight [kg]; without it, doses per kilogram have no milligrams.
    library
        Where windows and limits come from; the one that comes with Respite by default.

    Returns
    -------
    The exposure; ketamine and esketamine are counted apart wherever milligrams are.

    Notes
    -----
    A dose counts on every day on which some of it was given, and its
    milligrams on the day it began. A long infusion is days in a row with at
    least 24 hours of infusion over them; see ``library/conventions``.

    Examples
    --------
    >>> plan = Regimen.parse("ketamine 35 mg iv over 40 min weekly x4")
    >>> exposure = exposure_of(None, plan, on=date(2026, 3, 31), starts=date(2026, 3, 2))
    >>> exposure.days_in_180, exposure.cumulative_mg[Drug.KETAMINE]
    (4, 140.0)
    """
    library = library or load_library()
    every = dated_doses(history, regimen, starts=starts or on, weight_kg=weight_kg, library=library)
    doses = tuple(dose for dose in every if dose.first <= on)
    change = Window.of(library, "change_window", on)
    window = Window.of(library, "window", on)
    year = Window.of(library, "year", on)
    days = sorted(day for day in days_of(doses) if day <= on)
    long = long_infusions(doses, library)
    drugs = sorted({dose.drug for dose in doses})
    return Exposure(
        on=on,
        cumulative_mg={drug: _milligrams([d for d in doses if d.drug is drug]) for drug in drugs},
        days_in_180=sum(map(window.holds, days)),
        days_in_365=sum(map(year.holds, days)),
        days_by_drug={
            drug: sum(map(window.holds, days_of(d for d in doses if d.drug is drug)))
            for drug in drugs
        },
        sessions_365=sum(map(year.holds, {dose.first for dose in doses})),
        first_dose=days[0] if days else None,
        last_dose=days[-1] if days else None,
        long_infusions=long,
        dose_rise_percent=dose_rise([dose for dose in doses if change.holds(dose.first)]),
        interval_fall_percent=interval_fall(
            [dose for dose in doses if change.holds(dose.first)],
            is_by_course=any(change.holds(one.last) for one in long),
        ),
    )


@dataclass(frozen=True)
class Window:
    """The days that end with ``last``, as many as ``days``."""

    last: date
    days: int

    @staticmethod
    def of(library: Library, name: str, last: date) -> Window:
        """Give a window whose length stands in the library."""
        return Window(last, int(library.convention(f"surveillance.{name}").typical.value))

    def holds(self, day: date) -> bool:
        """Whether a day lies in the window."""
        return 0 <= (self.last - day).days < self.days


def long_infusions(doses: Sequence[DatedDose], library: Library) -> tuple[LongInfusion, ...]:
    """Find days in a row on which so much was infused that they are a long infusion."""
    least_h = library.convention("surveillance.long_infusion").value
    infused = [dose for dose in doses if dose.infused_h > 0]
    found: list[LongInfusion] = []
    for first, last in runs_of(sorted(days_of(infused))):
        hours = sum(dose.infused_h for dose in infused if first <= dose.first <= last)
        if hours >= least_h and last > first:
            found.append(LongInfusion(first=first, last=last, infused_h=hours))
    return tuple(found)


def runs_of(days: Sequence[date]) -> list[tuple[date, date]]:
    """Cut days, in order, into runs of days in a row: the first and the last of each."""
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and day - runs[-1][1] <= timedelta(days=1):
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _milligrams(doses: Sequence[DatedDose]) -> float | None:
    return None if any(dose.is_per_kg for dose in doses) else sum(dose.amount for dose in doses)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
