"""Days of a forecast as dates, where the first dose has one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import rounded

if TYPE_CHECKING:
    from respite.forecasting import Forecast


def date_on(forecast: Forecast, day: float) -> str | None:
    """Give the date so many days after the start of the first dose, where that has a date."""
    if forecast.first_dose is None:
        return None
    first = datetime.fromisoformat(forecast.first_dose)
    return (first + timedelta(days=day)).date().isoformat()


def date_after_last_dose(forecast: Forecast, days_after: float) -> str | None:
    """Give the date so many days after the end of the last dose."""
    return date_on(forecast, forecast.last_dose_end_day + days_after)


def date_or_day(forecast: Forecast, day: float) -> str:
    """Name a day: by its date, or counted from the first dose."""
    return date_on(forecast, day) or _("day {day}").format(day=rounded(day))
