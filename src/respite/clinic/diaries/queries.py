"""Questions to the diaries, in words of the clinic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.words import dial as dial
from respite.domain import Diary, DiaryEntry


def stands() -> Q:
    """Hold for entries that stand: neither removed nor replaced by an edit."""
    # As a join, "replaced by none" is taken for rare, and each patient walks through every entry.
    return Q(~Exists(Entry.objects.filter(replaces=OuterRef("pk"))), is_removed=False)


def entries_of(patient: PatientRecord) -> QuerySet[Entry]:
    """Give the entries of a patient that stand."""
    return patient.entries.filter(stands())


def diary_of(patient: PatientRecord) -> Diary | None:
    """Give the diary as every room knows one; ``None`` where nothing was scored.

    A room refuses two scores for one moment; should there be, the one written last counts.
    """
    scored = entries_of(patient).exclude(pain=None).order_by("pk")
    told = scored.values_list("felt_at", "offset_minutes", "pain", "written_at")
    entries = {felt_at: to_entry(felt_at, *rest) for felt_at, *rest in told}
    return Diary(tuple(entries.values())) if entries else None


def to_entry(felt_at: datetime, offset_min: int, pain: Decimal, written_at: datetime) -> DiaryEntry:
    """Give an entry as every room knows one, on the patient's own clock of that day."""
    clock = timezone(timedelta(minutes=offset_min))
    return DiaryEntry(
        at=felt_at.astimezone(clock),
        pain=float(pain),
        entered_at=max(written_at, felt_at).astimezone(clock),
    )


def scores_of(patient: PatientRecord) -> list[tuple[datetime, Decimal]]:
    """Give each score that stands with when it was felt, in the order of the days."""
    scored = entries_of(patient).exclude(pain=None)
    return list(scored.values_list("felt_at", "pain"))


def standing(entry: Entry) -> Entry:
    """Give what stands in the place of an entry now: itself, or what replaced it in the end."""
    while (later := Entry.objects.filter(replaces=entry).order_by("pk").first()) is not None:
        entry = later
    return entry


def kept_as(patient: PatientRecord, numbers: Iterable[UUID]) -> Entry | None:
    """Give the entry that a patient sent under one of some numbers, the latest of them."""
    return patient.entries.filter(client_id__in=list(numbers)).order_by("-pk").first()


def kept_numbers(patient: PatientRecord, numbers: Iterable[UUID]) -> set[UUID]:
    """Say which of some numbers are those of entries of a patient."""
    found = patient.entries.filter(client_id__in=list(numbers))
    return set(found.values_list("client_id", flat=True))


def urgent_entries(patient: PatientRecord, since: date) -> QuerySet[Entry]:
    """Give entries with an answer that may not wait, the latest first; those taken back too."""
    return (
        patient.entries.filter(is_urgent=True, is_removed=False, day__gte=since)
        .select_related("replaced_by")
        .order_by("-day", "-pk")
    )


@dataclass(frozen=True)
class DiaryDay:
    """One day of a diary, with what was written for it; a day without is a gap, and no zero."""

    day: date
    entries: tuple[Entry, ...]


def last_written(patient: PatientRecord) -> datetime | None:
    """Give when a patient last wrote, whatever became of it; ``None`` where nothing was written."""
    return patient.entries.aggregate(last=Max("written_at"))["last"]


def days_of(patient: PatientRecord, first: date, last: date) -> list[DiaryDay]:
    """Give each day of a stretch, the latest first, with the entries that stand."""
    found: dict[date, list[Entry]] = {}
    for entry in entries_of(patient).filter(day__gte=first, day__lte=last):
        found.setdefault(entry.day, []).append(entry)
    count = (last - first).days + 1
    days = [last - timedelta(days=back) for back in range(count)]
    return [DiaryDay(day, tuple(found.get(day, ()))) for day in days]


def first_day(patient: PatientRecord) -> date | None:
    """Give the day of the first entry that stands; ``None`` where there is none."""
    return entries_of(patient).order_by("day").values_list("day", flat=True).first()
