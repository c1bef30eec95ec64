"""A pain diary: what somebody wrote down about their pain, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from respite.domain.clocks import DIARY_HOUR, DOSE_HOUR, hour_of_day, hours_between
from respite.domain.errors import DiaryNotUnderstood
from respite.domain.pain import DAY_H
from respite.domain.words import translate as _

if TYPE_CHECKING:
    from os import PathLike

STEPS_PER_POINT = (1, 2, 10, 100)
"""Into how many steps a diary may part one point of pain, the fewest first."""


@dataclass(frozen=True, kw_only=True)
class DiaryEntry:
    """One entry of a diary.

    Parameters
    ----------
    at
        The time for which the score stands; with a time zone, or as clocks on
        the wall show. ``None`` where ``day`` is said instead.
    day
        Days from the first dose, negative before it. A whole number means
        20:00 of that day, and any other exactly so many days of 24 hours.
    pain
        Pain score, 0 to 10; ``None`` where it is missing.
    phq9
        Total of the PHQ-9 questionnaire, 0 to 27; ``None`` where it is missing.
    entered_at
        When the entry was written, where that is known.
    note
        What else was written, on one line.
    """

    at: datetime | None = None
    day: Decimal | None = None
    pain: float | None = None
    phq9: int | None = None
    entered_at: datetime | None = None
    note: str = ""

    def hours_after(self, first: datetime | None = None) -> float:
        """Give the hours from the start of the first dose; see :meth:`Diary.hours_after`."""
        if self.day is not None:
            hours = float(DAY_H * self.day)
            if self.day != self.day.to_integral_value():
                return hours
            return hours + DIARY_HOUR - (DOSE_HOUR if first is None else hour_of_day(first))
        if self.at is None or first is None:
            raise DiaryNotUnderstood(
                _("The diary has dates, and no first dose to count from."),
                _("a date for the first dose."),
                _("give the dosing history, or the date on which the regimen starts."),
            )
        return hours_between(first, self.at, DiaryNotUnderstood)

    def lateness_h(self) -> float:
        """Give the hours from the end of the day of the entry until it was written."""
        if self.at is None or self.entered_at is None:
            return 0
        midnight = self.at.replace(hour=0, minute=0, second=0, microsecond=0)
        late = hours_between(midnight + timedelta(days=1), self.entered_at, DiaryNotUnderstood)
        return max(0, late)


@dataclass(frozen=True)
class Diary:
    """The diary of one patient: at least one entry, in order of time.

    Made by :func:`read_diary`.

    Parameters
    ----------
    entries
        In any order; they are kept with the earliest first.

    Raises
    ------
    DiaryNotUnderstood
        Where an entry is impossible, or two stand for the same time.
    """

    entries: tuple[DiaryEntry, ...]

    def __post_init__(self) -> None:
        """Check the entries, and put them in order of time."""
        from respite.domain.diary_checks import in_order

        # The only way to settle a field of a frozen value while it is being made.
        object.__setattr__(self, "entries", in_order(self.entries))

    @property
    def is_dated(self) -> bool:
        """Whether entries have dates, and not days counted from the first dose."""
        return self.entries[0].day is None

    @property
    def missing_count(self) -> int:
        """How many entries have no pain score."""
        return sum(entry.pain is None for entry in self.entries)

    @property
    def step(self) -> float:
        """The grid that all scores lie on, in points: 1, 0.5, 0.1 or 0.01, the coarsest.

        People who write whole numbers and people who slide a mark differ in
        what a score says. A diary without a score has a step of 1.
        """
        scores = [entry.pain for entry in self.entries if entry.pain is not None]
        fitting = (
            parts
            for parts in STEPS_PER_POINT
            if all(round(score * parts) / parts == score for score in scores)
        )
        return 1 / next(fitting)

    def hours_after(self, first: datetime | None = None) -> tuple[float, ...]:
        r"""Give the hours from the start of the first dose to each entry.

        Parameters
        ----------
        first
            When the first dose started. It may be left out where the diary
            counts days: then it is taken to have started at 09:00.

        Returns
        -------
        Hours, one for each entry, negative before the first dose. They rise,
        but for one case: where whole days and parts of days stand in one diary,
        an entry in the course of a day and that of its evening may change
        places with the hour of the first dose.

        Raises
        ------
        DiaryNotUnderstood
            Where the diary has dates and ``first`` is not given, or only one
            of the two has a time zone.

        Examples
        --------
        >>> read_diary("day,pain\n-1,7\n0.25,2\n1,4\n").hours_after()
        (-13.0, 6.0, 35.0)
        """
        return tuple(entry.hours_after(first) for entry in self.entries)

    def lateness_h(self) -> tuple[float, ...]:
        """Give how late each entry was written.

        Returns
        -------
        Hours, one for each entry, from the end of the day for which it stands
        until it was written; 0 where it was written on that day, or where
        nobody knows when.
        """
        return tuple(entry.lateness_h() for entry in self.entries)


def read_diary(source: str | PathLike[str]) -> Diary:
    r"""Read a pain diary: one line for each entry.

    Parameters
    ----------
    source
        A path, or the text of the table itself: a string that holds a line
        break is taken for text.

    Returns
    -------
    The entries in order of time, whatever their order in the table.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is no table with these columns.
    DiaryNotUnderstood
        Where a line is ambiguous or impossible, with the line and column of
        the first, and how many others there are. Nothing is half read.

    Examples
    --------
    >>> diary = read_diary("date,pain,note\n2026-03-02,3,\n2026-03-01T20:00,6.5,bad night\n")
    >>> [entry.pain for entry in diary.entries]
    [6.5, 3.0]
    >>> diary.step
    0.5
    """
    # Imported here and below, so that those with no diary do not pay for its table.
    from respite.domain.diary_files import read_table

    return read_table(source)


def write_diary(diary: Diary) -> str:
    """Write a diary as the table that :func:`read_diary` reads."""
    from respite.domain.diary_files import write_table

    return write_table(diary)
