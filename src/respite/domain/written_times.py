"""Reads dates and times as people and spreadsheets write them, a column at a time.

ISO 8601 is always read. Dates in local order are read where the whole column
leaves no doubt about it: a date with dots has the day first; among dates with
slashes any number above twelve is a day, and dates that follow each other
daily in one order only are in that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import pairwise

from respite.domain.spelling import quoted
from respite.domain.tables import CellFault
from respite.domain.words import translate as _

FIRST_YEAR, LAST_YEAR = 1950, 2150
"""Ours: outside, a date is a slip of the keyboard."""

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ISO_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.ASCII,
)
_LOCAL = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<mark>[./])(?P<second>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})"
    r"(?: (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?",
    re.ASCII,
)
_MONTHS = 12
_FEWEST_IN_A_ROW = 3
"""Ours: fewer days in a row could be chance."""


class Order(Enum):
    """In which order the dates of a column are written."""

    YEAR_FIRST = "year first"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNSETTLED = "unsettled"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True)
class Written:
    """A time that was read.

    Parameters
    ----------
    at
        The time; midnight where only a date was written.
    has_time
        Whether a time of day was written.
    """

    at: datetime
    has_time: bool


@dataclass(frozen=True)
class DateColumn:
    """How the dates of a column are written.

    Parameters
    ----------
    mark
        What stands between the numbers of its first date: ``-``, ``.`` or ``/``.
    order
        The order of the numbers.
    """

    mark: str
    order: Order

    @staticmethod
    def of(cells: Iterable[str]) -> DateColumn:
        """Tell from all cells of a column how its dates are written.

        Examples
        --------
        >>> DateColumn.of(["2/3/2026", "2/13/2026"]).order
        <Order.MONTH_FIRST: 'month first'>
        """
        known = [(mark, cell) for cell in cells if (mark := _mark_of(cell))]
        mark = known[0][0] if known else "-"
        if mark == "/":
            return DateColumn(mark, _order_of([_numbers(cell) for m, cell in known if m == mark]))
        return DateColumn(mark, Order.YEAR_FIRST if mark == "-" else Order.DAY_FIRST)

    def read(self, text: str) -> Written | CellFault:
        """Read one cell of the column, or say why it cannot be read."""
        mark = _mark_of(text)
        if not mark:
            return _no_date(text)
        if mark != self.mark:
            return CellFault(
                _("{word} is written otherwise than the first date of the column.").format(
                    word=quoted(text)
                ),
                _("dates written in one way."),
                _("write all dates with the year first, such as 2026-03-02."),
            )
        if self._is_in_doubt(text):
            return self._doubt(text)
        written = _iso(text) if mark == "-" else _local(text, self.order is not Order.MONTH_FIRST)
        if written is None:
            return _no_date(text)
        if not FIRST_YEAR <= written.at.year <= LAST_YEAR:
            return out_of_reach(text)
        return written

    def _is_in_doubt(self, text: str) -> bool:
        if self.order is Order.UNSETTLED:
            first, second, _year = _numbers(text)
            return first != second
        return self.order is Order.CONTRADICTED

    def _doubt(self, text: str) -> CellFault:
        remedy = _("write all dates with the year first, such as 2026-03-02.")
        if self.order is Order.CONTRADICTED:
            return CellFault(
                _("some dates put the day first, and others the month."),
                _("one order in the whole column."),
                remedy,
            )
        first, second, year = _numbers(text)
        readings = [f"{year:04}-{second:02}-{first:02}", f"{year:04}-{first:02}-{second:02}"]
        return CellFault(
            _("{word} may be {one} or {other}.").format(
                word=quoted(text), one=readings[0], other=readings[1]
            ),
            _("dates whose day and month cannot be mistaken for each other."),
            remedy,
        )


def iso_time(text: str) -> datetime | None:
    """Read a date and time of day as ISO 8601 writes them; ``None`` where it is anything else."""
    try:
        return datetime.fromisoformat(text) if _ISO_TIME.fullmatch(text) else None
    except ValueError:
        return None


def is_iso_date(text: str) -> bool:
    """Whether a text looks like a date without a time of day."""
    return _ISO_DATE.fullmatch(text) is not None


def out_of_reach(text: str) -> CellFault:
    """Say that a date lies in a year in which nobody was treated."""
    return CellFault(
        _("{word} is out of reach.").format(word=quoted(text)),
        _("a year from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR),
        _("check it."),
    )


def _no_date(text: str) -> CellFault:
    expected = _("a date such as 2026-03-02, or a date and time such as 2026-03-02T20:00.")
    if text == "":
        return CellFault(_("nothing is written."), expected, _("write it down."))
    return CellFault(
        _("{word} is not a date.").format(word=quoted(text)),
        expected,
        _("write the year first, with four digits, then month, day and time."),
    )


def _mark_of(text: str) -> str:
    """Give what stands between the numbers of a date; nothing where the text is no date."""
    if _ISO_DATE.fullmatch(text) or _ISO_TIME.fullmatch(text):
        return "-"
    match = _LOCAL.fullmatch(text)
    return match["mark"] if match else ""


def _numbers(text: str) -> tuple[int, int, int]:
    match = _LOCAL.fullmatch(text)
    assert match is not None, text
    return int(match["first"]), int(match["second"]), int(match["year"])


def _iso(text: str) -> Written | None:
    has_time = not is_iso_date(text)
    at = iso_time(text if has_time else f"{text}T00:00")
    return None if at is None else Written(at, has_time)


def _local(text: str, day_first: bool) -> Written | None:
    match = _LOCAL.fullmatch(text)
    assert match is not None, text
    first, second, year = _numbers(text)
    day, month = (first, second) if day_first else (second, first)
    clock = match["clock"]
    # A spreadsheet writes nine o'clock as 9:00.
    hour, _colon, rest = (clock or "0:00").partition(":")
    at = iso_time(f"{year:04}-{month:02}-{day:02}T{hour:0>2}:{rest}")
    return None if at is None else Written(at, clock is not None)


def _order_of(dates: Sequence[tuple[int, int, int]]) -> Order:
    """Tell the order of dates with slashes from all of them."""
    is_day_first = any(first > _MONTHS >= second for first, second, _year in dates)
    is_month_first = any(second > _MONTHS >= first for first, second, _year in dates)
    if is_day_first and is_month_first:
        return Order.CONTRADICTED
    if not is_day_first and not is_month_first:
        is_day_first = _is_daily([(year, second, first) for first, second, year in dates])
        is_month_first = _is_daily([(year, first, second) for first, second, year in dates])
        # Where day and month are the same number, either order is right.
        is_day_first |= all(first == second for first, second, _year in dates)
    if is_day_first == is_month_first:
        return Order.UNSETTLED
    return Order.DAY_FIRST if is_day_first else Order.MONTH_FIRST


def _is_daily(dates: Iterable[tuple[int, int, int]]) -> bool:
    """Whether dates, each year, month and day, are days in a row."""
    try:
        days = sorted({date(*numbers) for numbers in dates})
    except ValueError:
        return False
    is_row = all(later - early == timedelta(days=1) for early, later in pairwise(days))
    return is_row and len(days) >= _FEWEST_IN_A_ROW
