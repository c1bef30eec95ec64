"""The answer in short, from draws that may carry weights."""

from __future__ import annotations

import numpy as np

from respite.forecasting.lessons.learnt import Headline
from respite.forecasting.pain_return import FEWEST
from respite.population import Floats


def headline(days: Floats, weights: Floats, horizon_days: int) -> Headline:
    """Sum up times to pain return.

    Parameters
    ----------
    days
        Time to pain return of each draw; zero where relief never lasted.
    weights
        Of each draw; they add up to one.
    horizon_days
        How far is looked.

    Returns
    -------
    The chance of relief for a day or longer, and the time among those whose
    pain then returns within the horizon.
    """
    returns = (days >= 1) & (days <= horizon_days)
    chance = float(np.sum(weights[days >= 1]))
    some = weights[returns]
    total = float(np.sum(some))
    if total <= 0 or total * total / float(np.sum(some * some)) < FEWEST:
        return Headline(chance_lasting=chance, median_days=None, interval80_days=None)
    low, middle, high = weighted_quantiles(days[returns], some / total, (10 / 100, 0.5, 90 / 100))
    return Headline(chance_lasting=chance, median_days=middle, interval80_days=(low, high))


def weighted_quantiles(
    values: Floats, weights: Floats, shares: tuple[float, ...]
) -> tuple[float, ...]:
    """Give quantiles of weighted values: each value stands in the middle of its weight."""
    order = np.argsort(values, kind="stable")
    ordered = weights[order]
    middle = np.cumsum(ordered) - ordered / 2
    return tuple(np.interp(shares, middle, values[order]).tolist())
