"""What is known of a patient, held against the rules of safety."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import facts_told, history_of, latest_answers
from respite.domain import Regimen, RespiteError
from respite.literature import load_library
from respite.safety import (
    Facts,
    Finding,
    Question,
    Safety,
    check,
    facts_of,
    questions_of,
    read_facts,
    screen,
)


def today_of(patient: PatientRecord) -> date:
    """Give the day that the clock of the patient's clinic shows."""
    return timezone.localdate(timezone=zoneinfo.ZoneInfo(patient.clinic.time_zone))


def regimen_of(patient: PatientRecord) -> Regimen | None:
    """Give the plan that was written last and not ended; ``None`` where there is none."""
    plan = patient.plans.exclude(state="ended").order_by("-pk").first()
    if plan is None:
        return None
    try:
        return plan.to_regimen()
    except RespiteError:
        return None


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What the rules of the evaluation say of a patient.

    Attributes
    ----------
    safety
        The check; ``None`` where what was told cannot all be true.
    fault
        Why there is none.
    """

    safety: Safety | None
    fault: RespiteError | None = None


def evaluate(patient: PatientRecord) -> Evaluation:
    """Hold a patient against the rules of the evaluation, as of today."""
    on = today_of(patient)
    try:
        return Evaluation(
            safety=check(
                patient.to_patient(on),
                regimen_of(patient),
                facts=facts_told(patient, on),
                history=history_of(patient),
                phase="evaluation",
                at=on,
            )
        )
    except RespiteError as fault:
        return Evaluation(safety=None, fault=fault)


def phases_asked(patient: PatientRecord) -> tuple[str, ...]:
    """Name the phases whose questions are asked: those that a patient has come to."""
    phases = ["evaluation"]
    if regimen_of(patient) is not None:
        phases.append("plan")
    if patient.doses.filter(is_withdrawn=False).exists():
        phases += ["follow-up", "surveillance"]
    return tuple(phases)


@dataclass(frozen=True, kw_only=True)
class Known:
    """Everything that is known of a patient, and what became of the rules.

    Attributes
    ----------
    facts
        What is known.
    findings, questions
        What became of each rule that is looked at, and what must be asked.
    """

    facts: Facts
    findings: tuple[Finding, ...]
    questions: tuple[Question, ...]


def known_of(patient: PatientRecord, told: Facts | None = None) -> Known:
    """Give what is known of a patient, and what must be asked.

    Parameters
    ----------
    patient
        The patient.
    told
        What was told, in place of the answers on record.

    Raises
    ------
    RespiteError
        Where what was told cannot all be true.
    """
    library, on = load_library(), today_of(patient)
    facts = facts_of(
        library,
        patient.to_patient(on),
        regimen_of(patient),
        told=facts_told(patient, on) if told is None else told,
        history=history_of(patient),
        at=on,
    )
    findings = screen(library, facts, phases_asked(patient))
    return Known(
        facts=facts, findings=findings, questions=questions_of(findings, library.vocabulary)
    )


def refuse_impossible(patient: PatientRecord, told: Mapping[str, Any]) -> None:
    """Refuse answers that cannot all be true of a patient.

    Parameters
    ----------
    patient
        The patient.
    told
        Every answer by fact; ``None`` counts for none.

    Raises
    ------
    RespiteError
        Where they cannot.
    """
    on = today_of(patient)
    facts = read_facts({name: one for name, one in told.items() if one is not None}, on=on)
    facts_of(
        load_library(),
        patient.to_patient(on),
        regimen_of(patient),
        told=facts,
        history=history_of(patient),
        at=on,
    )


def fits(patient: PatientRecord) -> bool:
    """Say whether what stands of a patient can all be true."""
    try:
        refuse_impossible(patient, {n: one.told for n, one in latest_answers(patient).items()})
    except RespiteError:
        return False
    return True
