"""The placebo course: a part that belongs to the session, and a part that lasts for weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

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


def treatment_days(events: Sequence[DoseEvent]) -> tuple[float, ...]:
    """Give the starts of the days of treatment [h]: a long infusion treats every day it runs."""
    starts: list[float] = []
    for event in sorted(events, key=lambda event: event.time_h):
        whole_days = int(max(np.ceil(event.duration_h / _DAY_H), 1))
        starts.extend(event.time_h + day * _DAY_H for day in range(whole_days))
    kept: list[float] = []
    for start in sorted(starts):
        if not kept or start - kept[-1] >= _DAY_H / 2:
            kept.append(start)
    return tuple(kept)


def placebo_relief(
    course: PlaceboCourse, events: Sequence[DoseEvent], times_h: Floats
) -> Floats:
    """Give the relief of placebo responders, before any dose given at the same time.

    Parameters
    ----------
    course
        The drawn course of each person.
    events
        The sessions; only their times matter.
    times_h
        Times [h], shape ``(times,)`` for everybody or ``(people, times)``.

    Returns
    -------
    Relief as a share of untreated pain, shape ``(people, times)``.
    """
    people = len(course.depth)
    times = np.broadcast_to(times_h, (people, np.shape(times_h)[-1]))
    lasting = np.zeros(times.shape)
    level = np.zeros(people)
    before: float | None = None
    for start in treatment_days(events):
        if before is not None:
            level = level * np.exp2(-(start - before) / course.half_time_h)
        level = level + course.gain * (1 - level)
        faded = level[:, None] * np.exp2(-(times - start) / course.half_time_h[:, None])
        lasting = np.where(times > start, faded, lasting)
        before = start
    return 1 - (1 - course.depth[:, None] * lasting) * (1 - _session(course, events, times))


def _session(course: PlaceboCourse, events: Sequence[DoseEvent], times: Floats) -> Floats:
    since = np.full(times.shape, np.inf)
    for event in events:
        end = event.time_h + event.duration_h
        since = np.where(times > event.time_h, np.clip(times - end, 0, None), since)
    return course.session_depth[:, None] * np.exp2(-since / course.session_half_time_h[:, None])
