"""Laws of written scores: their chances add up, and agree with the exact normal law.

The filter takes what is known after a score to be normal. How much that costs
is measured here against integrals that take nothing of the kind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtr

from respite.domain import Condition, Patient, Regimen
from respite.engine import (
    ScoreChances,
    Wander,
    WanderState,
    WrittenScores,
    normal_area,
    normal_density,
    score_chances,
)
from respite.forecasting import Entries
from respite.forecasting.entries import diary_clock
from respite.forecasting.learning.likelihood import diary_chances
from respite.literature import load_library
from respite.population import (
    PAIN,
    People,
    array_library,
    draw_group,
    simulate_pain,
    with_arrays,
)

law = settings(max_examples=60)
few = settings(max_examples=25)

WORST, FAR = 10, 1000

SUMS = 1e-10
"""Eleven areas, each exact to 1e-12, and their logarithms."""


def written(score: Any, step: float = 1, blur: Any = 0.0) -> WrittenScores:
    """Give the stretches of scores on a grid, shape ``(scores,)`` or ``(people, scores)``."""
    score = np.asarray(score, dtype=float)
    low = np.where(score <= 0, -FAR, score - step / 2)
    high = np.where(score >= WORST, FAR, score + step / 2)
    lapse = np.full(score.shape[-1], step / (WORST + step))
    return WrittenScores(low, high, np.broadcast_to(blur, score.shape[-1]) * 1.0, lapse)


@st.composite
def persons(
    draw: st.DrawFn, scores: int, sd: tuple[float, float] = (0.3, 3), lapse: float | None = None
) -> tuple[np.ndarray, np.ndarray, Wander]:
    """Give what is expected of one person, what is left of pain, and how scores wander."""

    def row(low: float, high: float) -> np.ndarray:
        return np.array([draw(st.lists(st.floats(low, high), min_size=scores, max_size=scores))])

    def one(low: float, high: float) -> np.ndarray:
        return np.array([draw(st.floats(low, high))])

    wander = Wander(
        day_sd=one(*sd),
        day_kept=row(0, 0.95),
        drift_sd=one(0, 2),
        drift_kept=row(0.5, 1),
        lapse_chance=one(1e-3, 0.2) if lapse is None else np.array([lapse]),
    )
    return row(0, 10), row(0.05, 1), wander


def many(count: int, wander: Wander) -> Wander:
    """Give the same person many times over."""
    return Wander(**{name: np.repeat(value, count, axis=0) for name, value in vars(wander).items()})


def covariance_of(left: np.ndarray, wander: Wander, blur: float = 0) -> np.ndarray:
    """Give the covariance of the latent scores, from the definition of both processes."""
    count = left.shape[1]
    days, drifts = wander.day_kept[0], wander.drift_kept[0]
    of_day, of_drift = wander.day_sd[0] ** 2, wander.drift_sd[0] ** 2
    found = np.zeros((count, count))
    for i in range(count):
        begun = of_drift * (1 - np.prod(drifts[: i + 1]) ** 2)
        for j in range(i, count):
            day = of_day * np.prod(days[i + 1 : j + 1])
            drift = begun * np.prod(drifts[i + 1 : j + 1])
            found[i, j] = found[j, i] = day + left[0, i] * left[0, j] * drift
    return found + blur * np.eye(count)


# ------------------------------------------------------------ the normal curve


@law
@given(st.lists(st.floats(-50, 50), min_size=1, max_size=50))
def test_the_area_of_the_normal_curve_is_the_exact_one(z):
    z = np.array(z)
    np.testing.assert_allclose(normal_area(z), ndtr(z), rtol=0, atol=1e-12)
    np.testing.assert_allclose(normal_density(z), stats.norm.pdf(z), rtol=1e-13, atol=1e-300)


def test_the_area_is_exact_between_all_nodes_and_at_its_ends():
    z = np.concatenate([np.linspace(-9.2, 9.2, 100_001), [-np.inf, -1e6, 1e6, np.inf, -9, 9, 0]])
    area = normal_area(z)
    np.testing.assert_allclose(area, ndtr(z), rtol=0, atol=1e-12)
    np.testing.assert_allclose(area + normal_area(-z), 1, rtol=0, atol=2e-15)
    assert normal_area(np.zeros((2, 3))).shape == (2, 3)
    assert np.all(np.diff(area[:100_001]) > -1e-12)


# ---------------------------------------------------------- chances that add up


@law
@given(st.data(), st.integers(1, 5), st.sampled_from([1, 0.5]), st.floats(0, 4))
def test_the_chances_of_all_scores_add_up_to_one_after_any_diary(data, count, step, blur):
    expected, left, wander = data.draw(persons(count))
    every = np.arange(0, WORST + step, step)
    before = data.draw(st.lists(st.sampled_from(every), min_size=count - 1, max_size=count - 1))
    diaries = np.column_stack([np.tile(before, (len(every), 1)), every])
    size = len(every)
    found = score_chances(
        np.repeat(expected, size, axis=0),
        np.repeat(left, size, axis=0),
        written(diaries, step, blur),
        many(size, wander),
    )
    assert np.sum(np.exp(found.log_chance[:, -1])) == pytest.approx(1, abs=SUMS)


@law
@given(st.data(), st.floats(0, 2))
def test_on_average_over_scores_nothing_is_learnt_or_forgotten(data, blur):
    """The laws of total expectation and of total variance, over the eleven second scores.

    Every update keeps two moments exactly, lapses counted in, so the averages
    are those of one step without a score, which are known in closed form.
    """
    expected, left, wander = data.draw(persons(2))
    first = data.draw(st.integers(0, 10))
    diaries = np.array([[first, second] for second in range(11)], dtype=float)
    found = score_chances(
        np.repeat(expected, 11, axis=0),
        np.repeat(left, 11, axis=0),
        written(diaries, blur=blur),
        many(11, wander),
    )
    chance = np.exp(found.log_chance[:, 1])
    then = {name: values[:, 1] for name, values in vars(found.state).items()}
    now = {name: values[0, 0] for name, values in vars(found.state).items()}
    kept, drifts = wander.day_kept[0, 1], wander.drift_kept[0, 1]
    of_day, of_drift = wander.day_sd[0] ** 2, wander.drift_sd[0] ** 2
    want = {
        "day": kept * now["day"],
        "drift": drifts * now["drift"],
        "day_variance": kept**2 * (now["day_variance"] - of_day) + of_day,
        "drift_variance": drifts**2 * (now["drift_variance"] - of_drift) + of_drift,
        "both": kept * drifts * now["both"],
    }
    near = {"rel": 1e-7, "abs": 1e-8}
    means = {name: chance @ then[name] for name in ("day", "drift")}
    assert means["day"] == pytest.approx(want["day"], **near)
    assert means["drift"] == pytest.approx(want["drift"], **near)
    for name, one, other in (
        ("day_variance", "day", "day"),
        ("drift_variance", "drift", "drift"),
        ("both", "day", "drift"),
    ):
        between = chance @ ((then[one] - means[one]) * (then[other] - means[other]))
        assert chance @ then[name] + between == pytest.approx(want[name], **near)


@law
@given(st.data(), st.integers(1, 6))
def test_what_is_known_is_always_a_covariance(data, count):
    expected, left, wander = data.draw(persons(count))
    diary = data.draw(st.lists(st.integers(0, 10), min_size=count, max_size=count))
    found = score_chances(expected, left, written(diary), wander)
    for values in (found.log_chance, found.mean, *vars(found.state).values()):
        assert np.all(np.isfinite(values))
    state = found.state
    slack = 1e-8
    assert np.all(state.day_variance > -slack)
    assert np.all(state.drift_variance > -slack)
    assert np.all(state.both**2 <= state.day_variance * state.drift_variance + slack)
    assert np.all(found.log_chance <= 1e-12)


@law
@given(st.data(), st.integers(2, 6))
def test_a_diary_may_be_split_at_any_score(data, count):
    expected, left, wander = data.draw(persons(count))
    diary = written(data.draw(st.lists(st.integers(0, 10), min_size=count, max_size=count)))
    whole = score_chances(expected, left, diary, wander)
    at = data.draw(st.integers(1, count - 1))

    def part(rows: slice, before: WanderState | None) -> ScoreChances:
        scores = WrittenScores(**{name: value[rows] for name, value in vars(diary).items()})
        moves = replace(
            wander, day_kept=wander.day_kept[:, rows], drift_kept=wander.drift_kept[:, rows]
        )
        return score_chances(expected[:, rows], left[:, rows], scores, moves, before)

    early = part(slice(at), None)
    state = WanderState(**{name: value[:, -1] for name, value in vars(early.state).items()})
    late = part(slice(at, None), state)
    joined = np.concatenate([early.log_chance, late.log_chance], axis=1)
    np.testing.assert_allclose(joined, whole.log_chance, rtol=0, atol=1e-13)
    for name, values in vars(whole.state).items():
        np.testing.assert_allclose(getattr(late.state, name), values[:, at:], rtol=0, atol=1e-13)


@law
@given(st.data(), st.integers(1, 9), st.floats(0, 2), st.floats(0, 2))
def test_a_score_that_is_more_in_doubt_teaches_no_more(data, score, blur, more):
    """Where spread is no less than the step of the scores: below it, noise tells more, not less.

    Somebody whose latent score is known to lie within one whole number learns
    nothing from that number; were it blurred, they would.
    """
    expected, left, wander = data.draw(persons(1, sd=(1, 3), lapse=0))
    expected = np.clip(expected, score - 2, score + 2)
    clear, doubtful = (
        score_chances(expected, left, written([score], blur=by), wander).state
        for by in (blur, blur + more)
    )
    assert clear.day_variance <= doubtful.day_variance + 1e-10
    assert clear.drift_variance <= doubtful.drift_variance + 1e-10


# ------------------------------------------------------- the exact normal law


@few
@given(st.data(), st.integers(1, 8), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_on_a_fine_grid_the_filter_is_the_exact_normal_density(data, count, blur, seed):
    """Kalman's filter: nothing is rounded, so nothing is approximate.

    A stretch of 0.01 stands for its middle; with spreads of 0.5 or more the
    logarithm of its chance then errs by some 1e-5.
    """
    step = 0.01
    expected, left, wander = data.draw(persons(count, sd=(0.5, 1), lapse=0))
    expected = 4.5 + expected / 10
    covariance = covariance_of(left, wander, blur)
    drawn = np.random.default_rng(seed).multivariate_normal(expected[0], covariance)
    scores = np.clip(np.round(drawn / step) * step, 0.5, 9.5)
    exact = stats.multivariate_normal.logpdf(scores, expected[0], covariance)
    found = score_chances(expected, left, written(scores, step, blur), wander)
    assert np.sum(found.log_chance) == pytest.approx(exact + count * np.log(step), abs=1e-3)


@few
@given(st.data(), st.tuples(st.integers(0, 10), st.integers(0, 10)))
def test_two_whole_scores_are_nearly_as_likely_as_the_exact_rectangle(data, scores):
    """Chances err by 0.06 at most where each score lies within two points of what is expected.

    Away from the ends of the scale, two scores that one person in a thousand
    would write err by 0.15 of themselves. After a score at an end, one that does
    not fit it may seem several times too likely: what is known has one long
    tail then, which no normal has.
    """
    expected, left, wander = data.draw(persons(2, sd=(0.7, 2), lapse=0))
    expected = np.clip(expected, np.array(scores) - 2, np.array(scores) + 2)
    diary = written(scores)
    exact = stats.multivariate_normal.cdf(
        diary.high,
        expected[0],
        covariance_of(left, wander),
        lower_limit=diary.low,
        abseps=1e-9,
        releps=1e-9,
    )
    found = np.exp(np.sum(score_chances(expected, left, diary, wander).log_chance))
    assert found == pytest.approx(exact, abs=0.06)
    if not set(scores) & {0, WORST} and exact > 1e-3:
        assert found == pytest.approx(exact, rel=0.15)


def exact_of_three(expected: np.ndarray, covariance: np.ndarray, diary: WrittenScores) -> float:
    """Integrate the normal density over three stretches: a grid for two, an area for the third."""
    reach = 8 * np.sqrt(np.diag(covariance))
    low = np.maximum(diary.low, expected - reach)
    high = np.minimum(diary.high, expected + reach)
    points, weights = np.polynomial.legendre.leggauss(60)
    nodes = [low[i] + (high[i] - low[i]) * (points + 1) / 2 for i in (0, 1)]
    heights = [weights * (high[i] - low[i]) / 2 for i in (0, 1)]
    grid = np.stack(np.meshgrid(*nodes, indexing="ij"), axis=-1)
    two = stats.multivariate_normal.pdf(grid, expected[:2], covariance[:2, :2])
    share = np.linalg.solve(covariance[:2, :2], covariance[:2, 2])
    mean = expected[2] + (grid - expected[:2]) @ share
    sd = np.sqrt(covariance[2, 2] - covariance[:2, 2] @ share)
    third = ndtr((diary.high[2] - mean) / sd) - ndtr((diary.low[2] - mean) / sd)
    return float(heights[0] @ (two * third) @ heights[1])


def test_diaries_that_people_write_are_as_likely_as_a_brute_integral_says():
    """Three whole scores of 200 people: the logarithm errs by 0.003, either way alike.

    The people wander as the model lets them. Over 1500 of them 95 in 100 lay
    within 0.015; a score that hardly anybody would write erred by up to 0.5.
    """
    rng = np.random.default_rng(11)
    errors = []
    for _ in range(200):
        left = rng.uniform(0.1, 1, (1, 3))
        wander = Wander(
            day_sd=rng.uniform(0.5, 2, 1),
            day_kept=np.full((1, 3), rng.uniform(0.3, 0.8)),
            drift_sd=rng.uniform(0.3, 1.5, 1),
            drift_kept=np.full((1, 3), 0.99),
            lapse_chance=np.zeros(1),
        )
        expected, covariance = rng.uniform(2, 10) * left, covariance_of(left, wander)
        scores = np.clip(np.round(rng.multivariate_normal(expected[0], covariance)), 0, WORST)
        diary = written(scores)
        exact = np.log(exact_of_three(expected[0], covariance, diary))
        errors.append(np.sum(score_chances(expected, left, diary, wander).log_chance) - exact)
    assert abs(np.mean(errors)) < 0.002
    assert np.mean(np.abs(errors)) < 0.005
    assert np.quantile(np.abs(errors), 0.95) < 0.03


# ------------------------------------------------------------ array libraries


def on(as_array: Callable[[Any], Any], value: Any) -> Any:
    """Move each array of a record to another array library."""
    return type(value)(**{name: as_array(array) for name, array in vars(value).items()})


def everything_in(found: ScoreChances) -> list[Any]:
    return [found.log_chance, found.mean, found.variance, *vars(found.state).values()]


@pytest.mark.parametrize("library", ["jax", "strict"])
def test_any_array_library_gives_the_same_chances(library):
    xp = array_library("jax") if library == "jax" else array_api_strict
    rng = np.random.default_rng(4)
    people, count = 6, 20
    wander = Wander(
        day_sd=rng.uniform(0.3, 2, people),
        day_kept=rng.uniform(0, 0.9, (people, count)),
        drift_sd=rng.uniform(0, 2, people),
        drift_kept=rng.uniform(0.9, 1, (people, count)),
        lapse_chance=np.full(people, 0.01),
    )
    expected, left = rng.uniform(0, 10, (people, count)), rng.uniform(0.1, 1, (people, count))
    diary = written(rng.integers(0, 11, count), blur=rng.integers(0, 2, count))
    plain = score_chances(expected, left, diary, wander)
    other = score_chances(
        xp.asarray(expected), xp.asarray(left), on(xp.asarray, diary), on(xp.asarray, wander)
    )
    for theirs, ours in zip(everything_in(other), everything_in(plain), strict=True):
        np.testing.assert_allclose(np.asarray(theirs), ours, rtol=1e-10, atol=1e-10)


@pytest.mark.thorough
def test_a_whole_diary_is_as_likely_on_jax():
    library = load_library()
    patient = Patient(weight=70, age=45, condition=Condition.CRPS)
    events = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x5").events()
    rng = np.random.default_rng(2)
    times = np.sort(rng.uniform(-200, 700, 24))
    entries = Entries(times, rng.integers(0, 11, 24).astype(float), 1, rng.integers(0, 2, 24) * 9.0)
    clock = diary_clock(entries, events)
    scores = entries.written(library.assembled(PAIN).residual["late_entry_spread"].value)
    group = draw_group(library, patient, People(3, 16), condition="crps")
    courses = simulate_pain(group, events, clock.times_h)
    jnp = array_library("jax")

    def moved(value: Any) -> Any:
        return with_arrays(value, jnp.asarray)

    plain = diary_chances(group.needs, courses, clock.places, entries, scores)
    other = diary_chances(moved(group.needs), moved(courses), clock.places, entries, scores)
    for theirs, ours in zip(everything_in(other), everything_in(plain), strict=True):
        assert not isinstance(theirs, np.ndarray)
        np.testing.assert_allclose(np.asarray(theirs), ours, rtol=1e-10, atol=1e-10)
