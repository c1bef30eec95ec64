from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.report.numerals import brief, days, hours, of_100, percent, span, whole_parts

shares = st.lists(st.floats(0, 1), min_size=5, max_size=5).filter(lambda s: sum(s) > 0)


@settings(derandomize=True, deadline=None)
@given(shares)
def test_rounded_outcomes_still_sum_to_one_hundred(given_shares):
    parts = whole_parts(given_shares)
    assert sum(parts) == 100
    total = sum(given_shares)
    assert all(abs(n - 100 * s / total) < 1 for n, s in zip(parts, given_shares, strict=True))


def test_the_largest_remainder_is_rounded_up_first():
    assert whole_parts([0.505, 0.302, 0.193]) == (51, 30, 19)


def test_shares_that_do_not_exist_are_counted_as_nothing():
    assert whole_parts([float("nan"), 0.5]) == (0, 0)


@settings(derandomize=True, deadline=None)
@given(st.floats(0, 1))
def test_no_share_is_written_as_certain(share):
    assert percent(share) not in {"0%", "100%"}
    assert of_100(round(100 * share)) not in {"about 0 of 100", "about 100 of 100"}


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1, "6 minutes"), (0.999, "1 hour"), (1.0, "1 hour"), (6.24, "6.2 hours"), (30, "30 hours")],
)
def test_hours_below_one_are_minutes(number, text):
    assert hours(number) == text


@pytest.mark.parametrize(("number", "text"), [(1.0, "1 day"), (0.4, "0.4 days"), (9.97, "10 days")])
def test_days_have_their_unit(number, text):
    assert days(number) == text


def test_both_ends_of_an_interval_are_written_as_finely():
    assert span(1.96, 3.04) == "2 to 3 days"
    assert span(2.44, 71.4) == "2 to 71 days"


def test_a_number_that_does_not_exist_is_a_dash():
    assert brief(float("nan")) == brief(None) == percent(float("inf")) == "-"
