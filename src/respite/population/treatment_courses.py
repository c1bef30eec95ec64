"""Which doses make up one course of treatment, and which begin the next."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent
from respite.population.random_draws import Floats

_BREAK_H = 14 * 24
"""A break longer than this [h] ends a course; ours. Boosters every week or two are one course."""


def course_starts(events: Sequence[DoseEvent]) -> tuple[float, ...]:
    """Give the start of each course of treatment [h], in order of time."""
    starts: list[float] = []
    end = -np.inf
    for event in sorted(events, key=lambda event: event.time_h):
        if event.time_h - end > _BREAK_H:
            starts.append(event.time_h)
        end = max(end, event.time_h + event.duration_h)
    return tuple(starts)


def courses_begun(events: Sequence[DoseEvent], times_h: Floats) -> NDArray[np.intp]:
    """Count the courses that began before each time; at least one, so that logarithms exist."""
    starts = np.asarray(course_starts(events))
    return np.maximum(np.searchsorted(starts, times_h, side="left"), 1)
