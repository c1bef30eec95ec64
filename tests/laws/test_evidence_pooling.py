"""What holds of pooling whatever trials saw."""

import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import RespiteError
from respite.evidence.pooling.binary import pooled_counts
from respite.evidence.pooling.counts import Counts, log_odds_ratio, mantel_haenszel, peto
from respite.evidence.pooling.dispersion import error_from_chance
from respite.evidence.pooling.normal_normal import half_normal, pooled_normally
from respite.evidence.pooling.restricted import pooled_by_restricted_likelihood
from respite.evidence.pooling.student import student_area, student_quantile
from respite.evidence.pooling.window import asked_days, nearest, window_around

EFFECTS = st.floats(-5, 5)
ERRORS = st.floats(0.05, 3)
TRIALS = st.lists(st.tuples(EFFECTS, ERRORS), min_size=2, max_size=8)
PRIOR = half_normal(1)


def _counts(draw):
    of, other = draw(st.integers(3, 60)), draw(st.integers(3, 60))
    return Counts(
        treated=draw(st.integers(0, of)), treated_of=of,
        control=draw(st.integers(0, other)), control_of=other,
    )  # fmt: skip


COUNTS = st.composite(_counts)()


def _both(trials):
    effects, errors = zip(*trials, strict=True)
    return effects, errors


@pytest.mark.thorough
@given(TRIALS)
@settings(max_examples=8)
def test_the_answer_does_not_hang_on_the_number_of_nodes(trials):
    coarse = pooled_normally(*_both(trials), PRIOR)
    fine = pooled_normally(*_both(trials), PRIOR, points=8001)
    scale = coarse.sd
    for one, other in (
        (coarse.estimate, fine.estimate), (coarse.tau, fine.tau),
        *zip(coarse.interval95, fine.interval95, strict=True),
        *zip(coarse.prediction95, fine.prediction95, strict=True),
        *zip(coarse.tau_interval95, fine.tau_interval95, strict=True),
    ):  # fmt: skip
        assert one == pytest.approx(other, abs=1e-4 * scale, rel=1e-4)


@given(TRIALS, st.floats(-3, 3))
@settings(max_examples=6)
def test_moving_every_effect_moves_the_answer_as_far(trials, by):
    effects, errors = _both(trials)
    still = pooled_normally(effects, errors, PRIOR)
    moved = pooled_normally([effect + by for effect in effects], errors, PRIOR)
    assert moved.estimate == pytest.approx(still.estimate + by, abs=1e-6)
    assert moved.tau == pytest.approx(still.tau, abs=1e-6)


@given(TRIALS)
@settings(max_examples=6)
def test_exchanging_the_sides_turns_the_sign_and_nothing_else(trials):
    effects, errors = _both(trials)
    one = pooled_normally(effects, errors, PRIOR)
    other = pooled_normally([-effect for effect in effects], errors, PRIOR)
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-6)
    assert other.interval95 == pytest.approx((-one.interval95[1], -one.interval95[0]), abs=1e-6)
    assert other.chance_below_zero == pytest.approx(1 - one.chance_below_zero, abs=1e-6)


@given(TRIALS)
@settings(max_examples=8)
def test_a_new_trial_is_never_surer_than_the_mean(trials):
    found = pooled_normally(*_both(trials), PRIOR)
    assert found.prediction95[0] <= found.interval95[0] + 1e-9
    assert found.prediction95[1] >= found.interval95[1] - 1e-9
    assert found.interval95[0] <= found.estimate <= found.interval95[1]
    assert found.tau_interval95[0] <= found.tau <= found.tau_interval95[1]


@given(TRIALS)
@settings(max_examples=8)
def test_a_trial_is_pulled_towards_the_mean_and_not_past_it(trials):
    found = pooled_normally(*_both(trials), PRIOR)
    low, high = min(e for e, _s in trials), max(e for e, _s in trials)
    for one in found.trials:
        assert low - 1e-6 <= one.estimate <= high + 1e-6


@given(TRIALS)
@settings(max_examples=40)
def test_the_line_beside_lies_among_the_effects(trials):
    effects, errors = _both(trials)
    found = pooled_by_restricted_likelihood(effects, errors)
    assert min(effects) - 1e-9 <= found.estimate <= max(effects) + 1e-9
    assert found.tau2 >= 0
    assert sum(found.weights) == pytest.approx(1)
    assert 0 <= found.i2 <= 1
    assert (found.prediction95 is None) == (len(trials) < 3)


@given(TRIALS)
@settings(max_examples=40)
def test_hartung_and_knapp_never_make_the_interval_narrower(trials):
    found = pooled_by_restricted_likelihood(*_both(trials))
    half = (found.interval95[1] - found.interval95[0]) / 2
    assert half >= student_quantile(0.975, len(trials) - 1) * found.standard_error * (1 - 1e-9)


def test_trials_that_agree_exactly_do_not_differ():
    found = pooled_by_restricted_likelihood([1.0, 1.0, 1.0], [0.5, 0.4, 0.3])
    assert found.tau2 == 0
    assert found.i2 == 0


@given(st.floats(0.01, 0.99), st.integers(1, 60))
def test_the_quantile_of_student_undoes_its_area(share, freedom):
    assert student_area(student_quantile(share, freedom), freedom) == pytest.approx(share)


@given(COUNTS)
def test_an_odds_ratio_exists_for_any_counts(one):
    effect, error = log_odds_ratio(one)
    assert math.isfinite(effect)
    assert error > 0


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_ratios_without_correction_turn_their_sign_with_the_sides(trials):
    turned = [
        Counts(treated=one.control, treated_of=one.control_of, control=one.treated,
               control_of=one.treated_of) for one in trials
    ]  # fmt: skip
    for method in (peto, mantel_haenszel):
        found, other = method(trials), method(turned)
        assert (found is None) == (other is None)
        if found is not None:
            assert other == pytest.approx((-found[0], found[1]), abs=1e-9)


@pytest.mark.thorough
@given(st.lists(COUNTS.filter(lambda one: not one.says_nothing), min_size=2, max_size=3))
@settings(max_examples=5)
def test_exact_counts_turn_their_sign_with_the_sides(trials):
    turned = [
        Counts(treated=one.control, treated_of=one.control_of, control=one.treated,
               control_of=one.treated_of) for one in trials
    ]  # fmt: skip
    one, other = (pooled_counts(side, half_normal(0.5), 2.82) for side in (trials, turned))
    assert other.estimate == pytest.approx(-one.estimate, abs=1e-3)
    assert other.tau == pytest.approx(one.tau, abs=1e-3)


@given(st.floats(-4, 4).filter(lambda value: abs(value) > 1e-3), st.floats(1e-6, 0.999))
def test_an_error_from_a_p_gives_back_the_p(value, chance):
    found = error_from_chance(value, chance)
    assert found is not None
    assert math.erfc(abs(value) / found.value / math.sqrt(2)) == pytest.approx(chance, rel=1e-6)


@given(st.lists(st.floats(0.01, 400), max_size=6), st.floats(0.1, 200))
def test_the_time_taken_lies_within_the_window_and_none_is_nearer(times, days):
    taken = nearest(times, days)
    first, last = window_around(days)
    inside = [time for time in times if first <= time <= last]
    assert (taken is None) == (not inside)
    if taken is not None:
        assert all(abs(taken - days) <= abs(time - days) for time in inside)


@given(st.text(max_size=12))
def test_a_time_is_read_or_refused_in_words(text):
    with suppress(RespiteError):
        assert asked_days(text) > 0


def test_more_people_never_hide_what_trials_say():
    wide = pooled_normally([-1, -2], [1, 1], PRIOR)
    narrow = pooled_normally([-1, -2], [0.1, 0.1], PRIOR)
    assert np.ptp(narrow.interval95) < np.ptp(wide.interval95)
