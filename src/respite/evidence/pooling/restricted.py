"""The line beside: restricted maximum likelihood, Hartung and Knapp, and a prediction interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.engine import Array
from respite.evidence.pooling.likelihood import (
    conditional,
    grid_over,
    restricted_log_likelihood,
)
from respite.evidence.pooling.student import student_quantile

HALVINGS = 200
"""More than enough for a bracket to shrink to the last digit of a double."""

FEWEST_FOR_PREDICTION = 3
"""A prediction interval by Student's t has two degrees of freedom fewer than trials."""


@dataclass(frozen=True, kw_only=True)
class Restricted:
    """What trials say together, by restricted maximum likelihood.

    Attributes
    ----------
    estimate, standard_error
        The weighed mean effect, and its plain standard error.
    interval95
        By Hartung and Knapp with k - 1 degrees of freedom; their factor is never taken below one.
    prediction95
        Where the true effect in a new trial lies, by Higgins, Thompson and Spiegelhalter with
        k - 2 degrees of freedom; ``None`` for fewer than three trials.
    tau2
        Variance between trials.
    q, i2
        Cochran's Q, and the share of the scatter that is more than chance, ``1 - (k - 1) / Q``.
    weights
        Share of each trial in the mean.
    """

    estimate: float
    standard_error: float
    interval95: tuple[float, float]
    prediction95: tuple[float, float] | None
    tau2: float
    q: float
    i2: float
    weights: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain data, without the weights: those stand in the rows."""
        told = {key: value for key, value in vars(self).items() if key != "weights"}
        prediction = None if self.prediction95 is None else list(self.prediction95)
        return {**told, "interval95": list(self.interval95), "prediction95": prediction}


def pooled_by_restricted_likelihood(
    effects: Sequence[float], errors: Sequence[float]
) -> Restricted:
    """Pool two or more effects with their standard errors.

    Parameters
    ----------
    effects
        What each trial saw.
    errors
        Standard error of each; above zero.

    Notes
    -----
    Sources: Hartung and Knapp 2001, doi 10.1002/sim.1009; the factor of at least one is that of
    Röver, Knapp and Friede 2015, doi 10.1186/s12874-015-0091-1; Higgins, Thompson and
    Spiegelhalter 2009, doi 10.1111/j.1467-985X.2008.00552.x.
    """
    y, variances = np.asarray(effects, float), np.asarray(errors, float) ** 2
    tau2 = variance_between(y, variances)
    spread, precision, mean = conditional(y, variances, np.asarray([math.sqrt(tau2)]))
    estimate, error = float(mean[0]), math.sqrt(1 / float(precision[0]))
    wider = max(1.0, hartung_knapp_factor(y, variances, tau2))
    q = _scatter(y, variances)
    freedom = len(y) - 1
    return Restricted(
        estimate=estimate,
        standard_error=error,
        interval95=_around(estimate, error * math.sqrt(wider), freedom),
        prediction95=_around(estimate, math.hypot(error, math.sqrt(tau2)), freedom - 1)
        if len(y) >= FEWEST_FOR_PREDICTION
        else None,
        tau2=tau2,
        q=q,
        i2=max(0.0, 1 - freedom / q) if q > 0 else 0.0,
        weights=tuple(map(float, 1 / spread[0] / precision[0])),
    )


def variance_between(effects: Array, variances: Array) -> float:
    """Find the variance between trials of which the restricted likelihood is highest.

    Parameters
    ----------
    effects, variances
        What each trial saw, and its squared standard error; shape (trials,).
    """
    tau, weights = grid_over(
        math.sqrt(float(np.median(variances))),
        # The likelihood itself falls off slowly where there are two trials; a look as far as
        # any scatter of the effects reaches is enough to bracket its top.
        lambda nodes: np.where(
            nodes <= 2 * np.ptp(effects) + np.sqrt(variances.max()),
            restricted_log_likelihood(effects, variances, nodes),
            -np.inf,
        ),
    )
    heights = np.where(weights > 0, restricted_log_likelihood(effects, variances, tau), -np.inf)
    best = int(np.argmax(heights))
    low, high = float(tau[max(best - 1, 0)]) ** 2, float(tau[min(best + 1, len(tau) - 1)]) ** 2
    if low == 0 and _slope(effects, variances, 0.0) <= 0:
        return 0.0
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _slope(effects, variances, middle) > 0 else (low, middle)
    return (low + high) / 2


def hartung_knapp_factor(effects: Array, variances: Array, tau2: float) -> float:
    """Give the factor by which Hartung and Knapp widen the variance of the mean.

    Parameters
    ----------
    effects, variances
        What each trial saw, and its squared standard error; shape (trials,).
    tau2
        Variance between trials.
    """
    spread, _precision, mean = conditional(effects, variances, np.asarray([math.sqrt(tau2)]))
    return float(((effects - mean[0]) ** 2 / spread[0]).sum()) / (len(effects) - 1)


def _slope(effects: Array, variances: Array, tau2: float) -> float:
    """Give twice the slope of the restricted likelihood along the variance between trials."""
    weights = 1 / (variances + tau2)
    mean = (weights * effects).sum() / weights.sum()
    misfit = (weights**2 * (effects - mean) ** 2).sum()
    return float(misfit - weights.sum() + (weights**2).sum() / weights.sum())


def _scatter(effects: Array, variances: Array) -> float:
    mean = (effects / variances).sum() / (1 / variances).sum()
    return float(((effects - mean) ** 2 / variances).sum())


def _around(centre: float, error: float, freedom: int) -> tuple[float, float]:
    reach = student_quantile(1 - (1 - 95 / 100) / 2, freedom) * error
    return centre - reach, centre + reach
