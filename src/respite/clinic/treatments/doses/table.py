"""Cuts what was pasted from a spreadsheet into rows of the grid."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO

COLUMNS = ("day", "time", "drug", "amount", "unit", "route", "minutes", "pain", "relief")
"""Columns of the grid, in their order."""

PASTED = ("start", "drug", "amount", "unit", "route", "minutes", "pain", "relief")
"""Columns as they are pasted where no heading names them: day and time share one cell."""

HEADINGS = {
    "start": "start", "date": "start", "day": "start", "when": "start", "date and time": "start",
    "time": "time", "drug": "drug", "medicine": "drug", "amount": "amount", "dose": "amount",
    "unit": "unit", "route": "route", "minutes": "minutes", "min": "minutes",
    "duration": "minutes", "duration_min": "minutes", "pain": "pain", "pain before": "pain",
    "pain_before": "pain", "relief": "relief", "days of relief": "relief",
    "relief_days": "relief", "relief days": "relief",
}  # fmt: skip
"""Words by which a first line may name its columns."""

MOST_ROWS = 100
"""More rows at once are refused; ours."""

WITH_COMMA = re.compile(r"(\d{1,6}),(\d{1,2})", re.ASCII)
DAY_AND_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]+(\d{1,2}:\d{2})(?::\d{2})?", re.ASCII)
EARLY = re.compile(r"\d:\d{2}", re.ASCII)


def rows_of(text: str) -> list[dict[str, str]]:
    """Cut a pasted block into rows, each by column of the grid.

    Cells are separated by tabs, semicolons or commas, whichever the first line has first in that
    order. A first line of headings names the columns; without one they stand in the order of the
    grid.

    Parameters
    ----------
    text
        What was pasted.
    """
    lines = [line for line in text.replace("\x00", "").splitlines() if line.strip()]
    if not lines:
        return []
    separator = next((one for one in "\t;," if one in lines[0]), "\t")
    try:
        table = [
            [cell.strip() for cell in row]
            for row in csv.reader(StringIO("\n".join(lines)), delimiter=separator)
        ]
    except csv.Error:
        table = [[cell.strip() for cell in line.split(separator)] for line in lines]
    names, body = _named(table)
    return [dict(_cells(names, row, separator)) for row in body if any(row)]


def _named(table: Sequence[Sequence[str]]) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    first = [cell.lower() for cell in table[0]]
    if first and HEADINGS.get(first[0]) in ("start", "time", "drug"):
        return [HEADINGS.get(cell, "") for cell in first], table[1:]
    return PASTED, table


def _cells(names: Sequence[str], row: Sequence[str], separator: str) -> Iterator[tuple[str, str]]:
    # What stands beyond the named columns is shown in the last one, and refused there.
    for place, cell in enumerate(row):
        name = names[place] if place < len(names) else ""
        if name == "start":
            match = DAY_AND_TIME.fullmatch(cell)
            yield "day", match[1] if match else cell
            if match:
                yield "time", f"0{match[2]}" if EARLY.fullmatch(match[2]) else match[2]
        elif name in ("amount", "minutes", "pain", "relief") and separator != ",":
            yield name, WITH_COMMA.sub(r"\1.\2", cell) if WITH_COMMA.fullmatch(cell) else cell
        elif name:
            yield name, cell
        elif cell:
            yield "beyond", cell
