"""Reads the files that hold records: data sets, and dosing histories beside them."""

from __future__ import annotations

from os import PathLike

from respite.domain.data_set import Compartments, DataSet
from respite.domain.dosing import Drug
from respite.domain.history import DosingHistory
from respite.domain.history_files import read_table
from respite.domain.record_cells import Record, read_record
from respite.domain.record_meaning import meaning_of
from respite.domain.record_routes import told
from respite.domain.record_rules import check_record
from respite.domain.record_table import RecordCells, header_of, rows_of, text_of


def read(
    source: str | PathLike[str],
    *,
    compartments: Compartments | None,
    drug: Drug | str | None,
) -> DataSet:
    """Read a data set."""
    return _read_text(text_of(source), compartments, drug)


def read_either(
    source: str | PathLike[str],
    *,
    compartments: Compartments | None,
    drug: Drug | str | None,
) -> DataSet | DosingHistory:
    """Read a dosing history where a column is named start, and a data set otherwise."""
    text = text_of(source)
    names = header_of(text)
    if "START" in names and "ID" not in names:
        # A line break at the end tells text from a path.
        return read_table(f"{text}\n")
    return _read_text(text, compartments, drug)


def _read_text(text: str, compartments: Compartments | None, drug: Drug | str | None) -> DataSet:
    said = told(compartments, drug)
    return meaning_of(map(_checked, rows_of(text)), said)


def _checked(cells: RecordCells) -> Record:
    record = read_record(cells)
    check_record(record)
    return record
