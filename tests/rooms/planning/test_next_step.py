"""The next step, case by case, as a clinician would expect it."""

from __future__ import annotations

import pytest

from respite.domain import Patient, Regimen, read_sessions
from respite.planning import StepKind, next_step

HEAD = "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
HOURS = "ketamine 0.2 mg/kg/h iv for 4 h weekly x3"
NERVE = Patient(condition="neuropathic", weight=70)
CANCER = Patient(condition="cancer", weight=70)


def step(lines: list[str], plan: str, patient: Patient = NERVE):
    text = HEAD + "".join(f"2026-03-{2 + 7 * n:02}T09:00,{line}\n" for n, line in enumerate(lines))
    return next_step(read_sessions(text), Regimen.parse(plan), patient)


@pytest.mark.parametrize(
    ("lines", "plan", "kind", "regimen", "word"),
    [
        (["10,4,none,128,80"], HOURS, "step up", "ketamine 0.4 mg/kg/h iv for 4 h weekly x3",
         "Steps of 0.2 mg/kg an hour"),
        (["10,4,none,128,80"], "ketamine 0.5 mg/kg/h iv for 4 h weekly x3", "step up",
         "ketamine 0.6 mg/kg/h iv for 4 h weekly x3", "At most 0.6 mg/kg an hour"),
        (["10,4,none,128,80"], "ketamine 0.6 mg/kg/h iv for 4 h weekly x3", "keep",
         "ketamine 0.6 mg/kg/h iv for 4 h weekly x3", "The ceiling is reached"),
        (["10,4,,128,80"], HOURS, "keep", HOURS, "not raised before this is settled"),
        (["10,4,none,,"], HOURS, "keep", HOURS, "not raised before this is settled"),
        (["10,4,glow,128,80"], HOURS, "keep", HOURS, "not raised before this is settled"),
        (["10,4,none,165,80"], HOURS, "keep", HOURS, "165 mmHg (systolic)"),
        (["10,4,none,182,80"], HOURS, "stop", None, "182 mmHg (systolic)"),
        (["50,60,severe dissociation,128,80"], HOURS, "step down",
         "ketamine 0.1 mg/kg/h iv for 4 h weekly x3", "Half the dose"),
        (["50,60,psychosis,128,80", "10,5,none,128,80"], HOURS, "keep", HOURS,
         "on 2026-03-02 there was a reason to stop"),
        (["50,60,mild nausea,128,80"], HOURS, "keep", HOURS, "Relief of 50 % is enough"),
        (3 * ["10,4,none,128,80"], HOURS, "stop", None, "No response"),
        (["60,90,none,128,80", "60,70,none,128,80", "60,50,none,128,80", "60,30,none,128,80"],
         HOURS, "stop", None, "Hours of relief shrink"),
        (2 * ["60,400,none,128,80"], HOURS, "lengthen interval",
         "ketamine 0.2 mg/kg/h iv for 4 h every 14 days x3", "14 days to the next dose"),
        ([",,none,128,80"], HOURS, "keep", HOURS, "was not written down"),
    ],
)  # fmt: skip
def test_what_a_record_asks_for(lines, plan, kind, regimen, word) -> None:
    found = step(lines, plan)
    assert found.kind == kind
    assert (None if found.regimen is None else str(found.regimen)) == regimen
    assert any(word in reason for reason in found.reasons), found.reasons


def test_where_no_source_states_a_step_the_hole_is_said() -> None:
    found = step(["10,4,none,128,80"], "ketamine 0.5 mg/kg iv over 40 min weekly x6")
    assert found.kind is StepKind.KEEP
    assert "no step is proposed" in found.holes[0]


def test_without_a_weight_mg_and_mg_per_kg_are_not_compared() -> None:
    found = step(["10,4,none,128,80"], "ketamine 14 mg/h iv for 4 h weekly x3",
                 Patient(condition="neuropathic"))  # fmt: skip
    assert found.kind is StepKind.KEEP
    assert "What does the patient weigh?" in found.asks


def test_an_unknown_condition_is_asked_for_and_no_step_is_taken() -> None:
    found = step(["10,4,none,128,80"], HOURS, Patient(weight=70))
    assert found.kind is StepKind.KEEP
    assert any("What is treated?" in ask for ask in found.asks)


def test_esketamine_has_no_step_where_only_the_racemate_has_one() -> None:
    found = step(["10,4,none,128,80"], "esketamine 0.2 mg/kg/h iv for 4 h weekly x3")
    assert found.kind is StepKind.KEEP
    assert found.regimen == Regimen.parse("esketamine 0.2 mg/kg/h iv for 4 h weekly x3")


def test_daily_use_for_weeks_is_tapered_and_a_harm_still_stops_at_once() -> None:
    plan = "ketamine 20 mg oral every 8 h x90"
    found = step(5 * ["10,4,none,,"], plan, CANCER)
    assert found.kind is StepKind.TAPER
    assert found.regimen is None
    assert any("How fast to taper" in hole for hole in found.holes)
    harm = step([*4 * ["40,4,none,,"], "40,4,severe urgency,,"], plan, CANCER)
    assert harm.kind is StepKind.STOP
    assert any("withdrawal" in reason for reason in harm.reasons)


def test_by_mouth_a_step_is_that_of_the_guideline() -> None:
    found = step(["10,4,none,,"], "ketamine 10 mg oral every 8 h x90", CANCER)
    # The smallest step that any source states: 15 mg a day is less than 10 mg a dose.
    assert str(found.regimen) == "ketamine 15 mg oral every 8 h x90"
    assert {rule.source for rule in found.basis} >= {"marchetti", "walton_leaflet"}


def test_a_plan_begins_no_higher_than_its_sources() -> None:
    found = next_step(None, Regimen.parse("ketamine 0.5 mg/kg/h iv for 4 h daily x3"), NERVE)
    assert found.kind is StepKind.START
    assert str(found.regimen) == "ketamine 0.2 mg/kg/h iv for 4 h daily x3"
    low = next_step(None, Regimen.parse("ketamine 0.1 mg/kg/h iv for 4 h daily x3"), NERVE)
    assert str(low.regimen) == "ketamine 0.1 mg/kg/h iv for 4 h daily x3"
    hole = next_step(None, Regimen.parse("esketamine 56 mg intranasal weekly x4"), NERVE)
    assert hole.holes
    assert str(hole.regimen) == "esketamine 56 mg intranasal weekly x4"


def test_doses_below_those_of_the_consensus_are_said_when_treatment_ends() -> None:
    found = step(3 * ["10,4,none,128,80"], "ketamine 35 mg iv over 40 min weekly x6")
    assert any("at least 80 mg over more than 2 hours" in reason for reason in found.reasons)


@pytest.mark.parametrize(
    "plan",
    ["placebo iv over 40 min weekly x4", "ketamine 20 mg iv; ketamine 25 mg oral every 8 h x9"],
)
def test_plans_that_no_source_speaks_of_are_kept_and_said_to_be(plan: str) -> None:
    found = step(["10,4,none,128,80"], plan)
    assert found.kind is StepKind.KEEP
    assert found.holes


def test_relief_that_outlasts_a_complex_plan_changes_nothing_by_itself() -> None:
    plan = "ketamine 0.2 mg/kg/h iv for 4 h daily x2 then weekly x2"
    found = step(2 * ["60,400,none,128,80"], plan)
    assert found.kind is StepKind.LENGTHEN
    assert found.regimen is None
    assert "change it by hand" in found.holes[0]
