"""Reads a table of visits: one line for each course of each patient.

The columns are ``patient,last_seen_with_relief_day,first_seen_without_day``,
in any order, and perhaps ``course`` and ``group``; cells are separated by
commas or by semicolons. What is unambiguous is read; everything else is
refused with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from os import PathLike

from respite.domain.spelling import LONGEST_QUOTE, quoted
from respite.domain.tables import (
    CellFault,
    NamedCells,
    TableForm,
    bounded_rows,
    column_of,
    each_or_none,
    in_cell,
    separator_of,
    text_of,
)
from respite.domain.visits import CourseSeen, Visits, VisitsNotUnderstood
from respite.domain.words import translate as _
from respite.domain.written_numbers import NumberColumn

WITH, WITHOUT = "last_seen_with_relief_day", "first_seen_without_day"
MOST_COURSES = 5_000
"""More than one clinic sees; ours."""

LATEST_DAY = 10_000
"""Ours: beyond it, a number is a date or a slip of the keyboard, not days after a dose."""

_A_COUNT = re.compile(r"[1-9][0-9]{0,3}", re.ASCII)
_FORM = TableForm(("patient", WITH, WITHOUT), ("course", "group"))


@dataclass(frozen=True)
class _Line:
    """What one line says by itself; a course without a number is 0."""

    line: int
    patient: str
    course: int
    group: str
    last_with_day: float
    first_without_day: float | None


def read_table(source: str | PathLike[str]) -> Visits:
    """Read visits from a path, or from the text of a table."""
    text = text_of(source, _FORM)
    rows = bounded_rows(
        text,
        _FORM,
        MOST_COURSES,
        whose=_("the courses of one group of patients."),
        each=_("one line for each course of each patient."),
    )
    days = NumberColumn.of([*column_of(rows, WITH), *column_of(rows, WITHOUT)], separator_of(text))
    lines = each_or_none(
        rows, lambda row: _read(NamedCells(row.line, row.by_name(), VisitsNotUnderstood), days)
    )
    return Visits(tuple(_told_apart(lines)))


def _read(cells: NamedCells, days: NumberColumn) -> _Line:
    by_name = cells.by_name
    found = _Line(
        line=cells.line,
        patient=cells.sound("patient", _patient(by_name["patient"])),
        course=cells.sound("course", _course(by_name["course"])) if "course" in by_name else 0,
        group=cells.sound("group", _group(by_name["group"])) if "group" in by_name else "",
        last_with_day=cells.sound(WITH, _last_with(by_name[WITH], days)),
        first_without_day=cells.sound(WITHOUT, _first_without(by_name[WITHOUT], days)),
    )
    if found.first_without_day is not None and found.first_without_day < found.last_with_day:
        cells.sound(
            WITHOUT,
            CellFault(
                _("relief was gone on day {gone}, before it was last seen on day {held}.").format(
                    gone=by_name[WITHOUT], held=by_name[WITH]
                ),
                _("a day after the one in {column}, or the same day where it is exact.").format(
                    column=WITH
                ),
                _(
                    "exchange the two days; where relief came back after a visit without it,"
                    " write the visits around the loss that counts."
                ),
            ),
        )
    return found


def _patient(text: str) -> str | CellFault:
    return _name(text, _("write one, such as A1, that does not tell who the person is."))


def _group(text: str) -> str | CellFault:
    return _name(text, _("write the group of this patient, or leave out the whole column."))


def _name(text: str, remedy: str) -> str | CellFault:
    if text == "":
        return CellFault(_("nothing is written."), _("a name in every line."), remedy)
    if len(text) > LONGEST_QUOTE or not text.isprintable():
        return CellFault(
            _("{word} is no short name.").format(word=quoted(text)),
            _("at most {most} letters and digits.").format(most=LONGEST_QUOTE),
            _("write a shorter one."),
        )
    return text


def _course(text: str) -> int | CellFault:
    if _A_COUNT.fullmatch(text):
        return int(text)
    return CellFault(
        _("{word} is not the number of a course.").format(word=quoted(text)),
        _("1 for the first course of a patient, 2 for the second, and so on."),
        _("number the courses of each patient, or leave out the column."),
    )


def _last_with(text: str, days: NumberColumn) -> float | CellFault:
    if text == "":
        return CellFault(
            _("nothing is written."),
            _("days from the last dose."),
            _("write 0 where relief was never seen after the last dose."),
        )
    return _day(text, days)


def _first_without(text: str, days: NumberColumn) -> float | CellFault | None:
    if text == "":
        return None
    if not any(letter.isdigit() for letter in text):
        return CellFault(
            _("{word} is not a plain number.").format(word=quoted(text)),
            _("days from the last dose, such as 14 or 0.5."),
            _("leave the cell blank where relief has not been lost yet."),
        )
    return _day(text, days)


def _day(text: str, days: NumberColumn) -> float | CellFault:
    day = days.read(text, _("days from the last dose, such as 14 or 0.5."))
    if isinstance(day, CellFault):
        return day
    if not 0 <= day <= LATEST_DAY:
        return CellFault(
            _("day {day} is out of reach.").format(day=text),
            _("0 to {most:,} days from the last dose.").format(most=LATEST_DAY),
            _("count days from the last dose, and write no date."),
        )
    return float(day)


def _told_apart(lines: list[_Line]) -> Iterator[CourseSeen]:
    """Number the courses of each patient, and refuse what cannot be told apart."""
    first_of: dict[str, _Line] = {}
    seen: dict[tuple[object, ...], _Line] = {}
    counts: dict[str, int] = {}
    for one in lines:
        _check_group(one, first_of.setdefault(one.patient, one))
        days = (one.last_with_day, one.first_without_day)
        told_by = (one.course,) if one.course else days
        _check_repeat(one, seen.setdefault((one.patient, *told_by), one))
        counts[one.patient] = counts.get(one.patient, 0) + 1
        yield CourseSeen(
            patient=one.patient,
            course=one.course or counts[one.patient],
            group=one.group,
            last_with_day=one.last_with_day,
            first_without_day=one.first_without_day,
        )


def _check_group(one: _Line, first: _Line) -> None:
    if one.group != first.group:
        what = _(
            "patient {patient} is in group {this}, and in group {other} on line {line}."
        ).format(
            patient=quoted(one.patient),
            this=quoted(one.group),
            other=quoted(first.group),
            line=first.line,
        )
        raise VisitsNotUnderstood(
            in_cell(one.line, "group", what),
            _("each patient in one group: groups are compared as if they were different people."),
            _("correct the group, or put the groups into tables of their own."),
        )


def _check_repeat(one: _Line, first: _Line) -> None:
    if one is first:
        return
    raise VisitsNotUnderstood(
        _("Line {line} repeats line {earlier}: the same patient and course.").format(
            line=one.line, earlier=first.line
        )
        if one.course
        else _("Line {line} repeats line {earlier}: the same patient and days.").format(
            line=one.line, earlier=first.line
        ),
        _("each course of a patient once."),
        _("remove one of the two, or number the courses in a column course."),
    )
