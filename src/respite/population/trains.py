"""From dose events, as a clinic writes them, to trains of equal doses for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from respite.domain import DoseEvent


@dataclass(frozen=True)
class EventTrain:
    """Equal dose events at equal intervals: the first of them, how many, how far apart [h].

    ``is_steady`` where the same have been given for ever before the first.
    """

    event: DoseEvent
    count: int
    interval_h: float
    is_steady: bool = False


def event_trains(events: Sequence[DoseEvent]) -> tuple[EventTrain, ...]:
    """Gather dose events into the fewest trains that a single pass finds.

    Parameters
    ----------
    events
        Dose events in any order.

    Returns
    -------
    Trains that hold every event exactly once.
    """
    alike = sorted(events, key=lambda event: (_kind(event), event.time_h))
    trains: list[EventTrain] = []
    for _, group in groupby(alike, key=_kind):
        trains.extend(_split(list(group)))
    return tuple(sorted(trains, key=lambda train: train.event.time_h))


def _kind(event: DoseEvent) -> tuple[str, str, str, str, float, bool, float]:
    return (
        event.drug,
        event.route,
        event.form,
        event.salt,
        event.amount,
        event.is_per_kg,
        event.duration_h,
    )


def _split(events: list[DoseEvent]) -> list[EventTrain]:
    trains: list[EventTrain] = []
    start = 0
    while start < len(events):
        end = start + 1
        interval = events[end].time_h - events[start].time_h if end < len(events) else 1
        can_repeat = interval >= max(events[start].duration_h, 1 / 60)
        while (
            can_repeat
            and end < len(events)
            and abs(events[end].time_h - events[end - 1].time_h - interval) * 3600 < 1
        ):
            end += 1
        count = end - start
        trains.append(EventTrain(events[start], count, interval if count > 1 else 1))
        start = end
    return trains
