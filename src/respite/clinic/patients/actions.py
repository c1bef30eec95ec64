"""The only writer of patients and of what is known of them.

Each action checks, writes and puts a line on the trail, in one transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import models, transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.actions import accept, invite
from respite.clinic.accounts.models import Clinic, Role, User
from respite.clinic.audit.actions import record
from respite.clinic.patients.holding import hold
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


def add_patient(
    by: User, told: Mapping[str, Any], client_id: uuid.UUID | None = None
) -> PatientRecord:
    """Add a patient to the clinic of whoever adds it; sent twice, it is kept once."""
    with transaction.atomic():
        patient, is_new = _kept_once(
            PatientRecord, client_id, {"clinic": by.clinic, "made_by": by}, told
        )
        if is_new:
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
        now = PatientRecord.objects.select_for_update(no_key=True).get(pk=patient.pk)
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
    return _write(by, patient, fact, told, on)


def _write(by: User, patient: PatientRecord, fact: str, told: Any, on: date) -> FactAnswer:
    with transaction.atomic():
        kept = FactAnswer.objects.create(
            patient=patient, fact=fact, told=told, on=on, written_by=by
        )
        action = "fact.answered" if told is not None else "fact.taken_back"
        record(by, action, kept, patient_id=patient.pk, note={"fact": fact})
    return kept


def answer_all(
    by: User, patient: PatientRecord, told: Mapping[str, Any], on: date, seen: int | None = None
) -> list[FactAnswer]:
    """Write several answers down, all or none; what stands so already is not written again.

    Parameters
    ----------
    by, patient
        Who answers, about whom.
    told
        Answers by fact, or by a name that stands for one; ``None`` takes an earlier one back.
    on
        The day for which they hold.
    seen
        The last answer that was on the page.

    Raises
    ------
    FactsNotUnderstood
        Where an answer is impossible, lacks its unit or lies in the future; nothing is written.
    Stale
        Where somebody else answered one of them differently since; nothing is written.
    """
    read_facts({fact: value for fact, value in told.items() if value is not None}, on=on)
    with transaction.atomic():
        # Those who answer about one patient take turns, so that none misses another's answer.
        hold(patient.pk)
        latest = {one.fact: one for one in FactAnswer.objects.filter(patient=patient)}
        news = {f: value for f, value in told.items() if not _stands(latest.get(f), value, on)}
        late = [latest[f] for f in news if seen is not None and f in latest and latest[f].pk > seen]
        if late:
            raise Stale(late)
        return [_write(by, patient, fact, value, on) for fact, value in news.items()]


def _stands(had: FactAnswer | None, told: Any, on: date) -> bool:
    if had is None or had.told is None:
        return told is None
    return had.told == told and had.on == on


def _kept_once(
    table: type[models.Model],
    client_id: uuid.UUID | None,
    whose: Mapping[str, Any],
    told: Mapping[str, Any],
) -> tuple[Any, bool]:
    """Keep a row once, however often it is sent; a row of somebody else is refused."""
    row, is_new = table._default_manager.get_or_create(
        client_id=client_id or uuid.uuid4(), defaults={**whose, **told}
    )
    if any(getattr(row, name) != value for name, value in whose.items()):
        raise Http404
    return row, is_new


def add_medicine(
    by: User, patient: PatientRecord, told: Mapping[str, Any], client_id: uuid.UUID | None = None
) -> Medicine:
    """Add a medicine to the list of a patient; sent twice, it is kept once."""
    with transaction.atomic():
        whose = {"patient": patient, "written_by": by}
        kept, is_new = _kept_once(Medicine, client_id, whose, told)
        if is_new:
            record(by, "medicine.added", kept, patient_id=patient.pk)
    return kept


def stop_medicine(by: User, medicine: Medicine, day: date) -> None:
    """Write down that a medicine is taken no more from a day on; the first time told stands."""
    with transaction.atomic():
        stopped = Medicine.objects.filter(pk=medicine.pk, until=None).update(until=day)
        if stopped:
            record(by, "medicine.stopped", medicine, patient_id=medicine.patient_id)


def add_tried(
    by: User, patient: PatientRecord, told: Mapping[str, Any], client_id: uuid.UUID | None = None
) -> TriedTreatment:
    """Add a treatment that was tried before; sent twice, it is kept once."""
    with transaction.atomic():
        whose = {"patient": patient, "written_by": by}
        kept, is_new = _kept_once(TriedTreatment, client_id, whose, told)
        if is_new:
            record(by, "tried.added", kept, patient_id=patient.pk)
    return kept


def add_score(
    by: User,
    patient: PatientRecord,
    told: Mapping[str, Any],
    client_id: uuid.UUID | None = None,
    facts: Mapping[str, Any] | None = None,
) -> Score:
    """Keep a questionnaire that was filled in, with the facts that follow from it.

    Sent twice, it is kept once.

    Parameters
    ----------
    by, patient, told
        Who writes what down, about whom.
    client_id
        The number that the form was given where it was made.
    facts
        Answers to questions of the rules, by fact; an answer for a later day stays.
    """
    with transaction.atomic():
        whose = {"patient": patient, "written_by": by}
        kept, is_new = _kept_once(Score, client_id, whose, told)
        if is_new:
            record(by, "score.added", kept, patient_id=patient.pk, note={"form": kept.instrument})
            latest = {one.fact: one for one in FactAnswer.objects.filter(patient=patient)}
            news = {
                fact: value
                for fact, value in (facts or {}).items()
                if fact not in latest or latest[fact].on <= kept.on
            }
            answer_all(by, patient, news, kept.on)
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
    """Let somebody who treats read the record of another clinic for some hours.

    While one access of the same person is open, no second is opened.
    """
    now = timezone.now()
    with transaction.atomic():
        hold(patient.pk)
        kept = EmergencyAccess.objects.filter(
            patient=patient, user=by, since__lte=now, until__gt=now
        ).first()
        if kept is not None:
            return kept
        kept = EmergencyAccess.objects.create(
            patient=patient, user=by, reason=reason, since=now,
            until=now + timedelta(hours=EMERGENCY_HOURS),
        )  # fmt: skip
        record(by, "emergency.opened", kept, patient_id=patient.pk)
    return kept


def miss_emergency(by: User, clinic: Clinic) -> None:
    """Put on record that somebody asked for a patient of another clinic who is not there."""
    record(by, "emergency.missed", clinic)


def read_emergencies(by: User) -> None:
    """Put on record that an administrator read the list of emergency accesses."""
    record(by, "emergency.listed", by.clinic or by)


def review_emergency(by: User, access: EmergencyAccess) -> None:
    """Write down that an administrator looked at an emergency access; the first look stands."""
    with transaction.atomic():
        unseen = EmergencyAccess.objects.filter(pk=access.pk, reviewed_at=None)
        if unseen.update(reviewed_by=by, reviewed_at=timezone.now()):
            record(by, "emergency.reviewed", access, patient_id=access.patient_id)
