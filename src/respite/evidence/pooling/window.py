"""Which times stand for the time that was asked for, and which of a trial's times is taken."""

from __future__ import annotations

from collections.abc import Iterable

from respite.domain import RespiteError, TimeMark, convert
from respite.domain import translate as _


def asked_days(at: str | float) -> float:
    """Read the time that is asked for, in days from the first dose.

    Parameters
    ----------
    at
        A time as typed, such as ``14d``, or a number of days.

    Raises
    ------
    RespiteError
        Where it cannot be read, or is not after the first dose.
    """
    days = convert(TimeMark.parse(at).hours, "h", "days") if isinstance(at, str) else float(at)
    if not 0 < days < float("inf"):
        raise RespiteError(
            _("--at is {at}.").format(at=at),
            _("a time after the first dose."),
            _("--at 14d."),
        )
    return days


def window_around(days: float) -> tuple[float, float]:
    """Give the window of a time: from half of it to one and a half times it.

    Examples
    --------
    >>> window_around(14)
    (7.0, 21.0)
    """
    return days / 2, days + days / 2


def nearest(times: Iterable[float], days: float) -> float | None:
    """Give the time within the window that is nearest; the earlier of two as near.

    Parameters
    ----------
    times
        When a trial measured, in days.
    days
        What is asked for.

    Examples
    --------
    >>> nearest([1, 7, 28], 14)
    7
    """
    first, last = window_around(days)
    inside = sorted(time for time in times if first <= time <= last)
    return min(inside, key=lambda time: abs(time - days), default=None)
