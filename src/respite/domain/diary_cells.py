"""Reads the cells of one line of a pain diary."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from respite.domain.clocks import DIARY_HOUR
from respite.domain.diary import DiaryEntry
from respite.domain.diary_checks import HIGHEST_PHQ9, MOST_DAYS, entered_fault, pain_fault
from respite.domain.spelling import quoted
from respite.domain.tables import CellFault, NamedCells
from respite.domain.words import translate as _
from respite.domain.written_numbers import NumberColumn
from respite.domain.written_times import DateColumn

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class DiaryColumns:
    """How the columns of a diary are written."""

    date: DateColumn
    entered_at: DateColumn
    day: NumberColumn
    pain: NumberColumn
    phq9: NumberColumn


def read_entry(cells: NamedCells, columns: DiaryColumns) -> DiaryEntry:
    """Read one line.

    Raises
    ------
    DiaryNotUnderstood
        With the line, the column, and what was expected in it.
    """
    by_name = cells.by_name
    is_dated = "date" in by_name
    entry = DiaryEntry(
        at=cells.sound("date", _time(by_name["date"], columns.date)) if is_dated else None,
        day=None if is_dated else cells.sound("day", _day(by_name["day"], columns.day)),
        pain=cells.sound("pain", _pain(by_name["pain"], columns.pain)),
        phq9=cells.sound("phq9", _phq9(by_name.get("phq9", ""), columns.phq9)),
        entered_at=cells.sound("entered_at", _entered_at(by_name, columns)),
        note=cells.sound("note", _note(by_name.get("note", ""))),
    )
    fault = entered_fault(entry)
    if fault is not None:
        told = CellFault(
            fault, _("a time after the pain that was felt."), _("correct one of them.")
        )
        cells.sound("entered_at", told)
    return entry


def _time(text: str, column: DateColumn) -> datetime | CellFault:
    written = column.read(text)
    if isinstance(written, CellFault) or written.has_time:
        return written if isinstance(written, CellFault) else written.at
    return written.at.replace(hour=DIARY_HOUR)


def _day(text: str, column: NumberColumn) -> Decimal | CellFault:
    expected = _("days from the first dose, such as 3, 0.25 or -7.")
    number = column.read(text, expected)
    if isinstance(number, Decimal) and abs(number) > MOST_DAYS:
        found = _("{word} is out of reach.").format(word=quoted(text))
        return CellFault(found, expected, _("write dates in a column named date."))
    return number


def _pain(text: str, column: NumberColumn) -> float | CellFault | None:
    if text == "":
        return None
    expected = _("a score from 0 to 10, with at most two digits after the point.")
    number = column.read(text, expected)
    if isinstance(number, CellFault):
        return CellFault(
            number.what,
            expected,
            _("{advice} A missing score is left blank.").format(advice=number.remedy),
        )
    fault = pain_fault(number)
    if fault is not None:
        return CellFault(fault, expected, _("correct it, or leave a missing score blank."))
    return float(number)


def _phq9(text: str, column: NumberColumn) -> int | CellFault | None:
    if text == "":
        return None
    expected = _("a whole number from 0 to {most}.").format(most=HIGHEST_PHQ9)
    number = column.read(text, expected)
    if isinstance(number, CellFault):
        return number
    if not 0 <= number <= HIGHEST_PHQ9 or number != int(number):
        found = _("{word} is not a total of the PHQ-9.").format(word=quoted(text))
        return CellFault(found, expected, _("correct it, or leave it blank."))
    return int(number)


def _entered_at(by_name: dict[str, str], columns: DiaryColumns) -> datetime | CellFault | None:
    text = by_name.get("entered_at", "")
    if text == "":
        return None
    if "date" not in by_name:
        return CellFault(
            _("how late an entry was written cannot be told beside a day without a date."),
            _("nothing in this column where the diary counts days."),
            _("write dates in a column named date, or leave this column out."),
        )
    return _time(text, columns.entered_at)


def _note(text: str) -> str | CellFault:
    """Give a note on one line, without what cannot be shown."""
    expected = _("a note on one line, of at most {most:,} characters.").format(most=LONGEST_NOTE)
    # A quotation mark that was never closed takes the lines below it into a note.
    if "\n" in text or "\r" in text:
        return CellFault(_("the note goes over several lines."), expected, _("write it on one."))
    if len(text) > LONGEST_NOTE:
        return CellFault(_("the note is very long."), expected, _("shorten it."))
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())
