"""The placebo course: a part that belongs to the session, and a part that lasts for weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent
from respite.population.random_draws import Floats

_DAY_H = 24


@dataclass(frozen=True)
class PlaceboCourse:
    """How each placebo responder's relief comes and goes.

    Attributes
    ----------
    depth
        Relief when the lasting part is full, share of untreated pain.
    gain
        Share of what is still missing that one day of treatment adds.
    half_time_h
        Half-time of the lasting part [h].
    session_depth
        Relief during a session, share of untreated pain.
    session_half_time_h
        Half-time of that part after the session [h].
    """

    depth: Floats
    gain: Floats
    half_time_h: Floats
    session_depth: Floats
    session_half_time_h: Floats

    def of(self, rows: NDArray[np.intp] | slice) -> PlaceboCourse:
        """Give the course of some of the people."""
        return PlaceboCourse(
            self.depth[rows],
            self.gain[rows],
            self.half_time_h[rows],
            self.session_depth[rows],
            self.session_half_time_h[rows],
        )


def treatment_days(events: Sequence[DoseEvent]) -> tuple[float, ...]:
    """Give the starts of the days of treatment [h]: a long infusion treats every day it runs."""
    starts: list[float] = []
    for event in events:
        days = max(int(np.ceil(event.duration_h / _DAY_H)), 1)
        starts.extend(event.time_h + day * _DAY_H for day in range(days))
    kept: list[float] = []
    for start in sorted(starts):
        if not kept or start - kept[-1] >= _DAY_H / 2:
            kept.append(start)
    return tuple(kept)


def placebo_relief(course: PlaceboCourse, events: Sequence[DoseEvent], times_h: Floats) -> Floats:
    """Give the relief of placebo responders, before any dose given at the same time.

    Parameters
    ----------
    course
        The drawn course of each person.
    events
        The sessions; only their times matter.
    times_h
        Times [h], shape ``(1, times)`` for everybody or ``(people, times)``.

    Returns
    -------
    Relief as a share of untreated pain, shape ``(people, times)``.
    """
    lasting = course.depth[:, None] * _lasting(course, np.asarray(treatment_days(events)), times_h)
    session = course.session_depth[:, None] * np.exp2(
        -_since_session(events, times_h) / course.session_half_time_h[:, None]
    )
    return 1 - (1 - lasting) * (1 - session)


def _lasting(course: PlaceboCourse, starts: Floats, times_h: Floats) -> Floats:
    """Give the level of the lasting part: each day of treatment fills some of what is missing."""
    people = len(course.depth)
    levels = np.zeros((people, len(starts) + 1))
    for day in range(len(starts)):
        gap = starts[day] - starts[day - 1] if day else 0
        kept = levels[:, day] * np.exp2(-gap / course.half_time_h)
        levels[:, day + 1] = kept + course.gain * (1 - kept)
    newest = np.searchsorted(starts, times_h, side="left")
    since = np.clip(times_h - np.append(0, starts)[newest], 0, None)
    full = np.take_along_axis(levels, np.broadcast_to(newest, (people, newest.shape[1])), axis=1)
    return full * np.exp2(-since / course.half_time_h[:, None])


def _since_session(events: Sequence[DoseEvent], times_h: Floats) -> Floats:
    """Give the time since the latest session ended [h]: zero during one, infinite before any."""
    ordered = sorted(events, key=lambda event: event.time_h)
    starts = np.asarray([event.time_h for event in ordered])
    ends = np.maximum.accumulate([event.time_h + event.duration_h for event in ordered])
    newest = np.searchsorted(starts, times_h, side="left")
    return np.clip(times_h - np.append(-np.inf, ends)[newest], 0, None)
