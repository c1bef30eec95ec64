"""The only writer of diaries. Nothing that was written is ever changed: an edit is a new entry."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.diaries.days import (
    day_at,
    evening_of,
    moment_told,
    offset_for_day,
    offset_told,
)
from respite.clinic.diaries.flood import refuse_flood
from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.words import is_urgent
from respite.clinic.patients.actions import Stale
from respite.clinic.patients.holding import hold
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
    felt_at: datetime | None = None,
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
    felt_at
        When it was written down without a network, where the phone told and it is on that day.

    Raises
    ------
    Http404
        Where the number belongs to somebody else's entry.
    TooMany
        Where the patient sent too many entries lately; nothing is written.
    """
    now = timezone.now()
    offset = offset_told(offset_min, patient.clinic, now)
    told_at = None if day is None else moment_told(felt_at, day, offset, now, client_id)
    if told_at is not None:
        felt_at = told_at
    elif day is not None and day != day_at(now, offset):
        offset = offset_for_day(day, day_offset_min, patient.clinic)
        felt_at = evening_of(day, offset, client_id)
    else:
        felt_at = now
    with transaction.atomic():
        hold(patient.pk)
        kept = _kept_before(patient, client_id)
        if kept is not None:
            return kept
        refuse_flood(patient, now)
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
    TooMany
        Where the patient sent too many entries lately; nothing is written.
    """
    return _in_place_of(by, entry, told, client_id, is_removed=False)


def mend_entry(  # noqa: PLR0913 - each is a fact of the entry
    by: User,
    entry: Entry,
    told: Told,
    *,
    client_id: UUID,
    day: date,
    offset_min: int | None = None,
    day_offset_min: int | None = None,
    felt_at: datetime | None = None,
) -> Entry:
    """Put what a device mended in the place of what it had sent before, on another day too.

    Parameters are those of :func:`add_entry`.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    TooMany
        Where the patient sent too many entries lately; nothing is written.
    """
    if day == entry.day:
        return change_entry(by, entry, told, client_id=client_id)
    with transaction.atomic():
        remove_entry(by, entry, client_id=uuid5(client_id, "removed"))
        return add_entry(
            by, entry.patient, told, client_id=client_id, day=day, offset_min=offset_min,
            day_offset_min=day_offset_min, felt_at=felt_at,
        )  # fmt: skip


def remove_entry(by: User, entry: Entry, *, client_id: UUID) -> Entry:
    """Take an entry out of the diary: what was written stays on record, and no longer counts.

    Raises
    ------
    Stale
        Where another one took its place in the meantime; nothing is written.
    TooMany
        Where the patient sent too many entries lately; nothing is written.
    """
    told = Told(entry.pain, tuple(entry.effects), entry.bladder, entry.note)
    return _in_place_of(by, entry, told, client_id, is_removed=True)


def _in_place_of(by: User, entry: Entry, told: Told, client_id: UUID, *, is_removed: bool) -> Entry:
    patient, now = entry.patient, timezone.now()
    with transaction.atomic():
        hold(patient.pk)
        kept = _kept_before(patient, client_id)
        if kept is not None:
            return kept
        later = Entry.objects.filter(replaces=entry).first()
        if later is not None or entry.is_removed:
            raise Stale(later or entry)
        refuse_flood(patient, now)
        made = Entry.objects.create(
            patient=patient, client_id=client_id, day=entry.day, felt_at=entry.felt_at,
            offset_minutes=entry.offset_minutes, written_by=by, written_at=now,
            replaces=entry, is_removed=is_removed, **_fields(told),
        )  # fmt: skip
        action = "entry.removed" if is_removed else "entry.changed"
        record(by, action, made, patient_id=patient.pk, note=_mark(made))
    return made


def _kept_before(patient: PatientRecord, client_id: UUID) -> Entry | None:
    # There is one at most, and to order it by days costs more than to find it.
    kept = Entry.objects.filter(client_id=client_id).order_by("pk").first()
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
