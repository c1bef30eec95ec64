"""Under maintenance: does relief fade between doses?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from respite.domain import DoseEvent, Threshold
from respite.forecasting.clock import DAY_H, Clock
from respite.population import PainCourses


def maintenance_gaps(
    courses: PainCourses,
    clock: Clock,
    events: Sequence[DoseEvent],
    threshold: Threshold,
    confirm_days: int,
) -> tuple[Mapping[str, Any], ...]:
    """List gaps between doses that are long enough for relief to be lost in them.

    Parameters
    ----------
    courses
        Relief over time.
    clock
        Its times.
    events
        The doses, in order.
    threshold, confirm_days
        What counts as relief; gaps no longer than the confirming days are passed over.

    Returns
    -------
    For each gap its first and last day from the first dose, the share of
    everyone who have relief at some time in it (``p_relief``) and the share
    who have lost it by the next dose (``p_faded``).
    """
    relief = courses.relief(with_placebo=True)
    needed = threshold.share_of(courses.untreated)[:, None]
    times = np.asarray(clock.times_h)
    gaps: list[dict[str, Any]] = []
    for start, stop in _gaps(events):
        if (stop - start) / DAY_H <= confirm_days:
            continue
        inside = (times >= start) & (times <= stop)
        holds = relief[:, inside] >= needed
        had = np.any(holds, axis=1)
        gaps.append(
            {
                "from_day": start / DAY_H,
                "to_day": stop / DAY_H,
                "p_relief": float(np.mean(had)),
                "p_faded": float(np.mean(had & ~holds[:, -1])),
            }
        )
    return tuple(gaps)


def _gaps(events: Sequence[DoseEvent]) -> list[tuple[float, float]]:
    ordered = sorted(events, key=lambda event: event.time_h)
    gaps: list[tuple[float, float]] = []
    end = ordered[0].time_h + ordered[0].duration_h
    for event in ordered[1:]:
        if event.time_h > end:
            gaps.append((end, event.time_h))
        end = max(end, event.time_h + event.duration_h)
    return gaps
