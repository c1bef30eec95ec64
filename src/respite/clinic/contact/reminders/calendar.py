"""A reminder for the patient's own calendar: once a day, and nothing clinical in it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

from respite.domain import translate as _


def calendar_of(hour: int, today: date, now: datetime) -> str:
    """Write a calendar with one event that comes every day, as RFC 5545 has it.

    Parameters
    ----------
    hour
        The hour, by whatever clock the phone shows.
    today
        The first day.
    now
        When this is made.
    """
    words = _("A minute for yourself")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Respite//Reminder//EN",
        "BEGIN:VEVENT",
        f"UID:{uuid.uuid4()}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{today:%Y%m%d}T{hour:02d}0000",
        "DURATION:PT5M",
        "RRULE:FREQ=DAILY",
        "TRANSP:TRANSPARENT",
        f"SUMMARY:{words}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:PT0M",
        f"DESCRIPTION:{words}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    )
    return "\r\n".join(lines) + "\r\n"
