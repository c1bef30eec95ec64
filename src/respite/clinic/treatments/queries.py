"""Questions to the tables of doses, plans and sessions, in words of the clinic."""

from __future__ import annotations

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import PlanRecord, PlanState
from respite.domain import DosingHistory


def history_of(patient: PatientRecord) -> DosingHistory | None:
    """Give everything that was given to a patient; ``None`` where nothing is on record."""
    doses = tuple(one.to_dose() for one in patient.doses.filter(is_withdrawn=False))
    return DosingHistory(doses) if doses else None


def current_plan(patient: PatientRecord) -> PlanRecord | None:
    """Give the plan by which a patient is treated: the one that was signed last and not ended."""
    return patient.plans.filter(state=PlanState.SIGNED).order_by("-signed_at").first()
