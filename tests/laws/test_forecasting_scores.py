"""Laws of the comparison of scores with their forecasts, and its calibration."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from forecasting_lines import line
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Diary, DiaryEntry
from respite.forecasting import score_forecasts
from respite.forecasting.track_record.naive_scores import naive_chances
from respite.forecasting.track_record.score_measures import (
    chances_at,
    crps,
    inside,
    means_of,
    pit_shares,
    share_within,
)

law = settings(max_examples=100)

counts = st.lists(st.integers(0, 20), min_size=11, max_size=11).filter(any)
chances = counts.map(lambda row: np.asarray(row, dtype=float) / sum(row))
scores = st.integers(0, 1000).map(lambda score: score / 100)


def one(row, score):
    return row[None, :], np.asarray([score])


@law
@given(chances, scores)
def test_crps_is_the_distance_to_the_score_less_half_the_distance_within(row, score):
    """The energy form of the same score, summed over all pairs."""
    places = np.arange(11)
    to_score = np.sum(row * np.abs(places - score))
    within = np.sum(row[:, None] * row[None, :] * np.abs(places[:, None] - places[None, :]))
    assert crps(*one(row, score))[0] == pytest.approx(to_score - within / 2, abs=1e-12)


@law
@given(chances, chances)
def test_no_other_forecast_expects_a_better_crps_than_the_true_one(true, other):
    every = np.arange(11.0)
    expected = [true @ crps(np.repeat(row[None, :], 11, axis=0), every) for row in (true, other)]
    assert expected[0] <= expected[1] + 1e-12


@law
@given(chances, scores, st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_parts_of_a_distribution_add_up(row, score, a, b, c):
    low, middle, high = sorted((a, b, c))
    given = one(row, score)
    parts = share_within(*given, low, middle) + share_within(*given, middle, high)
    assert parts[0] == pytest.approx(share_within(*given, low, high)[0], abs=1e-9)
    assert sum(pit_shares(*given)) == pytest.approx(1, abs=1e-9)
    assert share_within(*given, 0, 1)[0] == pytest.approx(1, abs=1e-9)


@law
@given(chances, st.sampled_from([50, 80, 95]))
def test_the_interval_of_a_true_forecast_holds_exactly_what_it_promises(row, level):
    held = inside(np.repeat(row[None, :], 11, axis=0), np.arange(11.0), level)
    assert row @ held == pytest.approx(level / 100, abs=1e-9)


@law
@given(chances, chances, st.floats(0, 1))
def test_between_two_days_chances_are_a_mixture(first, second, part):
    days = np.asarray([3.0, 4.0])
    between = chances_at(days, np.stack([first, second]), np.asarray([3.0, 3 + part, 4.0]))
    assert between[0] == pytest.approx(first)
    assert between[2] == pytest.approx(second)
    assert np.sum(between, axis=1) == pytest.approx(1)
    assert means_of(between)[1] == pytest.approx(
        (1 - part) * (first @ np.arange(11)) + part * (second @ np.arange(11))
    )


@law
@given(st.lists(st.tuples(st.integers(-60, 0), scores), min_size=1, max_size=60))
def test_a_naive_forecast_has_chances_that_sum_to_one(entries):
    ordered = sorted(entries)
    hours = np.asarray([24.0 * day for day, _score in ordered])
    row = naive_chances(hours, np.asarray([score for _day, score in ordered]))
    week = [score for day, score in ordered if day > ordered[-1][0] - 7]
    assert (row is None) == (len(week) < 3)
    if row is not None:
        assert np.sum(row) == pytest.approx(1)
        assert np.all(row >= 0)


def test_a_naive_forecast_keeps_the_mean_of_the_last_week():
    hours = np.arange(14) * 24.0
    row = naive_chances(hours, np.asarray([6, 7, 8, 7, 7, 7, 7, 4, 5, 5, 4, 6, 5, 6.0]))
    assert row is not None
    assert row @ np.arange(11) == pytest.approx(5)


def test_intervals_are_calibrated_where_the_forecast_is_exactly_right():
    """By chance this fails once in some ten thousand seeds: every check allows four errors."""
    size = 6000
    rng = np.random.default_rng(11)
    truth = rng.dirichlet(np.full(11, 0.7), size=size)
    # Two days with the same chances, and the score between them.
    rows = np.round(np.repeat(truth, 2, axis=0), 6)
    rows[:, 10] = 1 - np.sum(rows[:, :10], axis=1)
    written = [int(rng.choice(11, p=row / row.sum())) for row in np.abs(rows[::2])]
    entries = [
        DiaryEntry(day=Decimal(2 * i) + Decimal("0.5"), pain=float(score))
        for i, score in enumerate(written)
    ]
    past = line(chances=np.abs(rows).tolist())
    (*_leads, row) = score_forecasts((past,), Diary(tuple(entries))).rows
    measures = row.measures
    assert (row.lead, row.forecasts, row.scores) == ("all", 1, size)
    for level in (50, 80, 95):
        share = level / 100
        error = (share * (1 - share) / size) ** 0.5
        assert getattr(measures, f"coverage{level}") == pytest.approx(share, abs=4 * error)
    assert measures.bias == pytest.approx(0, abs=4 * 3 / size**0.5)
    assert measures.pit == pytest.approx([0.1] * 10, abs=4 * (0.09 / size) ** 0.5)
    within = np.abs(np.arange(11)[:, None] - np.arange(11)[None, :])
    expected = np.mean(np.einsum("ni,nj,ij->n", truth, truth, within)) / 2
    assert measures.crps == pytest.approx(expected, abs=4 * 1 / size**0.5)


def test_a_forecast_that_is_too_sure_does_not_hold_what_it_promises():
    rng = np.random.default_rng(5)
    written = np.clip(np.rint(rng.normal(5, 2, 2000)), 0, 10)
    sure = np.zeros(11)
    sure[4:7] = [0.25, 0.5, 0.25]
    held = inside(np.repeat(sure[None, :], 2000, axis=0), written, 80)
    assert np.mean(held) < 0.6
