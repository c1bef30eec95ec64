"""What is said of acute effects: anchors, scope and words."""

from __future__ import annotations

import math

import pytest

from respite.domain import OutOfScope, Patient, Regimen
from respite.literature import load_library
from respite.population import People
from respite.safety import (
    ACUTE_MODEL,
    acute_effects,
    draw_effects,
    draw_exposed,
    session_levels,
)

NASAL = "esketamine 70 mg intranasal twice weekly for 4 weeks"
INFUSED = "ketamine 0.5 mg/kg iv over 40 min"
DAYS = load_library().acute["infusion_of_100_hours"].regimen


def asked(plan: str, patient: Patient | None = None, **more):
    found = acute_effects(patient or Patient(), Regimen.parse(plan), **more)
    return {one.effect: one for one in found}


@pytest.fixture(scope="module")
def infused():
    return asked(INFUSED)


@pytest.mark.thorough
def test_dissociation_is_as_trials_counted_it():
    nasal, days = asked(NASAL)["dissociation"], asked(DAYS)["dissociation"]
    assert 100 * nasal.probability == pytest.approx(41, abs=5)
    assert 100 * nasal.without_drug == pytest.approx(9, abs=5)
    assert 100 * days.probability == pytest.approx(76, abs=5)
    assert 100 * days.without_drug == pytest.approx(18, abs=5)


def test_pressure_rises_as_it_was_measured(infused):
    systolic, diastolic = infused["systolic"], infused["diastolic"]
    assert systolic.size == pytest.approx(12.6, abs=2)
    assert diastolic.size == pytest.approx(8.5, abs=2)
    assert 60 * systolic.peak_h == pytest.approx(40, abs=6)
    assert infused["heart_rate"].size == pytest.approx(4.1, abs=3)


def test_those_who_are_not_asked_tell_less(infused):
    for one in infused.values():
        if one.if_only_told is not None:
            assert one.if_only_told < one.probability
    assert infused["pressure_rise"].if_only_told is None


def test_intervals_hold_what_they_belong_to(infused):
    for one in infused.values():
        low, high = one.interval90
        assert low <= (one.probability if one.size is None else one.size) <= high
        assert all(
            lowest <= value <= highest
            for value, (lowest, highest) in zip(
                one.over_time, one.over_time_interval90, strict=True
            )
        )
        assert len(one.times_h) == len(one.over_time)
        assert one.over_time[one.times_h.index(one.peak_h)] == max(one.over_time)


def test_sessions_before_make_dissociation_rarer_and_leave_pressure_alone():
    fresh, used = asked(INFUSED, people=200), asked(INFUSED, people=200, sessions_before=10)
    assert used["dissociation"].probability < fresh["dissociation"].probability
    for name in ("pressure_rise", "systolic", "diastolic", "heart_rate"):
        assert used[name].probability == fresh[name].probability
        assert used[name].size == fresh[name].size


def test_age_makes_marked_rises_of_pressure_more_frequent():
    young, old = (asked(INFUSED, Patient(age=age), people=200) for age in (40, 75))
    assert old["pressure_rise"].probability > young["pressure_rise"].probability


def test_a_plan_like_those_that_were_studied_says_nothing_of_scope(infused):
    assert not any(one.is_outside for one in infused.values())
    days = asked(DAYS, people=100)
    assert not days["nausea"].is_outside
    assert days["systolic"].is_outside, "nobody measured pressure over days"
    assert "40 minutes" in " ".join(days["systolic"].outside_because)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("ketamine 100 mg oral", "oral"),
        ("ketamine 60 mg/h iv for 20 h", "ng/mL"),
        ("ketamine 10 mg/h iv for 10 days", "240 hours"),
        ("ketamine 10 mg/h iv for 5 days, 12 mg/h for 5 days", "240 hours"),
    ],
)
def test_a_plan_outside_what_was_studied_says_so(plan, said):
    found = asked(plan, people=100)
    assert all(one.is_outside for one in found.values())
    assert said in " ".join(found["nausea"].outside_because)


def test_placebo_has_the_chances_of_placebo_and_no_rise():
    found = asked("placebo iv over 40 min", people=100)
    for one in found.values():
        if one.size is None:
            assert one.probability == pytest.approx(one.without_drug)
        else:
            assert one.size == 0


def test_whom_the_models_may_not_answer_is_refused():
    with pytest.raises(OutOfScope):
        asked(INFUSED, Patient(age=12))


def test_the_answer_is_plain_data_and_the_same_for_a_seed():
    first, again = asked(INFUSED, people=50), asked(INFUSED, people=50)
    assert {name: one.to_dict() for name, one in first.items()} == {
        name: one.to_dict() for name, one in again.items()
    }
    shown = first["nausea"].to_dict()
    assert isinstance(shown["over_time_interval90"][0], list)
    assert math.isfinite(shown["probability"])
    assert "studies" in shown["basis"]
    library = load_library()
    assert all(key in library.sources for key in shown["sources"])


def test_people_who_are_drawn_once_answer_for_many_plans_as_one_by_one():
    """Planning draws people once and asks for each plan: the chances are the same."""
    library, people = load_library(), People(1, 300)
    plans = [Regimen.parse(f"ketamine {dose} mg iv over 40 min every 48 h x3") for dose in (20, 40)]
    every = [event for plan in plans for event in plan.events()]
    exposed = draw_exposed(library, Patient(), people, every)
    effects = draw_effects(library.assembled(ACUTE_MODEL), people, exposed.ages)
    for plan in plans:
        levels = session_levels(exposed, plan.events())
        quick = effects.over_plan("dissociation", levels)
        whole = asked(str(plan), people=300)["dissociation"].probability
        assert quick == pytest.approx(whole)
