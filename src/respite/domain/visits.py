"""Visits: between which two days relief was lost after the last dose of a course.

A visit sees whether relief still holds. Relief that held at one visit and was
gone at the next was lost at an unknown time in between: after the day of the
first, and at the latest on the day of the second.
"""

from __future__ import annotations

from dataclasses import dataclass
from os import PathLike

from respite.domain.errors import RespiteError


class VisitsNotUnderstood(RespiteError):
    """A line of a table of visits that is ambiguous or impossible."""

    page = "visits-not-understood"


@dataclass(frozen=True, kw_only=True)
class CourseSeen:
    """One course of treatment, and what visits saw of the relief after it.

    Days count from the end of the last dose of the course.

    Parameters
    ----------
    patient
        Who was treated, by any name that stands for one person.
    course
        Which course of this patient it was, counted from 1.
    group
        To which group the patient belongs; empty where there are no groups.
    last_with_day
        The last day on which relief was seen to hold; 0 where it never was.
    first_without_day
        The first day on which relief was seen to be gone; ``None`` where it
        has not been lost yet. Equal to ``last_with_day`` where the time of
        the loss is known exactly.
    """

    patient: str
    course: int
    group: str
    last_with_day: float
    first_without_day: float | None

    @property
    def is_ongoing(self) -> bool:
        """Whether relief had not been lost when the patient was last seen."""
        return self.first_without_day is None

    @property
    def is_exact(self) -> bool:
        """Whether the time at which relief was lost is known exactly."""
        return self.first_without_day == self.last_with_day

    @property
    def last_seen_day(self) -> float:
        """The last day on which anything was seen of this course."""
        return self.last_with_day if self.first_without_day is None else self.first_without_day


@dataclass(frozen=True)
class Visits:
    """What visits saw of a group of patients; at least one course.

    Made by :func:`read_visits`.

    Parameters
    ----------
    courses
        Every course, in the order of the table.
    """

    courses: tuple[CourseSeen, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of the groups in alphabetical order; one empty name where there are none."""
        return tuple(sorted({course.group for course in self.courses}))

    def of_group(self, group: str) -> Visits:
        """Give the courses of one group."""
        return Visits(tuple(course for course in self.courses if course.group == group))

    def by_patient(self) -> tuple[tuple[CourseSeen, ...], ...]:
        """Give the courses of each patient, each patient's in the order they were given."""
        found: dict[str, list[CourseSeen]] = {}
        for course in self.courses:
            found.setdefault(course.patient, []).append(course)
        return tuple(tuple(sorted(own, key=lambda one: one.course)) for own in found.values())


def read_visits(source: str | PathLike[str]) -> Visits:
    r"""Read a table of visits: one line for each course of each patient.

    The columns are ``patient,last_seen_with_relief_day,first_seen_without_day``,
    and ``course`` and ``group`` where they are needed.

    Parameters
    ----------
    source
        A path, or the text of the table itself: a string that holds a line
        break, or the name of every column, is taken for text.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is no table with these columns.
    VisitsNotUnderstood
        Where a line is ambiguous or impossible, with the line and column.

    Examples
    --------
    >>> visits = read_visits(
    ...     "patient,last_seen_with_relief_day,first_seen_without_day\n"
    ...     "A,14,28\n"
    ...     "B,28,\n"
    ... )
    >>> [course.first_without_day for course in visits.courses]
    [28.0, None]
    """
    # Imported here, so that those without visits do not pay for reading tables.
    from respite.domain.visit_files import read_table

    return read_table(source)
