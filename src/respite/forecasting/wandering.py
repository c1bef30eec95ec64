"""How scores wander about what is expected, in each draw: a slow drift, and what a day brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.engine import Rows, WanderState
from respite.forecasting.entries import Entries
from respite.population import Floats, Group, People

_BLOCK = 128
"""Draws that are worked out at once; ours."""

_NUMBERS = ("drift_spread", "between_days", "drift_half_time", "autocorrelation_time")


@dataclass(frozen=True)
class Known:
    """What a diary says about the wandering.

    Attributes
    ----------
    entries
        Its scores.
    state
        What is known after each of them, arrays of shape ``(people, scores)``.
    """

    entries: Entries
    state: WanderState


@dataclass(frozen=True)
class Wandering:
    """Departures of each draw at each time [points], shape ``(draws, times)``.

    Attributes
    ----------
    drift
        Of untreated pain.
    day
        Of the written score, beside the drift.
    """

    drift: Floats
    day: Floats


def wander(group: Group, rows: Rows, times_h: Sequence[float], known: Known | None) -> Wandering:
    """Draw how scores wander at some times.

    Only quantiles at one time are answered from these, so one departure for
    each draw serves all times. What is known at a time comes from the scores
    up to it: days that have passed show what was expected of them then.

    Parameters
    ----------
    group
        The different people among the draws.
    rows
        Which of them each draw is.
    times_h
        Times from the first dose [h].
    known
        What a diary says; without one, the drift begins at the first dose.
    """
    which = np.arange(group.people.count)[rows]
    people = People(group.people.seed, len(which), first=group.people.first)
    drift = people.normals("drift")[:, None]
    day = people.normals("written score")[:, None]
    numbers = {name: group.needs.numbers[name][:, None] for name in _NUMBERS}
    times = np.asarray(times_h)
    found = Wandering(*(np.empty((len(which), len(times))) for _part in range(2)))
    # In blocks that fit the cache: a draw's departures depend on nobody else's.
    for start in range(0, len(which), _BLOCK):
        block = slice(start, start + _BLOCK)
        mine = which[block]
        first, last = int(mine.min()), int(mine.max()) + 1
        theirs = {name: values[first:last] for name, values in numbers.items()}
        state = None if known is None else _Known(known, slice(first, last))
        found.drift[block], found.day[block] = _wander(
            theirs, mine - first, times, state, (drift[block], day[block])
        )
    return found


@dataclass(frozen=True)
class _Known:
    """What a diary says about the wandering of some of the people."""

    known: Known
    people: slice


def _wander(
    numbers: dict[str, Floats],
    rows: NDArray[np.intp],
    times: Floats,
    told: _Known | None,
    chance: tuple[Floats, Floats],
) -> tuple[Floats, Floats]:
    drift, day = chance
    spread, day_spread = numbers["drift_spread"], numbers["between_days"]
    half_time = _one_for_all(numbers["drift_half_time"])
    if told is None:
        begun = np.sqrt(1 - np.exp(-2 * times * math.log(2) / half_time))
        return (spread * begun)[rows] * drift, day_spread[rows] * day
    since, state = _latest(times, told, day_spread**2)
    drifts = np.exp(-since * math.log(2) / half_time)
    kept = np.exp(-since / _one_for_all(numbers["autocorrelation_time"]))
    of_drift = drifts**2 * (state.drift_variance - spread**2) + spread**2
    of_day = kept**2 * (state.day_variance - day_spread**2) + day_spread**2
    both = kept * drifts * state.both
    drift_sd = np.sqrt(of_drift)
    tilt = both / np.maximum(drift_sd, np.finfo(np.float64).tiny)
    left = np.sqrt(np.maximum(of_day - tilt**2, 0))
    return (
        (drifts * state.drift)[rows] + drift_sd[rows] * drift,
        (kept * state.day)[rows] + tilt[rows] * drift + left[rows] * day,
    )


def _one_for_all(values: Floats) -> Floats:
    """Give a number once where it is the same for everybody: so much less to work out."""
    return values[:1] if np.all(values == values[0]) else values


def _latest(times: Floats, told: _Known, day_variance: Floats) -> tuple[Floats, WanderState]:
    """Give the time since the latest score [h], and what was known after it.

    Before any score that is the standing spread of a day, of shape
    ``(people, 1)``, and a drift that has not begun.
    """
    known = told.known
    nothing = np.zeros_like(day_variance)
    before = WanderState(nothing, nothing, day_variance, nothing, nothing)
    begin = np.append(known.entries.start_h, known.entries.time_h)
    latest = np.searchsorted(known.entries.time_h, times, side="right")

    def at(name: str) -> Floats:
        values = [getattr(before, name), getattr(known.state, name)[told.people]]
        return np.concatenate(values, axis=1)[:, latest]

    return times - begin[latest], WanderState(*map(at, vars(before)))
