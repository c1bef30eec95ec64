"""What cannot have happened yet is refused in words."""

from __future__ import annotations

from datetime import date

from respite.domain import Diary, DiaryNotUnderstood, Sessions, SessionsNotUnderstood
from respite.domain import translate as _


def refuse_future(day: date, *, diary: Diary | None, sessions: Sessions | None) -> None:
    """Refuse scores and sessions of days to come.

    Parameters
    ----------
    day
        The day on which is asked.
    diary, sessions
        What was written down.

    Raises
    ------
    DiaryNotUnderstood, SessionsNotUnderstood
        Where one of them reaches beyond that day.
    """
    remedy = _("check the date, or say with --on for which day is asked.")
    last = diary.entries[-1].at if diary is not None else None
    if last is not None and last.date() > day:
        raise DiaryNotUnderstood(
            _("The diary has a score for {date}, which lies after {on}.").format(
                date=last.date().isoformat(), on=day.isoformat()
            ),
            _("scores of days that have been."),
            remedy,
        )
    if sessions is not None and sessions.last.start.date() > day:
        raise SessionsNotUnderstood(
            _("The record has a session on {date}, which lies after {on}.").format(
                date=sessions.last.start.date().isoformat(), on=day.isoformat()
            ),
            _("sessions that have been."),
            remedy,
        )
