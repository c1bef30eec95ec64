"""Reads and writes a record of sessions as a table: one line for each.

The columns are ``start,relief_percent,hours_of_relief,effects,systolic,diastolic``,
in any order. What is unambiguous is read; everything else is refused with the
line and column of the first fault.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from os import PathLike

from respite.domain.clocks import is_zoned
from respite.domain.errors import RespiteError
from respite.domain.numerals import plain_text
from respite.domain.session_cells import SessionColumns, read_record
from respite.domain.sessions import SessionRecord, Sessions, SessionsNotUnderstood
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

MOST_SESSIONS = 5_000
"""More are not those of one patient."""

_FORM = TableForm(
    ("start", "relief_percent"), ("hours_of_relief", "effects", "systolic", "diastolic")
)


def read_table(source: str | PathLike[str]) -> Sessions:
    """Read sessions from a path, or from the text of a table."""
    text = text_of(source, _FORM)
    rows = bounded_rows(
        text,
        _FORM,
        MOST_SESSIONS,
        whose=_("the sessions of one patient."),
        each=_("one line for each session."),
    )
    columns = _columns_of(rows, separator_of(text))
    records = each_or_none(
        rows,
        lambda row: read_record(
            NamedCells(row.line, row.by_name(), SessionsNotUnderstood), columns
        ),
    )
    _check_starts(rows, records)
    return Sessions(tuple(records))


def write_table(sessions: Sessions) -> str:
    """Write sessions as a table with every column."""
    import csv
    import io

    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(_FORM.names)
    table.writerows(map(_written, sessions.records))
    return text.getvalue()


def _columns_of(rows: Sequence[Row], separator: str) -> SessionColumns:
    def numbers(name: str) -> NumberColumn:
        return NumberColumn.of(column_of(rows, name), separator)

    return SessionColumns(
        start=DateColumn.of(column_of(rows, "start")),
        relief_percent=numbers("relief_percent"),
        hours_of_relief=numbers("hours_of_relief"),
        systolic=numbers("systolic"),
        diastolic=numbers("diastolic"),
    )


def _check_starts(rows: Sequence[Row], records: Sequence[SessionRecord]) -> None:
    """Refuse sessions with the same start, and those with a time zone beside those without."""
    faults: list[RespiteError] = []
    seen: dict[datetime, int] = {}
    for number, record in enumerate(records):
        earlier = seen.setdefault(record.start, number)
        if is_zoned(record.start) != is_zoned(records[0].start):
            faults.append(
                SessionsNotUnderstood(
                    in_cell(rows[number].line, "start", _("only some times have a time zone.")),
                    _("a time zone in every line, or in none."),
                    _("write all times in the same way."),
                )
            )
        elif earlier != number:
            faults.append(
                SessionsNotUnderstood(
                    _("Line {line} is for the same time as line {earlier}.").format(
                        line=rows[number].line, earlier=rows[earlier].line
                    ),
                    _("one line for each session."),
                    _("put them in one line, or correct the start of one."),
                )
            )
    if faults:
        raise first_of(faults)


def _written(record: SessionRecord) -> list[str]:
    return [
        record.start.isoformat(),
        _plain(record.relief_percent),
        _plain(record.hours_of_relief),
        "none" if record.effects == () else " + ".join(record.effects or ()),
        _plain(record.systolic),
        _plain(record.diastolic),
    ]


def _plain(number: float | None) -> str:
    if number is None:
        return ""
    sign = "-" if number < 0 else ""
    return f"{sign}{plain_text(Decimal(repr(abs(number))))}"
