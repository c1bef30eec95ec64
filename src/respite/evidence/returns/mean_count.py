"""How often pain returns on average, over the courses that each patient has had."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.evidence.returns.bands import NORMAL
from respite.evidence.returns.innermost import Floats


@dataclass(frozen=True)
class MeanCumulative:
    """The mean cumulative function.

    Attributes
    ----------
    days
        Days on which something happened to somebody, shape ``(steps,)``.
    mean
        How often it happened to one patient on average, by the end of each
        day; shape ``(steps,)``.
    low, high
        95 % limits of the mean, shape ``(steps,)``.
    known_to
        Last day on which anybody was watched.
    """

    days: Floats
    mean: Floats
    low: Floats
    high: Floats
    known_to: float


def mean_cumulative(events: Sequence[Sequence[float]], ends: Sequence[float]) -> MeanCumulative:
    """Estimate how often something happens to one patient on average.

    Nelson's estimate (1988): on each day, how often it happened over how many
    were still watched, summed up. Its variance is that of Lawless and Nadeau
    (1995), which takes patients as independent and nothing else: what happens
    to one may depend on what happened before. The limits are normal on the
    scale of the logarithm.

    Parameters
    ----------
    events
        For each patient the days on which it happened.
    ends
        For each patient the last day of being watched; what happens on that
        day counts.
    """
    last = np.asarray(ends, dtype=np.float64)
    days = np.unique([day for own in events for day in own])
    happened = np.zeros((len(last), len(days)))
    for patient, own in enumerate(events):
        np.add.at(happened[patient], np.searchsorted(days, own), 1)
    watched = (last[:, None] >= days).astype(np.float64)
    at_risk = watched.sum(axis=0)
    rise = happened.sum(axis=0) / at_risk
    mean = np.cumsum(rise)
    apart = np.cumsum(watched * (happened - rise) / at_risk, axis=1)
    factor = np.exp(NORMAL * np.sqrt((apart**2).sum(axis=0)) / mean)
    return MeanCumulative(days, mean, mean / factor, mean * factor, float(last.max()))
