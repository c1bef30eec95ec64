"""The writers of virtual diaries, held against what their models say in closed form."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from validation.calibration import diaries, plan2012

from respite.literature import load_library

means = st.floats(0.05, 9.9)
shares = st.floats(0.001, 0.999)
law = settings(max_examples=100)


def writer(**changed) -> plan2012.Writer:
    model = load_library().assembled("diary_plan2012")
    typical = {name: number.value for name, number in model.parameters.items()}
    return plan2012.Writer.of({**typical, **changed}, model)


@law
@given(means, st.floats(0, 1))
def test_counts_are_chances(mean, narrowness):
    chances = plan2012.truncated_count(mean, narrowness)
    assert chances.shape == (11,)
    assert chances.sum() == pytest.approx(1)
    assert (chances >= 0).all()


@law
@given(means)
def test_a_count_as_wide_as_it_can_be_is_poisson_kept_on_the_scale(mean):
    expected = stats.poisson.pmf(np.arange(11), mean)
    assert plan2012.truncated_count(mean, 0) == pytest.approx(expected / expected.sum())


def test_a_narrow_count_has_its_mean_and_varies_less_than_poisson():
    scores = np.arange(11)
    chances = plan2012.truncated_count(6.2, 0.99)
    mean = chances @ scores
    assert mean == pytest.approx(6.2, abs=0.3)
    assert chances @ (scores - mean) ** 2 < 6.2 / 4


@law
@given(st.integers(0, 10), st.floats(0, 130), means, shares, shares)
def test_what_follows_a_score_are_chances_and_at_least_those_afresh(last, day, mean, one, two):
    person = writer(step_of_one=one, step_of_two=two)
    afresh = plan2012.truncated_count(mean, 0.5)
    chances = person.after(last, day, afresh)
    assert chances.sum() == pytest.approx(1)
    assert chances[last] >= person.repeated(last, day)
    rest = 1 - person.repeated(last, day)
    beside = [score for score in (last - 1, last + 1) if 0 <= score <= 10]
    assert all(chances[score] >= one / 2 * rest - 1e-12 for score in beside)


def test_the_typical_person_repeats_scores_as_the_file_says_and_settles():
    person = writer()
    assert person.repeated(0, 0) == pytest.approx(0.554617)
    assert person.repeated(9, 0) == pytest.approx(0.119517)
    assert person.repeated(10, 0) == pytest.approx(0.443759)
    assert person.repeated(3, 0) == pytest.approx((2 * 0.554617 + 0.119517) / 3)
    assert person.repeated(3, 100) > person.repeated(3, 0)


def test_pain_falls_by_the_depth_of_plan2012_with_its_half_time():
    person = writer()
    days = np.asarray([0, 27.7045, 10_000])
    expected = 6.20667 * np.asarray([1, 1 - 0.18986 / 2, 1 - 0.18986])
    assert person.mean(days) == pytest.approx(expected)


def test_scores_written_by_chance_follow_the_chances():
    person = writer()
    draw = np.random.default_rng(4)
    days, left = np.asarray([0.0, 1.0]), np.ones(2)
    pairs = np.asarray([person.write(days, left, draw) for _each in range(4000)])
    first = plan2012.truncated_count(float(person.mean(days[:1])[0]), person.narrowness)
    afresh = plan2012.truncated_count(float(person.mean(days[1:])[0]), person.narrowness)
    second = first @ np.asarray([person.after(last, 1, afresh) for last in range(11)])
    for found, expected in ((pairs[:, 0], first), (pairs[:, 1], second)):
        counts = np.bincount(found.astype(int), minlength=11)
        common = expected > 0.002
        # Wrong once in ten thousand seeds; the seed is fixed.
        assert stats.chisquare(
            counts[common], expected[common] / expected[common].sum() * counts[common].sum()
        ).pvalue > (1e-4)


def test_wandering_keeps_its_spread_and_forgets_as_it_should():
    draw = np.random.default_rng(5)
    kept = np.asarray([0.0, 0.6, 0.36, 0.9])
    walks = np.asarray(
        [diaries.wander(2, kept, draw, begins_at_zero=False) for _each in range(20_000)]
    )
    assert walks.std(axis=0) == pytest.approx(2, rel=0.03)
    near = np.asarray(np.corrcoef(walks.T))[0]
    assert near[1:] == pytest.approx([0.6, 0.6 * 0.36, 0.6 * 0.36 * 0.9], abs=0.03)
    drifts = np.asarray(
        [diaries.wander(2, kept, draw, begins_at_zero=True) for _each in range(20_000)]
    )
    assert (drifts[:, 0] == 0).all()
    assert drifts[:, 1].std() == pytest.approx(2 * 0.8, rel=0.03)


def test_gaps_come_as_often_as_they_should():
    draw = np.random.default_rng(6)
    scores = np.repeat([0.0, 6.0, 9.0], 20_000)
    at_random = diaries.written_at_random(scores, draw).reshape(3, -1).mean(axis=1)
    assert at_random == pytest.approx(0.8, abs=0.015)
    in_pain = diaries.written_less_in_pain(scores, draw).reshape(3, -1).mean(axis=1)
    assert in_pain == pytest.approx([0.97, 0.8, 0.583], abs=0.015)
