"""A record of sessions: what each brought and cost, as it was written down afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from respite.domain.errors import RespiteError

if TYPE_CHECKING:
    from os import PathLike


class SessionsNotUnderstood(RespiteError):
    """A line of a record of sessions that is ambiguous or impossible."""

    page = "sessions-not-understood"


@dataclass(frozen=True, kw_only=True)
class SessionRecord:
    """One session, and what was seen of it. ``None`` is not written down, and never none or zero.

    Parameters
    ----------
    start
        When the session started; with a time zone, or as clocks on the wall show.
    relief_percent
        How far pain fell [%] at best; below zero where it rose.
    hours_of_relief
        How long the relief lasted [h].
    effects
        Unwanted effects in the words that were written, in lower case, such
        as ``severe nausea``; empty where it was written that there were none.
    systolic, diastolic
        Highest blood pressure of the session [mmHg].
    """

    start: datetime
    relief_percent: float | None = None
    hours_of_relief: float | None = None
    effects: tuple[str, ...] | None = None
    systolic: int | None = None
    diastolic: int | None = None


@dataclass(frozen=True)
class Sessions:
    """The sessions of one patient on one plan: at least one, in order of time.

    Made by :func:`read_sessions`.

    Parameters
    ----------
    records
        In any order; they are kept with the earliest first.

    Raises
    ------
    SessionsNotUnderstood
        Where a session is impossible, or two started at the same time.
    """

    records: tuple[SessionRecord, ...]

    def __post_init__(self) -> None:
        """Check the sessions, and put them in order of time."""
        from respite.domain.session_checks import in_order

        # The only way to settle a field of a frozen value while it is being made.
        object.__setattr__(self, "records", in_order(self.records))

    @property
    def last(self) -> SessionRecord:
        """The latest session."""
        return self.records[-1]


def read_sessions(source: str | PathLike[str]) -> Sessions:
    r"""Read a record of sessions: one line for each.

    The columns are ``start,relief_percent,hours_of_relief,effects,systolic,diastolic``;
    all but the first two may be left out.

    Parameters
    ----------
    source
        A path, or the text of the table itself: a string that holds a line
        break, or the name of both needed columns, is taken for text.

    Returns
    -------
    The sessions in order of time, whatever their order in the table.

    Raises
    ------
    FileNotUnderstood
        Where the file cannot be read, or is no table with these columns.
    SessionsNotUnderstood
        Where a line is ambiguous or impossible, with the line and column of
        the first, and how many others there are. Nothing is half read.

    Examples
    --------
    >>> sessions = read_sessions(
    ...     "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
    ...     "2026-03-02T09:00,40,60,dizziness + mild nausea,138,84\n"
    ...     "2026-03-16T09:00,35,,none,,\n"
    ... )
    >>> [record.effects for record in sessions.records]
    [('dizziness', 'mild nausea'), ()]
    """
    # Imported here and below, so that those with no sessions do not pay for their table.
    from respite.domain.session_files import read_table

    return read_table(source)


def write_sessions(sessions: Sessions) -> str:
    """Write a record of sessions as the table that :func:`read_sessions` reads."""
    from respite.domain.session_files import write_table

    return write_table(sessions)
