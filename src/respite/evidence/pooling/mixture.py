"""Quantiles of a mixture of normal curves, by finding where its area is what was asked for."""

from __future__ import annotations

import numpy as np

from respite.engine import Array, normal_area, normal_density

ROUNDS = 200
"""Halvings settle in sixty, Newton's steps in ten; more would mean a defect."""

NEGLIGIBLE = 2**-60
"""A weight below this share of all does not move a quantile."""


def mixture_quantile(share: float, weights: Array, means: Array, sds: Array) -> float:
    """Give the value below which a share of the mixture lies.

    Parameters
    ----------
    share
        Between zero and one, both not included.
    weights
        Weight of each part; they sum to one.
    means, sds
        Centre and standard deviation of each part; a part of no width counts as a step.

    Returns
    -------
    The quantile, to within rounding.
    """
    kept = weights > NEGLIGIBLE
    weights, means, sds = weights[kept], means[kept], np.maximum(sds[kept], _finest(means))
    low, high = float((means - 9 * sds).min()), float((means + 9 * sds).max())
    value = float(weights @ means)
    for _round in range(ROUNDS):
        z = (value - means) / sds
        over = float(weights @ normal_area(z)) - share
        low, high = (low, value) if over > 0 else (value, high)
        slope = float(weights @ (normal_density(z) / sds))
        step = value - over / slope if slope > 0 else low
        following = step if low < step < high else (low + high) / 2
        if abs(following - value) <= 2 * np.spacing(max(abs(low), abs(high))):
            return following
        value = following
    return value


def interval95(weights: Array, means: Array, sds: Array) -> tuple[float, float]:
    """Give the values between which the middle 95 % of the mixture lies."""
    below = (1 - 95 / 100) / 2
    return (
        mixture_quantile(below, weights, means, sds),
        mixture_quantile(1 - below, weights, means, sds),
    )


def tabled_quantile(share: float, up_to: Array, nodes: Array) -> float:
    """Give the value up to which a tabled area reaches a share, by a line between nodes.

    Parameters
    ----------
    share
        Between zero and one.
    up_to
        Area up to each node, rising; shape (nodes,).
    nodes
        The values themselves; shape (nodes,).
    """
    right = min(max(int(np.searchsorted(up_to, share)), 1), len(nodes) - 1)
    low, high = float(up_to[right - 1]), float(up_to[right])
    part = 0.5 if high <= low else min(max((share - low) / (high - low), 0), 1)
    return float(nodes[right - 1]) + part * float(nodes[right] - nodes[right - 1])


def _finest(means: Array) -> float:
    return float(np.spacing(np.abs(means).max() + np.finfo(float).tiny))
