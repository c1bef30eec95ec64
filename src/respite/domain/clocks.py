"""Hours on the clocks of a patient's days: which are assumed, and how many lie between two."""

from __future__ import annotations

from datetime import datetime

from respite.domain.errors import RespiteError
from respite.domain.words import translate as _

DOSE_HOUR = 9
"""Hour of the day at which the first dose starts where nobody has said. Ours, for a morning."""

DIARY_HOUR = 20
"""Hour of the day for which a score stands that was written without one. Ours, for an evening."""


def is_zoned(at: datetime) -> bool:
    """Whether a time has a time zone."""
    return at.utcoffset() is not None


def hours_between(
    first: datetime, later: datetime, error: type[RespiteError] = RespiteError
) -> float:
    """Give the hours from one time to another; negative where the other is earlier.

    Parameters
    ----------
    first, later
        Both with a time zone, or both as clocks on the wall show.
    error
        What to raise.

    Raises
    ------
    RespiteError
        Where only one of them has a time zone.
    """
    if is_zoned(first) != is_zoned(later):
        zoned, plain = (first, later) if is_zoned(first) else (later, first)
        raise error(
            _("{zoned} has a time zone, and {plain} has none.").format(
                zoned=zoned.isoformat(), plain=plain.isoformat()
            ),
            _("a time zone in all times of a patient, or in none."),
            _("write the times of doses, diary and levels in the same way."),
        )
    return (later - first).total_seconds() / 3_600


def hour_of_day(at: datetime) -> float:
    """Give the hours since midnight that a clock shows."""
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return hours_between(midnight, at)
