"""Levels that a laboratory measured in a patient's blood, and when they were drawn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from respite.domain.clocks import hours_between
from respite.domain.errors import LevelsNotUnderstood

if TYPE_CHECKING:
    from datetime import datetime
    from os import PathLike

LEVEL_UNIT = "mg/L"
"""Unit of levels within Respite."""


class Analyte(StrEnum):
    """What was measured."""

    KETAMINE = "ketamine"
    S_KETAMINE = "s-ketamine"
    R_KETAMINE = "r-ketamine"
    NORKETAMINE = "norketamine"


class SamplingSite(StrEnum):
    """Where the blood was drawn."""

    VENOUS = "venous"
    ARTERIAL = "arterial"


@dataclass(frozen=True, kw_only=True)
class MeasuredLevel:
    """One level, as the laboratory wrote it.

    Parameters
    ----------
    at
        When the blood was drawn; with a time zone, or as clocks on the wall show.
    analyte
        What was measured. Ketamine is the sum of both its forms.
    value
        Number in ``unit``, above zero.
    unit
        A mass in a volume of plasma, such as ``ng/mL``.
    site
        Where the blood was drawn.
    """

    at: datetime
    analyte: Analyte
    value: float
    unit: str
    site: SamplingSite

    @property
    def mg_per_l(self) -> float:
        """The level in mg/L.

        Raises
        ------
        UnitNotUnderstood
            Where the unit is not one of mass in a volume.
        """
        from respite.domain.units import convert

        return convert(self.value, self.unit, LEVEL_UNIT)


@dataclass(frozen=True)
class MeasuredLevels:
    """The levels of one patient: at least one, in order of time.

    Made by :func:`read_levels`.

    Parameters
    ----------
    levels
        What was measured, the earliest first.
    """

    levels: tuple[MeasuredLevel, ...]

    def hours_after(self, first: datetime) -> tuple[float, ...]:
        """Give the hours from the start of the first dose to each level.

        Parameters
        ----------
        first
            When the first dose started.

        Raises
        ------
        LevelsNotUnderstood
            Where only one of the two has a time zone.
        """
        return tuple(hours_between(first, level.at, LevelsNotUnderstood) for level in self.levels)


def read_levels(source: str | PathLike[str]) -> MeasuredLevels:
    r"""Read measured levels: one line for each.

    Parameters
    ----------
    source
        A path, or the text of the table itself: a string that holds a line
        break is taken for text.

    Returns
    -------
    The levels in order of time, whatever their order in the table.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is no table with these columns.
    LevelsNotUnderstood
        Where a line is ambiguous or impossible, with the line and column of
        the first, and how many others there are. Nothing is half read.

    Examples
    --------
    >>> measured = read_levels(
    ...     "time,analyte,value,unit,site\n2026-03-02T10:30,ketamine,88,ng/mL,venous\n"
    ... )
    >>> measured.levels[0].mg_per_l
    0.088
    """
    # Imported here, so that those with no levels do not pay for the table.
    from respite.domain.level_files import read_table

    return read_table(source)
