"""Which patients somebody may see. Everything that is not allowed here is refused."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.patients.models import (
    EmergencyAccess,
    FactAnswer,
    Medicine,
    PatientRecord,
    Score,
)


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
    found = PatientRecord.objects.filter(user=user).first()
    if found is None or user.role != Role.PATIENT:
        raise Http404
    if found.clinic_id == user.clinic_id:
        found.clinic = user.clinic  # it came with whoever asks, and is not read twice
    return found


def may_write(user: User, patient: PatientRecord) -> bool:
    """Say whether somebody may change a record that is open to them."""
    return user.is_carer and patient.clinic_id == user.clinic_id


def answer_to_write(user: User, answer_id: int) -> FactAnswer:
    """Give one answer to somebody who may change it.

    Raises
    ------
    Http404
        Where there is no such answer, or none for this person.
    """
    return _to_write(user, FactAnswer, answer_id)


def medicine_to_write(user: User, medicine_id: int) -> Medicine:
    """Give one medicine to somebody who may change it.

    Raises
    ------
    Http404
        Where there is no such medicine, or none for this person.
    """
    return _to_write(user, Medicine, medicine_id)


def score_for(user: User, score_id: int) -> Score:
    """Give one filled-in questionnaire to staff who may read it.

    Raises
    ------
    Http404
        Where there is none, or none for this person.
    """
    found = Score.objects.filter(pk=score_id).first()
    if found is None:
        raise Http404
    found.patient = patient_for(user, found.patient_id)
    return found


def _to_write(user: User, table: type[Any], row_id: int) -> Any:
    found = table.objects.filter(pk=row_id).first()
    if found is None:
        raise Http404
    found.patient = patient_to_write(user, found.patient_id)
    return found


def number_is_taken(user: User, number: str, but: int | None = None) -> bool:
    """Say whether another patient of somebody's clinic has a number.

    Parameters
    ----------
    user
        Who asks.
    number
        The number.
    but
        The patient who may have it.
    """
    return (
        PatientRecord.objects.filter(clinic_id=user.clinic_id, number=number)
        .exclude(pk=but)
        .exists()
    )


def clinics_elsewhere(user: User) -> QuerySet[Clinic]:
    """Give the other clinics, for whose patients an emergency access may be opened."""
    return Clinic.objects.exclude(pk=user.clinic_id).order_by("name")


def patient_elsewhere(user: User, clinic_id: int, number: str) -> PatientRecord | None:
    """Find the one patient of another clinic who has a number; ``None`` where there is not one."""
    if not user.is_carer or clinic_id == user.clinic_id:
        return None
    found = list(PatientRecord.objects.filter(clinic_id=clinic_id, number=number)[:2])
    return found[0] if number and len(found) == 1 else None


def open_emergency(user: User, patient: PatientRecord) -> EmergencyAccess | None:
    """Give the emergency access by which somebody reads a record; ``None`` at home."""
    if patient.clinic_id == user.clinic_id:
        return None
    now = timezone.now()
    return (
        EmergencyAccess.objects.filter(patient=patient, user=user, since__lte=now, until__gt=now)
        .order_by("-until")
        .first()
    )


def emergencies_of(user: User) -> QuerySet[EmergencyAccess]:
    """Give the emergency accesses to records of an administrator's clinic, the latest first."""
    every = EmergencyAccess.objects.select_related("patient", "user__clinic", "reviewed_by")
    if user.role != Role.ADMINISTRATOR or not user.is_active:
        return every.none()
    return every.filter(patient__clinic_id=user.clinic_id).order_by("-pk")


def emergency_to_review(user: User, access_id: int) -> EmergencyAccess:
    """Give one emergency access to an administrator of the patient's clinic.

    Raises
    ------
    Http404
        Where there is none, or none for this person.
    """
    found = emergencies_of(user).filter(pk=access_id).first()
    if found is None:
        raise Http404
    return found
