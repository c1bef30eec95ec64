"""The placebo course: it comes with treatment, it goes again, and it never exceeds all pain."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import DoseEvent, Drug, Regimen, Route
from respite.population.placebo import PlaceboCourse, placebo_relief, session_clock, treatment_days

law = settings(max_examples=80)
share = st.floats(0.01, 0.99)


@st.composite
def placebo_courses(draw: st.DrawFn) -> PlaceboCourse:
    def one(strategy):
        return np.array([draw(strategy), draw(strategy)])

    return PlaceboCourse(
        depth=one(share),
        gain=one(share),
        half_time_h=one(st.floats(1, 5000)),
        session_depth=one(share),
        session_half_time_h=one(st.floats(0.1, 24)),
    )


def session(day: float, duration_h: float = 1) -> DoseEvent:
    return DoseEvent(
        time_h=day * 24, drug=Drug.PLACEBO, route=Route.IV, amount=0, duration_h=duration_h
    )


sessions = st.lists(
    st.builds(session, st.integers(0, 40), st.sampled_from([0, 0.5, 4, 24])),
    min_size=1,
    max_size=10,
    unique_by=lambda event: event.time_h,
)
hours = st.lists(st.floats(0, 3000), min_size=1, max_size=20).map(sorted)


def relief(course, events, times) -> np.ndarray:
    return placebo_relief(course, session_clock(events, np.array([times])))


@law
@given(placebo_courses(), sessions, hours)
def test_placebo_relief_is_a_share_of_pain(course, events, times):
    values = relief(course, events, times)
    assert values.shape == (2, len(times))
    assert np.all((values >= 0) & (values < 1))
    deepest = 1 - (1 - course.depth) * (1 - course.session_depth)
    assert np.all(values <= deepest[:, None] + 1e-12)


@law
@given(placebo_courses(), sessions, hours)
def test_there_is_none_before_the_first_session_has_begun(course, events, times):
    first = min(event.time_h for event in events)
    before = [*[time for time in times if time <= first], first]
    assert np.all(relief(course, events, before) == 0)


@law
@given(placebo_courses(), sessions, hours)
def test_it_only_falls_after_the_last_session_and_goes_altogether(course, events, times):
    end = max(event.end_h for event in events)
    after = relief(course, events, [end + 1e-6 + time for time in times])
    assert np.all(np.diff(after) <= 1e-15)
    assert np.all(relief(course, events, [end + 1e6]) < 1e-9)


@law
@given(placebo_courses(), sessions, sessions, hours)
def test_more_sessions_never_mean_less_relief(course, some, others, times):
    """Sessions of one day count once, so whole days are compared."""
    taken = {event.time_h for event in some}
    more = [*some, *(event for event in others if event.time_h not in taken)]
    assert np.all(relief(course, more, times) >= relief(course, some, times) - 1e-12)


@law
@given(placebo_courses(), sessions, hours, st.randoms(use_true_random=False))
def test_the_order_in_which_sessions_are_told_does_not_matter(course, events, times, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    np.testing.assert_array_equal(relief(course, shuffled, times), relief(course, events, times))


@law
@given(placebo_courses(), sessions, hours)
def test_each_person_is_followed_at_times_of_their_own(course, events, times):
    """Times for everybody and the same times for each give the same relief."""
    own = placebo_relief(course, session_clock(events, np.array([times, times])))
    np.testing.assert_array_equal(own, relief(course, events, times))


@law
@given(placebo_courses(), st.integers(1, 12))
def test_the_lasting_part_is_what_adding_day_after_day_gives(course, days):
    """Each day fills its share of what is missing; between days some is lost."""
    events = [session(day, 0) for day in range(days)]
    level = np.zeros(2)
    for _ in range(days):
        level = level * 2 ** (-24 / course.half_time_h)
        level = level + course.gain * (1 - level)
    # Long after the last session the part that belongs to the session has gone.
    wait = 24 * 60
    lasting = course.depth * level * 2 ** (-wait / course.half_time_h)
    session_part = course.session_depth * 2 ** (-wait / course.session_half_time_h)
    want = 1 - (1 - lasting) * (1 - session_part)
    got = relief(course, events, [events[-1].time_h + wait])[:, 0]
    np.testing.assert_allclose(got, want, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    ("regimen", "days"),
    [
        ("placebo iv over 40 min", [0]),
        ("placebo iv over 100 h", [0, 1, 2, 3, 4]),
        ("placebo iv over 24 h", [0]),
        ("placebo iv over 40 min every 8 h x6", [0, 2 / 3, 4 / 3]),
        ("ketamine 10 mg iv; placebo iv over 1 h", [0]),
    ],
)
def test_days_of_treatment_are_counted_once(regimen, days):
    found = treatment_days(Regimen.parse(regimen).events())
    assert [start / 24 for start in found] == pytest.approx(days)
