"""What a diary shows of each course of treatment: whether relief came, and when it was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf

from respite.domain import CourseSeen, DoseEvent, ReliefRule
from respite.forecasting.track_record.diary_return import DiaryReturn, Seen, diary_return
from respite.population import Floats, course_starts

STEPS_A_DAY = 2
"""Days between which relief was lost are widened to halves of days; ours."""


@dataclass(frozen=True, kw_only=True)
class CourseFollowed:
    """One course of treatment, and what a diary shows after it.

    Attributes
    ----------
    course
        Which course of this person it was, counted from 1.
    start_h, end_h
        Start of its first dose, and end of its last [h from the first dose of all].
    next_h
        Start of the course after it; infinite where there is none. What is written later says
        nothing of this course.
    seen
        When relief was lost; ``None`` where relief cannot be told, as pain before treatment is
        not known or too low.
    """

    course: int
    start_h: float
    end_h: float
    next_h: float
    seen: DiaryReturn | None

    def as_seen(self, patient: str, group: str = "") -> CourseSeen | None:
        """Give the course as a line of a table of visits.

        The days between which relief was lost are widened to halves of days, so that nothing is
        claimed that the diary does not show. Relief that never came, or was gone before the last
        dose ended, was lost at the last dose.

        Parameters
        ----------
        patient, group
            Whose course it was, and to which group the person belongs.

        Returns
        -------
        The line; ``None`` where the diary does not tell.
        """
        seen = self.seen
        if seen is None or seen.seen is Seen.NOTHING:
            return None
        first, last = 0.0, 0.0 if seen.by_day is None else _later(seen.by_day)
        if seen.after_day is not None:
            first = _earlier(seen.after_day)
        return CourseSeen(
            patient=patient,
            course=self.course,
            group=group,
            last_with_day=first,
            first_without_day=None if seen.seen is Seen.HELD else last,
        )


def courses_followed(
    events: Sequence[DoseEvent],
    hours: Floats,
    scores: Floats,
    *,
    untreated: float | None,
    rule: ReliefRule | None = None,
) -> tuple[CourseFollowed, ...]:
    """Part what was given into courses, and find what the diary shows after each.

    Parameters
    ----------
    events
        What was given; at least one dose.
    hours
        When each score stands [h from the first dose], rising.
    scores
        The scores, 0-10.
    untreated
        Pain before treatment; ``None`` where it is not known.
    rule
        What counts as relief, and how long it must stay away; by default the usual.

    Returns
    -------
    Every course, the earliest first.
    """
    what = rule or ReliefRule()
    is_told = untreated is not None and untreated > 0 and what.threshold.is_assessable(untreated)
    found: list[CourseFollowed] = []
    for number, (start, following) in enumerate(
        pairwise((*course_starts(events), inf)), start=1
    ):  # fmt: skip
        end = max(one.end_h for one in events if start <= one.time_h < following)
        kept = hours < following
        seen = None
        if is_told and untreated is not None:
            seen = diary_return(
                hours[kept], scores[kept], untreated=untreated, threshold=what.threshold,
                confirm_days=what.confirm_days, last_dose_end_h=end,
            )  # fmt: skip
        found.append(
            CourseFollowed(course=number, start_h=start, end_h=end, next_h=following, seen=seen)
        )
    return tuple(found)


def _earlier(day: float) -> float:
    return floor(day * STEPS_A_DAY) / STEPS_A_DAY


def _later(day: float) -> float:
    return ceil(day * STEPS_A_DAY) / STEPS_A_DAY
