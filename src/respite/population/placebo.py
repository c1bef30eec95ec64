"""The placebo course: a part that belongs to the session, and a part that lasts for weeks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent
from respite.engine import Array, Rows, namespace
from respite.population.random_draws import Floats
from respite.population.treatment_courses import courses_begun

_DAY_H = 24

_GAP_DIGITS = 9
"""Gaps between days of treatment are one when they agree to so many digits of an hour."""

_NEVER_H = float(np.sqrt(np.finfo(np.float64).max))
"""So long ago [h] that nothing is left; finite, so that a derivative by a half-time is zero."""

_LEAST = np.finfo(np.float64).tiny
"""Stands for nothing where a logarithm must stay finite."""


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

    def of(self, rows: Rows) -> PlaceboCourse:
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


@dataclass(frozen=True)
class SessionClock:
    """How long ago the latest session was, at each time of a course: the same for everybody.

    Attributes
    ----------
    days_h
        Starts of the days of treatment [h].
    days
        How many of them lie before each time.
    since_day_h
        Time since the latest of them started [h].
    since_session_h
        Time since the latest session ended [h]: zero during one, beyond all bounds before any.
    courses
        How many courses of treatment began before each time, one at least.

    The last four have shape ``(1, times)``, or ``(people, times)`` where
    people are asked about at times of their own.
    """

    days_h: tuple[float, ...]
    days: NDArray[np.intp]
    since_day_h: Floats
    since_session_h: Floats
    courses: Array

    def of(self, rows: Rows) -> SessionClock:
        """Give the clock of some of the people."""
        if len(self.days) == 1:
            return self
        return replace(
            self,
            days=self.days[rows],
            since_day_h=self.since_day_h[rows],
            since_session_h=self.since_session_h[rows],
            courses=self.courses[rows],
        )


def session_clock(events: Sequence[DoseEvent], times_h: Floats) -> SessionClock:
    """Read the time since the latest session, before any dose given at the same time.

    Parameters
    ----------
    events
        The sessions; only their times matter.
    times_h
        Times [h], shape ``(1, times)`` for everybody or ``(people, times)``.

    Returns
    -------
    The clock.
    """
    starts = np.asarray(treatment_days(events))
    days = np.searchsorted(starts, times_h, side="left")
    since = np.clip(times_h - np.append(0, starts)[days], 0, None)
    return SessionClock(
        tuple(starts.tolist()),
        days,
        since,
        _since_session(events, times_h),
        courses_begun(events, times_h),
    )


def placebo_relief(course: PlaceboCourse, clock: SessionClock) -> Floats:
    """Give the relief of placebo responders.

    Parameters
    ----------
    course
        The drawn course of each person.
    clock
        The times, as they stand to the sessions.

    Returns
    -------
    Relief as a share of untreated pain, shape ``(people, times)``.
    """
    lasting = course.depth[:, None] * _lasting(course, clock)
    session = course.session_depth[:, None] * _halved(
        clock.since_session_h, course.session_half_time_h
    )
    return 1 - (1 - lasting) * (1 - session)


def _halved(since_h: Floats, half_time_h: Floats) -> Floats:
    """Give what is left after some time; the natural exponential is the one that is quick."""
    return namespace(half_time_h).exp(since_h * (-math.log(2) / half_time_h)[:, None])


def _lasting(course: PlaceboCourse, clock: SessionClock) -> Floats:
    """Give the level of the lasting part: each day of treatment fills some of what is missing."""
    xp = namespace(course.depth)
    levels = _filled(course, clock.days_h)
    full = (
        xp.take(levels, xp.asarray(clock.days[0]), axis=1)
        if len(clock.days) == 1
        else xp.take_along_axis(levels, xp.asarray(clock.days), axis=1)
    )
    return full * _halved(clock.since_day_h, course.half_time_h)


def _filled(course: PlaceboCourse, starts: Sequence[float]) -> Floats:
    r"""Give the lasting part before any day of treatment and after each, ``(people, 1 + days)``.

    Notes
    -----
    Of what is there a share :math:`r` outlasts the gap to the next day, and of
    what is missing a share :math:`g` is filled: :math:`x \to r x (1 - g) + g`.
    Over *n* equal gaps that is :math:`a^n x + g (1 - a^n)/(1 - a)` with
    :math:`a = r (1 - g)`, so a course with few different gaps takes few steps.
    """
    xp = namespace(course.depth)
    level = xp.zeros_like(course.depth)
    levels = [level[:, None]]
    for gap, group in groupby(np.round(np.diff(starts, prepend=starts[:1]), _GAP_DIGITS)):
        kept = _halved(np.asarray([[gap]]), course.half_time_h)[:, 0] * (1 - course.gain)
        log_kept = xp.log(xp.clip(kept, _LEAST, None))[:, None]
        counts = np.arange(1, len(list(group)) + 1)
        filled = course.gain[:, None] * xp.expm1(log_kept * counts) / xp.expm1(log_kept)
        levels.append(level[:, None] * xp.exp(log_kept * counts) + filled)
        level = levels[-1][:, -1]
    return xp.concat(levels, axis=1)


def _since_session(events: Sequence[DoseEvent], times_h: Floats) -> Floats:
    """Give the time since the latest session ended [h]: see :class:`SessionClock`."""
    ordered = sorted(events, key=lambda event: event.time_h)
    starts = np.asarray([event.time_h for event in ordered])
    ends = np.maximum.accumulate([event.time_h + event.duration_h for event in ordered])
    newest = np.searchsorted(starts, times_h, side="left")
    return np.clip(times_h - np.append(-_NEVER_H, ends)[newest], 0, None)
