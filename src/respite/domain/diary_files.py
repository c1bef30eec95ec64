"""Reads and writes a pain diary as a table: one line for each entry.

The columns are ``date,pain[,phq9,entered_at,note]``, in any order; ``day`` may
stand for ``date``. What is unambiguous is read; everything else is refused
with the line and column of the first fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from os import PathLike

from respite.domain.clocks import is_zoned
from respite.domain.diary import Diary, DiaryEntry
from respite.domain.diary_cells import DiaryColumns, read_entry
from respite.domain.diary_checks import time_of
from respite.domain.errors import DiaryNotUnderstood, RespiteError
from respite.domain.numerals import plain_text
from respite.domain.tables import (
    NamedCells,
    Row,
    TableForm,
    bounded_rows,
    column_of,
    each_or_none,
    first_of,
    in_cell,
    separator_of,
    text_of,
)
from respite.domain.words import translate as _
from respite.domain.written_numbers import NumberColumn
from respite.domain.written_times import DateColumn

MOST_ENTRIES = 20_000
"""More is not the diary of one patient."""

_FORM = TableForm(("date", "pain"), ("phq9", "entered_at", "note"), {"day": "date"})


def read_table(source: str | PathLike[str]) -> Diary:
    """Read a diary from a path, or from the text of a table."""
    text = text_of(source, _FORM)
    rows = bounded_rows(
        text,
        _FORM,
        MOST_ENTRIES,
        whose=_("the diary of one patient."),
        each=_("one line for each time that pain was scored."),
    )
    columns = _columns_of(rows, separator_of(text))
    entries = each_or_none(
        rows,
        lambda row: read_entry(NamedCells(row.line, row.by_name(), DiaryNotUnderstood), columns),
    )
    _check_together(rows, entries)
    return Diary(tuple(entries))


def write_table(diary: Diary) -> str:
    """Write a diary as a table, with the optional columns that it uses."""
    import csv
    import io

    lines = [_written(entry) for entry in diary.entries]
    optional = [name for name in _FORM.optional if any(line[name] for line in lines)]
    names = ["date" if diary.is_dated else "day", "pain", *optional]
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(names)
    table.writerows([[line[name] for name in names] for line in lines])
    return text.getvalue()


def _columns_of(rows: Sequence[Row], separator: str) -> DiaryColumns:
    return DiaryColumns(
        date=DateColumn.of(column_of(rows, "date")),
        entered_at=DateColumn.of(column_of(rows, "entered_at")),
        day=NumberColumn.of(column_of(rows, "day"), separator),
        pain=NumberColumn.of(column_of(rows, "pain"), separator),
        phq9=NumberColumn.of(column_of(rows, "phq9"), separator),
    )


def _check_together(rows: Sequence[Row], entries: Sequence[DiaryEntry]) -> None:
    """Refuse entries for the same time, and those with a time zone beside those without."""
    faults: list[RespiteError] = []
    seen: dict[object, int] = {}
    for number, entry in enumerate(entries):
        earlier = seen.setdefault(time_of(entry), number)
        if _has_zone(entry) != _has_zone(entries[0]):
            faults.append(_mixed_zones(rows[number].line))
        elif earlier != number:
            faults.append(
                _repeated(rows[number].line, rows[earlier].line, entry == entries[earlier])
            )
    if faults:
        raise first_of(faults)


def _has_zone(entry: DiaryEntry) -> bool:
    return entry.at is not None and is_zoned(entry.at)


def _mixed_zones(line: int) -> DiaryNotUnderstood:
    return DiaryNotUnderstood(
        in_cell(line, "date", _("only some times have a time zone.")),
        _("a time zone in every line, or in none."),
        _("write all times in the same way; one without a time of day has no zone."),
    )


def _repeated(line: int, earlier: int, is_same: bool) -> DiaryNotUnderstood:
    if is_same:
        return DiaryNotUnderstood(
            _("Line {line} repeats line {earlier} in every column.").format(
                line=line, earlier=earlier
            ),
            _("each entry once."),
            _("remove one of the two."),
        )
    return DiaryNotUnderstood(
        _("Line {line} is for the same time as line {earlier}.").format(line=line, earlier=earlier),
        _("one line for each time."),
        _("add the time of day to both, or put them in one line."),
    )


def _written(entry: DiaryEntry) -> dict[str, str]:
    return {
        "date": _written_time(entry.at),
        "day": "" if entry.day is None else plain_text(entry.day),
        "pain": "" if entry.pain is None else plain_text(Decimal(repr(entry.pain))),
        "phq9": "" if entry.phq9 is None else str(entry.phq9),
        "entered_at": _written_time(entry.entered_at),
        "note": entry.note,
    }


def _written_time(at: datetime | None) -> str:
    return "" if at is None else at.isoformat()
