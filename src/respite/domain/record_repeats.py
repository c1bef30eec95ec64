"""Finds equal doses at equal intervals, which one row with ADDL and II can say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from respite.domain.data_set import Observation, SteadyDose
from respite.domain.dosing import DoseEvent
from respite.domain.plausible_doses import SHORTEST_INTERVAL_SECONDS
from respite.domain.record_rules import LONGEST_INTERVAL_H
from respite.domain.record_times import time_after

Happening: TypeAlias = Observation | SteadyDose | DoseEvent
"""What takes place in an episode, one after another."""

_HOUR_S = 3_600


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """A dose, and how many equal ones follow it at what interval."""

    event: DoseEvent
    interval_h: float = 0
    additional: int = 0


def with_repeats(
    items: Iterable[Happening], *, compress: bool
) -> list[Observation | SteadyDose | Repeated]:
    """Put runs of equal doses into one, where that is asked for and changes nothing.

    An additional dose comes before every row of its time. So only a dose that
    is the first thing at its time may become one.

    Parameters
    ----------
    items
        What happens in an episode, in order.
    compress
        Whether to look for runs.
    """
    listed = list(items)
    runs = _runs(listed) if compress else {}
    swallowed = {place for run in runs.values() for place in run[1:]}
    return [
        _as_row(item, [listed[at] for at in runs.get(place, ())])
        for place, item in enumerate(listed)
        if place not in swallowed
    ]


def _as_row(item: Happening, run: Sequence[Happening]) -> Observation | SteadyDose | Repeated:
    if not isinstance(item, DoseEvent):
        return item
    if len(run) < 2:
        return Repeated(event=item)
    interval = time_after(_time(run[1]), item.time_h, -1)
    return Repeated(event=item, interval_h=interval, additional=len(run) - 1)


def _runs(items: Sequence[Happening]) -> dict[int, list[int]]:
    """Give the places of each run of two or more doses by the place of its first."""
    kinds: dict[DoseEvent, list[int]] = {}
    for place, item in enumerate(items):
        if isinstance(item, DoseEvent):
            kinds.setdefault(replace(item, time_h=0), []).append(place)
    first_at = _firsts(items)
    runs: dict[int, list[int]] = {}
    for places in kinds.values():
        for run in _runs_of_kind(items, places, first_at):
            runs[run[0]] = run
    return runs


def _firsts(items: Sequence[Happening]) -> set[int]:
    """Give the places of the items that are the first at their time."""
    seen: dict[float, int] = {}
    for place, item in enumerate(items):
        seen.setdefault(_time(item), place)
    return set(seen.values())


def _runs_of_kind(
    items: Sequence[Happening], places: Sequence[int], first_at: set[int]
) -> Iterator[list[int]]:
    times = [_time(items[place]) for place in places]
    at = 0
    while at < len(places):
        count = 1
        while at + count < len(places) and places[at + count] in first_at:
            if not _continues(times[at], times[at + 1], times[at + count], count):
                break
            count += 1
        if count > 1:
            yield list(places[at : at + count])
        at += count


def _continues(first: float, second: float, last: float, count: int) -> bool:
    """Say whether the last time is exactly where a reader puts that additional dose."""
    interval = time_after(second, first, -1)
    is_possible = interval * _HOUR_S >= SHORTEST_INTERVAL_SECONDS and interval <= LONGEST_INTERVAL_H
    return is_possible and last == time_after(first, interval, count)


def _time(item: Happening) -> float:
    return item.event.time_h if isinstance(item, SteadyDose) else item.time_h
