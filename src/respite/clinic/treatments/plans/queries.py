"""Questions to the tables of plans and of advice, in words of the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    AdviceQuestion,
    PlanRecord,
    PlanState,
)
from respite.clinic.treatments.queries import current_plan
from respite.clinic.treatments.sessions.queries import record_of_sessions
from respite.domain import Regimen
from respite.planning import NextStep, next_step
from respite.report import DosesTold, doses_changed, doses_told

MOST_ADVICE = 8
"""Questions that the plan page lists."""


@dataclass(frozen=True, kw_only=True)
class PlansNow:
    """The plans of a patient as they stand."""

    current: PlanRecord | None
    drafts: list[PlanRecord]
    ended: list[PlanRecord]
    advice: list[AdviceQuestion]


def plans_now(patient: PatientRecord) -> PlansNow:
    """Give the plans of a patient by how far they have come, and what was asked of late."""
    every = list(patient.plans.select_related("made_by", "signed_by", "ended_by"))
    advice = patient.advice.select_related("asked_by", "answer").defer("answer__answer", "inputs")
    return PlansNow(
        current=current_plan(patient),
        drafts=[one for one in every if one.state == PlanState.DRAFT],
        ended=[one for one in every if one.state == PlanState.ENDED],
        advice=list(advice[:MOST_ADVICE]),
    )


def weight_of(patient: PatientRecord) -> float | None:
    """Give the weight on record [kg]."""
    return None if patient.weight_kg is None else float(patient.weight_kg)


def told_of(plan: PlanRecord) -> DosesTold:
    """Say a plan in plain words, at the weight that is on record."""
    return read_back(plan.to_regimen(), plan.patient, plan.starts)


def read_back(regimen: Regimen, patient: PatientRecord, starts: date | None = None) -> DosesTold:
    """Say a regimen in plain words, at the weight that is on record."""
    return doses_told(regimen, weight_kg=weight_of(patient), start=starts)


def changed_from(plan: PlanRecord) -> tuple[tuple[str, str, bool], ...]:
    """Set the doses of a plan beside those of the plan it follows; nothing where there is none.

    A draft follows whatever plan is signed now.
    """
    old = plan.follows if plan.state != PlanState.DRAFT else current_plan(plan.patient)
    if old is None:
        return ()
    return doses_changed(old.to_regimen(), plan.to_regimen(), weight_kg=weight_of(plan.patient))


def step_of(plan: PlanRecord, on: date) -> NextStep:
    """Ask what the sessions under a plan call for next."""
    return next_step(record_of_sessions(plan), plan.to_regimen(), plan.patient.to_patient(on))
