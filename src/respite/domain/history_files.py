"""Reads and writes a dosing history as a table: one line for each administration.

The columns are ``start,drug,amount,unit,route,duration_min``, in any order,
separated by commas or by semicolons. What is unambiguous is read; everything
else is refused with its line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike

from respite.domain.dosing import Drug, Salt, route_in_words
from respite.domain.errors import FileNotUnderstood, RegimenNotUnderstood
from respite.domain.history import DosingHistory, GivenDose
from respite.domain.history_cells import Cells, read_dose
from respite.domain.numerals import plain_text
from respite.domain.spelling import closest_word, quoted
from respite.domain.text_files import read_text
from respite.domain.words import translate as _
from respite.domain.words import translate_plural

COLUMNS = ("start", "drug", "amount", "unit", "route", "duration_min")
LARGEST_BYTES = 100_000_000
MOST_DOSES = 20_000
"""More is not the history of one patient."""


def read_table(source: str | PathLike[str]) -> DosingHistory:
    """Read a dosing history from a path, or from the text of a table."""
    if isinstance(source, str) and _is_table(source):
        text = source.removeprefix("\ufeff")
        if len(text) > LARGEST_BYTES:
            raise _not_a_table(
                _("The table is {count:,} characters long.").format(count=len(text)),
                _("a shorter table."),
            )
    else:
        text = read_text(source, LARGEST_BYTES)
    doses: dict[GivenDose, int] = {}
    for cells in _rows(text):
        dose = read_dose(cells)
        _check_alike(dose, doses, cells)
        doses[dose] = cells.line
        if len(doses) > MOST_DOSES:
            raise _not_a_table(
                _("The table holds more than {most:,} doses.").format(most=MOST_DOSES),
                _("the doses of one patient."),
            )
    if not doses:
        raise _not_a_table(
            _("The table holds no dose."), _("one line for each dose that was given.")
        )
    return DosingHistory(tuple(sorted(doses, key=lambda dose: dose.start)))


def write_table(history: DosingHistory) -> str:
    """Write a dosing history as a table."""
    lines = [",".join(COLUMNS)]
    for dose in history.doses:
        drug = f"{dose.drug} HCl" if dose.salt is Salt.HYDROCHLORIDE else str(dose.drug)
        is_placebo = dose.drug is Drug.PLACEBO
        amount = ["", ""] if is_placebo else [plain_text(dose.amount), dose.unit]
        start = dose.start.isoformat()
        route = route_in_words(dose.route, dose.form)
        lines.append(",".join([start, drug, *amount, route, plain_text(dose.duration_min)]))
    return "\n".join(lines) + "\n"


def _is_table(source: str) -> bool:
    return "\n" in source or "\r" in source or all(name in source.lower() for name in COLUMNS)


def _rows(text: str) -> Iterator[Cells]:
    import csv
    import io

    first_line = text.lstrip()[:1_000].partition("\n")[0]
    separator = ";" if ";" in first_line else ","
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    try:
        for row in table:
            cells = [cell.strip() for cell in row]
            if not any(cells):
                continue
            if not names:
                names = [cell.lower() for cell in cells]
                _check_names(names)
            elif len(cells) != len(names):
                raise _not_a_table(
                    translate_plural(
                        "Line {line} has {count} cell, not {columns}.",
                        "Line {line} has {count} cells, not {columns}.",
                        len(cells),
                    ).format(line=table.line_num, count=len(cells), columns=len(names)),
                    _("as many cells in every line; a number takes a point and no comma."),
                )
            else:
                yield Cells(table.line_num, dict(zip(names, cells, strict=True)))
    except csv.Error as error:
        raise _not_a_table(
            _("Line {line} is not a line of a table: {error}.").format(
                line=table.line_num, error=error
            ),
            _("closed quotation marks."),
        ) from None


def _check_names(names: list[str]) -> None:
    for name in names:
        if name not in COLUMNS:
            near = closest_word(name, COLUMNS)
            expected = _("{columns}; write {word}.") if near else _("{columns}.")
            raise _not_a_table(
                _("The first line names a column {name}.").format(name=quoted(name)),
                expected.format(columns=", ".join(COLUMNS), word=quoted(near)),
            )
    missing = [name for name in COLUMNS if name not in names]
    if missing or len(names) != len(COLUMNS):
        found = _("The first line names a column twice.")
        if missing:
            found = _("The first line lacks {names}.").format(names=", ".join(missing))
        raise _not_a_table(
            found,
            _("each once of {columns}.").format(columns=", ".join(COLUMNS)),
        )


def _check_alike(dose: GivenDose, doses: dict[GivenDose, int], cells: Cells) -> None:
    earlier = next(iter(doses), None)
    if dose in doses:
        raise RegimenNotUnderstood(
            found=_("Line {line} repeats line {earlier} in every column.").format(
                line=cells.line, earlier=doses[dose]
            ),
            expected=_("each dose once."),
            remedy=_("remove one of the two, or correct the column start."),
        )
    if earlier is not None and (earlier.start.tzinfo is None) != (dose.start.tzinfo is None):
        raise RegimenNotUnderstood(
            found=_("Line {line}, column start: only some times have a time zone.").format(
                line=cells.line
            ),
            expected=_("a time zone in every line, or in none."),
            remedy=_("write all times in the same way."),
        )


def _not_a_table(found: str, expected: str) -> FileNotUnderstood:
    example = _('begin with the line "{columns}".').format(columns=",".join(COLUMNS))
    return FileNotUnderstood(found, expected, example)
