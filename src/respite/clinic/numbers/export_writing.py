"""Writes an export of patients: JSON that is exact, tables for spreadsheets, and what it all is.

Rows go from the database into the file one after another; nothing is in memory whole.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import TextIOWrapper
from typing import IO, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from respite.clinic.accounts.models import Clinic, User
from respite.clinic.diaries.queries import diary_of
from respite.clinic.numbers.about_patient import WHOSE, PatientTable, patient_tables, trail_of
from respite.clinic.numbers.archive import Archive, write_csv
from respite.clinic.numbers.readme import dictionary_rows, readme
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.queries import history_of
from respite.domain import VERSION, RespiteError, write_diary, write_dosing_history

SCHEMA = "respite.clinic-export/1"
CHUNK = 2_000
PEOPLE = ("id", "username", "full_name", "role", "clinic_id")


def write_patients(
    file: IO[bytes], clinic: Clinic, patients: QuerySet[PatientRecord], scope: str
) -> dict[str, int]:
    """Write everything about some patients.

    Parameters
    ----------
    file
        Where the archive goes.
    clinic, patients
        Whose patients, and which of them.
    scope
        ``patient`` or ``clinic``.

    Returns
    -------
    How many rows of each table there are.
    """
    archive, tables = Archive(file), patient_tables()
    counts: Counter[str] = Counter()
    people: set[int] = set()
    with archive.text("record.json") as out:
        head = {
            "schema": SCHEMA,
            "scope": scope,
            "made_with": VERSION,
            "made_at": timezone.now().isoformat(),
            "clinic": _plain(Clinic.objects.filter(pk=clinic.pk).values().get()),
        }
        out.write(json.dumps(head, ensure_ascii=False)[:-1] + ',\n"tables": {')
        for place, one in enumerate(tables):
            out.write(f"{',' if place else ''}\n{json.dumps(one.name)}: ")
            counts[one.name] = _write_rows(out, _rows(one, patients, people))
        out.write('},\n"trail": ')
        counts["audit.auditevent"] = _write_rows(out, _trail(patients))
        out.write(',\n"people": ')
        _write_rows(out, _people(people))
        out.write(f',\n"counts": {json.dumps(dict(counts))}}}\n')
    for one in tables:
        if not counts[one.name]:
            continue
        columns = (WHOSE, *one.columns)
        _write_table(archive, one.name, columns, lambda one=one: _rows(one, patients, set()))
    _write_table(archive, "audit.auditevent", _TRAIL, lambda: _trail(patients))
    _write_table(archive, "people", PEOPLE, lambda: _people(people))
    _write_for_the_command_line(archive, patients, scope)
    with archive.text("dictionary.csv") as out:
        write_csv(
            out, ("table", "column", "kind", "may_be_empty", "words"), dictionary_rows(tables)
        )
    archive.put("README.txt", readme(counts, scope))
    archive.close()
    return dict(counts)


_TRAIL = (
    "id", "at", "actor_id", "actor_name", "role", "clinic_id", "action", "subject_type",
    "subject_id", "patient_id", "note", "previous", "digest",
)  # fmt: skip


def _rows(
    one: PatientTable, patients: QuerySet[PatientRecord], people: set[int]
) -> Iterator[dict[str, Any]]:
    referring = [
        field.attname for field in one.model._meta.concrete_fields if field.related_model is User
    ]
    for row in one.rows_of(patients).iterator(chunk_size=CHUNK):
        people.update(row[name] for name in referring if row.get(name) is not None)
        yield _plain(row)


def _trail(patients: QuerySet[PatientRecord]) -> Iterator[dict[str, Any]]:
    rows = trail_of(patients).values(*_TRAIL)
    return (_plain(row) for row in rows.iterator(chunk_size=CHUNK))


def _people(numbers: set[int]) -> Iterator[dict[str, Any]]:
    """Name those who wrote something, a few at a time."""
    every = sorted(numbers)
    for start in range(0, len(every), CHUNK):
        some = User.objects.filter(pk__in=every[start : start + CHUNK])
        yield from (_plain(row) for row in some.order_by("pk").values(*PEOPLE))


def _write_rows(out: TextIOWrapper, rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    out.write("[")
    for row in rows:
        out.write(("," if count else "") + "\n" + json.dumps(row, ensure_ascii=False))
        count += 1
    out.write("]")
    return count


def _write_table(
    archive: Archive,
    name: str,
    columns: tuple[str, ...],
    rows: Callable[[], Iterator[dict[str, Any]]],
) -> None:
    with archive.text(f"tables/{name}.csv") as out:
        write_csv(out, columns, ([row.get(one) for one in columns] for row in rows()))


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(one) for name, one in row.items()}


def _value(value: Any) -> Any:
    """Give a value as JSON knows one; decimal numbers keep every digit, as text."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, str | int | float | bool | dict | list) or value is None:
        return value
    return str(value)


def _write_for_the_command_line(
    archive: Archive, patients: QuerySet[PatientRecord], scope: str
) -> None:
    """Write diary and doses of each patient as ``respite`` reads them; without a patient, none."""
    for patient in patients.select_related("clinic").order_by("pk").iterator(chunk_size=CHUNK):
        folder = "respite/" if scope == "patient" else f"respite/patient-{patient.pk}/"
        try:
            diary, history = diary_of(patient), history_of(patient)
        except RespiteError as error:
            archive.put(f"{folder}not-written.txt", f"{error.found}\n{error.expected}\n")
            continue
        if diary is not None:
            archive.put(f"{folder}diary.csv", write_diary(diary))
        if history is not None:
            archive.put(f"{folder}doses.csv", write_dosing_history(history))
