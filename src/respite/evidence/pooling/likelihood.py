"""How well one amount of disagreement between trials explains what they saw."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from respite.engine import Array

POINTS = 4001
"""Nodes of a grid over disagreement; twice as many change no answer in its fifth digit."""

SPAN = 45
"""A weight that has fallen by ``exp(-SPAN)``, 3e-20, adds nothing to a sum of doubles."""

DOUBLINGS = 60
"""A reach that was doubled so often spans every number that a trial can print."""


def restricted_log_likelihood(effects: Array, variances: Array, tau: Array) -> Array:
    r"""Give the log-likelihood of each amount of disagreement, the common effect integrated out.

    Parameters
    ----------
    effects
        What each trial saw; shape (trials,).
    variances
        Squared standard error of each; shape (trials,).
    tau
        Standard deviation between trials; shape (nodes,).

    Returns
    -------
    One number for each node, up to a constant.

    Notes
    -----
    .. math::
        \ell(\tau) = -\tfrac12 \sum_i \log v_i - \tfrac12 \log \sum_i \frac1{v_i}
                     - \tfrac12 \sum_i \frac{(y_i - \hat\mu)^2}{v_i}, \quad
        v_i = s_i^2 + \tau^2

    It is the restricted likelihood, and what a flat prior on the common effect leaves.
    """
    spread, precision, mean = conditional(effects, variances, tau)
    misfit = ((effects - mean[:, None]) ** 2 / spread).sum(axis=1)
    return -(np.log(spread).sum(axis=1) + np.log(precision) + misfit) / 2


def conditional(effects: Array, variances: Array, tau: Array) -> tuple[Array, Array, Array]:
    """Give, for each amount of disagreement, the variances, their precision and the weighed mean.

    Parameters
    ----------
    effects, variances
        What each trial saw, and its squared standard error; shape (trials,).
    tau
        Standard deviation between trials; shape (nodes,).

    Returns
    -------
    Variances of shape (nodes, trials); precision and mean of shape (nodes,).
    """
    spread = variances + tau[:, None] ** 2
    precision = (1 / spread).sum(axis=1)
    return spread, precision, (effects / spread).sum(axis=1) / precision


def grid_over(
    scale: float, log_weight: Callable[[Array], Array], points: int = POINTS
) -> tuple[Array, Array]:
    r"""Give nodes for the disagreement and their weights, reaching as far as any weight is left.

    Parameters
    ----------
    scale
        Below it nodes are even, above it they thin out; a typical standard error.
    log_weight
        A function that gives the log of the density at nodes.
    points
        How many nodes.

    Returns
    -------
    Nodes, from zero up, and weights that sum to one; both of shape (points,).

    Notes
    -----
    With :math:`\tau = c \sinh u` the density is an even function of *u*, so the trapezoid
    rule from zero has no error but that of leaving out the tail.
    """

    def at(u: Array) -> Array:
        return np.asarray(log_weight(scale * np.sinh(u))) + _log_cosh(u)

    reach = 1.0
    for _round in range(DOUBLINGS):
        seen = at(np.linspace(0, reach, points))
        if seen[-1] < seen.max() - SPAN:
            break
        reach *= math.sqrt(2)
    u = np.linspace(0, reach, points)
    seen = at(u)
    weights = np.exp(seen - seen.max())
    weights[0] /= 2
    return scale * np.sinh(u), weights / weights.sum()


def _log_cosh(u: Array) -> Array:
    return u + np.log1p(np.exp(-2 * u)) - math.log(2)
