"""What calibration reads from answers, held against other ways of working it out."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from validation.calibration import metrics

some = st.lists(st.sampled_from([-2, -1, 0.5, 1, 3, 7.5, 180, np.inf]), min_size=1, max_size=9)
days = st.lists(st.floats(0, 180), min_size=1, max_size=30)
law = settings(max_examples=100)


@law
@given(some, some)
def test_ranks_among_draws_are_uniform_when_truth_is_one_of_them(first, rest):
    everything = np.asarray([*first, *rest], dtype=float)
    coins = np.linspace(0.005, 0.995, 100)
    values = np.concatenate(
        [
            [metrics.pit(truth, np.delete(everything, place), coin) for coin in coins]
            for place, truth in enumerate(everything)
        ]
    )
    # A hundred coins stand for all of them, so a hundredth is as near as it gets.
    assert metrics.distance_from_uniform(values) < 0.011


def test_pit_is_small_where_truth_comes_sooner_than_thought():
    draws = np.arange(1.0, 100.0)
    assert metrics.pit(0, draws, 0.5) == 0.005
    assert metrics.pit(1000, draws, 0.5) == 0.995
    assert metrics.pit(50, draws, 0.25) == pytest.approx((49 + 0.5) / 100)


@law
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_distance_from_uniform_is_that_of_scipy(values):
    found = metrics.distance_from_uniform(np.asarray(values))
    assert found == pytest.approx(stats.kstest(values, "uniform").statistic, abs=1e-12)


def test_the_strictest_distance_is_passed_once_in_a_thousand():
    for count in (500, 2000):
        beyond = stats.kstwo.sf(metrics.strictest_distance(count), count)
        assert beyond == pytest.approx(1e-3, rel=0.1)


@law
@given(days, st.floats(0, 180))
def test_crps_is_what_its_definition_over_pairs_says(draws, truth):
    apart = np.abs(np.subtract.outer(draws, draws)).mean()
    expected = np.abs(np.asarray(draws) - truth).mean() - apart / 2
    assert metrics.crps(truth, np.asarray(draws)) == pytest.approx(expected, abs=1e-9)


def test_crps_is_the_area_between_two_distribution_functions():
    draws, truth = np.asarray([1.0, 2.5, 4.0, 9.0]), 3.0

    def gap(x: float) -> float:
        return float((np.mean(draws <= x) - (truth <= x)) ** 2)

    steps = sorted([*draws, truth])
    area = sum(integrate.quad(gap, a, b)[0] for a, b in pairwise(steps))
    assert metrics.crps(truth, draws) == pytest.approx(area, abs=1e-9)


def test_brier_is_the_mean_squared_miss():
    chances, happened = np.asarray([0.9, 0.2, 0.5]), np.asarray([True, False, True])
    assert metrics.brier(chances, happened) == pytest.approx((0.01 + 0.04 + 0.25) / 3)


def test_coverage_counts_the_middle():
    even = (np.arange(1000) + 0.5) / 1000
    for level in (0.5, 0.8, 0.95):
        assert metrics.coverage(even, level) == pytest.approx(level, abs=0.002)


def test_atoms_lie_in_order_on_the_line():
    found = metrics.on_the_line(
        np.asarray([0, 0, 0.04, 180, 180.1, np.inf]),
        np.asarray([False, True, True, True, True, True]),
        180,
    )
    assert found.tolist() == [-2, -1, 0.04, 180, np.inf, np.inf]
    assert metrics.has_returned(found).tolist() == [False, False, False, True, False, False]
    assert metrics.as_days(found, 180).tolist() == [0, 0, 0.04, 180, 180, 180]


def test_the_interval_is_that_of_draws_that_return():
    places = np.asarray([-2.0, np.inf, *np.linspace(1, 101, 21)])
    assert metrics.width80(places) == pytest.approx(80)
    assert np.isnan(metrics.width80(places[:21]))
