"""What a diary teaches does not depend on how it is worked out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from one_person import (
    DAILY,
    LONG,
    PATIENT,
    entries_of,
    events_of,
    numbers_in,
    setting_of,
    write_diary_of,
)

from respite.domain import Patient, Regimen, read_diary
from respite.forecasting import forecast
from respite.forecasting.entries import NO_ENTRIES
from respite.forecasting.learning import posterior as posterior_module
from respite.forecasting.learning import search as search_module
from respite.forecasting.learning.posterior import Posterior, learn
from respite.forecasting.learning.random_effects import mean_chance
from respite.forecasting.learning.search import Found, start_search
from respite.population import People

DAYS = [-2, -1, 0.2, 1, 2, 3, 4, 6, 9, 12, 15, 20]
SCORES = [7, 7, 6, 5, 4, 3, 3, 3, 3, 4, 4, 5]
CASE = setting_of(events_of(LONG), entries_of(DAYS, SCORES))
DRAWS = 1000


@pytest.fixture(scope="module")
def usual() -> Posterior:
    return learn(CASE, People(1, DRAWS))


def share(found: Posterior, name: str) -> float:
    return float(np.mean(numbers_in(found)[name]))


def assert_same(one: Posterior, other: Posterior, rtol: float = 0) -> None:
    ours, theirs = numbers_in(one), numbers_in(other)
    for name, values in ours.items():
        np.testing.assert_allclose(theirs[name], values, rtol=rtol, err_msg=name)


def error_of(chance: float, *sizes: float) -> float:
    """Give the standard error of the difference of two shares of so many effective draws.

    A share of none or all is one draw away from another.
    """
    variance = max(chance * (1 - chance), 1 / min(sizes))
    return float(np.sqrt(variance * sum(1 / size for size in sizes)))


# -------------------------------------------------------- always the same answer


def test_a_seed_gives_the_same_draws_and_another_seed_gives_others(usual):
    assert_same(learn(CASE, People(1, DRAWS)), usual)
    other = learn(CASE, People(2, DRAWS))
    assert not np.array_equal(numbers_in(other)["untreated"], numbers_in(usual)["untreated"])
    sizes = other.diagnostics["ess"], usual.diagnostics["ess"]
    for name in ("placebo", "slow", "persists"):
        by = error_of(share(usual, name), *sizes)
        assert share(other, name) == pytest.approx(share(usual, name), abs=4 * by)


@pytest.mark.parametrize("chunk", [61, 400, 9000])
def test_chunks_change_nothing(chunk, usual, monkeypatch):
    monkeypatch.setattr(search_module, "_CHUNK", chunk)
    # Array libraries may take other paths for other lengths; the last digit may differ.
    assert_same(learn(CASE, People(1, DRAWS)), usual, rtol=1e-9)


def test_the_order_of_lines_in_a_diary_does_not_matter():
    lines = [
        f"{day},{pain}" for day, pain in zip([-3, -1, 0, 2, 5, 9], [7, 6, 5, 3, 3, 4], strict=True)
    ]
    ask = partial(forecast, PATIENT, Regimen.parse(LONG), draws=200)
    forward, backward = (
        ask(diary=read_diary("\n".join(["day,pain", *some, ""]))).to_dict()
        for some in (lines, lines[::-1])
    )
    assert forward == backward


def test_doses_that_are_planned_do_not_change_what_the_past_teaches():
    """A plan may follow within the day, and may hold hundreds of doses."""
    given = events_of(DAILY)
    end = given[-1].time_h
    past = entries_of(range(6), [7, 6, 5, 5, 4, 4])
    before = learn(setting_of(given, past), People(1, 300))
    for gap_h, count in ((23, 1), (24, 400), (400, 300)):
        planned = tuple(
            replace(given[0], time_h=max(end, past.time_h[-1]) + gap_h + 24.0 * number)
            for number in range(count)
        )
        setting = setting_of((*given, *planned), past)
        assert setting.given == given
        after = learn(setting, People(1, 300))
        assert setting.clock.times_h == setting_of(given, past).clock.times_h
        assert_same(after, before)


# ------------------------------------------------------------- nothing is learnt


def test_without_a_score_draws_are_those_of_the_prior():
    found = learn(setting_of(events_of(LONG), NO_ENTRIES), People(3, 2000))
    parameters = CASE.parameters
    ess = found.diagnostics["ess"]
    assert found.log_chance.shape == (len(found.group.needs.untreated), 0)
    for name in ("placebo", "slow"):
        chance = mean_chance(parameters[{"slow": "response"}.get(name, name) + "_chance"])
        assert share(found, name) == pytest.approx(chance, abs=4 * error_of(chance, ess))
    # Below each quantile of the prior lies the share that it says.
    half_time = numbers_in(found)["slow_half_time"]
    typical = parameters["slow_half_time"].value
    assert np.mean(half_time < typical) == pytest.approx(0.5, abs=4 * error_of(0.5, ess))


def test_a_blank_diary_changes_no_number_of_a_forecast():
    ask = partial(forecast, PATIENT, Regimen.parse(LONG), draws=300)
    without = ask().to_dict()
    blank = ask(diary=read_diary("day,pain\n-2,\n-1,\n3,\n")).to_dict()
    assert blank["diary"]["blank"] == 3
    changed = {name for name in without if blank[name] != without[name]}
    assert changed == {"diary"}


def test_scores_before_any_dose_teach_about_untreated_pain_alone():
    """The run-in of a diary, with treatment to come."""
    scores = [8, 7, 8, 8, 7, 8, 8, 8]
    answer = forecast(
        replace(PATIENT),
        Regimen.parse(LONG),
        diary=read_diary("\n".join(["day,pain", *(f"-{9 - i},{s}" for i, s in enumerate(scores))])),
        draws=DRAWS,
    )
    learnt = answer.learnt
    assert learnt is not None
    assert learnt.courses.courses == ()
    assert learnt.courses.because
    assert learnt.beats_placebo is None
    numbers = {number.name: number for number in learnt.numbers}
    width = {
        name: (number.after[2] - number.after[0]) / (number.before[2] - number.before[0])
        for name, number in numbers.items()
    }
    assert width["baseline_pain"] < 0.7
    assert numbers["baseline_pain"].after[1] == pytest.approx(7.8, abs=0.4)
    assert width["slow_half_time"] == pytest.approx(1, abs=0.15)
    for each in learnt.classes:
        by = error_of(each.before, answer.diagnostics["ess"])
        assert each.after == pytest.approx(each.before, abs=4 * by)


# ------------------------------------------------------------------ what weighs


def test_scores_written_late_weigh_less():
    days, prompt = [-12, -11, -10, -9, -3, -2, -1, 0], [8, 8, 8, 8, 4, 4, 4, 4]

    def usual_pain(count: int, late_h: float) -> float:
        late = np.where(np.arange(count) < 4, 0, late_h)
        entries = entries_of(days[:count], prompt[:count], late)
        found = learn(setting_of(events_of(LONG), entries), People(1, 2000))
        return float(np.median(numbers_in(found)["untreated"]))

    before, with_late, with_prompt = usual_pain(4, 0), usual_pain(8, 30), usual_pain(8, 0)
    assert before - 0.3 > with_late > with_prompt + 0.1


def test_one_wild_score_among_many_moves_the_answer_little():
    days = np.arange(-5, 26)
    scores = np.where(days < 1, 7, 4)
    wild = scores.copy()
    wild[days == 12] = 10
    plain, odd = (
        learn(setting_of(events_of(LONG), entries_of(days, some)), People(1, 2000))
        for some in (scores, wild)
    )
    for name in ("placebo", "slow"):
        assert share(odd, name) == pytest.approx(share(plain, name), abs=0.1)
    for name in ("untreated", "slow_half_time", "slow_ec50"):
        middle = np.median(numbers_in(plain)[name])
        spread = np.std(numbers_in(plain)[name])
        assert np.median(numbers_in(odd)[name]) == pytest.approx(middle, abs=0.35 * spread)


@pytest.mark.parametrize(
    ("hours", "classes"), [(0.5, 12), (2.0, 12), (40.0, 6), (-3.0, 6)], ids=str
)
def test_fast_relief_is_asked_for_only_where_scores_were_written_while_it_lasts(hours, classes):
    end = 40 / 60
    entries = entries_of([-2, -1, 5], [7, 7, 6])
    times = np.sort(np.append(entries.time_h, end + hours))
    entries = replace(entries, time_h=times, score=np.array([7.0, 7, 6, 6]), lateness_h=np.zeros(4))
    setting = setting_of(events_of("ketamine 0.5 mg/kg iv over 40 min"), entries)
    what = start_search(setting, People(1, 100)).what
    assert len(what.classes) == classes
    assert sum(what.chances) == pytest.approx(1, abs=1e-12)
    assert ("fast_ec50" in [effect.name for effect in what.effects]) == (classes == 12)


# ------------------------------------------------------------------- the ladder


def weighted(found: Found, name: str) -> float:
    return float(found.weights.share @ getattr(found.group.needs, name))


def test_every_rung_of_the_ladder_gives_the_same_answer():
    """Draws about peaks, draws about those draws, and draws from the prior alone."""
    setting = setting_of(events_of(LONG), entries_of([-1, 3, 9], [7, 4, 4]))
    search = start_search(setting, People(1, 4000))
    first = search.first()
    again, bank = search.again(first), search.bank(3, 30_000)
    assert [found.round for found in (first, again, bank)] == [1, 2, 3]
    for found in (again, bank):
        sizes = first.weights.ess, found.weights.ess
        assert min(sizes) > 300
        for name in ("placebo", "slow", "persists"):
            chance = weighted(bank, name)
            by = error_of(chance, *sizes)
            assert weighted(found, name) == pytest.approx(weighted(first, name), abs=4 * by)
        for name in ("slow_ec50", "slow_half_time", "between_days"):
            middle = np.median(first.group.needs.numbers[name])
            below, also_below = (
                each.weights.share @ (each.group.needs.numbers[name] < middle)
                for each in (first, found)
            )
            assert also_below == pytest.approx(below, abs=4 * error_of(below, *sizes))


def test_the_ladder_is_climbed_where_weights_are_poor(monkeypatch, usual):
    climbed: list[int] = []

    def noted(name: str):
        method = getattr(search_module.Search, name)

        def call(self, *more):
            found = method(self, *more)
            climbed.append(found.round)
            return found

        return call

    for name in ("first", "again", "bank"):
        monkeypatch.setattr(search_module.Search, name, noted(name))
    learn(CASE, People(1, DRAWS))
    assert climbed == [1]
    climbed.clear()
    monkeypatch.setattr(search_module, "_ENOUGH", np.inf)
    found = learn(CASE, People(1, DRAWS))
    assert climbed == [1, 2, 3, 4, 5, 6, 7]
    assert found.diagnostics["ess"] >= usual.diagnostics["ess"]
    sizes = found.diagnostics["ess"], usual.diagnostics["ess"]
    for name in ("placebo", "slow"):
        by = error_of(share(usual, name), *sizes)
        assert share(found, name) == pytest.approx(share(usual, name), abs=4 * by)


def test_the_bank_answers_where_it_is_the_best(monkeypatch):
    """A diary of one score, weighed by a search that is told its first rounds were poor."""
    setting = setting_of(events_of(LONG), entries_of([5], [5]))
    monkeypatch.setattr(search_module, "_ENOUGH", np.inf)
    found = learn(setting, People(1, 400))
    assert found.diagnostics["method"] == "bank"
    assert found.diagnostics["round"] == 7
    assert found.diagnostics["weighed"] == 2000
    assert len(found.rows) == found.diagnostics["draws"] == 400


# ----------------------------------------------------------------- what is told


def test_what_is_told_about_the_draws_fits_them(usual):
    told = usual.diagnostics
    assert told["method"] == "sir"
    assert told["draws"] == told["weighed"] == len(usual.rows) == DRAWS
    assert 100 < told["ess"] <= DRAWS
    assert told["pareto_k"] < 0.7
    people = len(usual.group.needs.untreated)
    assert set(usual.rows) == set(range(people))
    assert usual.log_chance.shape == usual.state.day.shape == (people, len(DAYS))
    numbers = numbers_in(usual)
    assert np.all(numbers["persists"] <= numbers["slow"])
    assert share(usual, "slow") > 0.7


def test_long_diaries_are_weighed_with_fewer_draws_but_never_with_few(monkeypatch):
    monkeypatch.setattr(posterior_module, "_MOST_CELLS", 250 * len(DAYS))
    monkeypatch.setattr(posterior_module, "_FEWEST", 200)
    assert len(learn(CASE, People(1, DRAWS)).rows) == 250
    assert len(learn(CASE, People(1, 220)).rows) == 220
    monkeypatch.setattr(posterior_module, "_MOST_CELLS", 1)
    assert len(learn(CASE, People(1, DRAWS)).rows) == 200


CLASSES = {
    "slow": {"response_chance": True},
    "fast alone": {
        "response_chance": False,
        "fast_response_chance": True,
        "placebo_chance": False,
    },
}


@pytest.mark.parametrize(("kind", "seed", "least"), [("fast alone", 3, 200), ("slow", 3, 150)])
def test_the_first_round_looks_where_long_diaries_lie(kind, seed, least):
    """Levels that are not compared leave 20 of the draws of the first person; peaks whose
    shape is not learnt leave 125 of the second. Later rounds would hide that."""
    days = np.arange(-10, 336)
    events = events_of(DAILY, every_days=42, courses=8)
    _person, scores = write_diary_of(events, days, seed=seed, **CLASSES[kind])
    search = start_search(setting_of(events, entries_of(days, scores)), People(1, 1000))
    assert search.first().weights.ess > least


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "seed"), [("slow", 2), ("fast alone", 4)])
def test_three_years_and_twenty_five_courses_are_weighed(kind, seed):
    """Virtual patients whose numbers are known, and whose 540 scores leave few draws that fit.

    Relief that follows the level says much about kinetics, which the search must count.
    """
    days = np.arange(-10, 1070, 2)
    events = events_of(DAILY, every_days=42, courses=25)
    person, scores = write_diary_of(events, days, seed=seed, **CLASSES[kind])
    found = learn(setting_of(events, entries_of(days, scores)), People(1, 400))
    told = found.diagnostics
    assert told["draws"] == len(found.rows) == 400
    assert told["ess"] > 40
    assert told["pareto_k"] < 0.7
    assert np.all(np.isfinite(found.log_chance))
    numbers = numbers_in(found)
    assert np.mean(numbers["slow"] if kind == "slow" else numbers["fast"]) > 0.99
    truth = {"untreated": person.untreated, "between_days": person.numbers["between_days"]}
    for name, value in truth.items():
        spread = np.std(numbers[name])
        assert abs(np.mean(numbers[name]) - value[0]) < 4 * spread + 0.1


@pytest.mark.thorough
def test_a_person_far_from_all_is_found():
    """The same deep and short relief after each of many courses: five spreads from typical."""
    events = events_of(DAILY, every_days=44, courses=8)
    days = np.arange(352)
    scatter = np.random.default_rng(1).normal(size=len(days))
    scores = np.clip(np.round(7 - 3 * np.exp(-(days % 44) / 14) + scatter), 0, 10)
    told = learn(setting_of(events, entries_of(days, scores)), People(1, 1000)).diagnostics
    assert told["ess"] > 100
    assert told["pareto_k"] < 0.7


def test_nobody_knows_the_weight_of_a_stranger_either():
    """Where little is known of the patient, more is drawn, and nothing fails."""
    found = learn(
        setting_of(events_of(DAILY), entries_of([-1, 3], [10, 0]), Patient()), People(1, 300)
    )
    assert np.all(np.isfinite(found.log_chance))
    assert found.diagnostics["ess"] > 20
