"""What is read from a forecast beside the truth: small pure functions.

A time to pain return is placed on one line, so that its atoms have an order:
no response < gone before the last dose < any number of days up to the horizon < beyond it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

NO_RESPONSE = -2
GONE_BEFORE_LAST_DOSE = -1
BEYOND_HORIZON = np.inf
"""Places on the line that stand for no number of days."""

FEWEST = 20
"""Of fewer draws no interval is read, as in a forecast."""

STRICT = 1.95
"""Times one over the root of the number of patients: what the Kolmogorov-Smirnov statistic of
uniform numbers stays below in 999 of 1000 cases."""


def on_the_line(days: Floats, ever: Flags, horizon_days: float) -> Floats:
    """Place times to pain return on the line.

    Parameters
    ----------
    days
        Days from the last dose; zero where relief was gone by then.
    ever
        Whether relief ever reached the threshold.
    horizon_days
        Days beyond which nothing is told apart.

    Returns
    -------
    Places, of the shape of ``days``.
    """
    lasting = np.where(days > horizon_days, BEYOND_HORIZON, days)
    return np.where(~ever, NO_RESPONSE, np.where(days <= 0, GONE_BEFORE_LAST_DOSE, lasting))


def has_returned(places: Floats) -> Flags:
    """Say who loses relief after a day or more and within the horizon."""
    return (places >= 1) & np.isfinite(places)


def pit(truth: float, draws: Floats, coin: float) -> float:
    """Give the probability integral transform of the truth, randomised where it meets draws.

    If truth and draws come from one distribution, every rank of the truth among
    them is as likely as any other, so the result is uniform for any number of draws.

    Parameters
    ----------
    truth
        Where the truth lies on the line.
    draws
        Where the draws lie.
    coin
        A uniform number of the patient's own, which breaks ties.

    Returns
    -------
    A number between zero and one: small where the truth came sooner than was thought.
    """
    below = np.count_nonzero(draws < truth)
    level = np.count_nonzero(draws == truth)
    return float((below + coin * (level + 1)) / (len(draws) + 1))


def coverage(pits: Floats, level: float) -> float:
    """Give the share of truths within the central interval of a level."""
    return float(np.mean(np.abs(pits - 0.5) <= level / 2))


def distance_from_uniform(values: Floats) -> float:
    """Give the Kolmogorov-Smirnov statistic of numbers that should be uniform."""
    ordered = np.sort(values)
    count = len(ordered)
    steps = np.arange(count + 1) / count
    return float(max(np.max(steps[1:] - ordered), np.max(ordered - steps[:-1])))


def strictest_distance(count: int) -> float:
    """Give the distance from uniform beyond which a calibration fails."""
    return STRICT / float(np.sqrt(count))


def crps(truth: float, draws: Floats) -> float:
    r"""Give the continuous ranked probability score: lower is nearer and surer.

    Parameters
    ----------
    truth
        What happened.
    draws
        What was thought possible, in the same unit.

    Returns
    -------
    The score, in that unit.

    Notes
    -----
    .. math::
        E|X - y| - \tfrac12 E|X - X'|

    The second mean is taken over all pairs of draws, each draw with itself as well, through
    their order.
    """
    ordered = np.sort(draws)
    count = len(ordered)
    weights = 2 * np.arange(1, count + 1) - count - 1
    between = 2 * float(weights @ ordered) / count**2
    return float(np.mean(np.abs(ordered - truth))) - between / 2


def as_days(places: Floats, horizon_days: float) -> Floats:
    """Give days with relief after the last dose, the horizon at most: what CRPS is told in."""
    return np.clip(places, 0, horizon_days)


def brier(chances: Floats, happened: Flags) -> float:
    """Give the mean squared difference between a chance and what happened."""
    return float(np.mean((chances - happened) ** 2))


def width80(places: Floats) -> float:
    """Give the width [days] of the 80 % interval of the draws that return within the horizon.

    Not a number where they are too few for an interval.
    """
    returned = places[has_returned(places)]
    if len(returned) < FEWEST:
        return float("nan")
    low, high = np.quantile(returned, (0.1, 0.9))
    return float(high - low)
