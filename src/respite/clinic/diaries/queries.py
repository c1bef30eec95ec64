"""Questions to the diaries, in words of the clinic."""

from __future__ import annotations

from django.db.models import QuerySet

from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import PatientRecord
from respite.domain import Diary


def entries_of(patient: PatientRecord) -> QuerySet[Entry]:
    """Give the entries that stand: neither removed nor replaced by an edit."""
    return patient.entries.filter(is_removed=False, replaced_by=None)


def diary_of(patient: PatientRecord) -> Diary | None:
    """Give the diary as every room knows one; ``None`` where nothing was scored."""
    entries = tuple(one.to_entry() for one in entries_of(patient) if one.pain is not None)
    return Diary(entries) if entries else None
