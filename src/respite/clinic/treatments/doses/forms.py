"""The grid of earlier doses: each row is read as the command line reads a dosing history."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone

from respite.clinic.treatments.doses.table import COLUMNS, MOST_ROWS
from respite.domain import DOSE_HOUR, RespiteError, Route, Salt, read_given_dose
from respite.domain import translate as _

FEWEST_ROWS = 10
HIGHEST_PAIN = 10
LONGEST_RELIEF_DAYS = 4000
LONGEST_CELL = 200

NAMES = {"minutes": "duration_min"}
"""Columns of the grid that a dosing history calls otherwise."""


class PasteForm(forms.Form):
    """A block of a spreadsheet."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Make the one field."""
        super().__init__(data)
        self.fields["block"] = forms.CharField(
            label=_("Paste from a spreadsheet"),
            help_text=_(
                "One line for each dose: date and time, drug, amount, unit, route, minutes, pain"
                " before, days of relief. Nothing is written before you have seen it as a grid."
            ),
            max_length=50_000,
            widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        )


class Row:
    """One row of the grid: what was typed, why it is refused, or the dose it tells of."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        """Keep what was typed."""
        self.number = number
        self.cells = {name: cells.get(name, "")[: LONGEST_CELL + 1] for name in COLUMNS}
        self.beyond = cells.get("beyond", "")
        self.faults: list[str] = []
        self.told: dict[str, Any] = {}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(cell.strip() for cell in self.cells.values()) and not self.beyond

    def read(self, zone: zoneinfo.ZoneInfo) -> None:
        """Read the row; what is not understood is said in ``faults``."""
        if self.beyond:
            self.faults.append(_("There are more cells than columns."))
        if any(len(cell) > LONGEST_CELL or "\x00" in cell for cell in self.cells.values()):
            self.faults.append(_("A cell is too long, or holds what nobody can read."))
            return
        try:
            dose = read_given_dose(self.number, self._as_history())
        except RespiteError as fault:
            self.faults.append(str(fault))
            return
        start = self._start(dose.start, zone)
        if dose.salt is not Salt.BASE:
            self.faults.append(_("Write the amount of the base, without HCl."))
        if dose.form:
            self.faults.append(_("Write the route alone, without the form of a tablet."))
        for name, highest in (("pain", HIGHEST_PAIN), ("relief", LONGEST_RELIEF_DAYS)):
            self.told[name] = self._number(name, highest)
        if not self.faults:
            self._fits(dose.amount, dose.duration_min)
        self.told = {
            "start": start,
            "drug": dose.drug.value,
            "amount": dose.amount,
            "unit": dose.unit,
            "route": Route(dose.route).value,
            "duration_min": dose.duration_min,
            "pain_before": self.told["pain"],
            "relief_days": self.told["relief"],
        }

    def _as_history(self) -> dict[str, str]:
        cells = {NAMES.get(name, name): cell.strip() for name, cell in self.cells.items()}
        day, time = cells.pop("day"), cells.pop("time")
        return {**cells, "start": f"{day}T{time or f'{DOSE_HOUR:02d}:00'}" if day else ""}

    def _start(self, start: datetime, zone: zoneinfo.ZoneInfo) -> datetime:
        placed = start if start.tzinfo is not None else start.replace(tzinfo=zone)
        is_skipped = placed.astimezone(zoneinfo.ZoneInfo("UTC")).astimezone(zone)
        if start.tzinfo is None and is_skipped.replace(tzinfo=None) != start:
            self.faults.append(_("The clocks skipped this hour on that day."))
        if placed > timezone.now():
            self.faults.append(_("This dose lies in the future; plan it, and write it down after."))
        return placed

    def _number(self, name: str, highest: int) -> Decimal | None:
        text = self.cells[name].strip()
        if not text:
            return None
        try:
            number = Decimal(text)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or not 0 <= number <= highest or number != round(number, 1):
            label = _("Pain before") if name == "pain" else _("Days of relief")
            self.faults.append(
                _("{label}: write a number from 0 to {highest}, with one decimal at most.").format(
                    label=label, highest=highest
                )
            )
            return None
        return number

    def _fits(self, amount: Decimal, minutes: Decimal) -> None:
        """Refuse numbers that have more digits than are kept."""
        for value, places, largest in ((amount, 3, 10**6), (minutes, 2, 10**6)):
            if value != round(value, places) or value >= largest:
                self.faults.append(
                    _("{number} has more digits than are kept.").format(number=value)
                )


class Grid:
    """Rows of earlier doses, all of which must be right before any is written."""

    def __init__(self, rows: Sequence[Mapping[str, str]], zone: zoneinfo.ZoneInfo) -> None:
        """Take what was typed or pasted."""
        self.zone = zone
        self.is_too_long = len(rows) > MOST_ROWS
        taken = [*rows[:MOST_ROWS]]
        taken += [{}] * (FEWEST_ROWS - len(taken))
        self.rows = [Row(number, cells) for number, cells in enumerate(taken, start=1)]

    @property
    def filled(self) -> list[Row]:
        """The rows in which something stands."""
        return [row for row in self.rows if not row.is_empty]

    @property
    def faults(self) -> list[tuple[int, str]]:
        """Why rows are refused, by their number."""
        return [(row.number, fault) for row in self.rows for fault in row.faults]

    def is_right(self) -> bool:
        """Read every row, and say whether all may be written."""
        seen: dict[tuple[Any, ...], int] = {}
        for row in self.filled:
            row.read(self.zone)
            if row.faults:
                continue
            key = tuple(row.told[name] for name in ("start", "drug", "amount", "unit", "route"))
            if key in seen:
                row.faults.append(_("This row repeats row {number}.").format(number=seen[key]))
            seen[key] = row.number
        return bool(self.filled) and not self.faults and not self.is_too_long

    @property
    def told(self) -> list[dict[str, Any]]:
        """The doses, after all rows were found right."""
        return [row.told for row in self.filled]


def sent_rows(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """Give the rows of a grid that was sent.

    Parameters
    ----------
    data
        What was sent, with lists by column.
    """
    lists = {name: data.getlist(name) for name in COLUMNS}  # pyright: ignore[reportAttributeAccessIssue]
    count = min(max(map(len, lists.values()), default=0), MOST_ROWS + 1)
    return [
        {name: str(cells[place]) if place < len(cells) else "" for name, cells in lists.items()}
        for place in range(count)
    ]
