"""What a plan gives and what it costs, in the same people for every plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from respite.domain import Patient
from respite.forecasting import Planned, better, cannot_be_told
from respite.literature import Model
from respite.planning.candidates import Candidate
from respite.planning.harm import Harm, Harms
from respite.population import PAIN, Floats, Progress, scope_of_doses


@dataclass(frozen=True)
class Scored:
    """One plan, tried.

    Attributes
    ----------
    candidate
        The plan.
    days
        Days with relief that its drug adds by the horizon, one for each draw.
    harm
        Its highest level, and chances of acute effects.
    dose_mg
        Its whole dose [mg].
    outside
        Why its relief is an extrapolation: ways in that no trial behind the model gave.
    """

    candidate: Candidate
    days: Floats
    harm: Harm
    dose_mg: float
    outside: tuple[str, ...] = ()

    @cached_property
    def mean_days(self) -> float:
        """Mean over draws."""
        return float(np.mean(self.days))

    def interval80(self) -> tuple[float, float]:
        """Give the days that eight draws in ten lie between."""
        low, high = np.quantile(self.days, (10 / 100, 90 / 100))
        return float(low), float(high)

    def chance_of(self, days: float) -> float:
        """Give the chance of so many days at least."""
        return float(np.mean(self.days >= days))

    def better_than(self, other: Scored) -> float:
        """Give the chance that this plan adds more days than another."""
        return better(self.days, other.days)

    def ties_with(self, other: Scored) -> bool:
        """Say whether neither can be told to be better for this person."""
        return cannot_be_told(self.better_than(other))

    @property
    def burden(self) -> tuple[float, float, float]:
        """What one would have less of: hours in care, dissociation, drug."""
        return self.candidate.hours_in_care, self.harm.dissociation, self.dose_mg


def score(
    planned: Planned,
    harms: Harms,
    tried: Sequence[Candidate],
    weight: float,
    progress: Progress | None = None,
) -> tuple[Scored, ...]:
    """Try every plan on the same people.

    Parameters
    ----------
    planned
        The people.
    harms
        What tells levels and acute effects of a plan.
    tried
        The plans.
    weight
        Weight of the patient, or the usual one [kg].
    progress
        Told what share is done.
    """
    found: list[Scored] = []
    pain = harms.library.assembled(PAIN)
    for candidate in tried:
        found.append(
            Scored(
                candidate,
                planned.days_gained(candidate.regimen),
                harms.of(candidate),
                candidate.dose_mg(weight),
                _outside(pain, harms.patient, candidate),
            )
        )
        if progress is not None:
            progress(len(found) / len(tried))
    return tuple(found)


def _outside(pain: Model, patient: Patient, candidate: Candidate) -> tuple[str, ...]:
    """Say by which ways in nobody was treated in the trials behind the pain model."""
    lines = scope_of_doses((pain,), patient, candidate.events)
    return tuple(
        line["message"] for line in lines if line["status"] == "outside" and line["fact"] == "route"
    )


def most_days(one: Scored) -> tuple[float, tuple[float, float, float], str]:
    """Give what plans are sorted by: most days first, then least burden, then how it is written."""
    return -one.mean_days, one.burden, one.candidate.text


def front(scored: Sequence[Scored]) -> tuple[Scored, ...]:
    """Keep the plans that no other beats in every respect: more days, fewer hours, less felt.

    Parameters
    ----------
    scored
        The plans.

    Returns
    -------
    The plans of the front, the one with most days first.
    """
    kept = [one for one in scored if not any(_dominates(other, one) for other in scored)]
    return tuple(sorted(kept, key=most_days))


def _dominates(other: Scored, one: Scored) -> bool:
    mine = (-one.mean_days, one.candidate.hours_in_care, one.harm.dissociation)
    its = (-other.mean_days, other.candidate.hours_in_care, other.harm.dissociation)
    return all(b <= a for a, b in zip(mine, its, strict=True)) and its != mine
