"""Cuts the text of a small table into rows, by the names of its columns.

Cells are separated by commas or by semicolons; the first line names the
columns, in any order. What the cells mean is for others to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from os import PathLike
from typing import TypeVar

from respite.domain.errors import FileNotUnderstood, RespiteError
from respite.domain.spelling import closest_word, quoted
from respite.domain.text_files import read_text
from respite.domain.words import listed, translate_plural
from respite.domain.words import translate as _

LARGEST_BYTES = 100_000_000
_LONGEST_HEADER = 1_000
"""Only so far is it looked for a semicolon."""

Value = TypeVar("Value")


@dataclass(frozen=True)
class TableForm:
    """Which columns a table has.

    Parameters
    ----------
    needed
        Names of the columns that must be there.
    optional
        Names of the columns that may be there.
    stand_ins
        Other names that may stand for a needed column, each with its name.
    """

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()
    stand_ins: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a column may have."""
        return (*self.needed, *self.stand_ins, *self.optional)

    def settled(self, names: Iterable[str]) -> list[str]:
        """Give the names with those that stand for another in its place."""
        return [self.stand_ins.get(name, name) for name in names]

    def in_words(self) -> str:
        """List the columns."""
        others = {name: other for other, name in self.stand_ins.items()}
        return ", ".join(
            _("{name} (or {other})").format(name=name, other=others[name])
            if name in others
            else name
            for name in (*self.needed, *self.optional)
        )

    def refusal(self, found: str, expected: str) -> FileNotUnderstood:
        """Make the error for a text that is no such table."""
        example = _('begin with the line "{columns}".').format(columns=",".join(self.needed))
        return FileNotUnderstood(found, expected, example)


@dataclass(frozen=True)
class Row:
    """One row of a table: the line on which it starts, and its cells as they stand.

    Parameters
    ----------
    line
        Number of the line, counted from 1.
    names
        Names of the columns, in lower case.
    cells
        What stands in the row; perhaps not as many as there are names.
    form
        What the table should be.
    """

    line: int
    names: Sequence[str]
    cells: Sequence[str]
    form: TableForm

    def by_name(self) -> dict[str, str]:
        """Give the cells by the names of their columns.

        Raises
        ------
        FileNotUnderstood
            Where there are more or fewer cells than names.
        """
        if len(self.cells) != len(self.names):
            raise self.form.refusal(
                translate_plural(
                    "Line {line} has {count} cell, not {columns}.",
                    "Line {line} has {count} cells, not {columns}.",
                    len(self.cells),
                ).format(line=self.line, count=len(self.cells), columns=len(self.names)),
                _("as many cells in every line; a number takes a point and no comma."),
            )
        return dict(zip(self.names, self.cells, strict=True))


@dataclass(frozen=True)
class CellFault:
    """Why a cell cannot be read, in the three sentences of an error."""

    what: str
    expected: str
    remedy: str


@dataclass(frozen=True)
class NamedCells:
    """One row of a table by the names of its columns, and the error that refuses it."""

    line: int
    by_name: dict[str, str]
    error: type[RespiteError]

    def sound(self, column: str, value: Value | CellFault) -> Value:
        """Give what was read from a cell.

        Raises
        ------
        RespiteError
            Where that is a fault.
        """
        if isinstance(value, CellFault):
            raise self.error(in_cell(self.line, column, value.what), value.expected, value.remedy)
        return value


def text_of(source: str | PathLike[str], form: TableForm) -> str:
    """Give the text of a table from its path, or from the text itself.

    A string that holds a line break, or the name of every needed column, is
    taken for text.
    """
    if not isinstance(source, str) or not _is_table(source, form):
        return read_text(source, LARGEST_BYTES)
    text = source.removeprefix("\ufeff")
    if len(text) > LARGEST_BYTES:
        raise form.refusal(
            _("The table is {count:,} characters long.").format(count=len(text)),
            _("a shorter table."),
        )
    return text


def separator_of(text: str) -> str:
    """Tell by the first line whether cells end with a comma or a semicolon."""
    first_line = text.lstrip()[:_LONGEST_HEADER].partition("\n")[0].partition("\r")[0]
    return ";" if ";" in first_line else ","


def bounded_rows(text: str, form: TableForm, most: int, *, whose: str, each: str) -> list[Row]:
    """Cut a table into rows, of which there must be some and may not be too many.

    Parameters
    ----------
    text, form
        The table.
    most
        More rows than this are refused.
    whose, each
        In words: whose table is expected, and what one line of it is.

    Raises
    ------
    FileNotUnderstood
        Where there is no row, or too many, or one that is none; see :func:`rows_of`.
    """
    rows = list(islice(rows_of(text, form), most + 1))
    if len(rows) > most:
        raise form.refusal(_("The table holds more than {most:,} lines.").format(most=most), whose)
    if not rows:
        raise form.refusal(_("The table holds no entries."), each)
    return rows


def rows_of(text: str, form: TableForm) -> Iterator[Row]:
    """Cut a table into rows, leaving out blank lines and the one with the names.

    Raises
    ------
    FileNotUnderstood
        Where a line is none of a table, or the columns are not those of the form.
    """
    import csv
    import io

    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    names: list[str] = []
    start = 1
    try:
        for written in table:
            line, start = start, table.line_num + 1
            cells = [cell.strip() for cell in written]
            if not any(cells):
                continue
            if names:
                yield Row(line, names, cells, form)
            else:
                names = [cell.lower() for cell in cells]
                _check_names(names, form)
    except csv.Error as error:
        raise form.refusal(
            _("Line {line} is not a line of a table: {error}.").format(line=start, error=error),
            _("closed quotation marks."),
        ) from None


def each_or_none(rows: Iterable[Row], read: Callable[[Row], Value]) -> list[Value]:
    """Read every row, or refuse them all for the first fault.

    Raises
    ------
    RespiteError
        That of the first row with a fault, with a count of the others.
    """
    values: list[Value] = []
    faults: list[RespiteError] = []
    for row in rows:
        try:
            values.append(read(row))
        except RespiteError as fault:
            faults.append(fault)
    if faults:
        raise first_of(faults) from None
    return values


def first_of(faults: Sequence[RespiteError]) -> RespiteError:
    """Give the first of some faults, each of one line, with a count of the others."""
    first, others = faults[0], len(faults) - 1
    if others == 0:
        return first
    more = translate_plural(
        "{first} {count} other line has a fault too.",
        "{first} {count} other lines have faults too.",
        others,
    ).format(first=first.found, count=others)
    return type(first)(more, first.expected, first.remedy)


def column_of(rows: Iterable[Row], name: str) -> list[str]:
    """Give the cells of one column; none where there is no such column."""
    return [
        cell
        for row in rows
        for column, cell in zip(row.names, row.cells, strict=False)
        if column == name
    ]


def in_cell(line: int, column: str, what: str) -> str:
    """Say where in a table something was found."""
    return _("Line {line}, column {column}: {what}").format(line=line, column=column, what=what)


def _is_table(source: str, form: TableForm) -> bool:
    if "\n" in source or "\r" in source:
        return True
    cells = source.lower().split(separator_of(source))
    return set(form.needed) <= set(form.settled(cell.strip() for cell in cells))


def _check_names(names: Sequence[str], form: TableForm) -> None:
    for name in names:
        if name not in form.names:
            near = closest_word(name, form.names)
            expected = _("{columns}; write {word}.") if near else _("{columns}.")
            raise form.refusal(
                _("The first line names a column {name}.").format(name=quoted(name)),
                expected.format(columns=form.in_words(), word=quoted(near)),
            )
    settled = form.settled(names)
    missing = [name for name in form.needed if name not in settled]
    twice = [name for name in names if settled.count(form.stand_ins.get(name, name)) > 1]
    if not missing and not twice:
        return
    found = _("The first line names a column twice.")
    if missing:
        found = _("The first line lacks {names}.").format(names=", ".join(missing))
    elif len(set(twice)) == 2:
        found = _("The first line names both {names}.").format(names=listed(sorted(set(twice))))
    raise form.refusal(found, _("each once of {columns}.").format(columns=form.in_words()))
