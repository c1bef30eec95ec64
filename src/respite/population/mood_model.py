"""Mood as a clock of its own: who responds to ketamine, and when depression returns.

Whether somebody responds is a class. Its chance grows with the sessions of a course:

    logit p(n) = logit p(1) + g log2 n

Response sets in hours after a session and ends when a time to relapse has passed since the last
session that this person responds to. That time is drawn once for each person, log-normal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.domain import DoseEvent, Drug
from respite.literature import Model
from respite.population.drawing import draw_parameters
from respite.population.random_draws import Floats, People
from respite.population.treatment_courses import course_starts

MOOD = "mood_respite1"


@dataclass(frozen=True)
class Moods:
    """One draw of the mood model for each person.

    Attributes
    ----------
    numbers
        The drawn parameters in canonical units, shape ``(people,)`` each.
    luck
        Where each person stands among all, 0-1: those below a chance respond.
    """

    numbers: Mapping[str, Floats]
    luck: Floats

    def chance(self, sessions: int) -> Floats:
        """Give the chance of response after so many sessions of one course."""
        once = self.numbers["mood_response_chance"]
        counted = np.minimum(sessions, self.numbers["mood_sessions_that_add"])
        gain = self.numbers["mood_session_gain"] * np.log2(counted)
        # Nobody who responds to placebo would not respond to drug.
        return np.maximum(
            1 / (1 + (1 - once) / once * np.exp(-gain)), self.numbers["mood_placebo_chance"]
        )

    def placebo_chance(self) -> Floats:
        """Give the chance of response to placebo."""
        return self.numbers["mood_placebo_chance"]


@dataclass(frozen=True)
class MoodCourse:
    """Response of each person over time.

    Attributes
    ----------
    responding
        Whether depression is in response, shape ``(people, times)``.
    within
        Whether each time lies within a time to relapse of a session, response or not, shape
        ``(people, times)``.
    until_h
        When response ends for good [h from the first dose], shape ``(people,)``; minus infinity
        in those who never respond.
    """

    responding: NDArray[np.bool_]
    within: NDArray[np.bool_]
    until_h: Floats


def draw_moods(model: Model, people: People) -> Moods:
    """Draw how the depression of each person responds.

    Parameters
    ----------
    model
        The mood model.
    people
        Who is drawn.
    """
    numbers = draw_parameters(model.parameters, people, stream="mood")
    return Moods(numbers, people.uniforms("mood response"))


def follow_mood(moods: Moods, events: Sequence[DoseEvent], times_h: Floats) -> MoodCourse:
    """Follow response through a regimen.

    Parameters
    ----------
    moods
        The people.
    events
        What they are given; doses that end on one day are one session.
    times_h
        Times from the first dose [h], rising.
    """
    until = np.full(len(moods.luck), -np.inf)
    responding = np.zeros((len(until), len(times_h)), dtype=bool)
    within = np.zeros_like(responding)
    onset = float(moods.numbers["mood_onset"][0])
    sessions = _sessions(events)
    for place, (end, count, is_drug) in enumerate(sessions):
        chance = moods.chance(count) if is_drug else moods.placebo_chance()
        holds = moods.luck < chance
        until = np.where(holds, end + moods.numbers["mood_relapse_time"], until)
        later = sessions[place + 1][0] if place + 1 < len(sessions) else np.inf
        during = (times_h >= end + onset) & (times_h < later + onset)
        responding[:, during] = times_h[during] < until[:, None]
        after = times_h[during] - end
        within[:, during] = after < moods.numbers["mood_relapse_time"][:, None]
    return MoodCourse(responding, within, until)


def _sessions(events: Sequence[DoseEvent]) -> list[tuple[float, int, bool]]:
    """Give the end of each session, its number within its course, and whether drug was given."""
    by_day: dict[int, list[DoseEvent]] = {}
    for event in sorted(events, key=lambda event: event.end_h):
        by_day.setdefault(int(event.end_h // 24), []).append(event)
    starts = course_starts(events)
    counts: dict[int, int] = {}
    sessions: list[tuple[float, int, bool]] = []
    for of_day in by_day.values():
        course = sum(start <= of_day[0].time_h for start in starts)
        is_drug = any(event.drug is not Drug.PLACEBO for event in of_day)
        counts[course] = counts.get(course, 0) + is_drug
        sessions.append((of_day[-1].end_h, max(counts[course], 1), is_drug))
    return sessions


def scores(moods: Moods, course: MoodCourse, before: float) -> Floats:
    """Give the expected score of a questionnaire over time, shape ``(people, times)``.

    Parameters
    ----------
    moods, course
        The people, and their response over time.
    before
        The score before treatment.
    """
    deep = moods.numbers["mood_depth"][:, None] * course.responding
    shallow = moods.numbers["mood_depth_without_response"][:, None]
    return before * (1 - deep - shallow * (course.within & ~course.responding))
