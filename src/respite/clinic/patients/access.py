"""Which patients somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.patients.models import EmergencyAccess, PatientRecord


def patients_of(user: User) -> QuerySet[PatientRecord]:
    """Give the patients whose records somebody may read.

    Those who treat see every patient of their clinic, and those of others while an emergency
    access lasts. Patients see themselves. Nobody else sees anybody.
    """
    every = PatientRecord.objects.select_related("clinic", "user")
    if not user.is_active:
        return every.none()
    if user.role == Role.PATIENT:
        return every.filter(user=user)
    if not user.is_carer:
        return every.none()
    open_now = EmergencyAccess.objects.filter(
        user=user, since__lte=timezone.now(), until__gt=timezone.now()
    )
    return every.filter(clinic_id=user.clinic_id) | every.filter(
        pk__in=open_now.values("patient_id")
    )


def patient_for(user: User, patient_id: int) -> PatientRecord:
    """Give one patient to somebody who may read the record.

    Raises
    ------
    Http404
        Where there is no such patient, or none for this person: the two look the same.
    """
    found = patients_of(user).filter(pk=patient_id).first()
    if found is None:
        raise Http404
    return found


def patient_to_write(user: User, patient_id: int) -> PatientRecord:
    """Give one patient to somebody who may change the record: those who treat, at home.

    Raises
    ------
    Http404
        Where that is not so.
    """
    found = patient_for(user, patient_id)
    if not user.is_carer or found.clinic_id != user.clinic_id:
        raise Http404
    return found


def own_record(user: User) -> PatientRecord:
    """Give patients their own record.

    Raises
    ------
    Http404
        Where somebody is no patient, or the record is not theirs yet.
    """
    found = PatientRecord.objects.filter(user=user).select_related("clinic").first()
    if found is None or user.role != Role.PATIENT:
        raise Http404
    return found
