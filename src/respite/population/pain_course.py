"""Pain over time in a group of people: with placebo, with drug alone, with placebo alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from respite.domain import WORST_PAIN, DoseEvent
from respite.engine import Body, decay_from, namespace
from respite.population.group import Group
from respite.population.pain_model import (
    SITES,
    Drives,
    Responders,
    fast_relief,
    held_relief,
    placebo_part,
    s_equivalents,
    slow_relief,
)
from respite.population.placebo import SessionClock, session_clock
from respite.population.random_draws import Floats
from respite.population.treatment_courses import course_starts


@dataclass(frozen=True)
class PainCourses:
    """Relief of each person over time, in its parts.

    Attributes
    ----------
    times_h
        Times from the first dose [h], shape ``(times,)``.
    untreated
        Untreated pain of each person, 0-10.
    left_by_drug, left_by_placebo
        Share of pain that each part leaves, shape ``(people, times)``.
    slow
        Slow relief, held where it persists, shape ``(people, times)``.
    """

    times_h: Floats
    untreated: Floats
    left_by_drug: Floats
    left_by_placebo: Floats
    slow: Floats

    def relief(self, *, with_placebo: bool) -> Floats:
        """Give relief as a share of untreated pain, shape ``(people, times)``."""
        left = self.left_by_drug * self.left_by_placebo if with_placebo else self.left_by_drug
        return 1 - left

    def pain(self) -> Floats:
        """Give expected pain, 0-10, shape ``(people, times)``."""
        left = self.left_by_drug * self.left_by_placebo
        return namespace(left).clip(self.untreated[:, None] * left, 0, WORST_PAIN)

    def pain_on_placebo(self) -> Floats:
        """Give the expected pain of the same people given placebo by the same schedule."""
        left = self.left_by_placebo
        return namespace(left).clip(self.untreated[:, None] * left, 0, WORST_PAIN)


def simulate_pain(
    group: Group, events: Sequence[DoseEvent], times_h: Sequence[float]
) -> PainCourses:
    """Follow the pain of a group through a regimen.

    Parameters
    ----------
    group
        The people, drawn with a pain model.
    events
        What they are given.
    times_h
        Times from the first dose [h], rising from zero. Relief that persists
        is held at the highest it reached at any of these times, so the ends of
        infusions belong among them.

    Returns
    -------
    The courses; values are those just before any dose given at the same time.
    """
    dosing = group.dose(events)
    times = np.asarray(times_h, dtype=np.float64)
    levels = group.levels(SITES, dosing, times_h)
    drives = s_equivalents(group.needs, levels) if levels else None
    return pain_courses(group.needs, drives, times, session_clock(dosing.events, times[None, :]))


def pain_courses(
    people: Responders, drives: Drives | None, times_h: Floats, clock: SessionClock
) -> PainCourses:
    """Follow the pain of people in whom what drives relief is known.

    Parameters
    ----------
    people
        The drawn pain model.
    drives
        What drives relief at each site, shape ``(people, times)``; ``None``
        where nobody is given a drug.
    times_h
        As in :func:`simulate_pain`.
    clock
        The same times, as they stand to the sessions.

    Returns
    -------
    The courses.
    """
    placebo = placebo_part(people, clock)
    if drives is None:
        whole = placebo * 0 + 1
        return PainCourses(times_h, people.untreated, whole, 1 - placebo, whole * 0)
    slow = held_relief(people, slow_relief(people, drives, clock.courses), times_h)
    drug = (1 - fast_relief(people, drives)) * (1 - slow)
    return PainCourses(times_h, people.untreated, drug, 1 - placebo, slow)


@dataclass(frozen=True)
class AfterLastDose:
    """Relief at times of each person's own, once nothing more is given."""

    group: Group
    events: Sequence[DoseEvent]
    end_h: float

    @cached_property
    def _states(self) -> dict[str, tuple[Body, Floats]]:
        return self.group.states(self.group.dose(self.events), self.end_h)

    @cached_property
    def _courses(self) -> NDArray[np.intp]:
        return np.asarray([[len(course_starts(self.events))]])

    def relief(
        self, age_h: Floats, held_from: tuple[Floats, Floats], *, with_placebo: bool
    ) -> Floats:
        """Give relief at one time for each person.

        Parameters
        ----------
        age_h
            Time since the end of the last dose [h], shape ``(people,)``.
        held_from
            Slow relief known at an earlier age, and that age [h]; relief that
            persists fades from there.
        with_placebo
            Whether placebo counts.

        Returns
        -------
        Relief, shape ``(people,)``.
        """
        responders = self.group.needs
        levels = {
            form: decay_from(body, SITES, state, age_h[:, None])
            for form, (body, state) in self._states.items()
        }
        left = np.ones((len(age_h), 1))
        if levels:
            drives = s_equivalents(responders, levels)
            slow = slow_relief(responders, drives, self._courses)
            height, since = held_from
            held = height * np.exp(-responders.fade_rate * (age_h - since))
            slow = np.where(responders.persists[:, None] > 0, np.maximum(slow, held[:, None]), slow)
            left = (1 - fast_relief(responders, drives)) * (1 - slow)
        if with_placebo:
            clock = session_clock(self.events, (self.end_h + age_h)[:, None])
            left = left * (1 - placebo_part(responders, clock))
        return 1 - left[:, 0]
