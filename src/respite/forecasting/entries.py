"""Written scores of one person, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.domain import WORST_PAIN, DoseEvent
from respite.engine import WrittenScores
from respite.forecasting.clock import DAY_H
from respite.population import Floats

_MOST_WATCHED = 120
"""Of longer courses this many ends of doses, evenly spread, are watched."""

_LAGS_H = (0, 6, 12, 24)
"""After a course, when the slow part of relief is near its highest."""

_OPEN = 1000
"""Stands for no bound on a latent score [points]; finite, so that derivatives are."""


@dataclass(frozen=True)
class Entries:
    """Scores in order of time; missing days are not among them.

    Attributes
    ----------
    time_h
        When each was felt [h from the start of the first dose]; below zero before it.
    score
        What was written, 0-10.
    step
        The grid that scores lie on: one for whole numbers.
    lateness_h
        How much later than the next morning each was written [h].
    """

    time_h: Floats
    score: Floats
    step: float
    lateness_h: Floats

    def __len__(self) -> int:
        """Count the scores."""
        return len(self.time_h)

    def pick(self, rows: NDArray[np.intp] | slice) -> Entries:
        """Give some of the scores."""
        return Entries(self.time_h[rows], self.score[rows], self.step, self.lateness_h[rows])

    @property
    def start_h(self) -> float:
        """Begin of the record: the first score, or the first dose."""
        return min([0, *self.time_h[:1]])

    def written(self, late_sd: float) -> WrittenScores:
        """Give the stretches of latent score that the scores stand for.

        Parameters
        ----------
        late_sd
            What a score written late is off by [points].
        """
        half = self.step / 2
        low = np.where(self.score <= 0, -_OPEN, self.score - half)
        high = np.where(self.score >= WORST_PAIN, _OPEN, self.score + half)
        blur = np.where(self.lateness_h > 0, late_sd * late_sd, 0)
        lapse = np.full(len(self), self.step / (WORST_PAIN + self.step))
        return WrittenScores(low, high, blur, lapse)


NO_ENTRIES = Entries(np.empty(0), np.empty(0), 1, np.empty(0))


@dataclass(frozen=True)
class DiaryClock:
    """The times at which curves are needed to weigh a diary.

    Attributes
    ----------
    times_h
        Rising times from the first dose [h].
    places
        Place of each score among them; before the first dose the time is zero.
    """

    times_h: tuple[float, ...]
    places: NDArray[np.intp]


def diary_clock(entries: Entries, events: Sequence[DoseEvent]) -> DiaryClock:
    """Choose those times: every score, and where relief that persists is at its highest."""
    asked = np.maximum(entries.time_h, 0)
    near = watched_times(events, max(asked, default=0))
    times = np.unique(np.concatenate([[0], asked, near]))
    return DiaryClock(tuple(times.tolist()), np.searchsorted(times, asked))


def watched_times(events: Sequence[DoseEvent], until_h: float) -> list[float]:
    """Give times at which relief that persists is near its highest, up to some time [h]."""
    ends = sorted(event.time_h + event.duration_h for event in events)
    watched = ends[:: -max(len(ends) // _MOST_WATCHED, 1)]
    gaps = np.diff(ends, append=np.inf) > DAY_H
    after = [
        end + lag for end, is_last in zip(ends, gaps, strict=True) if is_last for lag in _LAGS_H
    ]
    return [time for time in (*watched, *after[-_MOST_WATCHED:]) if time < until_h]
