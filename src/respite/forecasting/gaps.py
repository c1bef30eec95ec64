"""Under maintenance: does relief fade between doses?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import DoseEvent
from respite.forecasting.clock import DAY_H, Clock
from respite.population import Floats


@dataclass(frozen=True)
class GapDraws:
    """For each draw and gap: whether relief was there, and whether it was lost by the next dose."""

    had_relief: np.ndarray
    faded: np.ndarray


def long_gaps(events: Sequence[DoseEvent], confirm_days: float) -> list[tuple[float, float]]:
    """List gaps between doses that are longer than the confirming days: from and to [h]."""
    ordered = sorted(events, key=lambda event: event.time_h)
    gaps: list[tuple[float, float]] = []
    end = ordered[0].time_h + ordered[0].duration_h
    for event in ordered[1:]:
        if (event.time_h - end) / DAY_H > confirm_days:
            gaps.append((end, event.time_h))
        end = max(end, event.time_h + event.duration_h)
    return gaps


def watch_gaps(
    relief: Floats,
    needed: Floats,
    clock: Clock,
    events: Sequence[DoseEvent],
    confirm_days: float,
) -> GapDraws:
    """Look at relief in each long gap of each draw.

    Parameters
    ----------
    relief
        Relief at the times of the clock, shape ``(draws, times)``.
    needed
        Relief that counts, shape ``(draws,)``.
    clock
        The times; the start of every gap's next dose is among them.
    events, confirm_days
        The doses, and how long a gap must be.

    Returns
    -------
    Arrays of shape ``(draws, gaps)``.
    """
    times = np.asarray(clock.times_h)
    gaps = long_gaps(events, confirm_days)
    had = np.zeros((len(relief), len(gaps)), dtype=bool)
    faded = np.zeros_like(had)
    for column, (start, stop) in enumerate(gaps):
        inside = (times >= start) & (times <= stop)
        holds = relief[:, inside] >= needed[:, None]
        had[:, column] = np.any(holds, axis=1)
        faded[:, column] = had[:, column] & ~holds[:, -1]
    return GapDraws(had, faded)


def maintenance_gaps(
    draws: GapDraws, events: Sequence[DoseEvent], confirm_days: float
) -> tuple[Mapping[str, Any], ...]:
    """Say for each long gap what share of everyone had relief in it, and what share lost it."""
    return tuple(
        {
            "from_day": start / DAY_H,
            "to_day": stop / DAY_H,
            "p_relief": float(np.mean(draws.had_relief[:, column])),
            "p_faded": float(np.mean(draws.faded[:, column])),
        }
        for column, (start, stop) in enumerate(long_gaps(events, confirm_days))
    )
