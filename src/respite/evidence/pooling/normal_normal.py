"""The main line: trials differ by a normal amount, and how much is itself not known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from respite.engine import Array, normal_area
from respite.evidence.pooling.likelihood import (
    POINTS,
    conditional,
    grid_over,
    restricted_log_likelihood,
)
from respite.evidence.pooling.mixture import interval95, mixture_quantile, tabled_quantile

LogPrior = Callable[[Array], Array]
"""Gives the log of a prior density of the disagreement between trials, up to a constant."""


@dataclass(frozen=True, kw_only=True)
class Shrunken:
    """The effect in one trial, as all trials together tell it.

    Attributes
    ----------
    estimate
        Median.
    interval95
        The middle 95 %.
    """

    estimate: float
    interval95: tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class Posterior:
    """What trials say together.

    Attributes
    ----------
    estimate, interval95
        The mean effect over trials: median, and the middle 95 %.
    mean, sd
        Its posterior mean and standard deviation.
    tau, tau_interval95
        Standard deviation between trials: median, and the middle 95 %.
    prediction95
        Where the true effect in a new trial lies, with 95 %.
    chance_below_zero
        Chance that the mean effect is below zero.
    trials
        The effect in each trial, in the order in which they came.
    """

    estimate: float
    interval95: tuple[float, float]
    mean: float
    sd: float
    tau: float
    tau_interval95: tuple[float, float]
    prediction95: tuple[float, float]
    chance_below_zero: float
    trials: tuple[Shrunken, ...]


def half_normal(scale: float) -> LogPrior:
    """Give a prior that falls off like the right half of a normal curve.

    Parameters
    ----------
    scale
        About a third of it lies above the scale, and a twentieth above twice the scale.
    """
    return lambda tau: -((tau / scale) ** 2) / 2


def pooled_normally(
    effects: Sequence[float], errors: Sequence[float], prior: LogPrior, *, points: int = POINTS
) -> Posterior:
    r"""Pool effects with their standard errors, letting trials differ.

    Parameters
    ----------
    effects
        What each trial saw.
    errors
        Standard error of each; above zero.
    prior
        Of the standard deviation between trials, such as :func:`half_normal`.
    points
        Nodes of the grid.

    Notes
    -----
    .. math:: y_i \sim N(\theta_i, s_i^2), \quad \theta_i \sim N(\mu, \tau^2)

    with a flat prior on the mean effect. Given the disagreement everything is normal, so each
    answer is a mixture of normal curves over a grid; nothing is drawn at random.

    Source: Röver 2020, Journal of Statistical Software 93(6), doi 10.18637/jss.v093.i06.

    Examples
    --------
    >>> found = pooled_normally([-2.0, -1.0, 0.0], [0.5, 0.5, 0.5], half_normal(1))
    >>> print(f"{found.estimate:.3f}")
    -1.000
    """
    y, variances = np.asarray(effects, float), np.asarray(errors, float) ** 2

    def log_weight(tau: Array) -> Array:
        return restricted_log_likelihood(y, variances, tau) + prior(tau)

    tau, weights = grid_over(math.sqrt(float(np.median(variances))), log_weight, points)
    spread, precision, mean = conditional(y, variances, tau)
    sd = np.sqrt(1 / precision)
    centre = float(weights @ mean)
    return Posterior(
        estimate=mixture_quantile(0.5, weights, mean, sd),
        interval95=interval95(weights, mean, sd),
        mean=centre,
        sd=math.sqrt(float(weights @ (1 / precision + (mean - centre) ** 2))),
        tau=_node_quantile(0.5, tau, weights),
        tau_interval95=_middle(tau, weights),
        prediction95=interval95(weights, mean, np.sqrt(1 / precision + tau**2)),
        chance_below_zero=_area_below_zero(weights, mean, sd),
        trials=tuple(
            _shrunken((y[i], variances[i]), variances[i] / spread[:, i], precision, mean, weights)
            for i in range(len(y))
        ),
    )


def _shrunken(
    seen: tuple[float, float], pull: Array, precision: Array, mean: Array, weights: Array
) -> Shrunken:
    """Pull one trial towards the mean, by as much as its own error outweighs disagreement."""
    effect, variance = seen
    means = pull * mean + (1 - pull) * effect
    sds = np.sqrt((1 - pull) * variance + pull**2 / precision)
    return Shrunken(
        estimate=mixture_quantile(0.5, weights, means, sds),
        interval95=interval95(weights, means, sds),
    )


def _area_below_zero(weights: Array, means: Array, sds: Array) -> float:
    return float(weights @ normal_area(-means / sds))


def _middle(nodes: Array, weights: Array) -> tuple[float, float]:
    below = (1 - 95 / 100) / 2
    return _node_quantile(below, nodes, weights), _node_quantile(1 - below, nodes, weights)


def _node_quantile(share: float, nodes: Array, weights: Array) -> float:
    """Give a quantile of the disagreement: up to a node lie the weights below it and half its own.

    The first node, zero, has half a weight already: all of it lies at or above.
    """
    below = np.cumsum(weights) - weights / 2
    below[0] = 0
    return tabled_quantile(share, below, nodes)
