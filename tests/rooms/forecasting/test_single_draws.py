"""What becomes of each draw, behind the shares that an answer gives."""

from __future__ import annotations

from dataclasses import fields
from functools import partial

import numpy as np
import pytest

from respite.domain import (
    Condition,
    Patient,
    Regimen,
    ReliefRule,
    Threshold,
    TimeMark,
    classify,
    find_pain_return,
)
from respite.forecasting import draws as draws_module
from respite.forecasting.clock import set_clock
from respite.forecasting.draws import Case, Draws, draw_outcomes
from respite.forecasting.pain_return import (
    ReturnDraws,
    next_dose_by,
    summarise,
)
from respite.literature import load_library
from respite.population import CORE, People, draw_group, for_events, in_order, simulate_pain

PATIENT = Patient(weight=70, age=45, condition=Condition.CRPS)
REGIMENS = [
    "ketamine 0.5 mg/kg iv over 40 min",
    "ketamine 20 mg iv",
    "esketamine 10 mg iv over 30 min daily x3",
    "esketamine 5 mg/h iv for 24 h, 15 mg/h for 60 h",
    "ketamine 0.5 mg/kg iv over 40 min every 2 weeks x3",
]
HORIZON, CONFIRM = 30, 3


def case_of(regimen: str, rule: ReliefRule | None = None) -> Case:
    events = Regimen.parse(regimen).events()
    clock = set_clock(events, (TimeMark.parse("36h"),), HORIZON, CONFIRM)
    return Case(events, clock, rule or ReliefRule(confirm_days=CONFIRM))


def outcomes(case: Case, people: People) -> Draws:
    library = load_library()
    core = for_events(library.assembled(CORE), case.events)
    group = draw_group(library, PATIENT, people, kinetics=core, condition="crps")
    return draw_outcomes(case, group, np.arange(people.count))


def flat(record) -> dict[str, np.ndarray]:
    """Give every array of a record of draws, also of the records inside it."""
    found: dict[str, np.ndarray] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        inner = {"": value} if isinstance(value, np.ndarray) else flat(value)
        found |= {f"{field.name} {name}": array for name, array in inner.items()}
    return found


@pytest.mark.parametrize(("chunk", "threads"), [(7, 1), (64, 3), (1000, 1)])
def test_draws_are_the_same_in_chunks_of_any_size_on_any_number_of_threads(
    chunk, threads, monkeypatch
):
    case, people = case_of(REGIMENS[4]), People(5, 150)
    before = flat(outcomes(case, people))
    monkeypatch.setattr(draws_module, "_CHUNK", chunk)
    monkeypatch.setattr(draws_module, "in_order", partial(in_order, threads=threads))
    after = flat(outcomes(case, people))
    assert before.keys() == after.keys()
    for name, values in before.items():
        assert len(values) == people.count
        # Array libraries may take other paths for other lengths; the last digit may differ.
        np.testing.assert_allclose(after[name], values, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.thorough
@pytest.mark.parametrize("with_placebo", [True, False], ids=["with placebo", "drug only"])
@pytest.mark.parametrize("regimen", REGIMENS)
def test_time_to_pain_return_is_what_a_dense_grid_finds(regimen, with_placebo):
    """Within 0.001 days of the definition applied to a look every 43 seconds."""
    case, step = case_of(regimen), 5e-4
    people = People(8, 40)
    group = draw_group(load_library(), PATIENT, people, condition="crps")
    draws = outcomes(case, people)
    got = draws.felt if with_placebo else draws.drug_only

    end = case.clock.end_h
    earlier = list(case.clock.times_h[: case.clock.first_after])
    days = np.arange(0, HORIZON + CONFIRM, step)
    dense = simulate_pain(group, case.events, [*earlier, *(end + days * 24).tolist()])
    relief = dense.relief(with_placebo=with_placebo)
    needed = case.rule.threshold.share_of(dense.untreated)
    had = np.any(relief[:, : len(earlier)] >= needed[:, None], axis=1)
    # Every change between two looks matters, and nothing else: keep those, and the first.
    holds = relief[:, len(earlier) :] >= needed[:, None]
    changes = np.flatnonzero(np.any(holds[:, 1:] != holds[:, :-1], axis=0)) + 1
    kept = np.unique(np.append(changes, 0))
    found = find_pain_return(
        holds[:, kept].astype(float), np.ones(people.count), had, days[kept].tolist(), CONFIRM
    )
    want = np.append(days[kept], np.inf)[found.index]
    # A bolus may lift relief over the threshold for less than the time between two looks.
    height = np.max(relief, axis=1) / needed
    is_clear = np.abs(height - 1) > 0.02
    assert np.sum(~is_clear) <= 2
    np.testing.assert_array_equal(got.ever[is_clear], found.ever[is_clear])
    np.testing.assert_array_equal(got.had_relief, had)
    # Beyond the horizon only that it is beyond is asked.
    is_asked = is_clear & (want <= HORIZON)
    np.testing.assert_array_equal(got.days[is_clear] > HORIZON, want[is_clear] > HORIZON)
    # Relief that persists is held at the highest of the looks of the clock, which may miss
    # the very top by a little; months of slow fading make minutes of that.
    near = np.where(group.needs.persists > 0, 1e-2, 1e-3)
    assert np.all(np.abs(got.days[is_asked] - want[is_asked]) <= near[is_asked])
    assert np.any(got.ever), "a case in which nobody has relief shows nothing"


@pytest.mark.parametrize("regimen", REGIMENS)
def test_in_every_draw_placebo_and_a_lower_threshold_only_lengthen_relief(regimen):
    people = People(11, 400)
    usual = outcomes(case_of(regimen), people)
    deeper_rule = ReliefRule(Threshold.FIFTY_PERCENT, CONFIRM)
    deeper = outcomes(case_of(regimen, deeper_rule), people)

    def lasting(draws: ReturnDraws) -> np.ndarray:
        return np.where(draws.ever, draws.days, -1)

    slack = 1e-4
    assert np.all(lasting(usual.drug_only) <= lasting(usual.felt) + slack)
    assert np.all(lasting(deeper.felt) <= lasting(usual.felt) + slack)
    assert np.all(lasting(deeper.drug_only) <= lasting(usual.drug_only) + slack)
    assert np.all(usual.days_drug <= usual.days_felt + 1e-9)
    assert np.all(usual.pain <= usual.pain_on_placebo + 1e-12)


def test_days_with_relief_are_counted_to_the_horizon_and_no_further():
    case = case_of("esketamine 20 mg/h iv for 100 h")
    draws = outcomes(case, People(2, 500))
    end = case.clock.horizon_h / 24
    assert end == pytest.approx(100 / 24 + HORIZON)
    assert np.max(draws.days_felt) <= end + 1e-9
    holding = draws.felt.ever & (draws.felt.days > HORIZON + CONFIRM)
    # Who holds relief past the horizon has it from soon after the start until then.
    assert np.median(draws.days_felt[holding]) > end - 2


@pytest.mark.parametrize(
    "regimen",
    [
        "ketamine 0.5 mg/kg iv over 40 min daily x5",
        "ketamine 0.5 mg/kg iv over 40 min every 2 weeks x3",
        "esketamine 20 mg/h iv for 100 h",
    ],
)
def test_days_with_relief_are_what_a_dense_grid_counts(regimen):
    """Straight lines are drawn between looks: hours may be lost or won on a dose, not days."""
    case, people = case_of(regimen), People(3, 100)
    draws = outcomes(case, people)
    group = draw_group(load_library(), PATIENT, people, condition="crps")
    times = np.unique([*np.arange(0, case.clock.horizon_h, 0.1), *case.clock.times_h])
    times = times[times <= case.clock.horizon_h]
    courses = simulate_pain(group, case.events, times.tolist())
    needed = case.rule.threshold.share_of(courses.untreated)
    for with_placebo, got in ((True, draws.days_felt), (False, draws.days_drug)):
        holds = courses.relief(with_placebo=with_placebo) >= needed[:, None]
        want = holds[:, :-1] @ np.diff(times) / 24
        assert np.max(np.abs(got - want)) < 0.3 * len(case.events)
        assert np.mean(got) == pytest.approx(np.mean(want), rel=0.05)


# ------------------------------------------------------------------ summaries


def told(days: list[float], ever: list[bool] | None = None) -> ReturnDraws:
    values = np.array(days)
    had = np.array(ever if ever is not None else [True] * len(days))
    return ReturnDraws(values, had, had)


def test_a_summary_is_made_of_hand_counted_draws():
    days, ever = [0, 0.5, 0.25, 4, 10, 20, 40, np.inf, np.inf, 7], [*[True] * 8, False, True]
    answer = summarise(told(days * 20, ever * 20), 30)
    assert answer.p_no_response == 0.1
    assert answer.p_gone_before_last_dose == 0.1
    assert answer.p_hours_only == 0.2
    assert answer.p_returns == 0.4
    assert answer.p_beyond_horizon == pytest.approx(0.2)
    assert answer.hours_only_median_h == 9
    assert answer.median_days == 8.5
    assert answer.survival == {7: 0.4, 14: pytest.approx(0.3), 28: pytest.approx(0.2)}


def test_no_median_is_made_of_a_handful_of_draws():
    few = summarise(told([0.5] * 19 + [4.0] * 19 + [0.0] * 400), 30)
    assert (few.hours_only_median_h, few.median_days, few.interval80_days) == (None, None, None)
    assert set(few.missing) == {"hours_only_median_h", "median_days", "interval80_days"}
    enough = summarise(told([0.5] * 20 + [4.0] * 20), 30)
    assert (enough.hours_only_median_h, enough.median_days) == (12, 4)


@pytest.mark.parametrize(
    ("days", "due"),
    [
        ([5, 6, 7, 8, 9], 5),
        ([5.2, 6, 7, 8, 9], 6),
        ([1, 9, 9, 9, 9], 1),
        ([0.9, 0.9, 4, 8, 8, 8, 8], 4),
        ([40, 50, 60, 70], None),
        ([0.1, 0.2, 0.3, 0.4, 0.5, 6], None),
        ([np.inf] * 5, None),
    ],
)
def test_the_next_dose_is_due_when_a_fifth_of_lasting_relief_has_faded(days, due):
    answer = next_dose_by(told(days), 30)
    assert answer.day_after_last_dose == due
    assert bool(answer.because) == (due is None)


@pytest.mark.parametrize(("last_score", "passed"), [(2.9, False), (3.0, True), (40.0, True)])
def test_a_day_on_which_a_score_was_written_has_passed(last_score, passed):
    answer = next_dose_by(told([3.0] * 5), 30, last_score)
    assert answer.day_after_last_dose == 3
    assert answer.has_passed is passed
    assert not next_dose_by(told([3.0] * 5), 30).has_passed


def test_everyone_is_in_one_of_the_five_shares():
    rng = np.random.default_rng(1)
    days = rng.choice([0, 0.3, 1, 5, 30, 31, np.inf], 500)
    draws = told(days.tolist(), (rng.random(500) < 0.8).tolist())
    kinds = classify(draws.days, draws.ever, draws.had_relief, 30)
    assert sum(np.sum(kind) for kind in kinds.values()) == 500
