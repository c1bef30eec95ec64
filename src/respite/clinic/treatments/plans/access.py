"""Which plans somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from respite.clinic.accounts.models import User
from respite.clinic.patients.access import patient_to_write, patients_of
from respite.clinic.patients.models import PatientRecord
from respite.clinic.treatments.models import PlanRecord


def plans_of(user: User) -> QuerySet[PlanRecord]:
    """Give the plans that somebody may read: those of patients whom this person treats."""
    every = PlanRecord.objects.select_related(
        "patient", "patient__clinic", "made_by", "signed_by", "ended_by", "follows"
    )
    if not user.is_carer:
        return every.none()
    return every.filter(patient__in=patients_of(user))


def plan_for(user: User, plan_id: int) -> PlanRecord:
    """Give one plan to somebody who may read it.

    Raises
    ------
    Http404
        Where there is no such plan, or none for this person: the two look the same.
    """
    found = plans_of(user).filter(pk=plan_id).first()
    if found is None:
        raise Http404
    return found


def plan_to_write(user: User, plan_id: int) -> PlanRecord:
    """Give one plan to somebody who may change it: those who treat, at home.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = plan_for(user, plan_id)
    patient_to_write(user, found.patient_id)
    return found


def may_plan(user: User, patient: PatientRecord) -> bool:
    """Say whether somebody may write plans for a patient, or only read them."""
    return user.is_carer and patient.clinic_id == user.clinic_id
