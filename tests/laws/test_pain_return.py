"""Laws of the definition of pain return, for any curves of relief."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Outcome, Threshold, classify, find_pain_return

law = settings(max_examples=150)

shares = st.sampled_from([0.0, 0.1, 0.29, 0.3, 0.31, 0.5, 0.9, 1.0])
confirm = st.sampled_from([0, 0.5, 1, 3, 7])


@st.composite
def curves(draw: st.DrawFn):
    """Give some draws: relief over time, what counts, and whether it was there before."""
    times = draw(st.integers(1, 14))
    people = draw(st.integers(1, 4))
    gaps = draw(
        st.lists(st.sampled_from([0.25, 0.5, 1, 2, 3]), min_size=times - 1, max_size=times - 1)
    )
    days = [0.0, *np.cumsum(gaps).tolist()]
    row = st.lists(shares, min_size=times, max_size=times)
    relief = np.array(draw(st.lists(row, min_size=people, max_size=people)))
    some = st.lists(st.sampled_from([0.3, 0.5]), min_size=people, max_size=people)
    had = st.lists(st.booleans(), min_size=people, max_size=people)
    return relief, np.array(draw(some)), np.array(draw(had)), days


def by_the_book(relief, needed, had, days, confirm_days) -> tuple[int, bool]:
    """Follow the definition word by word, for one person, one time after another."""
    for i in range(len(days)):
        had_some_before = had or any(relief[j] >= needed for j in range(i))
        throughout = [
            relief[j] for j in range(i, len(days)) if j == i or days[j] - days[i] < confirm_days
        ]
        if had_some_before and all(each < needed for each in throughout):
            return i, True
    return len(days), had or any(each >= needed for each in relief)


def days_to_return(found, days) -> np.ndarray:
    return np.array([*days, math.inf])[found.index]


@law
@given(curves(), confirm)
def test_pain_return_is_what_the_definition_says(curve, confirm_days):
    relief, needed, had, days = curve
    found = find_pain_return(relief, needed, had, days, confirm_days)
    for row in range(len(relief)):
        index, ever = by_the_book(relief[row], needed[row], had[row], days, confirm_days)
        assert (found.index[row], found.ever[row]) == (index, ever)


@law
@given(curves(), confirm, st.sampled_from([1, 5, 100]))
def test_the_five_outcomes_exclude_one_another_and_leave_nobody_out(curve, confirm_days, horizon):
    relief, needed, had, days = curve
    found = find_pain_return(relief, needed, had, days, confirm_days)
    kinds = classify(days_to_return(found, days), found.ever, had, horizon)
    assert set(kinds) == set(Outcome)
    np.testing.assert_array_equal(sum(kind.astype(int) for kind in kinds.values()), 1)
    assert not np.any(kinds[Outcome.GONE_BEFORE_LAST_DOSE] & ~had)
    assert not np.any(kinds[Outcome.NO_RESPONSE] & had)


@law
@given(
    st.lists(st.sampled_from([0.0, 1e-9, 0.5, 0.999, 1.0, 1.5, 30, 30.1, math.inf]), min_size=1),
    st.data(),
)
def test_any_times_at_all_are_sorted_into_exactly_one_outcome(times, data):
    ever = np.array(data.draw(st.lists(st.booleans(), min_size=len(times), max_size=len(times))))
    kinds = classify(np.array(times), ever, ever, 30)
    np.testing.assert_array_equal(sum(kind.astype(int) for kind in kinds.values()), 1)


@law
@given(curves(), confirm)
def test_more_confirming_days_never_make_pain_return_sooner(curve, confirm_days):
    relief, needed, had, days = curve
    sooner = find_pain_return(relief, needed, had, days, confirm_days)
    later = find_pain_return(relief, needed, had, days, confirm_days + 2)
    assert np.all(sooner.index <= later.index)
    np.testing.assert_array_equal(sooner.ever, later.ever)


@law
@given(curves(), confirm)
def test_people_are_judged_one_by_one(curve, confirm_days):
    relief, needed, had, days = curve
    together = find_pain_return(relief, needed, had, days, confirm_days)
    for row in range(len(relief)):
        one = slice(row, row + 1)
        alone = find_pain_return(relief[one], needed[one], had[one], days, confirm_days)
        assert alone.index[0] == together.index[row]


@law
@given(curves(), confirm)
def test_relief_that_only_falls_is_lost_when_it_first_crosses(curve, confirm_days):
    relief, needed, had, days = curve
    falling = np.sort(relief, axis=1)[:, ::-1]
    had = had | (falling[:, 0] >= needed)
    found = find_pain_return(falling, needed, had, days, confirm_days)
    below = np.sum(falling >= needed[:, None], axis=1)
    np.testing.assert_array_equal(found.index, np.where(had, below, len(days)))


@law
@given(st.lists(st.floats(2, 10), min_size=1, max_size=9).map(sorted))
def test_two_points_are_a_smaller_share_of_a_larger_pain(untreated):
    needed = Threshold.TWO_POINTS.share_of(np.array(untreated))
    np.testing.assert_allclose(needed * untreated, 2, rtol=1e-15)
    assert all(later <= sooner for sooner, later in pairwise(needed))
    assert np.all(Threshold.THIRTY_PERCENT.share_of(np.array(untreated)) == 0.3)
    assert np.all(Threshold.FIFTY_PERCENT.share_of(np.array(untreated)) == 0.5)
