"""Laws of the next step: harm only lowers, steps stay within their source, drugs stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Patient, Regimen, SessionRecord, Sessions, read_sessions, write_sessions
from respite.literature import load_library
from respite.planning import NextStep, StepKind, next_step

law = settings(derandomize=True, deadline=None, max_examples=50)

LIBRARY = load_library()
FIRST = datetime(2026, 3, 2, 9)
GRADES = ("mild", "moderate", "severe")
NAMES = sorted(name for one in LIBRARY.session_effects.values() for name in one.names)
WORDS = st.builds("{} {}".format, st.sampled_from(GRADES), st.sampled_from(NAMES)) | st.just(
    "qualm"
)
STOPS = ["psychosis", "seizure", "chest pain", "blood in urine", "severe vomiting", "suicidal"]

PLANS = st.sampled_from(
    [
        "ketamine 0.2 mg/kg/h iv for 4 h daily x3",
        "ketamine 0.5 mg/kg/h iv for 4 h daily x3",
        "ketamine 35 mg iv over 40 min weekly x6",
        "ketamine 20 mg/h iv for 100 h",
        "ketamine 10 mg oral every 8 h x90",
        "ketamine 60 mg oral every 8 h x90",
        "ketamine 10 mg intranasal every 3 days x5",
        "ketamine 50 mg sc over 24 h daily x5",
        "ketamine 25 mg sublingual daily x30",
        "esketamine 0.05 mg/kg/h iv for 6 h every 2 weeks x6",
        "esketamine 10 mg/h iv for 100 h",
        "esketamine 56 mg intranasal weekly x4",
    ]
).map(Regimen.parse)
PATIENTS = st.builds(
    Patient,
    weight=st.sampled_from([45, 70, 110]),
    condition=st.sampled_from(["neuropathic", "crps", "cancer", "fibromyalgia"]),
) | st.just(Patient())


@st.composite
def records(draw: st.DrawFn, number: int) -> SessionRecord:
    relief = draw(st.none() | st.integers(-20, 90).map(float))
    lasts = st.just(0.0) if relief is not None and relief <= 0 else st.integers(0, 400).map(float)
    return SessionRecord(
        start=FIRST + timedelta(days=7 * number),
        relief_percent=relief,
        hours_of_relief=draw(st.none() | lasts),
        effects=draw(st.none() | st.lists(WORDS, max_size=2, unique=True).map(tuple)),
        systolic=draw(st.none() | st.integers(110, 200)),
        diastolic=draw(st.none() | st.integers(50, 108)),
    )


@st.composite
def sessions(draw: st.DrawFn) -> Sessions:
    return Sessions(tuple(draw(records(number)) for number in range(draw(st.integers(1, 6)))))


CALM = st.lists(st.integers(-10, 29).map(float), min_size=1, max_size=2).map(
    lambda reliefs: Sessions(
        tuple(
            SessionRecord(
                start=FIRST + timedelta(days=7 * number),
                relief_percent=relief,
                effects=(),
                systolic=128,
                diastolic=80,
            )
            for number, relief in enumerate(reliefs)
        )
    )
)
"""Sessions after which a step up is allowed."""


def size(step: NextStep, before: Regimen) -> float:
    """Give the dose that a step leaves, as a share of the dose before it."""
    if step.regimen is None:
        return 1 if step.kind is StepKind.LENGTHEN else 0
    return step.regimen.events()[0].amount / before.events()[0].amount


def with_last(record: Sessions, **parts: object) -> Sessions:
    return Sessions((*record.records[:-1], replace(record.last, **parts)))


@law
@given(sessions(), PLANS, PATIENTS, st.sampled_from(NAMES))
def test_a_worse_effect_never_gives_a_higher_dose(
    record: Sessions, plan: Regimen, patient: Patient, name: str
) -> None:
    others = record.last.effects or ()
    without = next_step(with_last(record, effects=others), plan, patient)
    doses = [size(without, plan)] + [
        size(
            next_step(with_last(record, effects=(*others, f"{grade} {name}")), plan, patient), plan
        )
        for grade in GRADES
    ]
    assert doses == sorted(doses, reverse=True)


@law
@given(sessions(), PLANS, PATIENTS, st.integers(110, 250), st.integers(0, 60))
def test_a_higher_pressure_never_gives_a_higher_dose(
    record: Sessions, plan: Regimen, patient: Patient, systolic: int, more: int
) -> None:
    low, high = (
        size(next_step(with_last(record, systolic=value), plan, patient), plan)
        for value in (systolic, systolic + more)
    )
    assert high <= low


@law
@given(sessions(), PLANS, PATIENTS, st.sampled_from(STOPS), st.integers(0, 5))
def test_nothing_is_raised_after_a_reason_to_stop(
    record: Sessions, plan: Regimen, patient: Patient, word: str, place: int
) -> None:
    place = min(place, len(record.records) - 1)
    marked = list(record.records)
    marked[place] = replace(marked[place], effects=(word,))
    step = next_step(Sessions(tuple(marked)), plan, patient)
    assert step.kind not in (StepKind.STEP_UP, StepKind.START)
    assert size(step, plan) <= 1
    if place == len(marked) - 1:
        assert step.kind is StepKind.STOP
        assert step.regimen is None


@law
@given(CALM | sessions(), PLANS, PATIENTS)
def test_a_step_stays_within_its_source(record: Sessions, plan: Regimen, patient: Patient) -> None:
    """Counted anew from the doses, for protocols of the drug and route, each by itself."""
    step = next_step(record, plan, patient)
    if step.kind is not StepKind.STEP_UP:
        return
    assert step.regimen is not None
    before, after = plan.events()[0], step.regimen.events()[0]
    named = [rule for rule in step.basis if rule.rule.startswith("titration/")]
    protocols = [LIBRARY.titration[rule.rule.partition("/")[2]] for rule in named]
    assert protocols
    assert after.amount > before.amount
    for one in protocols:
        assert (one.drug, one.route) == (before.drug, before.route)
    for one in LIBRARY.titration.values():
        if (one.drug, one.route) != (after.drug, after.route):
            continue
        for ceiling in one.ceilings:
            fits = one.infusion_h is None or one.infusion_h.holds(after.duration_h)
            if fits and (not one.conditions or patient.condition in one.conditions):
                assert used(step.regimen, ceiling, patient.weight) <= ceiling.value * (1 + 1e-9)
    stated = [one.step for one in protocols if one.step is not None]
    gains = [used(step.regimen, s, patient.weight) - used(plan, s, patient.weight) for s in stated]
    assert any(gain <= s.value * (1 + 1e-9) for gain, s in zip(gains, stated, strict=True))


def used(plan: Regimen, point, weight) -> float:
    """Give what one dose, hour or day holds, in the unit of a setpoint."""
    events = plan.events()
    first = events[0]
    factor = 1.0
    if first.is_per_kg and point.unit == "mg":
        factor = weight
    elif not first.is_per_kg and point.unit == "mg/kg":
        factor = 1 / weight
    if point.per == "hour":
        return factor * first.amount / first.duration_h
    if point.per == "dose":
        return factor * first.amount
    days = max(1.0, first.duration_h / 24)
    in_a_day = sum(event.time_h < 15 for event in events)
    return factor * first.amount * in_a_day / days


@pytest.mark.parametrize("condition", ["neuropathic", "crps", "cancer"])
def test_steps_are_taken_at_all(condition: str) -> None:
    """Without this, the law above could hold for want of steps."""
    plan = {
        "neuropathic": "ketamine 0.2 mg/kg/h iv for 4 h daily x3",
        "crps": "ketamine 20 mg/h iv for 100 h",
        "cancer": "ketamine 10 mg intranasal every 3 days x5",
    }[condition]
    record = Sessions(
        (SessionRecord(start=FIRST, relief_percent=5, effects=(), systolic=128, diastolic=80),)
    )
    step = next_step(record, Regimen.parse(plan), Patient(condition=condition, weight=70))
    assert step.kind is StepKind.STEP_UP


@law
@given(sessions(), PLANS, PATIENTS)
def test_reading_again_says_the_same(record: Sessions, plan: Regimen, patient: Patient) -> None:
    once = next_step(record, plan, patient)
    assert next_step(read_sessions(write_sessions(record)), plan, patient) == once
    assert next_step(Sessions(tuple(reversed(record.records))), plan, patient) == once


@law
@given(sessions(), PLANS, PATIENTS)
def test_esketamine_is_never_held_to_numbers_of_the_racemate(
    record: Sessions, plan: Regimen, patient: Patient
) -> None:
    for step in (next_step(record, plan, patient), next_step(None, plan, patient)):
        for rule in step.basis:
            if rule.rule.startswith("titration/"):
                assert LIBRARY.titration[rule.rule.partition("/")[2]].drug in plan.drugs


@law
@given(sessions(), PLANS, PATIENTS)
def test_every_step_says_why_and_a_missing_plan_is_explained(
    record: Sessions, plan: Regimen, patient: Patient
) -> None:
    step = next_step(record, plan, patient)
    assert step.reasons or step.asks
    if step.kind in (StepKind.STEP_UP, StepKind.STEP_DOWN, StepKind.KEEP):
        assert step.regimen is not None
    if any("qualm" in (one.effects or ()) for one in record.records):
        assert any('"qualm"' in ask for ask in step.asks)
        assert step.kind is not StepKind.STEP_UP
    if record.last.effects is None:
        assert step.kind is not StepKind.STEP_UP
