"""Which days a figure of pain shows: the latest course and what follows, or everything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from respite.report.diary_sentences import has_learnt

if TYPE_CHECKING:
    from respite.forecasting import Forecast

RUN_IN_DAYS, LEAST_CUT_DAYS = 14, 28
"""Days shown before the latest course, and the fewest that are worth leaving out; ours."""


@dataclass(frozen=True)
class Window:
    """Days from the first dose that a figure shows."""

    first: float
    last: float

    def holds(self, day: float) -> bool:
        """Tell whether a day is shown."""
        return self.first <= day <= self.last

    @property
    def length(self) -> float:
        """How many days are shown."""
        return self.last - self.first


def whole(forecast: Forecast) -> Window:
    """Show everything, from the run-in to the horizon."""
    scores = forecast.diary["day"] if forecast.diary is not None else ()
    return Window(min([0.0, *scores[:1]]), forecast.pain.day[-1])


def latest(forecast: Forecast) -> Window:
    """Show the latest course that has begun, what led to it and what follows it."""
    everything = whole(forecast)
    now = known_until(forecast)
    begun = [dose for dose in forecast.doses if dose.day <= now] or forecast.doses[:1]
    if not begun:
        return everything
    start = min(dose.day for dose in begun if dose.course == begun[-1].course) - RUN_IN_DAYS
    if start - everything.first < LEAST_CUT_DAYS:
        return everything
    return Window(start, everything.last)


def known_until(forecast: Forecast) -> float:
    """Give the day of the last score or, without a diary, of the last dose that was given."""
    if forecast.diary is not None and has_learnt(forecast):
        return forecast.diary["day"][-1]
    if forecast.history is None or forecast.first_dose is None:
        return 0
    first, last = map(datetime.fromisoformat, (forecast.first_dose, forecast.history["last"]))
    return (last - first).total_seconds() / 86_400
