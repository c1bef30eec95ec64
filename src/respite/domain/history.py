"""A dosing history: what was given, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from respite.domain.dosing import DoseEvent, Drug, Form, Route, Salt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from decimal import Decimal
    from os import PathLike

    from respite.domain.regimen import Regimen


@dataclass(frozen=True, kw_only=True)
class GivenDose:
    """One administration that took place, as it was recorded.

    Parameters
    ----------
    start
        When it started; with a time zone, or as clocks on the wall show.
    drug, route, salt
        What was given, how, and what ``amount`` weighs.
    amount
        Number in ``unit``; zero for placebo.
    unit
        ``mg``, ``ug`` or ``g``, or one of these per kg.
    duration_min
        Length of the infusion in minutes; zero for a bolus.
    form
        How an oral dose was made; not said for any other route.
    """

    start: datetime
    drug: Drug
    amount: Decimal
    unit: str
    route: Route
    duration_min: Decimal
    salt: Salt = Salt.BASE
    form: Form = Form.PLAIN

    def event_after(self, first: datetime) -> DoseEvent:
        """Give this dose as an event, timed from the start of the first dose."""
        from respite.domain.clocks import hours_between
        from respite.domain.units import parse_unit

        unit = parse_unit(self.unit)
        return DoseEvent(
            time_h=hours_between(first, self.start),
            drug=self.drug,
            route=self.route,
            amount=float(self.amount * unit.numerator / unit.denominator),
            is_per_kg="body_weight" in dict(unit.dimension),
            duration_h=float(self.duration_min / 60),
            salt=self.salt,
            form=self.form,
        )

    def as_regimen(self) -> Regimen:
        """Give this dose as a plan of one dose, written as it would be typed."""
        from respite.domain.regimen import Regimen

        words = [self.drug.value, f"{self.amount.normalize():f}", self.unit, self.route.value]
        if self.salt is Salt.HYDROCHLORIDE:
            words.insert(3, "HCl")
        if self.form is not Form.PLAIN:
            words.append(self.form.value)
        if self.duration_min:
            words.append(f"over {self.duration_min.normalize():f} min")
        return Regimen.parse(" ".join(words))


@dataclass(frozen=True)
class DosingHistory:
    """Dose events that were given, in order of time; at least one.

    Made by :func:`read_dosing_history`.

    Parameters
    ----------
    doses
        What was given, the earliest first.
    """

    doses: tuple[GivenDose, ...]

    @property
    def first_dose_start(self) -> datetime:
        """When the first dose started."""
        return self.doses[0].start

    @property
    def last_dose_end_h(self) -> float:
        """End of the dose that ended last, in hours from the start of the first."""
        return max(event.end_h for event in self.events())

    @property
    def needs_weight(self) -> bool:
        """Whether any dose is per kilogram of body weight."""
        return any(event.is_per_kg for event in self.events())

    def events(self) -> tuple[DoseEvent, ...]:
        """Give every administration, timed from the start of the first."""
        first = self.first_dose_start
        return tuple(dose.event_after(first) for dose in self.doses)


def read_dosing_history(source: str | PathLike[str]) -> DosingHistory:
    r"""Read a dosing history: one line for each administration.

    Parameters
    ----------
    source
        A path, or the text of the table itself: a string that holds a line
        break, or every name of a column, is taken for text.

    Returns
    -------
    The doses in order of time, whatever their order in the table.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is no table with these columns.
    RegimenNotUnderstood
        Where a line is ambiguous or impossible, with the line and column.

    Examples
    --------
    >>> history = read_dosing_history(
    ...     "start,drug,amount,unit,route,duration_min\n"
    ...     "2026-03-02T09:00,ketamine,35,mg,iv,40\n"
    ... )
    >>> history.events()[0].amount
    35.0
    """
    # Imported here and below, so that those with no history do not pay for its table.
    from respite.domain.history_files import read_table

    return read_table(source)


def read_given_dose(line: int, cells: Mapping[str, str]) -> GivenDose:
    """Read one line of a dosing history.

    Parameters
    ----------
    line
        Its number, as people count.
    cells
        What stands in each column, by name; what is left out is empty.

    Raises
    ------
    RegimenNotUnderstood
        Where the line is ambiguous or impossible, with the line and column.

    Examples
    --------
    >>> cells = {"start": "2026-03-02T09:00", "drug": "ketamine", "amount": "35", "unit": "mg"}
    >>> str(read_given_dose(1, cells | {"route": "iv", "duration_min": "40"}).as_regimen())
    'ketamine 35 mg iv over 40 min'
    """
    from respite.domain.history_cells import Cells, read_dose
    from respite.domain.history_files import COLUMNS

    return read_dose(Cells(line, {name: cells.get(name, "").strip() for name in COLUMNS}))


def write_dosing_history(history: DosingHistory) -> str:
    """Write a dosing history as the table that :func:`read_dosing_history` reads."""
    from respite.domain.history_files import write_table

    return write_table(history)
