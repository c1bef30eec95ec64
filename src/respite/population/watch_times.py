"""When levels are looked at, so that no rise and no fall is missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from respite.domain import DoseEvent
from respite.literature import Model

AFTER_LAST_DOSE_H = 24
"""How long levels are watched after the last dose; ours, over twice a terminal half-life."""

_STEPS_IN_DOSE = 12
_STEPS_BETWEEN = 48
_MOST_WATCHED = 24


def as_entered(model: Model, events: Sequence[DoseEvent]) -> tuple[DoseEvent, ...]:
    """Give doses as long as they take to enter, where that is longer than they were said to take.

    So the end of a release that nobody typed is looked at, as any end of a dose is.
    """
    return tuple(
        event if event.duration_h else replace(event, duration_h=_release_h(model, str(event.way)))
        for event in events
    )


def _release_h(model: Model, route: str) -> float:
    slow = [path.duration for path in model.routes.get(route, ()) if path.duration]
    return max((model.parameters[name].value for name in slow), default=0)


def edges(events: Sequence[DoseEvent]) -> list[float]:
    """Give the start and the end of every dose [h]."""
    return [edge for event in events for edge in (event.time_h, event.time_h + event.duration_h)]


def watch_times(events: Sequence[DoseEvent], window_h: float) -> list[float]:
    """Choose times that see every rise and fall: edges of doses, closely after them, and between.

    Of long courses a few doses, evenly spread and with the last among them,
    are watched closely; the edges of all are.
    """
    step = max(len(events) // _MOST_WATCHED, 1)
    times = {0.0, window_h, *edges(events)}
    for event in events[::-step]:
        end = event.time_h + event.duration_h
        if event.duration_h:
            times |= set(np.linspace(event.time_h, end, _STEPS_IN_DOSE).tolist())
        later = [start.time_h for start in events if start.time_h > event.time_h]
        stop = min([*later, window_h])
        if stop > end:
            # Evenly spaced on a square scale: close after the dose, wider later.
            soon = min(stop, end + AFTER_LAST_DOSE_H)
            spread = np.linspace(0, 1, _STEPS_BETWEEN) ** 2
            times |= set((end + (soon - end) * spread).tolist())
            times |= set(np.linspace(soon, stop, _STEPS_IN_DOSE).tolist())
    return sorted(time for time in times if time <= window_h)
