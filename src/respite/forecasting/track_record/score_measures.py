"""How far written scores lie from what was forecast, and whether intervals hold what they promise.

Everything here takes chances of the whole scores 0 to 10, one row for each comparison.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from respite.domain import WORST_PAIN
from respite.population import Floats

LEVELS = (50, 80, 95)
"""Percent of the central intervals that are looked at."""

PIT_BINS = 10


def chances_at(day: Floats, chances: Floats, when: Floats) -> Floats:
    """Give chances between two days as a mixture of both, the nearer weighing more.

    Parameters
    ----------
    day
        Days that have chances, rising, shape ``(days,)``.
    chances
        Chances of each score, shape ``(days, 11)``.
    when
        Days that are asked for, between the first and the last, shape ``(times,)``.

    Returns
    -------
    Shape ``(times, 11)``.
    """
    after = np.clip(np.searchsorted(day, when), 1, max(len(day) - 1, 1))
    if len(day) == 1:
        return np.repeat(chances, len(when), axis=0)
    part = ((when - day[after - 1]) / (day[after] - day[after - 1]))[:, None]
    return (1 - part) * chances[after - 1] + part * chances[after]


def crps(chances: Floats, scores: Floats) -> Floats:
    r"""Give the continuous ranked probability score of each forecast, in points; zero is best.

    Parameters
    ----------
    chances
        Shape ``(comparisons, 11)``.
    scores
        What was written, 0-10, whole or not, shape ``(comparisons,)``.

    Notes
    -----
    .. math:: \int_0^{10} (F(x) - 1\{x \ge y\})^2 \, dx

    The distribution *F* is flat between whole scores, so the integral is a sum over points; for
    a whole score it is the ranked probability score. Source of the formula: Gneiting and Raftery
    2007, Journal of the American Statistical Association 102:359.
    """
    below = np.cumsum(chances, axis=1)[:, :-1]
    part = np.clip(scores[:, None] - np.arange(WORST_PAIN), 0, 1)
    return np.sum(part * below**2 + (1 - part) * (1 - below) ** 2, axis=1)


def means_of(chances: Floats) -> Floats:
    """Give the mean score that each row of chances expects."""
    return chances @ np.arange(WORST_PAIN + 1)


def share_within(chances: Floats, scores: Floats, low: float, high: float) -> Floats:
    """Give how much of each score lies between two quantiles of its forecast.

    A whole score stands for a step of the distribution, and a quantile may lie within that step;
    then the step counts in part, as though the score had been placed evenly within it. Where the
    chances are right, the mean over many scores is exactly ``high - low``.

    Parameters
    ----------
    chances
        Shape ``(comparisons, 11)``.
    scores
        Shape ``(comparisons,)``. One that is not whole counts as the nearer whole score, and
        one half-way as half of each.
    low, high
        The quantiles, between 0 and 1.

    Notes
    -----
    This is the probability integral transform without a draw at random: Czado, Gneiting and Held
    2009, Biometrics 65:1254.
    """
    risen = np.minimum(np.cumsum(chances, axis=1), 1)
    edges = np.concatenate([np.zeros((len(chances), 1)), risen], axis=1)
    rows = np.arange(len(scores))
    shares = np.zeros(len(scores))
    for whole in (np.ceil(scores - 0.5), np.floor(scores + 0.5)):
        place = whole.astype(np.intp)
        shares += _overlap(edges[rows, place], edges[rows, place + 1], low, high) / 2
    return shares


def inside(chances: Floats, scores: Floats, level: int) -> Floats:
    """Give how much of each score lies in the central interval of so many percent."""
    tail = (100 - level) / 200
    return share_within(chances, scores, tail, 1 - tail)


def pit_shares(chances: Floats, scores: Floats) -> tuple[float, ...]:
    """Give the share of scores in each tenth of their forecast; a tenth each where it is right."""
    edges = [bin_ / PIT_BINS for bin_ in range(PIT_BINS + 1)]
    return tuple(
        float(np.mean(share_within(chances, scores, low, high))) for low, high in pairwise(edges)
    )


def _overlap(start: Floats, end: Floats, low: float, high: float) -> Floats:
    """Give the part of each step that lies between two levels; a step of no height is a point."""
    height = end - start
    shared = np.clip(np.minimum(end, high) - np.maximum(start, low), 0, None)
    point = ((start >= low) & ((start < high) | (high >= 1))).astype(np.float64)
    return np.where(height > 0, shared / np.where(height > 0, height, 1), point)
