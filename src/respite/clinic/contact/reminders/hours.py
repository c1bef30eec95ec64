"""When a reminder comes, by the clock of the clinic."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HOURS = range(6, 24)
"""Hours at which a reminder may come; ours."""

LATE_HOURS = 3
"""How late a reminder may still go out on its day; ours."""


def next_hour(hour: int, zone: str, after: datetime) -> datetime:
    """Give the next moment after another at which the clock of a clinic shows an hour."""
    clock = ZoneInfo(zone)
    day = after.astimezone(clock).date()
    today = at_hour(day, hour, clock)
    return today if today > after else at_hour(day + timedelta(days=1), hour, clock)


def at_hour(day: date, hour: int, clock: ZoneInfo) -> datetime:
    """Give the moment of an hour on a day."""
    return datetime.combine(day, time(hour), tzinfo=clock)


def last_moment(planned: datetime, zone: str) -> datetime:
    """Give until when a reminder may still go out: some hours late, and never on the next day."""
    local = planned.astimezone(ZoneInfo(zone))
    midnight = datetime.combine(local.date() + timedelta(days=1), time(0), tzinfo=local.tzinfo)
    return min(planned + timedelta(hours=LATE_HOURS), midnight)
