"""Reads and writes a dosing history as a table: one line for each administration.

The columns are ``start,drug,amount,unit,route,duration_min``, in any order,
separated by commas or by semicolons. What is unambiguous is read; everything
else is refused with its line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from os import PathLike

from respite.domain.dosing import Drug, Salt
from respite.domain.errors import FileNotUnderstood, RegimenNotUnderstood
from respite.domain.history import DosingHistory, GivenDose
from respite.domain.history_cells import Cells, read_dose
from respite.domain.numerals import plain_text
from respite.domain.spelling import closest_word, quoted
from respite.domain.text_files import read_text

COLUMNS = ("start", "drug", "amount", "unit", "route", "duration_min")
LARGEST_BYTES = 100_000_000
MOST_DOSES = 20_000
"""More is not the history of one patient."""


def read_table(source: str | PathLike[str]) -> DosingHistory:
    """Read a dosing history from a path, or from the text of a table."""
    if isinstance(source, str) and _is_table(source):
        text = source.removeprefix("\ufeff")
        if len(text) > LARGEST_BYTES:
            raise _not_a_table(f"The table is {len(text):,} characters long.", "a shorter table.")
    else:
        text = read_text(source, LARGEST_BYTES)
    doses: dict[GivenDose, int] = {}
    for cells in _rows(text):
        dose = read_dose(cells)
        _check_alike(dose, doses, cells)
        doses[dose] = cells.line
        if len(doses) > MOST_DOSES:
            raise _not_a_table(
                f"The table holds more than {MOST_DOSES:,} doses.", "the doses of one patient."
            )
    if not doses:
        raise _not_a_table("The table holds no dose.", "one line for each dose that was given.")
    return DosingHistory(tuple(sorted(doses, key=lambda dose: dose.start)))


def write_table(history: DosingHistory) -> str:
    """Write a dosing history as a table."""
    lines = [",".join(COLUMNS)]
    for dose in history.doses:
        drug = f"{dose.drug} HCl" if dose.salt is Salt.HYDROCHLORIDE else str(dose.drug)
        is_placebo = dose.drug is Drug.PLACEBO
        amount = ["", ""] if is_placebo else [plain_text(dose.amount), dose.unit]
        start = dose.start.isoformat()
        lines.append(",".join([start, drug, *amount, dose.route, plain_text(dose.duration_min)]))
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
                    f"Line {table.line_num} has {len(cells)} cells, not {len(names)}.",
                    "as many cells in every line; a number takes a point and no comma.",
                )
            else:
                yield Cells(table.line_num, dict(zip(names, cells, strict=True)))
    except csv.Error as error:
        raise _not_a_table(
            f"Line {table.line_num} is not a line of a table: {error}.", "closed quotation marks."
        ) from None


def _check_names(names: list[str]) -> None:
    for name in names:
        if name not in COLUMNS:
            near = closest_word(name, COLUMNS)
            hint = f"; write {quoted(near)}" if near else ""
            raise _not_a_table(
                f"The first line names a column {quoted(name)}.", f"{', '.join(COLUMNS)}{hint}."
            )
    missing = [name for name in COLUMNS if name not in names]
    if missing or len(names) != len(COLUMNS):
        what = f"lacks {', '.join(missing)}" if missing else "names a column twice"
        raise _not_a_table(f"The first line {what}.", f"each once of {', '.join(COLUMNS)}.")


def _check_alike(dose: GivenDose, doses: dict[GivenDose, int], cells: Cells) -> None:
    earlier = next(iter(doses), None)
    if dose in doses:
        raise RegimenNotUnderstood(
            found=f"Line {cells.line} repeats line {doses[dose]} in every column.",
            expected="each dose once.",
            remedy="remove one of the two, or correct the column start.",
        )
    if earlier is not None and (earlier.start.tzinfo is None) != (dose.start.tzinfo is None):
        raise RegimenNotUnderstood(
            found=f"Line {cells.line}, column start: only some times have a time zone.",
            expected="a time zone in every line, or in none.",
            remedy="write all times in the same way.",
        )


def _not_a_table(found: str, expected: str) -> FileNotUnderstood:
    example = f'begin with the line "{",".join(COLUMNS)}".'
    return FileNotUnderstood(found, expected, example)
