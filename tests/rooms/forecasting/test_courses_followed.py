"""What a diary shows of each course of treatment."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import DoseEvent, Drug, ReliefRule, Route, Threshold
from respite.forecasting import Seen, courses_followed

DAY = 24.0


def doses(*days):
    return [
        DoseEvent(
            time_h=day * DAY, drug=Drug.KETAMINE, route=Route.IV, amount=35.0, is_per_kg=False,
            duration_h=1.0,
        )
        for day in days
    ]  # fmt: skip


def followed(days, scores, *, at=(0,), untreated=8.0, rule=None):
    hours = np.asarray(days, dtype=np.float64) * DAY + 11
    return courses_followed(
        doses(*at), hours, np.asarray(scores, dtype=np.float64), untreated=untreated, rule=rule
    )


def test_relief_that_is_lost_lies_between_two_half_days():
    (course,) = followed(range(1, 31), [3] * 14 + [8] * 16)
    assert course.seen.seen is Seen.LOST
    line = course.as_seen("1")
    assert line is not None
    assert course.seen.after_day is not None
    assert course.seen.by_day is not None
    assert line.first_without_day is not None
    assert course.seen.after_day - 0.5 < line.last_with_day <= course.seen.after_day
    assert course.seen.by_day <= line.first_without_day < course.seen.by_day + 0.5
    assert 12 <= line.last_with_day <= line.first_without_day <= 17


def test_relief_that_still_holds_has_no_day_of_loss():
    (course,) = followed(range(1, 15), [3] * 14)
    assert course.as_seen("1").first_without_day is None
    assert course.as_seen("1").is_ongoing


def test_relief_that_never_came_was_lost_at_the_last_dose():
    (course,) = followed(range(1, 15), [8] * 14)
    line = course.as_seen("1", "ward")
    assert (line.last_with_day, line.first_without_day, line.group) == (0, 0, "ward")


@pytest.mark.parametrize("untreated", [None, 0.0])
def test_without_pain_before_treatment_nothing_is_told(untreated):
    (course,) = followed(range(1, 15), [3] * 14, untreated=untreated)
    assert course.seen is None
    assert course.as_seen("1") is None


def test_a_threshold_that_cannot_be_reached_tells_nothing():
    rule = ReliefRule(threshold=Threshold.TWO_POINTS)
    (course,) = followed(range(1, 15), [0] * 14, untreated=1.0, rule=rule)
    assert course.seen is None


def test_what_is_written_after_the_next_course_says_nothing_of_the_one_before():
    first, second = followed(range(1, 61), [3] * 29 + [8] * 10 + [2] * 21, at=(0, 30))
    assert (first.course, second.course) == (1, 2)
    assert first.next_h == second.start_h == 30 * DAY
    assert first.as_seen("1").is_ongoing
    assert first.as_seen("1").last_with_day <= 30


def test_doses_within_two_weeks_are_one_course():
    assert len(followed([], [], at=range(10))) == 1
    assert len(followed([], [], at=(0, 7, 14, 60))) == 2
    assert followed([], [], at=(0,))[0].seen.seen is Seen.NOTHING


@given(
    st.lists(st.tuples(st.integers(-5, 90), st.integers(0, 10)), unique_by=lambda one: one[0]),
    st.lists(st.integers(0, 80), min_size=1, max_size=6),
)
def test_every_course_is_a_line_or_nothing_and_never_beyond_the_next(entries, at):
    entries = sorted(entries)
    courses = followed([day for day, _s in entries], [s for _d, s in entries], at=at)
    for course in courses:
        line = course.as_seen("1")
        if line is None:
            continue
        assert line.last_with_day <= (line.first_without_day or line.last_seen_day)
        room = (course.next_h - course.end_h) / DAY
        assert line.last_seen_day <= room + 0.5
