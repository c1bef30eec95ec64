"""Questions to the tables of plans and of advice, in words of the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import (
    AdviceQuestion,
    EntryKind,
    PlanRecord,
    PlanState,
    SessionRecord,
    SessionState,
)
from respite.clinic.treatments.queries import current_plan
from respite.domain import Regimen, Sessions
from respite.domain import SessionRecord as ToldSession
from respite.planning import NextStep, next_step
from respite.report import DosesTold, doses_changed, doses_told

GIVEN = (SessionState.RUNNING, SessionState.WATCHED, SessionState.ENDED)
"""States of a session in which something was given."""

TAKEN_BACK = "taken_back"
"""Mark of a correction that says only that the old line was never so."""

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
    """Set the doses of a plan beside those of the plan it follows; nothing where there is none."""
    if plan.follows is None:
        return ()
    return doses_changed(
        plan.follows.to_regimen(), plan.to_regimen(), weight_kg=weight_of(plan.patient)
    )


def step_of(plan: PlanRecord, on: date) -> NextStep:
    """Ask what the sessions under a plan call for next."""
    return next_step(record_of_sessions(plan), plan.to_regimen(), plan.patient.to_patient(on))


def record_of_sessions(plan: PlanRecord) -> Sessions | None:
    """Give the sessions under a plan as every room knows them; ``None`` where none was given."""
    done = plan.sessions.filter(state__in=GIVEN, started_at__isnull=False)
    told = {one.started_at: _told(one) for one in done.prefetch_related("entries")}
    return Sessions(tuple(told.values())) if told else None


def _told(session: SessionRecord) -> ToldSession:
    entries = list(session.entries.all())
    corrected = {one.corrects_id for one in entries}
    stand = [one for one in entries if one.pk not in corrected and TAKEN_BACK not in one.data]
    vitals = [one.data for one in stand if one.kind == EntryKind.VITALS]
    effects = [one.data for one in stand if one.kind == EntryKind.EFFECT]
    hours, started = session.relief_hours, session.started_at
    assert started is not None, "sessions without a start are left out"
    return ToldSession(
        start=started,
        relief_percent=session.relief_percent,
        hours_of_relief=None if hours is None else float(hours),
        effects=_effects(effects),
        systolic=_highest(vitals, "systolic"),
        diastolic=_highest(vitals, "diastolic"),
    )


def _effects(asked: list[dict[str, str]]) -> tuple[str, ...] | None:
    """Give effects in words, each at its worst; ``None`` where nobody asked."""
    if not asked:
        return None
    order = ("none", "mild", "moderate", "severe")
    worst: dict[str, str] = {}
    for one in asked:
        name, how = str(one.get("effect", "")), str(one.get("severity", "mild"))
        if name and how in order and order.index(how) >= order.index(worst.get(name, "none")):
            worst[name] = how
    return tuple(f"{how} {name}" for name, how in worst.items() if how != "none")


def _highest(rows: list[dict[str, object]], name: str) -> int | None:
    seen = [int(str(row[name])) for row in rows if row.get(name) is not None]
    return max(seen, default=None)
