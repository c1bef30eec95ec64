"""Reads a table of visits: one line for each course of each patient.

The columns are ``patient,last_seen_with_relief_day,first_seen_without_day``,
in any order, and perhaps ``course`` and ``group``; cells are separated by
commas or by semicolons. What is unambiguous is read; everything else is
refused with its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from os import PathLike

from respite.domain.numerals import numeral_fault
from respite.domain.spelling import LONGEST_QUOTE, quoted
from respite.domain.tables import Row, TableForm, each_or_none, in_cell, rows_of, text_of
from respite.domain.visits import CourseSeen, Visits, VisitsNotUnderstood
from respite.domain.words import translate as _

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
    lines = each_or_none(_not_too_many(rows_of(text_of(source, _FORM), _FORM)), _read)
    if not lines:
        raise _FORM.refusal(
            _("The table holds no patient."), _("one line for each course of each patient.")
        )
    return Visits(tuple(_told_apart(lines)))


def _not_too_many(rows: Iterable[Row]) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count == MOST_COURSES:
            raise _FORM.refusal(
                _("The table holds more than {most:,} lines.").format(most=MOST_COURSES),
                _("the courses of one group of patients."),
            )
        yield row


def _read(row: Row) -> _Line:
    cells = row.by_name()
    found = _Line(
        line=row.line,
        patient=_name(row.line, "patient", cells["patient"]),
        course=_course(row.line, cells["course"]) if "course" in cells else 0,
        group=_name(row.line, "group", cells["group"]) if "group" in cells else "",
        last_with_day=_last_with(row.line, cells[WITH]),
        first_without_day=_first_without(row.line, cells[WITHOUT]),
    )
    if found.first_without_day is not None and found.first_without_day < found.last_with_day:
        raise _refusal(
            row.line,
            WITHOUT,
            _("relief was gone on day {gone}, before it was last seen on day {held}.").format(
                gone=cells[WITHOUT], held=cells[WITH]
            ),
            _("a day after the one in {column}, or the same day where it is exact.").format(
                column=WITH
            ),
            _(
                "exchange the two days; where relief came back after a visit without it, write"
                " the visits around the loss that counts."
            ),
        )
    return found


def _name(line: int, column: str, text: str) -> str:
    if text == "":
        raise _refusal(
            line,
            column,
            _("nothing is written."),
            _("a name in every line."),
            _("write one, such as A1, that does not tell who the person is.")
            if column == "patient"
            else _("write the group of this patient, or leave out the whole column."),
        )
    if len(text) > LONGEST_QUOTE or not text.isprintable():
        raise _refusal(
            line,
            column,
            _("{word} is no short name.").format(word=quoted(text)),
            _("at most {most} letters and digits.").format(most=LONGEST_QUOTE),
            _("write a shorter one."),
        )
    return text


def _course(line: int, text: str) -> int:
    if _A_COUNT.fullmatch(text):
        return int(text)
    raise _refusal(
        line,
        "course",
        _("{word} is not the number of a course.").format(word=quoted(text)),
        _("1 for the first course of a patient, 2 for the second, and so on."),
        _("number the courses of each patient, or leave out the column."),
    )


def _last_with(line: int, text: str) -> float:
    if text == "":
        raise _refusal(
            line,
            WITH,
            _("nothing is written."),
            _("days from the last dose."),
            _("write 0 where relief was never seen after the last dose."),
        )
    return _day(line, WITH, text)


def _first_without(line: int, text: str) -> float | None:
    return None if text == "" else _day(line, WITHOUT, text)


def _day(line: int, column: str, text: str) -> float:
    fault = numeral_fault(text)
    expected = _("days from the last dose, such as 14 or 0.5.")
    if fault is not None:
        if column == WITHOUT and not any(letter.isdigit() for letter in text):
            fault = _("leave the cell blank where relief has not been lost yet.")
        what = _("{word} is not a plain number.").format(word=quoted(text))
        raise _refusal(line, column, what, expected, fault)
    if float(text) > LATEST_DAY:
        raise _refusal(
            line,
            column,
            _("day {day} is out of reach.").format(day=text),
            _("at most {most:,} days from the last dose.").format(most=LATEST_DAY),
            _("count days from the last dose, and write no date."),
        )
    return float(text)


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
        raise _refusal(
            one.line,
            "group",
            _("patient {patient} is in group {this}, and in group {other} on line {line}.").format(
                patient=quoted(one.patient),
                this=quoted(one.group),
                other=quoted(first.group),
                line=first.line,
            ),
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


def _refusal(line: int, column: str, what: str, expected: str, remedy: str) -> VisitsNotUnderstood:
    return VisitsNotUnderstood(in_cell(line, column, what), expected, remedy)
