"""What holds of any curve of relief that is fitted to visits."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from respite.evidence.returns.bands import Agreed, Draws, bootstrap, greenwood, with_ends
from respite.evidence.returns.comparison import difference
from respite.evidence.returns.curve import Losses, fitted, most_likely, product_limit
from respite.evidence.returns.innermost import innermost
from respite.evidence.returns.isotonic import rising
from respite.evidence.returns.mean_count import mean_cumulative
from respite.evidence.returns.turnbull import CLOSE_ENOUGH, maximise

pytestmark = pytest.mark.thorough

DAYS = st.integers(0, 30).map(float)


@st.composite
def seen(draw: st.DrawFn) -> tuple[float, float]:
    left = draw(DAYS)
    return left, draw(st.one_of(st.just(np.inf), st.integers(0, 20).map(lambda d: left + d)))


@st.composite
def exact(draw: st.DrawFn) -> tuple[float, float]:
    left = draw(DAYS)
    return left, draw(st.sampled_from([left, np.inf]))


def losses_of(rows: list[tuple[float, float]], weights: list[int] | None = None) -> Losses:
    left, right = np.array(rows, float).T
    return Losses(left, right, np.array(weights or [1] * len(rows), float))


MANY = st.lists(seen(), min_size=1, max_size=25)
MANY_EXACT = st.lists(exact(), min_size=1, max_size=25)


def holds(losses: Losses) -> np.ndarray:
    """Tell which innermost interval lies in which observed one, by looking at the days."""
    cells = innermost(losses.left, losses.right)
    midst = np.where(np.isinf(cells.ends), cells.starts + 0.25, (cells.starts + cells.ends) / 2)
    inside = (losses.left[:, None] < midst) & (midst <= losses.right[:, None])
    at = (losses.left == losses.right)[:, None] & (midst == losses.left[:, None])
    point = cells.starts == cells.ends
    whole = np.where(point, inside | at, inside & ~(losses.left == losses.right)[:, None])
    return whole.astype(float)


@given(MANY)
def test_the_runs_of_innermost_intervals_are_those_that_the_days_show(rows):
    losses = losses_of(rows)
    cells = innermost(losses.left, losses.right)
    places = np.arange(len(cells.starts))
    runs = (cells.first[:, None] <= places) & (places <= cells.last[:, None])
    assert (runs == holds(losses)).all()
    assert (cells.ends[:-1] <= cells.starts[1:]).all()
    assert runs.any(axis=1).all()


@given(MANY)
def test_shares_sum_to_one_and_no_slope_is_left(rows):
    losses = losses_of(rows)
    found = maximise(innermost(losses.left, losses.right), losses.weights)
    assert found.shares.sum() == pytest.approx(1, abs=1e-12)
    assert (found.shares >= 0).all()
    table = holds(losses)
    slopes = table.T @ (losses.weights / (table @ found.shares))
    total = len(rows)
    # The conditions of Karush, Kuhn and Tucker, worked out from the days.
    assert slopes.max() <= total * (1 + 2 * CLOSE_ENOUGH)
    assert found.shares @ slopes == pytest.approx(total)
    assert found.gap <= CLOSE_ENOUGH * total


@given(MANY, st.integers(0, 2**32))
def test_no_other_shares_fit_better(rows, seed):
    losses = losses_of(rows)
    table = holds(losses)
    found = maximise(innermost(losses.left, losses.right), losses.weights).shares
    best = np.log(table @ found).sum()
    generator = np.random.default_rng(seed)
    for sharpness in (0.1, 1, 10):
        other = generator.dirichlet(np.full(len(found), sharpness))
        near = 0.99 * found + 0.01 * other
        for rival in (other, near):
            chances = table @ rival
            fit = np.log(chances).sum() if chances.min() > 0 else -np.inf
            assert fit <= best + len(rows) * CLOSE_ENOUGH


@given(MANY_EXACT)
def test_where_every_loss_is_exact_it_is_the_product_limit(rows):
    losses = losses_of(rows)
    closed, iterated = product_limit(losses), most_likely(losses).curve
    assert iterated.ends.tolist() == closed.ends.tolist()
    assert iterated.after == pytest.approx(closed.after, abs=1e-6)
    assert iterated.known_to == closed.known_to
    assert fitted(losses).curve.after.tolist() == closed.after.tolist()


@given(MANY)
def test_the_curve_falls_from_one_and_stays_between_its_bounds(rows):
    curve = fitted(losses_of(rows)).curve
    days = np.arange(0, 60, 0.5)
    low, high = curve.lowest(days), curve.highest(days)
    assert (np.diff(low) <= 0).all()
    assert (np.diff(high) <= 0).all()
    assert ((low >= 0) & (low <= high) & (high <= 1)).all()
    # It is known at the end of each step.
    assert curve.lowest(curve.ends).tolist() == curve.highest(curve.ends).tolist()
    assert curve.highest(curve.ends).tolist() == curve.after.tolist()


@given(MANY, st.randoms(use_true_random=False))
def test_the_order_of_losses_leaves_no_trace(rows, random):
    shuffled = random.sample(rows, len(rows))
    one, other = (fitted(losses_of(order)).curve for order in (rows, shuffled))
    assert one.ends.tolist() == other.ends.tolist()
    assert one.after == pytest.approx(other.after, abs=1e-6)


@given(MANY, st.sampled_from([0.125, 2.0, 24.0]))
def test_another_unit_of_time_gives_the_same_shares(rows, factor):
    scaled = [(left * factor, right * factor) for left, right in rows]
    one, other = (fitted(losses_of(days)).curve for days in (rows, scaled))
    assert (one.starts * factor).tolist() == other.starts.tolist()
    assert (one.ends * factor).tolist() == other.ends.tolist()
    assert one.after.tolist() == other.after.tolist()


@given(MANY, st.data())
def test_a_loss_that_counts_twice_is_a_loss_written_twice(rows, data):
    counts = data.draw(st.lists(st.integers(1, 3), min_size=len(rows), max_size=len(rows)))
    written = [row for row, count in zip(rows, counts, strict=True) for _ in range(count)]
    one, other = fitted(losses_of(rows, counts)).curve, fitted(losses_of(written)).curve
    assert one.ends.tolist() == other.ends.tolist()
    assert one.after == pytest.approx(other.after, abs=1e-6)


@given(MANY)
def test_visits_on_the_same_days_for_all_need_no_iteration(rows):
    """Where intervals do not overlap, the share of each is how often it was seen."""
    grid = [(float(7 * (left // 7)), float(7 * (left // 7) + 7)) for left, _ in rows]
    curve = fitted(losses_of(grid)).curve
    for start, end, after in zip(curve.starts, curve.ends, curve.after, strict=True):
        assert (start, end) in grid
        assert after == pytest.approx(np.mean([right > end for _left, right in grid]), abs=1e-9)


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=30), st.data())
def test_isotonic_regression_is_what_pooling_promises(values, data):
    sizes = data.draw(st.lists(st.floats(0.1, 5), min_size=len(values), max_size=len(values)))
    value, weight = np.array(values), np.array(sizes)
    found = rising(value, weight)
    assert (np.diff(found) >= 0).all()
    assert weight @ found == pytest.approx(weight @ value, abs=1e-9)
    # No rising sequence lies nearer: the min-max formula gives the same.
    for place in range(len(value)):
        best = max(
            min(
                np.average(value[low : high + 1], weights=weight[low : high + 1])
                for high in range(place, len(value))
            )
            for low in range(place + 1)
        )
        assert found[place] == pytest.approx(best, abs=1e-9)


@given(MANY_EXACT)
def test_the_product_limit_and_its_band_agree_with_scipy(rows):
    losses = losses_of(rows)
    is_lost = np.isfinite(losses.right)
    assume(is_lost.any())
    curve = product_limit(losses)
    data = stats.CensoredData.right_censored(losses.left, ~is_lost)
    theirs = stats.ecdf(data).sf
    assert curve.after == pytest.approx(theirs.evaluate(curve.ends), abs=1e-12)
    inner = (curve.after > 0) & (curve.after < 1)
    assume(inner.any())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where everybody or nobody is lost it has no limits
        bounds = theirs.confidence_interval(0.95, method="log-log")
    days = curve.ends[inner]
    low, high = greenwood(losses, days)
    assert low == pytest.approx(bounds.low.evaluate(days), abs=1e-9)
    assert high == pytest.approx(bounds.high.evaluate(days), abs=1e-9)


@given(MANY)
def test_a_drawn_band_is_the_same_for_a_seed_and_holds_between_zero_and_one(rows):
    losses = losses_of(rows)

    def drawn(counts):
        there = counts > 0
        return Losses(losses.left[there], losses.right[there], counts[there])

    curve = fitted(losses).curve
    days = np.array([1.0, 7.0, 14.0, 28.0])
    one = bootstrap(drawn, len(rows), curve, days, Draws(20, 3))
    other = bootstrap(drawn, len(rows), curve, days, Draws(20, 3))
    assert np.array_equal(one, other)
    low, high = one
    assert (low >= -1e-12).all()
    assert (low <= curve.lowest(days) + 1e-12).all()
    assert (curve.highest(days) <= high + 1e-12).all()
    assert (high <= 1 + 1e-12).all()


@given(st.integers(2, 40), st.integers(1, 39))
def test_no_drawn_band_is_narrower_than_wilson_s_for_as_many_patients(people, lost):
    """The scatter of draws is that of a share of patients, if each is seen to the day."""
    assume(lost < people)
    left = np.where(np.arange(people) < lost, 5.0, 50.0)
    losses = Losses(left, np.where(left == 5, 5.0, np.inf), np.ones(people))

    def drawn(counts):
        there = counts > 0
        return Losses(losses.left[there], losses.right[there], counts[there])

    days = np.array([10.0])
    low, high = bootstrap(drawn, people, fitted(losses).curve, days, Draws(50, 1))
    wilson = stats.binomtest(people - lost, people).proportion_ci(0.95, method="wilson")
    assert low[0] <= wilson.low + 1e-9
    assert high[0] >= wilson.high - 1e-9


@given(st.integers(1, 200))
def test_where_all_agree_the_limit_is_the_exact_binomial_one(people):
    nothing = np.full(1, np.nan)
    for share, expected in (
        (1.0, stats.binomtest(people, people).proportion_ci(0.95, method="exact")),
        (0.0, stats.binomtest(0, people).proportion_ci(0.95, method="exact")),
    ):
        curve = np.full(1, share)
        agreed = Agreed(float(people), np.full(1, float(people)))
        low, high = with_ends((nothing, nothing), curve, curve, agreed)
        assert low[0] == pytest.approx(expected.low, abs=1e-9)
        assert high[0] == pytest.approx(expected.high, abs=1e-9)


SHARE = st.floats(0, 1)


@given(st.tuples(SHARE, SHARE, SHARE).map(sorted), st.tuples(SHARE, SHARE, SHARE).map(sorted))
def test_a_difference_turns_its_sign_with_its_groups(one, other):
    value, (low, high) = difference(one[1], (one[0], one[2]), other[1], (other[0], other[2]))
    back, (least, most) = difference(other[1], (other[0], other[2]), one[1], (one[0], one[2]))
    assert (value, low, high) == pytest.approx((-back, -most, -least))
    assert low <= value <= high
    # Never narrower than the wider of the two intervals allows.
    assert high - low >= max(one[2] - one[0], other[2] - other[0]) * (1 - 1e-9)


PATIENT = st.lists(st.integers(1, 30), min_size=1, max_size=5)


@given(st.lists(PATIENT, min_size=1, max_size=12))
def test_without_early_ends_the_mean_count_is_the_mean_of_counts(patients):
    found = mean_cumulative(patients, [31] * len(patients))
    for place, day in enumerate(found.days):
        counts = np.array([sum(one <= day for one in own) for own in patients])
        assert found.mean[place] == pytest.approx(counts.mean())
        error = np.log(found.high[place] / found.mean[place]) / stats.norm.ppf(0.975)
        assert (error * found.mean[place]) ** 2 == pytest.approx(
            counts.var() / len(patients), abs=1e-12
        )


@given(st.lists(st.tuples(PATIENT, st.integers(0, 10)), min_size=2, max_size=12), st.data())
def test_the_variance_of_a_mean_count_is_the_infinitesimal_jackknife(drawn, data):
    """Weighing one patient a little more moves the mean by that patient's part of the variance."""
    events = [own for own, _more in drawn]
    ends = [max(own) + more for own, more in drawn]
    found = mean_cumulative(events, ends)
    place = data.draw(st.integers(0, len(found.days) - 1))
    day = found.days[place]

    def mean(weights):
        total = 0.0
        for when in found.days[found.days <= day]:
            risk = sum(w for w, end in zip(weights, ends, strict=True) if end >= when)
            total += sum(w * own.count(when) for w, own in zip(weights, events, strict=True)) / risk
        return total

    step = 1e-6
    ones = np.ones(len(events))
    parts = [
        (mean(ones + step * unit) - mean(ones - step * unit)) / (2 * step)
        for unit in np.eye(len(events))
    ]
    error = np.log(found.high[place] / found.mean[place]) / stats.norm.ppf(0.975)
    assert (error * found.mean[place]) ** 2 == pytest.approx(np.square(parts).sum(), abs=1e-7)
