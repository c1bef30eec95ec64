"""Reads measured levels from a table: one line for each.

The columns are ``time,analyte,value,unit,site``, in any order. What is
unambiguous is read; everything else is refused with the line and column of
the first fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from os import PathLike
from typing import TypeVar

from respite.domain.clocks import is_zoned
from respite.domain.errors import LevelsNotUnderstood, RespiteError, UnitNotUnderstood
from respite.domain.levels import (
    LEVEL_UNIT,
    Analyte,
    MeasuredLevel,
    MeasuredLevels,
    SamplingSite,
)
from respite.domain.spelling import closest_word, quoted
from respite.domain.tables import (
    CellFault,
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
from respite.domain.units import convert
from respite.domain.words import translate as _
from respite.domain.written_numbers import NumberColumn
from respite.domain.written_times import DateColumn

MOST_LEVELS = 20_000
"""More are not those of one patient."""

HIGHEST_MG_PER_L = 100
"""Ours: above what anyone has survived, so that the unit is mistaken."""

_FORM = TableForm(("time", "analyte", "value", "unit", "site"))
_ANALYTES = {**{str(each): each for each in Analyte}, "esketamine": Analyte.S_KETAMINE}
_SITES = {str(each): each for each in SamplingSite}

Choice = TypeVar("Choice", bound=StrEnum)


@dataclass(frozen=True)
class _Columns:
    time: DateColumn
    value: NumberColumn


def read_table(source: str | PathLike[str]) -> MeasuredLevels:
    """Read levels from a path, or from the text of a table."""
    text = text_of(source, _FORM)
    rows = bounded_rows(
        text,
        _FORM,
        MOST_LEVELS,
        whose=_("the levels of one patient."),
        each=_("one line for each level that was measured."),
    )
    columns = _Columns(
        DateColumn.of(column_of(rows, "time")),
        NumberColumn.of(column_of(rows, "value"), separator_of(text)),
    )
    levels = each_or_none(
        rows,
        lambda row: _level(NamedCells(row.line, row.by_name(), LevelsNotUnderstood), columns),
    )
    _check_together(rows, levels)
    return MeasuredLevels(tuple(sorted(levels, key=lambda level: level.at)))


def _level(cells: NamedCells, columns: _Columns) -> MeasuredLevel:
    """Read one line."""
    by_name = cells.by_name
    level = MeasuredLevel(
        at=cells.sound("time", _time(by_name["time"], columns.time)),
        analyte=cells.sound("analyte", _choice(by_name["analyte"], _ANALYTES)),
        value=cells.sound("value", _value(by_name["value"], columns.value)),
        unit=cells.sound("unit", _unit(by_name["unit"])),
        site=cells.sound("site", _choice(by_name["site"], _SITES)),
    )
    if level.mg_per_l > HIGHEST_MG_PER_L:
        found = _("{value:g} {unit} is more than anyone has had.").format(
            value=level.value, unit=level.unit
        )
        remedy = _("check the number and its unit.")
        cells.sound("value", CellFault(found, _("a level that can be."), remedy))
    return level


def _time(text: str, column: DateColumn) -> datetime | CellFault:
    written = column.read(text)
    if isinstance(written, CellFault):
        return written
    if written.has_time:
        return written.at
    return CellFault(
        _("{word} has no time of day.").format(word=quoted(text)),
        _("a date and time such as 2026-03-02T09:00."),
        _("add the time at which the blood was drawn: {day}T09:00.").format(
            day=written.at.date().isoformat()
        ),
    )


def _choice(text: str, words: Mapping[str, Choice]) -> Choice | CellFault:
    choice = words.get(text.lower())
    if choice is not None:
        return choice
    near = closest_word(text, words)
    what = (
        _("nothing is written.")
        if text == ""
        else _("{word} is none of the words of this column.").format(word=quoted(text))
    )
    return CellFault(
        what,
        _("one of {words}.").format(words=", ".join(words)),
        _("write {word}.").format(word=quoted(near)) if near else _("use one of these words."),
    )


def _value(text: str, column: NumberColumn) -> float | CellFault:
    expected = _("a number above zero, such as 88.")
    if text.startswith("<"):
        found = _("{word} is not a level, but a bound of one.").format(word=quoted(text))
        return CellFault(found, expected, _("leave out the line."))
    number = column.read(text, expected)
    if isinstance(number, CellFault):
        return number
    if number <= 0:
        found = _("{word} was not measured.").format(word=quoted(text))
        return CellFault(found, expected, _("correct it, or leave out the line."))
    return float(number)


def _unit(text: str) -> str | CellFault:
    try:
        convert(1, text, LEVEL_UNIT)
    except UnitNotUnderstood as fault:
        # A suggested unit could make a level a thousand times too high.
        return CellFault(
            fault.found,
            _("a unit of mass in a volume, such as ng/mL or mg/L."),
            _("write the unit that the laboratory gave; convert moles to a mass first."),
        )
    return text


def _check_together(rows: Sequence[Row], levels: Sequence[MeasuredLevel]) -> None:
    """Refuse two levels of one sample, and times with a time zone beside those without."""
    faults: list[RespiteError] = []
    seen: dict[object, int] = {}
    for number, level in enumerate(levels):
        earlier = seen.setdefault((level.at, level.analyte, level.site), number)
        if is_zoned(level.at) != is_zoned(levels[0].at):
            faults.append(_mixed_zones(rows[number].line))
        elif earlier != number:
            faults.append(
                _repeated(rows[number].line, rows[earlier].line, level == levels[earlier])
            )
    if faults:
        raise first_of(faults)


def _mixed_zones(line: int) -> LevelsNotUnderstood:
    return LevelsNotUnderstood(
        in_cell(line, "time", _("only some times have a time zone.")),
        _("a time zone in every line, or in none."),
        _("write all times in the same way."),
    )


def _repeated(line: int, earlier: int, is_same: bool) -> LevelsNotUnderstood:
    found = _("Line {line} has the time, analyte and site of line {earlier}.")
    if is_same:
        found = _("Line {line} repeats line {earlier} in every column.")
    return LevelsNotUnderstood(
        found.format(line=line, earlier=earlier),
        _("each level once."),
        _("remove one of the two, or correct its time."),
    )
