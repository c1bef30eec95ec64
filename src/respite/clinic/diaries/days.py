"""Which day it is for a patient, and when something was felt: the patient's clock, not ours."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from uuid import UUID

from respite.domain import DIARY_HOUR

if TYPE_CHECKING:
    from respite.clinic.accounts.models import Clinic

DAYS_BACK = 14
"""How many days back an entry may still be written; ours."""

SOON = timedelta(minutes=10)
"""How far clocks of devices may be ahead, once they are set right by ours."""

WEST_MIN, EAST_MIN = -12 * 60, 14 * 60
"""How far clocks of the world stand from UTC [minutes]."""


def offset_at(clinic: Clinic, moment: datetime) -> int:
    """Give how far the clock of the clinic stands from UTC at a moment [minutes]."""
    offset = moment.astimezone(zoneinfo.ZoneInfo(clinic.time_zone)).utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)


def offset_told(told: int | None, clinic: Clinic, moment: datetime) -> int:
    """Give the offset that a phone told, where there is such a clock; else that of the clinic."""
    if told is None or not WEST_MIN <= told <= EAST_MIN:
        return offset_at(clinic, moment)
    return told


def day_at(moment: datetime, offset_min: int) -> date:
    """Give the day that a clock shows at a moment."""
    return moment.astimezone(timezone(timedelta(minutes=offset_min))).date()


def evening_of(day: date, offset_min: int, client_id: UUID) -> datetime:
    """Give the moment for which an entry stands that was written for an earlier day.

    It lies in the first second of the evening hour that the library takes for such scores; where
    in that second, the entry's own number says, so that two entries never share a moment.
    """
    clock = timezone(timedelta(minutes=offset_min))
    moment = time(DIARY_HOUR, microsecond=client_id.int % 1_000_000, tzinfo=clock)
    return datetime.combine(day, moment)


def offset_for_day(day: date, told: int | None, clinic: Clinic) -> int:
    """Give the offset for the evening of a day: as the phone told, or by the clinic's zone."""
    zone = zoneinfo.ZoneInfo(clinic.time_zone)
    evening = datetime.combine(day, time(DIARY_HOUR), tzinfo=zone)
    return offset_told(told, clinic, evening)


def moment_told(
    told: datetime | None, day: date, offset_min: int, now: datetime, client_id: UUID
) -> datetime | None:
    """Give the moment at which a device says that an entry was written, where it can be so.

    It lies on the day of the entry and is not to come. Devices know thousandths of a second; where
    in such a one, the entry's own number says, so that two entries never share a moment.

    Returns
    -------
    That moment; ``None`` where nothing was told, or it cannot be so.
    """
    if told is None or day_at(told, offset_min) != day or told > now + SOON:
        return None
    known = told.replace(microsecond=told.microsecond // 1000 * 1000)
    return min(known + timedelta(microseconds=client_id.int % 1000), now)
