"""What is said of a diary is what weighing it, or leaving a part of it out, would say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from one_person import DAILY, LONG, entries_of, events_of, setting_of

from respite.domain import DoseEvent, Drug, Regimen, ReliefRule
from respite.engine import WanderState
from respite.forecasting.clock import set_clock
from respite.forecasting.draws import Case, draw_return
from respite.forecasting.entries import Entries
from respite.forecasting.learning.likelihood import wander_of
from respite.forecasting.learning.posterior import Posterior, learn
from respite.forecasting.learning.setting import Setting
from respite.forecasting.lessons import another_week as another_week_module
from respite.forecasting.lessons.another_week import worth_of_another_week
from respite.forecasting.lessons.courses import beats_placebo, relief_by_course
from respite.forecasting.lessons.headline import headline, weighted_quantiles
from respite.forecasting.lessons.learnt import BeatsPlacebo, Headline
from respite.forecasting.lessons.moved import what_moved
from respite.forecasting.lessons.what_was_learnt import what_was_learnt
from respite.forecasting.pain_return import ReturnDraws
from respite.population import People

law = settings(max_examples=60)

HORIZON = 90
EVENTS = events_of(LONG)
DAYS = [-2, -1, 5, 7, 9, 11, 13, 15, 17, 18, 19, 20, 21, 22]
SCORES = [7, 7, 4, 3, 3, 3, 3, 4, 4, 4, 3, 4, 5, 4]
WHOLE = setting_of(EVENTS, entries_of(DAYS, SCORES))


def returns_of(setting: Setting, found: Posterior) -> ReturnDraws:
    clock = set_clock(setting.events, (), HORIZON, 3)
    return draw_return(Case(setting.events, clock, ReliefRule()), found.group, found.rows)


def answer_of(found: Posterior, draws: ReturnDraws) -> Headline:
    days = np.where(draws.ever, draws.days, 0)
    return headline(days, np.full(len(days), 1 / len(days)), HORIZON)


@pytest.fixture(scope="module")
def found() -> Posterior:
    return learn(WHOLE, People(1, 4000))


@pytest.fixture(scope="module")
def draws(found) -> ReturnDraws:
    return returns_of(WHOLE, found)


# ------------------------------------------------------------------ quantiles

positive = st.floats(0.01, 1)


@law
@given(st.lists(st.sampled_from([1.0, 2.0, 2.5, 4.0, 9.0]), min_size=1, max_size=40))
def test_with_even_weights_quantiles_are_those_of_numpy(values):
    values = np.array(values)
    shares = (0.1, 0.25, 0.5, 0.9)
    found = weighted_quantiles(values, np.full(len(values), 1 / len(values)), shares)
    np.testing.assert_allclose(found, np.quantile(values, shares, method="hazen"), rtol=1e-12)


@law
@given(st.lists(st.tuples(st.floats(0, 100), st.integers(1, 9)), min_size=2, max_size=20))
def test_a_value_that_weighs_twice_stands_for_two(pairs):
    """To within the nearest values on either side: a weight has one middle, two values have two."""
    values, counts = np.array([v for v, _ in pairs]), np.array([c for _, c in pairs])
    weights = counts / np.sum(counts)
    for share in (0.1, 0.5, 0.9):
        (found,) = weighted_quantiles(values, weights, (share,))
        expanded = np.sort(np.repeat(values, counts))
        repeated = np.quantile(expanded, share, method="hazen")
        unique = np.unique(values)
        place = np.searchsorted(unique, repeated)
        low, high = unique[max(place - 1, 0)], unique[min(place + 1, len(unique) - 1)]
        assert low - 1e-9 <= found <= high + 1e-9


@law
@given(st.lists(st.tuples(st.floats(0, 200), positive), min_size=1, max_size=60), st.randoms())
def test_a_headline_does_not_depend_on_the_order_of_draws(pairs, chance):
    def look(some: list[tuple[float, float]]) -> Headline:
        days, weights = np.array([d for d, _ in some]), np.array([w for _, w in some])
        return headline(days, weights / np.sum(weights), HORIZON)

    shuffled = list(dict.fromkeys(pairs))
    one = look(shuffled)
    chance.shuffle(shuffled)
    other = look(shuffled)
    assert other.chance_lasting == pytest.approx(one.chance_lasting, abs=1e-12)
    assert (other.median_days is None) == (one.median_days is None)
    if one.interval80_days is not None and len({d for d, _ in pairs}) == len(shuffled):
        assert other.median_days == pytest.approx(one.median_days)
        assert one.median_days is not None
        assert one.interval80_days[0] <= one.median_days <= one.interval80_days[1]


# ----------------------------------------------------------------- what moved


def error_of(chance: float, *sizes: float) -> float:
    return float(np.sqrt(chance * (1 - chance) * sum(1 / size for size in sizes)))


def test_what_moved_is_what_a_diary_without_the_last_week_says(found, draws):
    """Weights that take scores away, against a fit that never saw them."""
    moved = what_moved(found, draws, HORIZON)
    assert moved.because is None
    since = WHOLE.entries.time_h > moved.since_day * 24
    assert moved.scores == np.sum(since) == 6
    earlier = setting_of(EVENTS, WHOLE.entries.pick(np.flatnonzero(~since)))
    refit = learn(earlier, People(2, 4000))
    want = answer_of(refit, returns_of(earlier, refit))
    assert moved.before is not None
    sizes = found.diagnostics["ess"] / 4, refit.diagnostics["ess"]
    by = 4 * error_of(want.chance_lasting, *sizes)
    assert moved.before.chance_lasting == pytest.approx(want.chance_lasting, abs=by)
    assert want.interval80_days is not None
    low, high = want.interval80_days
    assert moved.before.median_days == pytest.approx(want.median_days, abs=0.1 * (high - low))
    assert moved.before.interval80_days == pytest.approx((low, high), abs=0.2 * (high - low))
    now = answer_of(found, draws)
    assert moved.after.chance_lasting == pytest.approx(now.chance_lasting, abs=1e-9)
    assert moved.after.median_days == pytest.approx(now.median_days, rel=0.02)


def test_the_scores_that_moved_the_answer_are_new_ones_the_strongest_first(found, draws):
    moved = what_moved(found, draws, HORIZON, since_h=12 * 24.0)
    assert moved.scores == 8
    assert len(moved.entries) == 3
    strength = [10 * abs(e.chance_by) + abs(e.median_days_by or 0) for e in moved.entries]
    assert strength == sorted(strength, reverse=True)
    days = dict(zip(WHOLE.entries.time_h / 24, WHOLE.entries.score, strict=True))
    for entry in moved.entries:
        assert entry.day > 12
        assert days[entry.day] == entry.pain
    assert len({entry.day for entry in moved.entries}) == 3


def test_what_cannot_be_said_is_said_to_be_so(found, draws):
    nothing = what_moved(found, draws, HORIZON, since_h=1e4)
    assert (nothing.scores, nothing.before, nothing.entries) == (0, None, ())
    assert nothing.because == "no score is new"
    everything = what_moved(found, draws, HORIZON, since_h=-1e4)
    assert everything.scores == len(DAYS)
    assert everything.because is not None
    assert everything.before is None


# ---------------------------------------------------------------- another week


def test_on_average_another_week_leaves_the_chance_of_today(found, draws):
    """The law of total expectation, over weeks that the draws themselves would write.

    Of 300 writers the mean errs by the spread of their answers over root 300;
    the lapses they do not make and the weighed share of draws add a little.
    """
    days = np.where(draws.ever, draws.days, 0)
    chosen = np.linspace(0, len(days) - 1, 600).astype(np.intp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(another_week_module, "_WRITERS", 300)
        log_chance = another_week_module._log_chances(WHOLE, found, chosen)
    weights = np.exp(log_chance - np.max(log_chance, axis=1, keepdims=True))
    weights /= np.sum(weights, axis=1, keepdims=True)
    for question in (days[chosen] >= 1, days[chosen] > 30, days[chosen] > 45):
        then = weights @ question
        now = np.mean(question)
        assert np.std(then) > 0
        error = np.std(then) / np.sqrt(300)
        assert np.mean(then) == pytest.approx(now, abs=4 * error + 0.01)
        # And the answers scatter less than yes and no: the rest is still unknown.
        assert np.var(then) < now * (1 - now) + 1e-3


def test_weeks_that_are_written_scatter_as_the_filter_foresees(found):
    """A latent score of the first day has the variance that the filter gives it."""
    rows = found.rows[np.linspace(0, len(found.rows) - 1, 4000).astype(np.intp)]
    group = found.group.pick(rows)
    state = WanderState(*(values[rows, -1] for values in vars(found.state).values()))
    moves = wander_of(group.needs.numbers, np.full(1, 24.0))
    left = np.full((len(rows), 1), 0.6)
    people = replace(group.people, count=len(rows), first=0)
    drawn = another_week_module._wandered(people, moves, state, left, np.arange(len(rows)))[:, 0]
    kept, drifts = moves.day_kept[:, 0], moves.drift_kept[:, 0]
    of_day = kept**2 * (state.day_variance - moves.day_sd**2) + moves.day_sd**2
    of_drift = drifts**2 * (state.drift_variance - moves.drift_sd**2) + moves.drift_sd**2
    variance = of_day + 0.36 * of_drift + 2 * 0.6 * kept * drifts * state.both
    mean = kept * state.day + 0.6 * drifts * state.drift
    z = (drawn - mean) / np.sqrt(variance)
    # Of 4000 draws a mean errs by 0.016 and a variance by 0.022.
    assert np.mean(z) == pytest.approx(0, abs=0.064)
    assert np.var(z) == pytest.approx(1, abs=0.09)


def test_another_week_makes_the_answer_no_wider(found, draws):
    worth = worth_of_another_week(WHOLE, found, draws, HORIZON)
    assert worth.because is None
    assert 0 < worth.width80_expected_days <= worth.width80_now_days
    nobody = replace(draws, ever=np.zeros_like(draws.ever))
    silent = worth_of_another_week(WHOLE, found, nobody, HORIZON)
    assert (silent.width80_now_days, silent.width80_expected_days) == (None, None)
    assert silent.because


# --------------------------------------------------------------- course by course


def diary_by_course(depths: list[float], every: int = 42, usual: float = 8) -> Entries:
    """Write relief of so many points after each course, which fades by half in eleven days."""
    days = np.arange(-6, every * len(depths))
    depth = np.array([*depths, 0.0])[np.maximum(days, 0) // every]
    since = np.maximum(np.maximum(days, 0) % every - 4, 0)
    pain = usual - depth * 0.5 ** (since / 11) * (days >= 4)
    noise = np.tile([0.4, -0.4, 0.2, 0, -0.2], len(days))[: len(days)]
    kept = days % 2 == 0
    return entries_of(days[kept], np.clip(np.round(pain + noise), 0, 10)[kept])


def test_a_third_course_that_does_far_less_points_to_shrinking_relief():
    events = events_of(DAILY, every_days=42, courses=3)
    chances = {}
    for name, depths in (("alike", [4, 4, 4]), ("shrinking", [5, 3, 0.5])):
        setting = setting_of(events, diary_by_course(depths))
        answer = relief_by_course(setting, learn(setting, People(1, 2000)))
        assert len(answer.courses) == 3
        assert answer.tolerance is not None
        chances[name] = answer.tolerance.chance_shrinking
        means = [course.relief[1] for course in answer.courses]
        for course in answer.courses:
            assert 0 <= course.relief[0] <= course.relief[1] <= course.relief[2] <= 1
        if name == "shrinking":
            assert means[2] < means[0] - 0.05
            assert answer.tolerance.per_doubling[1] > answer.tolerance.before[1] + 0.1
        else:
            assert means[2] == pytest.approx(means[0], abs=0.12)
    assert chances["shrinking"] > 0.9
    assert chances["shrinking"] > chances["alike"] + 0.2


def test_one_course_says_nothing_about_tolerance_or_placebo(found):
    answer = relief_by_course(WHOLE, found)
    assert len(answer.courses) == 1
    assert answer.tolerance is None
    assert answer.because == "there is one course only"
    assert beats_placebo(WHOLE, found) is None


# ------------------------------------------------------ ketamine against placebo


def in_turn(order: str, every: int = 42) -> tuple[DoseEvent, ...]:
    """Give courses of ketamine (k) and placebo (p) one after another."""
    once = Regimen.parse(DAILY).events()
    return tuple(
        replace(event, time_h=event.time_h + number * every * 24.0)
        if kind == "k"
        else replace(
            event,
            time_h=event.time_h + number * every * 24.0,
            drug=Drug.PLACEBO,
            amount=0.0,
            is_per_kg=False,
        )
        for number, kind in enumerate(order)
        for event in once
    )


def compare(order: str, depths: list[float]) -> BeatsPlacebo:
    setting = setting_of(in_turn(order), diary_by_course(depths))
    answer = beats_placebo(setting, learn(setting, People(1, 2000)))
    assert answer is not None
    return answer


def test_ketamine_that_relieves_where_placebo_does_not_beats_it():
    only_drug = compare("kpkp", [4, 0, 4, 0])
    assert only_drug.placebo_courses == 2
    assert only_drug.because is None
    assert only_drug.chance > 0.9 > only_drug.before
    assert only_drug.difference[0] > 0


def test_placebo_that_relieves_as_much_speaks_against_ketamine():
    alike = compare("kpkp", [4, 4, 4, 4])
    assert alike.chance < 0.4
    assert alike.chance < alike.before - 0.1


@pytest.mark.thorough
def test_courses_of_other_doses_are_compared_with_a_warning():
    low = tuple(replace(event, amount=event.amount / 5) for event in in_turn("k"))
    high = tuple(replace(event, time_h=event.time_h + 42 * 24) for event in in_turn("k"))
    setting = setting_of((*low, *high), diary_by_course([0, 4]))
    answer = beats_placebo(setting, learn(setting, People(1, 1000)))
    assert answer is not None
    assert answer.placebo_courses == 0
    assert "no course of placebo" in answer.because
    # The same number in another unit is another dose.
    flat = tuple(replace(event, is_per_kg=not event.is_per_kg) for event in in_turn("k"))
    setting = setting_of((*flat, *high), diary_by_course([0, 4]))
    assert beats_placebo(setting, learn(setting, People(1, 300))) is not None
    same = setting_of(in_turn("kk"), diary_by_course([4, 4]))
    assert beats_placebo(same, learn(same, People(1, 300))) is None


# -------------------------------------------------------------------- all of it


def test_the_record_holds_numbers_in_order_and_is_plain_data(found, draws):
    learnt = what_was_learnt(WHOLE, found, draws, HORIZON)
    for number in learnt.numbers:
        for three in (number.before, number.after):
            assert list(three) == sorted(three)
    usual = {number.name: number for number in learnt.numbers}["baseline_pain"]
    assert usual.after[2] - usual.after[0] < usual.before[2] - usual.before[0]
    chances = {each.name: each for each in learnt.classes}
    assert set(chances) == {"placebo", "slow", "persistent"}
    assert chances["slow"].after > chances["slow"].before
    assert chances["persistent"].after <= chances["slow"].after
    data = learnt.to_dict()
    assert [each["class"] for each in data["classes"]] == list(chances)
    assert data["beats_placebo"] is None
