"""The times a forecast looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import floor

from respite.domain import DoseEvent, TimeMark

DAY_H = 24

_ONSET_MIN = (20, 40, 80, 120, 240, 360, 720, 1080)
"""Within a dose that lasts longer: while relief sets in, and while adaptation takes from it."""

_LAGS_MIN = (0, 15, 40, 120, 210, 360)
"""After each dose: when effect sites that lag by minutes are near their highest, and while
relief that follows the level wears off."""

_FIRST_DAY_MIN = (0, 1, 2, 5, 10, 15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360)
_FIRST_DAY_H = (7, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24)

_MOST_WATCHED = 120
"""Of longer courses this many doses, evenly spread, are watched closely."""


@dataclass(frozen=True)
class Clock:
    """All times of one forecast.

    Attributes
    ----------
    times_h
        Every time [h] from the first dose, rising.
    end_h
        End of the last dose [h].
    horizon_h
        The horizon after it [h]; the times go on until loss at the horizon is confirmed.
    day
        Days from the first dose that are answered, whole ones and those asked for.
    """

    times_h: tuple[float, ...]
    end_h: float
    horizon_h: float
    day: tuple[float, ...]

    @cached_property
    def answered(self) -> list[int]:
        """Places of the answered days among the times."""
        return [self.index_of(day * DAY_H) for day in self.day]

    def index_of(self, time_h: float) -> int:
        """Give the place of a time that the clock holds."""
        return self.times_h.index(time_h)

    @property
    def first_after(self) -> int:
        """Index of the end of the last dose."""
        return self.index_of(self.end_h)

    @property
    def up_to_horizon(self) -> slice:
        """Places of the times up to the horizon."""
        return slice(self.index_of(self.horizon_h) + 1)


def set_clock(
    events: Sequence[DoseEvent],
    marks: Sequence[TimeMark],
    horizon_days: int,
    confirm_days: int,
) -> Clock:
    """Choose the times at which a forecast looks.

    Parameters
    ----------
    events
        Dose events; the first starts at time zero.
    marks
        Times that were asked for.
    horizon_days, confirm_days
        How far to look after the last dose, and how long to make sure.

    Returns
    -------
    Whole days, the times asked for, the ends of doses and a while after them,
    the first day after the last dose closely, the horizon, and the very end.
    """
    end = max(event.time_h + event.duration_h for event in events)
    horizon = end + float(horizon_days) * DAY_H
    last = horizon + confirm_days * DAY_H
    days = [float(day) for day in range(floor(end / DAY_H) + horizon_days + 1)]
    asked = [mark.hours / DAY_H for mark in marks if mark.hours <= last]
    answered = sorted({*days, *asked})
    times = {day * DAY_H for day in days} | {mark.hours for mark in marks if mark.hours <= last}
    times |= {end + minutes / 60 for minutes in _FIRST_DAY_MIN}
    times |= {end + float(hours) for hours in _FIRST_DAY_H}
    times |= {end + float(day) * DAY_H for day in range(1, 8)}
    times |= {time for time in _around_doses(events) if time < end}
    times |= {event.time_h for event in events}
    times |= {last, horizon, end}
    return Clock(tuple(sorted(times)), end, horizon, tuple(answered))


def _around_doses(events: Sequence[DoseEvent]) -> list[float]:
    step = max(len(events) // _MOST_WATCHED, 1)
    watched = list(events)[::-step]
    return [
        time
        for event in watched
        for time in (
            event.time_h,
            *(event.time_h + lag / 60 for lag in _ONSET_MIN if lag / 60 < event.duration_h),
            *(event.time_h + event.duration_h + lag / 60 for lag in _LAGS_MIN),
        )
    ]
