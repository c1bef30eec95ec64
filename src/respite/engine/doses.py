"""What doses do to a mode: each dose adds, everything decays."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from respite.engine.arrays import Array, namespace
from respite.engine.settings import SAME_TIME


@dataclass(frozen=True)
class Train:
    """Equal doses at equal intervals.

    Attributes
    ----------
    start_h
        Start of the first dose [h].
    count
        Number of doses.
    interval_h
        Start to start [h]; at least ``duration_h``.
    duration_h
        Length of each infusion [h]; zero for an instant dose.
    amount_mg
        Amount of each dose [mg], shape ``(people,)``.
    """

    start_h: float
    count: int
    interval_h: float
    duration_h: float
    amount_mg: Array

    @property
    def end_h(self) -> float:
        """End of the last dose [h]."""
        return self.start_h + (self.count - 1) * self.interval_h + self.duration_h

    def __post_init__(self) -> None:
        """Refuse what is not a train of doses.

        Raises
        ------
        ValueError
            If doses overlap, or count or a length is negative.
        """
        if self.count < 1 or self.duration_h < 0:
            raise ValueError("a train has at least one dose, of no negative length")
        if self.count > 1 and not max(self.duration_h, SAME_TIME) <= self.interval_h:
            raise ValueError("doses of one train may not overlap; use several trains")


@dataclass(frozen=True)
class _Ages:
    """How many doses of a train have started, and how long ago the newest did."""

    started: int
    age_h: float


def _ages(train: Train, time_h: float) -> _Ages:
    since = time_h - train.start_h
    if since < -SAME_TIME:
        return _Ages(0, 0)
    last = 0 if train.count == 1 else math.floor((since + SAME_TIME) / train.interval_h)
    last = min(last, train.count - 1)
    return _Ages(last + 1, max(since - last * train.interval_h, 0))


def amplitudes(rates: Array, trains: Sequence[Train], time_h: float) -> Array:
    r"""Give the amplitude of every mode at one time, just after any dose given then.

    Parameters
    ----------
    rates
        Decay rates [1/h], shape ``(people, modes)``.
    trains
        The doses.
    time_h
        The time [h].

    Returns
    -------
    Amplitudes [mg], shape ``(people, modes)``.

    Notes
    -----
    One dose that has ended an age :math:`a` ago leaves
    :math:`D\,q\,e^{-d a}` with :math:`q = (1 - e^{-d L})/(d L)` for an
    infusion of length :math:`L`. Equal doses at equal intervals add up as a
    geometric series, so a train costs the same for one dose as for hundreds.
    """
    xp = namespace(rates)
    total = xp.zeros_like(rates)
    for train in trains:
        ages = _ages(train, time_h)
        if ages.started:
            total = total + train.amount_mg[:, None] * _per_milligram(rates, train, ages)
    return total


def _per_milligram(rates: Array, train: Train, ages: _Ages) -> Array:
    xp = namespace(rates)
    length, age, earlier = train.duration_h, ages.age_h, ages.started - 1
    whole = -xp.expm1(-rates * length) / (rates * length) if length else xp.ones_like(rates)
    if age < length:
        newest = -xp.expm1(-rates * age) / (rates * length)
    else:
        newest = whole * xp.exp(-rates * (age - length))
    if not earlier:
        return newest
    series = xp.expm1(-rates * (earlier * train.interval_h)) / xp.expm1(-rates * train.interval_h)
    return newest + whole * xp.exp(-rates * (age + train.interval_h - length)) * series


def last_change_h(train: Train, time_h: float) -> float | None:
    """Give when the input of a train last changed, up to one time; ``None`` before its start."""
    ages = _ages(train, time_h)
    if not ages.started:
        return None
    newest = train.start_h + (ages.started - 1) * train.interval_h
    has_ended = ages.age_h >= train.duration_h - SAME_TIME
    return newest + train.duration_h if has_ended else newest


def input_rate(trains: Sequence[Train], time_h: float) -> Array | None:
    """Give the infusion rate just after one time [mg/h]; ``None`` where nothing runs."""
    total = None
    for train in trains:
        ages = _ages(train, time_h)
        if ages.started and ages.age_h < train.duration_h - SAME_TIME:
            rate = train.amount_mg / train.duration_h
            total = rate if total is None else total + rate
    return total


def given_mg(trains: Sequence[Train], time_h: float, like: Array) -> Array:
    """Give the amount given up to one time [mg], shape ``(people,)``."""
    xp: Any = namespace(like)
    total = xp.zeros_like(like)
    for train in trains:
        ages = _ages(train, time_h)
        if ages.started:
            part = min(ages.age_h / train.duration_h, 1) if train.duration_h else 1
            total = total + train.amount_mg * (ages.started - 1 + part)
    return total
