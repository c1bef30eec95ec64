"""Plans that may be proposed: those that clinics and trials use, from the library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from respite.domain import UNKNOWN, DoseEvent, Patient, Regimen
from respite.literature import Library, Practice

_DAY_H = 24


@dataclass(frozen=True)
class Candidate:
    """A plan that is tried.

    Attributes
    ----------
    regimen
        The plan.
    practice
        The way of giving it belongs to.
    """

    regimen: Regimen
    practice: Practice

    @cached_property
    def events(self) -> tuple[DoseEvent, ...]:
        """Its doses, in hours from the first."""
        return self.regimen.events()

    @property
    def text(self) -> str:
        """The plan as it is written."""
        return str(self.regimen)

    @property
    def last_day(self) -> float:
        """The day on which its last dose ends."""
        return max(event.end_h for event in self.events) / _DAY_H

    @property
    def hours_in_care(self) -> float:
        """Hours in a clinic or on a ward: while it is given, and while the patient is kept."""
        if self.practice.setting == "home":
            return 0
        kept = self.practice.watched.hours
        return sum(end - start + kept for start, end in _sessions(self.events, kept))

    def dose_mg(self, weight: float) -> float:
        """Give the whole dose of the plan [mg].

        Parameters
        ----------
        weight
            Weight of the patient [kg].
        """
        return sum(one.amount * (weight if one.is_per_kg else 1) for one in self.events)


def _sessions(events: tuple[DoseEvent, ...], kept_h: float) -> Iterator[tuple[float, float]]:
    """Give start and end of each stay: doses that follow before the patient leaves are one."""
    start, end = events[0].time_h, events[0].end_h
    for event in sorted(events, key=lambda one: one.time_h)[1:]:
        if event.time_h > end + kept_h:
            yield start, end
            start = event.time_h
        end = max(end, event.end_h)
    yield start, end


def candidates(library: Library, patient: Patient, horizon_days: int) -> tuple[Candidate, ...]:
    """List the plans that are tried for a patient.

    Parameters
    ----------
    library
        Where ways of giving come from.
    patient
        Only ways that are used in the patient's condition are tried.
    horizon_days
        Plans that end later are left out.
    """
    condition = None if patient.condition is UNKNOWN else patient.condition.value
    every = (
        one
        for practice in library.practices.values()
        if not practice.conditions or condition in practice.conditions
        for one in _of(practice)
    )
    return tuple(one for one in every if one.last_day <= horizon_days)


def _of(practice: Practice) -> Iterator[Candidate]:
    for text in practice.regimens:
        yield Candidate(Regimen.parse(text), practice)
    for text in practice.is_followed:
        for more in practice.goes_on:
            yield Candidate(Regimen.parse(f"{text} then {more}"), practice)
