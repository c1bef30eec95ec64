"""What holds for plans tried on the same people, whatever the numbers of the models are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import Condition, Drug, OutOfScope, Patient, Regimen, ReliefRule, Route, Salt
from respite.forecasting import Pattern, common_window, compare, dose_duration, double, vary
from respite.literature import load_library
from respite.population import People, draw_group

CRPS = Patient(condition=Condition.CRPS)
PLAN = "ketamine 0.5 mg/kg iv over 40 min daily x10"

patterns = st.builds(
    Pattern,
    drug=st.sampled_from([Drug.KETAMINE, Drug.ESKETAMINE]),
    salt=st.just(Salt.BASE),
    route=st.sampled_from([Route.IV, Route.SC]),
    form=st.just(""),
    amount=st.integers(1, 40).map(lambda tenths: tenths / 40),
    is_per_kg=st.just(True),
    duration_h=st.integers(1, 8).map(lambda quarters: quarters / 4),
    sessions=st.integers(1, 12),
    interval_h=st.sampled_from([12.0, 24.0, 48.0, 84.0, 168.0]),
)


@given(patterns)
def test_a_pattern_is_read_back_as_it_was_written(pattern):
    again = Pattern.of(pattern.regimen())
    assert str(again.regimen()) == str(pattern.regimen())
    assert again.sessions == pattern.sessions
    assert again.duration_h == pytest.approx(pattern.duration_h, abs=1e-5)


@given(patterns)
def test_each_way_changes_one_thing_and_holds_the_base(pattern):
    varied, _left = vary(pattern)
    ways = {one.way for one in varied}
    assert {"dose", "hours", "slower", "sessions", "route"} <= ways
    for way in ways:
        assert sum(one.is_base for one in varied if one.way == way) == 1
    for one in varied:
        found = Pattern.of(one.regimen)
        if one.way == "sessions":
            assert found.amount == pattern.amount
        if one.way == "slower":
            assert (found.amount, found.sessions) == (pattern.amount, pattern.sessions)


@given(patterns)
def test_every_doubling_gives_twice_as_much(pattern):
    made, _left = double(pattern)
    assert "rate" in made
    once = sum(event.amount for event in pattern.regimen().events())
    for regimen in made.values():
        twice = sum(event.amount for event in regimen.events())
        assert twice == pytest.approx(2 * once, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        "placebo iv over 40 min daily x10",
        "ketamine 0.5 mg/kg iv over 40 min daily x3 then 0.5 mg/kg iv over 40 min weekly x2",
        "ketamine 20 mg iv; ketamine 10 mg/h iv for 8 h",
        "esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h",
    ],
)
def test_what_is_not_even_cannot_be_varied(text):
    with pytest.raises(OutOfScope):
        Pattern.of(Regimen.parse(text))


@pytest.fixture(scope="module")
def few():
    return dose_duration(CRPS, studies=10, per_study=20)


@pytest.mark.thorough
def test_twice_the_rate_lets_relief_last_one_half_time_longer_in_the_typical_responder(few):
    gained = {one.way: one for one in few.doubling}
    assert gained["rate"].responder_after_gain_days == pytest.approx(few.half_time_days, rel=0.02)
    assert 0 < gained["days"].responder_after_gain_days < few.half_time_days
    for one in gained.values():
        assert one.mean_gain_days < one.responder_gain_days
        assert 0 <= one.chance_of_a_week <= 1


@pytest.mark.thorough
def test_more_gives_more_days_and_a_wider_interval_fewer(few):
    for way in ("dose", "hours", "sessions"):
        days = [row.mean_days for row in few.rows if row.varied.way == way]
        assert days == sorted(days)
    apart = [row.mean_days for row in few.rows if row.varied.way == "interval"]
    assert apart == sorted(apart, reverse=True)
    for row in few.rows:
        low, high = row.people80_days
        assert low <= high
        assert row.studies80_days[0] <= row.mean_days + 1 <= row.studies80_days[1] + 10
        assert bool(row.outside) == (row.varied.regimen.routes[0] is not Route.IV)


def test_nobody_loses_days_by_a_larger_dose():
    plans = [Regimen.parse(f"ketamine {dose} mg/kg iv over 40 min daily x5") for dose in (0.3, 0.6)]
    window = common_window([plan.events() for plan in plans], 60, ReliefRule())
    group = draw_group(load_library(), CRPS, People(3, 200), condition="crps")
    less, more = (window.days_by_drug(plan.events(), group) for plan in plans)
    assert np.all(more >= less - 0.02)
    assert np.all(more <= window.days)


def test_the_same_people_are_drawn_in_every_study():
    people = People(5, 60, per_study=20)
    own, theirs = people.normals("x").reshape(3, 20), people.study_normals("x").reshape(3, 20)
    assert np.all(own == own[0])
    assert np.all(theirs == theirs[:, :1])
    assert len(np.unique(theirs)) == 3
    places = np.sort(np.floor(20 * people.uniforms("x")[:20]))
    assert places.tolist() == list(range(20))
    parts = [part.normals("x") for part in people.chunks(25)]
    assert np.array_equal(np.concatenate(parts), people.normals("x"))


@pytest.fixture(scope="module")
def compared():
    plans = (PLAN, "placebo iv over 40 min daily x10", "ketamine 25 mg/h iv for 5 days")
    return compare(CRPS, [Regimen.parse(plan) for plan in plans], draws=200, horizon_days=60)


def test_chances_of_two_plans_sum_to_one(compared):
    better = np.array(compared.better)
    assert better + better.T == pytest.approx(np.ones((3, 3)))
    assert np.diag(better) == pytest.approx(0.5 * np.ones(3))
    assert np.all(np.array(compared.better_by_a_day) <= better + 1e-12)
    assert np.array(compared.same) == pytest.approx(np.array(compared.same).T)


def test_a_placebo_gives_no_days_by_drug_and_no_levels(compared):
    placebo = compared.plans[1]
    assert placebo.days_by_drug == 0
    assert placebo.exposures == ()
    assert "exposures" in placebo.missing
    assert compared.better[1][0] <= 0.5


def test_the_order_of_plans_changes_nothing(compared):
    texts = [plan.forecast.regimen for plan in compared.plans]
    turned = compare(
        CRPS, [Regimen.parse(text) for text in reversed(texts)], draws=200, horizon_days=60
    )
    assert np.array(turned.better)[::-1, ::-1] == pytest.approx(np.array(compared.better))
    assert [plan.days_by_drug for plan in turned.plans] == pytest.approx(
        [plan.days_by_drug for plan in compared.plans][::-1]
    )
