"""The only writer of diaries. Nothing that was written is ever changed: an edit is a new entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.diaries.days import day_at, evening_of, offset_for_day, offset_told
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.words import is_urgent
from respite.clinic.patients.actions import Stale
from respite.clinic.patients.models import PatientRecord


@dataclass(frozen=True)
class Told:
    """What a patient tells in one entry; what is left out was not told."""

    pain: Decimal | None = None
    effects: tuple[str, ...] = ()
    bladder: dict[str, bool] = field(default_factory=dict)
    note: str = ""


def add_entry(  # noqa: PLR0913 - each is a fact of the entry
    by: User,
    patient: PatientRecord,
    told: Told,
    *,
    client_id: UUID,
    day: date | None = None,
    offset_min: int | None = None,
    day_offset_min: int | None = None,
) -> Entry:
    """Keep an entry. The same one sent again is kept once, and answered like the first time.

    Parameters
    ----------
    by, patient
        Who writes for whom.
    told
        What is told.
    client_id
        Made where the entry was written.
    day
        An earlier day for which the entry stands; ``None`` for now.
    offset_min, day_offset_min
        How far the patient's clock stands from UTC, now and on the evening of that day, where the
        phone told.

    Raises
    ------
    Http404
        Where the number belongs to somebody else's entry.
    """
    now = timezone.now()
    offset = offset_told(offset_min, patient.clinic, now)
    felt_at = now
    if day is not None and day != day_at(now, offset):
        offset = offset_for_day(day, day_offset_min, patient.clinic)
        felt_at = evening_of(day, offset, client_id)
    with transaction.atomic():
        PatientRecord.objects.select_for_update().get(pk=patient.pk)
        kept = _kept_before(patient, client_id)
        if kept is not None:
            return kept
        made = Entry.objects.create(
            patient=patient, client_id=client_id, day=day_at(felt_at, offset), felt_at=felt_at,
            offset_minutes=offset, written_by=by, written_at=now, **_fields(told),
        )  # fmt: skip
        record(by, "entry.added", made, patient_id=patient.pk, note=_mark(made))
    return made


def change_entry(by: User, entry: Entry, told: Told, *, client_id: UUID) -> Entry:
    """Put a new entry in the place of one that stands; its day stays.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    """
    return _in_place_of(by, entry, told, client_id, is_removed=False)


def remove_entry(by: User, entry: Entry, *, client_id: UUID) -> Entry:
    """Take an entry out of the diary: what was written stays on record, and no longer counts.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    """
    told = Told(entry.pain, tuple(entry.effects), entry.bladder, entry.note)
    return _in_place_of(by, entry, told, client_id, is_removed=True)


def _in_place_of(by: User, entry: Entry, told: Told, client_id: UUID, *, is_removed: bool) -> Entry:
    patient = entry.patient
    with transaction.atomic():
        PatientRecord.objects.select_for_update().get(pk=patient.pk)
        kept = _kept_before(patient, client_id)
        if kept is not None:
            return kept
        later = Entry.objects.filter(replaces=entry).first()
        if later is not None or entry.is_removed:
            raise Stale(later or entry)
        made = Entry.objects.create(
            patient=patient, client_id=client_id, day=entry.day, felt_at=entry.felt_at,
            offset_minutes=entry.offset_minutes, written_by=by, written_at=timezone.now(),
            replaces=entry, is_removed=is_removed, **_fields(told),
        )  # fmt: skip
        action = "entry.removed" if is_removed else "entry.changed"
        record(by, action, made, patient_id=patient.pk, note=_mark(made))
    return made


def _kept_before(patient: PatientRecord, client_id: UUID) -> Entry | None:
    kept = Entry.objects.filter(client_id=client_id).first()
    if kept is not None and kept.patient_id != patient.pk:
        raise Http404
    return kept


def _fields(told: Told) -> dict[str, object]:
    return {
        "pain": told.pain,
        "effects": sorted(told.effects),
        "bladder": told.bladder,
        "note": told.note,
        "is_urgent": is_urgent(told.effects, told.bladder),
    }


def _mark(entry: Entry) -> dict[str, bool]:
    """Say in the trail that an answer may not wait, and nothing of what it was."""
    return {"urgent": True} if entry.is_urgent else {}
