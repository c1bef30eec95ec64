"""Reads the cells of one line of a record of sessions."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from respite.domain.session_checks import (
    effects_fault,
    hours_fault,
    no_relief_fault,
    pair_fault,
    pressure_fault,
    relief_fault,
)
from respite.domain.sessions import SessionRecord
from respite.domain.spelling import quoted
from respite.domain.tables import CellFault, NamedCells
from respite.domain.words import translate as _
from respite.domain.written_numbers import NumberColumn
from respite.domain.written_times import DateColumn

_BETWEEN_EFFECTS = re.compile(r"[,;+/|]")
"""What may stand between two effects of one cell."""

NO_EFFECTS = frozenset({"none", "no", "no effects", "nothing", "0"})
"""Every way to write that there were none; an empty cell says that nobody wrote."""


@dataclass(frozen=True)
class SessionColumns:
    """How the columns of a record of sessions are written."""

    start: DateColumn
    relief_percent: NumberColumn
    hours_of_relief: NumberColumn
    systolic: NumberColumn
    diastolic: NumberColumn


def read_record(cells: NamedCells, columns: SessionColumns) -> SessionRecord:
    """Read one line.

    Raises
    ------
    SessionsNotUnderstood
        With the line, the column, and what was expected in it.
    """
    by_name = cells.by_name

    def number(
        name: str, column: NumberColumn, expected: str, fault: Callable[[Decimal], str | None]
    ) -> Decimal | None:
        return cells.sound(name, _number(by_name.get(name, ""), column, expected, fault))

    percent = _("a fall of pain in percent, at most 100; below zero where pain rose.")
    relief = number("relief_percent", columns.relief_percent, percent, relief_fault)
    hours = number(
        "hours_of_relief", columns.hours_of_relief, _("hours, zero or more."), hours_fault
    )
    pressure = _("a blood pressure in mmHg, without a fraction.")
    systolic = number("systolic", columns.systolic, pressure, pressure_fault)
    diastolic = number("diastolic", columns.diastolic, pressure, pressure_fault)
    record = SessionRecord(
        start=cells.sound("start", _start(by_name["start"], columns.start)),
        relief_percent=None if relief is None else float(relief),
        hours_of_relief=None if hours is None else float(hours),
        effects=cells.sound("effects", read_effects(by_name.get("effects", ""))),
        systolic=None if systolic is None else int(systolic),
        diastolic=None if diastolic is None else int(diastolic),
    )
    _check_together(cells, record)
    return record


def read_effects(text: str) -> tuple[str, ...] | CellFault | None:
    """Cut a cell into effects, in lower case and each once; ``None`` where nothing is written."""
    expected = _('words such as "dizziness + severe nausea", or "none".')
    if text == "":
        return None
    # A quotation mark that was never closed takes the lines below it into a cell.
    if "\n" in text or "\r" in text:
        found = _("the effects go over several lines.")
        return CellFault(found, expected, _("write them on one."))
    shown = "".join(letter if letter.isprintable() else " " for letter in text.casefold())
    words = [" ".join(word.split()) for word in _BETWEEN_EFFECTS.split(shown)]
    named = tuple(dict.fromkeys(word for word in words if word))
    if not named:
        found = _("{word} names no effect.").format(word=quoted(text))
        return CellFault(found, expected, _('write "none" where there were none.'))
    others = tuple(word for word in named if word not in NO_EFFECTS)
    if others and len(others) < len(named):
        found = _("{word} says that there were none, and names some.").format(word=quoted(text))
        return CellFault(found, expected, _("leave one of them out."))
    fault = effects_fault(others)
    return others if fault is None else CellFault(fault, expected, _("shorten it."))


def _start(text: str, column: DateColumn) -> datetime | CellFault:
    written = column.read(text)
    if isinstance(written, CellFault):
        return written
    if written.has_time:
        return written.at
    return CellFault(
        _("{word} has no time of day.").format(word=quoted(text)),
        _("a date and time such as 2026-03-02T09:00."),
        _("add the time at which the session started: {day}T09:00.").format(
            day=written.at.date().isoformat()
        ),
    )


def _number(
    text: str, column: NumberColumn, expected: str, fault: Callable[[Decimal], str | None]
) -> Decimal | CellFault | None:
    if text == "":
        return None
    number = column.read(text, expected)
    if isinstance(number, CellFault):
        return number
    found = fault(number)
    if found is None:
        return number
    return CellFault(found, expected, _("correct it, or leave it blank where it is not known."))


def _check_together(cells: NamedCells, record: SessionRecord) -> None:
    """Refuse cells that contradict each other."""
    for column, fault in (
        ("diastolic", pair_fault(record)),
        ("hours_of_relief", no_relief_fault(record)),
    ):
        if fault is not None:
            told = CellFault(fault, _("cells that agree."), _("correct one of the two."))
            cells.sound(column, told)
