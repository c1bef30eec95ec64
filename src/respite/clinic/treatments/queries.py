"""Questions to the tables of doses, plans and sessions, in words of the clinic."""

from __future__ import annotations

from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import PlanRecord, PlanState


def current_plan(patient: PatientRecord) -> PlanRecord | None:
    """Give the plan by which a patient is treated: the one that was signed last and not ended."""
    return patient.plans.filter(state=PlanState.SIGNED).order_by("-signed_at").first()


def drafts_of(patient: PatientRecord) -> list[PlanRecord]:
    """Give the plans that were written and neither signed nor ended, the latest first."""
    return list(patient.plans.filter(state=PlanState.DRAFT))
