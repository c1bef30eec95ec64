"""What is due and what comes next, as people and programs read them."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

from respite.domain import Patient, Regimen, read_dosing_history, read_sessions
from respite.planning import NextStep, next_step
from respite.report import show_next_step, show_surveillance
from respite.safety import SurveillancePlan, surveillance_plan

HISTORY = read_dosing_history(
    "start,drug,amount,unit,route,duration_min\n2026-03-02T09:00,esketamine,1000,mg,iv,6000\n"
)
LONG = Regimen.parse("esketamine 10 mg/h iv for 100 h")


def watched() -> SurveillancePlan:
    return surveillance_plan(
        Patient(),
        on=date(2026, 3, 20),
        history=HISTORY,
        regimen=LONG,
        starts=date(2026, 3, 22),
        done={"liver": date(2026, 3, 1)},
    )


def stepped(effects: str = "severe nausea") -> NextStep:
    record = read_sessions(
        "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
        f"2026-03-02T09:00,10,5,{effects},128,80\n"
    )
    plan = Regimen.parse("ketamine 0.2 mg/kg/h iv for 4 h daily x3")
    return next_step(record, plan, Patient(condition="neuropathic", weight=70))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_page_says_exposure_what_is_due_and_whose_the_numbers_are() -> None:
    text = show_surveillance(watched())
    assert text.startswith("Up to 2026-03-20: ketamine on 5 of 180 days; with the plan 10")
    said = flat(text)
    assert "eGFR below 30: specialist only (of the source)" in said
    assert "Fixed intervals are ours" in said
    assert "esketamine in all (mg of base) 1,000 2,000" in said
    assert max(map(len, text.splitlines())) <= 88


def test_every_due_item_stands_on_the_page_with_its_day_and_source() -> None:
    plan = watched()
    text = flat(show_surveillance(plan))
    for one in plan.due:
        assert one.due.isoformat() in text
        assert one.source in text


def test_programs_get_the_same() -> None:
    plan = watched()
    data = json.loads(show_surveillance(plan, "json"))
    assert data["schema"] == "respite.surveillance/1"
    assert data["exposure"]["cumulative_mg"] == {"esketamine": 1000.0}
    assert [one["item"] for one in data["due"]] == [one.item for one in plan.due]
    rows = list(csv.DictReader(io.StringIO(show_surveillance(plan, "csv"))))
    assert [row["due"] for row in rows] == [one.due.isoformat() for one in plan.due]
    step = json.loads(show_next_step(stepped(), "json"))
    assert step["schema"] == "respite.next-step/1"
    assert step["kind"] == "step down"


def test_the_next_step_says_why_what_to_ask_and_what_it_rests_on() -> None:
    text = show_next_step(stepped())
    assert text.startswith("Next step: step down: ketamine 0.1 mg/kg/h iv for 4 h daily x3")
    assert "Severe nausea: Give an antiemetic" in text
    asked = flat(show_next_step(stepped("glow")))
    assert 'What is "glow"? It is not known here, and was not passed over.' in asked
    assert "Next step: stop." in show_next_step(stepped("psychosis"))
