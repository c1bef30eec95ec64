"""Reads the cells of one row of a data set into a record of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from respite.domain.errors import RecordsNotUnderstood
from respite.domain.numerals import numeral_fault
from respite.domain.record_table import MEDICINE, RECORD_COLUMNS, WORD_COLUMNS, RecordCells
from respite.domain.spelling import quoted
from respite.domain.words import translate as _

MISSING = ("", ".")
NOT_COVARIATES = frozenset((*RECORD_COLUMNS, *WORD_COLUMNS))
OBSERVES, DOSES, CARRIES, RESETS, RESETS_AND_DOSES = range(5)
"""What EVID 0 to 4 do."""

HEAVIEST_KG, OLDEST_YEARS = 500, 120
"""Ours: beyond, a covariate is in another unit."""

# Wider than what people may type as a dose: programs write exponents and many digits.
_NUMBER = re.compile(
    r"[+-]?(?:[0-9]{1,25}(?:\.[0-9]{0,25})?|\.[0-9]{1,25})(?:[eE][+-]?[0-9]{1,3})?", re.ASCII
)
_CLOCK = re.compile(r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?", re.ASCII)
_NOT_AVAILABLE = frozenset({"na", "n/a", "nan", "null", "none", "missing"})
_LARGEST_WHOLE = 1_000_000_000_000


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a data set as numbers; what is not written is zero or ``None``.

    Parameters
    ----------
    cells
        The row itself, to refuse it by line and column.
    subject
        ID.
    time_h
        TIME.
    kind
        EVID, or what follows from AMT where there is none.
    amount, rate, interval_h, additional, steady
        AMT, RATE, II, ADDL and SS.
    compartment
        CMT, or ``None`` for the default one.
    value
        DV as written.
    missing
        MDV as written.
    covariates
        Values that are written, by name of column.
    """

    cells: RecordCells
    subject: int
    time_h: float
    kind: int
    amount: float
    rate: float
    interval_h: float
    additional: int
    steady: int
    compartment: int | None
    value: float | None
    missing: int | None
    covariates: Mapping[str, float]

    @property
    def is_dose(self) -> bool:
        """Whether a dose is given."""
        return self.kind in (DOSES, RESETS_AND_DOSES)

    @property
    def resets(self) -> bool:
        """Whether nothing is carried over from before."""
        return self.kind in (RESETS, RESETS_AND_DOSES) or self.steady == 1

    def refusal(self, column: str, what: str, expected: str, remedy: str) -> RecordsNotUnderstood:
        """Make the error for one cell."""
        return self.cells.refusal(column, what, expected, remedy)


def read_record(cells: RecordCells) -> Record:
    """Read one row.

    Raises
    ------
    RecordsNotUnderstood
        Where a cell is no number of its kind.
    """
    amount = _number(cells, "AMT") or 0
    kind = _whole(cells, "EVID")
    return Record(
        cells=cells,
        subject=_required_whole(cells, "ID"),
        time_h=_time(cells),
        kind=(DOSES if amount > 0 else OBSERVES) if kind is None else kind,
        amount=amount,
        rate=_number(cells, "RATE") or 0,
        interval_h=_number(cells, "II") or 0,
        additional=_whole(cells, "ADDL") or 0,
        steady=_whole(cells, "SS") or 0,
        compartment=_whole(cells, "CMT") or None,
        value=_number(cells, "DV"),
        missing=_whole(cells, "MDV"),
        covariates=dict(_covariates(cells)),
    )


def _number(cells: RecordCells, column: str) -> float | None:
    text = cells.by_name.get(column, "")
    if text in MISSING:
        return None
    value = float(text) if _NUMBER.fullmatch(text) else None
    if value is None or not isfinite(value):
        raise cells.refusal(
            column,
            _("{word} is not a number.").format(word=quoted(text)),
            _('a plain number, or "." where it is missing.'),
            _how_to_write(text),
        )
    return value


def _how_to_write(text: str) -> str:
    if text.lower() in _NOT_AVAILABLE:
        return _('write ".".')
    if _NUMBER.fullmatch(text):
        return _("check its exponent.")
    return numeral_fault(text.lstrip("+-")) or _("correct the cell.")


def _whole(cells: RecordCells, column: str) -> int | None:
    value = _number(cells, column)
    if value is None:
        return None
    if not value.is_integer() or abs(value) > _LARGEST_WHOLE:
        raise cells.refusal(
            column,
            _("{word} is not a whole number.").format(word=quoted(cells.by_name[column])),
            _("a whole number such as 1."),
            _("correct the cell."),
        )
    return int(value)


def _required_whole(cells: RecordCells, column: str) -> int:
    text = cells.by_name[column]
    if text and text[0] not in "+-.0123456789":
        raise cells.refusal(
            column,
            _("{word} is not a number.").format(word=quoted(text)),
            _("a whole number for each subject; only lines that begin with # are left out."),
            _("number the subjects, or write # before a line that is no record."),
        )
    value = _whole(cells, column)
    if value is None or value < 0:
        what = _("nothing is written.") if value is None else _("it is below zero.")
        raise cells.refusal(
            column, what, _("the number of the subject in every row."), _("write it down.")
        )
    return value


def _time(cells: RecordCells) -> float:
    text = cells.by_name["TIME"]
    if _CLOCK.fullmatch(text):
        raise cells.refusal(
            "TIME",
            _("{word} is a time of the clock.").format(word=quoted(text)),
            _("decimal hours on one clock for each subject."),
            _("write hours from the first record: half past nine in the morning is 9.5."),
        )
    value = _number(cells, "TIME")
    if value is None:
        raise cells.refusal(
            "TIME",
            _("nothing is written."),
            _("decimal hours in every row."),
            _("write it down."),
        )
    # A negative zero would not be written back as it was read.
    return value or float(0)


def _covariates(cells: RecordCells) -> Iterator[tuple[str, float]]:
    for column in cells.by_name:
        if column in NOT_COVARIATES:
            continue
        value = _number(cells, column)
        if value is None:
            continue
        expected = _possible(column, value)
        if expected is not None:
            raise cells.refusal(
                column,
                _("{word} is out of reach.").format(word=quoted(cells.by_name[column])),
                expected,
                _('correct the cell; a value that is missing is written ".".'),
            )
        yield column, value


def _possible(column: str, value: float) -> str | None:
    """Say what a covariate whose unit is known should have been, or ``None``."""
    if column == "WT" and not 0 < value <= HEAVIEST_KG:
        return _("body weight in kg, above 0 and at most {most}.").format(most=HEAVIEST_KG)
    if column == "AGE" and not 0 <= value <= OLDEST_YEARS:
        return _("age in years, from 0 to {most}.").format(most=OLDEST_YEARS)
    if column.startswith(MEDICINE) and value not in (0, 1):
        return _("1 where the medicine is taken, 0 where it is not.")
    return None
