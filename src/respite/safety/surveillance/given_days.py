"""Doses on the days of a calendar: what was given, or will be, on which days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from respite.domain import DOSE_HOUR, DoseEvent, DosingHistory, Drug, Regimen, Route, Salt
from respite.literature import Library

if TYPE_CHECKING:
    from respite.domain import GivenDose

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class DatedDose:
    """One administration of ketamine or esketamine on its days.

    Parameters
    ----------
    drug, route
        What was given, and how.
    first, last
        The days on which it began and ended; as clocks on the wall show.
    amount
        Base [mg], or [mg/kg] where ``is_per_kg``.
    is_per_kg
        Whether the amount is per kilogram, and the weight is not known.
    infused_h
        Hours over which it ran in; zero for a bolus or a swallowed dose.
    """

    drug: Drug
    route: Route
    first: date
    last: date
    amount: float
    is_per_kg: bool
    infused_h: float

    @property
    def days(self) -> Iterator[date]:
        """Every day on which some of it was given."""
        return (
            self.first + number * _ONE_DAY for number in range((self.last - self.first).days + 1)
        )


def dated_doses(
    history: DosingHistory | None,
    regimen: Regimen | None,
    *,
    starts: date,
    weight_kg: float | None,
    library: Library,
) -> tuple[DatedDose, ...]:
    """Put a dosing history and a plan on the days of a calendar, the earliest dose first.

    Parameters
    ----------
    history, regimen
        What was given, and what is planned; either may be missing.
    starts
        The day of the first planned dose.
    weight_kg
        Body weight [kg], where it is known.
    library
        Where the weight of the hydrochloride comes from.
    """
    base = library.constant("constants_ketamine.base_per_hydrochloride")
    planned_from = datetime(starts.year, starts.month, starts.day, DOSE_HOUR)
    every = [
        *((dose.start.replace(tzinfo=None), _event_of(dose)) for dose in _doses(history)),
        *(
            (planned_from + timedelta(hours=event.time_h), event)
            for event in (regimen.events() if regimen else ())
        ),
    ]
    dated = (_dated(start, event, weight_kg, base) for start, event in every if _counts(event))
    return tuple(sorted(dated, key=lambda dose: (dose.first, dose.drug, dose.route, dose.amount)))


def days_of(doses: Iterable[DatedDose]) -> frozenset[date]:
    """Give every day on which any of some doses was given."""
    return frozenset(day for dose in doses for day in dose.days)


def _doses(history: DosingHistory | None) -> tuple[GivenDose, ...]:
    return () if history is None else history.doses


def _event_of(dose: GivenDose) -> DoseEvent:
    return dose.event_after(dose.start)


def _counts(event: DoseEvent) -> bool:
    return event.drug is not Drug.PLACEBO and event.amount > 0


def _dated(start: datetime, event: DoseEvent, weight_kg: float | None, base: float) -> DatedDose:
    end = start + timedelta(hours=event.duration_h)
    # What ends at midnight gives nothing on the day that begins.
    last = max(start, end - timedelta(microseconds=1)).date()
    size = base if event.salt is Salt.HYDROCHLORIDE else 1
    has_weight = weight_kg is not None or not event.is_per_kg
    amount = event.amount_mg(weight_kg) if has_weight else event.amount
    return DatedDose(
        drug=event.drug,
        route=event.route,
        first=start.date(),
        last=last,
        amount=size * amount,
        is_per_kg=not has_weight,
        infused_h=event.duration_h,
    )
