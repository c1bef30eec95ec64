"""Weights of draws: their tails are found, their sum is one, and picks follow them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from respite.forecasting.learning.importance import Weights, fit_pareto, resample, temper, weigh

law = settings(max_examples=60)

log_ratios = st.lists(st.floats(-800, 800), min_size=1, max_size=300).map(np.array)
not_numbers = st.sampled_from([-np.inf, np.inf, np.nan])


# ----------------------------------------------------------------------- laws


@law
@given(log_ratios)
def test_weights_add_up_to_one_and_keep_their_order(ratios):
    found = weigh(ratios)
    assert np.sum(found.share) == pytest.approx(1, abs=1e-12)
    assert np.all(found.share >= 0)
    order = np.argsort(ratios, kind="stable")
    assert np.all(np.diff(found.share[order]) >= -1e-15)
    assert 1 - 1e-9 <= found.ess <= len(ratios) * (1 + 1e-9)


@law
@given(log_ratios, st.floats(-300, 300))
def test_only_differences_of_log_ratios_matter(ratios, shift):
    np.testing.assert_allclose(weigh(ratios + shift).share, weigh(ratios).share, atol=1e-9)


@law
@given(log_ratios, st.lists(not_numbers, min_size=1, max_size=5), st.randoms())
def test_what_is_no_number_weighs_nothing_and_changes_nobody(ratios, broken, chance):
    places = sorted(chance.sample(range(len(ratios) + len(broken)), len(broken)))
    mixed = np.zeros(len(ratios) + len(broken))
    is_broken = np.isin(np.arange(len(mixed)), places)
    mixed[is_broken], mixed[~is_broken] = broken, ratios
    found = weigh(mixed)
    assert np.all(found.share[is_broken] == 0)
    assert np.sum(found.share) == pytest.approx(1, abs=1e-12)
    # Those that count are the same people as the ones that weigh as nothing at all.
    emptied = np.where(is_broken, -np.inf, mixed)
    np.testing.assert_array_equal(found.share, weigh(emptied).share)


@law
@given(log_ratios, st.floats(0.01, 1))
def test_weights_are_flattened_no_more_than_is_asked(ratios, share_wanted):
    wanted = share_wanted * len(ratios)
    flat = temper(ratios, wanted)
    plain = np.exp(ratios - np.max(ratios))
    plain = plain / np.sum(plain)
    assert np.sum(flat) == pytest.approx(1, abs=1e-12)
    worth, before = (1 / np.sum(share * share) for share in (flat, plain))
    assert worth >= wanted * (1 - 1e-9)
    if before >= wanted:
        np.testing.assert_allclose(flat, plain, atol=1e-15)
    elif worth > wanted * (1 + 1e-3):
        # Only where many draws tie do weights jump past what is asked.
        assert len(np.unique(ratios)) < len(ratios)
    # The order stays, and so does who weighs nothing.
    order = np.argsort(ratios, kind="stable")
    assert np.all(np.diff(flat[order]) >= -1e-15)


def test_flat_weights_leave_out_what_is_no_number():
    flat = temper(np.array([0.0, -np.inf, -1000.0, np.nan]), 1.5)
    assert flat[1] == flat[3] == 0
    assert 1 / np.sum(flat * flat) == pytest.approx(1.5, rel=1e-6)


def test_draws_that_are_alike_are_all_worth_one():
    found = weigh(np.full(400, -3.0))
    np.testing.assert_allclose(found.share, 1 / 400)
    assert found.ess == pytest.approx(400)


def test_one_draw_that_outweighs_all_is_worth_one():
    ratios = np.append(np.linspace(0, 1, 400), 900.0)
    assert weigh(ratios).ess == pytest.approx(1, abs=0.01)


def test_a_tail_too_short_to_tell_has_no_shape_and_is_not_good():
    found = weigh(np.linspace(0, 1, 20))
    assert found.pareto_k is None
    assert not found.is_good


# --------------------------------------------------------- independent answers


def excess_of(shape: float, scale: float, size: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.sort(stats.genpareto.rvs(shape, scale=scale, size=size, random_state=rng))


def drawn_to_one_half(shape: float, size: int) -> float:
    """Give a shape with the weight that few numbers ask for: of ten numbers of one half."""
    return (size * shape + 5) / (size + 10)


@pytest.mark.parametrize("shape", [0.2, 0.5, 0.9, 1.5])
def test_the_shape_of_a_generated_tail_is_found(shape):
    """Within four standard errors; that of the best possible shape is (1 + k) / root n."""
    size = 2000
    k, scale = fit_pareto(excess_of(shape, 3, size, seed=7))
    error = (1 + shape) / np.sqrt(size)
    assert k == pytest.approx(drawn_to_one_half(shape, size), abs=4 * error)
    assert scale == pytest.approx(3, rel=4 * np.sqrt(2 * (1 + shape) / size))


@pytest.mark.parametrize("shape", [-0.2, 0.1, 0.4, 0.8])
@pytest.mark.parametrize("size", [100, 600])
def test_the_fit_is_that_of_greatest_likelihood(shape, size):
    """Both see the same numbers, so they differ by less than either errs."""
    excess = excess_of(shape, 1, size, seed=3)
    likeliest, _place, scale = stats.genpareto.fit(excess, floc=0)
    error = (1 + shape) / np.sqrt(size)
    k, found = fit_pareto(excess)
    assert k == pytest.approx(drawn_to_one_half(likeliest, size), abs=error)
    assert found == pytest.approx(scale, rel=0.1)


@pytest.mark.parametrize("factor", [1e-6, 1e4])
def test_the_shape_has_no_unit(factor):
    excess = excess_of(0.3, 1, 300, seed=5)
    k, scale = fit_pareto(excess)
    again, larger = fit_pareto(excess * factor)
    assert again == pytest.approx(k, rel=1e-9)
    assert larger == pytest.approx(scale * factor, rel=1e-9)


@pytest.mark.parametrize(("wide", "is_good"), [(2.0, True), (1.2, True), (0.8, True), (0.4, False)])
def test_draws_from_too_narrow_a_place_are_not_trusted(wide, is_good):
    """Of a normal curve with spread *s* for one with spread 1, ratios have tails of 1 - s^2.

    The chance of a ratio above *r* falls as ``r ** (-1 / k)`` where
    ``k = 1 - s ** 2``; where *s* is one or more, ratios are bounded.
    """
    draws = wide * np.random.default_rng(2).standard_normal(20_000)
    found = weigh(stats.norm.logpdf(draws) - stats.norm.logpdf(draws, scale=wide))
    assert found.is_good == is_good
    if wide < 1:
        assert found.pareto_k == pytest.approx(1 - wide**2, abs=0.15)
    if wide > 1:
        assert found.share @ draws**2 == pytest.approx(1, abs=0.05)


# -------------------------------------------------------------------- picking


@law
@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=60).filter(lambda some: sum(some) > 1e-3),
    st.integers(1, 500),
    st.floats(0, 1, exclude_max=True),
)
def test_each_draw_is_picked_as_often_as_it_weighs_give_or_take_one(some, count, start):
    share = np.array(some) / sum(some)
    picked = resample(Weights(share, None), count, start)
    assert picked.shape == (count,)
    assert np.all(np.diff(picked) >= 0)
    times = np.bincount(picked, minlength=len(share))
    assert np.all(np.abs(times - count * share) <= 1 + 1e-6)
    assert np.all(times[share == 0] == 0)


def test_over_all_starts_picks_are_exactly_as_many_as_weights_say():
    share = np.random.default_rng(1).dirichlet(np.full(30, 0.3))
    starts = (np.arange(500) + 0.5) / 500
    times = [np.bincount(resample(Weights(share, None), 40, at), minlength=30) for at in starts]
    np.testing.assert_allclose(np.mean(times, axis=0), 40 * share, atol=30 / 500)
