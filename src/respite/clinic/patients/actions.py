"""The only writer of patients and of what is known of them.

Each action checks, writes and puts a line on the trail, in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from respite.clinic.accounts.actions import accept, invite
from respite.clinic.accounts.models import Role, User
from respite.clinic.audit.actions import record
from respite.clinic.patients.models import (
    EmergencyAccess,
    FactAnswer,
    Medicine,
    PatientRecord,
    Score,
    TriedTreatment,
)
from respite.safety import read_facts

EMERGENCY_HOURS = 4
"""How long an emergency access lasts; ours."""


class Stale(Exception):
    """Somebody else wrote in the meantime.

    Attributes
    ----------
    now
        What stands there now.
    """

    def __init__(self, now: Any) -> None:
        """Keep what stands there."""
        super().__init__()
        self.now = now


def read(by: User, patient: PatientRecord, page: str) -> None:
    """Put on record that somebody read a page about a patient."""
    record(by, "patient.read", patient, patient_id=patient.pk, note={"page": page})


def add_patient(by: User, told: Mapping[str, Any]) -> PatientRecord:
    """Add a patient to the clinic of whoever adds it."""
    with transaction.atomic():
        patient = PatientRecord.objects.create(clinic=by.clinic, made_by=by, **told)
        record(by, "patient.added", patient, patient_id=patient.pk)
    return patient


def change_patient(
    by: User, patient: PatientRecord, told: Mapping[str, Any], version: int
) -> PatientRecord:
    """Change what is known of a patient.

    Parameters
    ----------
    by, patient
        Who changes whom.
    told
        New values by field.
    version
        The version that was on the page.

    Raises
    ------
    Stale
        Where somebody else changed the record since; nothing is written.
    """
    with transaction.atomic():
        now = PatientRecord.objects.select_for_update().get(pk=patient.pk)
        if now.version != version:
            raise Stale(now)
        changed = sorted(name for name, value in told.items() if getattr(now, name) != value)
        for name in changed:
            setattr(now, name, told[name])
        now.version += 1
        now.save(update_fields=[*changed, "version"])
        record(by, "patient.changed", now, patient_id=now.pk, note={"fields": changed})
    return now


def answer(by: User, patient: PatientRecord, fact: str, told: Any, on: date) -> FactAnswer:
    """Write an answer to a question of the rules down; ``None`` takes an earlier one back.

    Raises
    ------
    FactsNotUnderstood
        Where the answer is impossible, lacks its unit or lies in the future; nothing is written.
    """
    if told is not None:
        read_facts({fact: told}, on=on)
    with transaction.atomic():
        kept = FactAnswer.objects.create(
            patient=patient, fact=fact, told=told, on=on, written_by=by
        )
        record(by, "fact.answered", kept, patient_id=patient.pk, note={"fact": fact})
    return kept


def add_medicine(by: User, patient: PatientRecord, told: Mapping[str, Any]) -> Medicine:
    """Add a medicine to the list of a patient."""
    with transaction.atomic():
        kept = Medicine.objects.create(patient=patient, written_by=by, **told)
        record(by, "medicine.added", kept, patient_id=patient.pk)
    return kept


def stop_medicine(by: User, medicine: Medicine, day: date) -> None:
    """Write down that a medicine is taken no more from a day on."""
    with transaction.atomic():
        medicine.until = day
        medicine.save(update_fields=("until",))
        record(by, "medicine.stopped", medicine, patient_id=medicine.patient_id)


def add_tried(by: User, patient: PatientRecord, told: Mapping[str, Any]) -> TriedTreatment:
    """Add a treatment that was tried before."""
    with transaction.atomic():
        kept = TriedTreatment.objects.create(patient=patient, written_by=by, **told)
        record(by, "tried.added", kept, patient_id=patient.pk)
    return kept


def add_score(by: User, patient: PatientRecord, told: Mapping[str, Any]) -> Score:
    """Keep a questionnaire that was filled in."""
    with transaction.atomic():
        kept = Score.objects.create(patient=patient, written_by=by, **told)
        record(by, "score.added", kept, patient_id=patient.pk, note={"form": kept.instrument})
    return kept


def invite_patient(by: User, patient: PatientRecord) -> str:
    """Make the one-time link by which a patient gets a login; an older link is void.

    Returns
    -------
    The secret of the link, which is nowhere kept.
    """
    with transaction.atomic():
        old = patient.invitation
        if old is not None and old.used_at is None:
            old.expires_at = timezone.now()
            old.save(update_fields=("expires_at",))
        made, secret = invite(by, Role.PATIENT, patient.name, patient.clinic)
        patient.invitation = made
        patient.save(update_fields=("invitation",))
        record(by, "patient.invited", patient, patient_id=patient.pk)
    return secret


def join(secret: str, username: str, password: str) -> User:
    """Make the account that a link invites to, and give a patient the record it was made for."""
    with transaction.atomic():
        invitation, user = accept(secret, username, password)
        patient = PatientRecord.objects.filter(invitation=invitation).first()
        if patient is not None:
            patient.user = user
            patient.save(update_fields=("user",))
            record(user, "patient.joined", patient, patient_id=patient.pk)
    return user


def break_glass(by: User, patient: PatientRecord, reason: str) -> EmergencyAccess:
    """Let somebody who treats read the record of another clinic for some hours."""
    now = timezone.now()
    with transaction.atomic():
        kept = EmergencyAccess.objects.create(
            patient=patient, user=by, reason=reason, since=now,
            until=now + timedelta(hours=EMERGENCY_HOURS),
        )  # fmt: skip
        record(by, "emergency.opened", kept, patient_id=patient.pk)
    return kept
