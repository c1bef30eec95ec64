r"""The main line for counts: exact chances of the counts, and trials that differ.

Given how many responded in both groups together, the chance that so many of them were on
ketamine depends on the odds ratio alone, and is exact however few they are. No empty cell needs
a correction, and a trial in which nobody or everybody responded says nothing by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.engine import Array
from respite.evidence.pooling.counts import Counts, log_odds_ratio
from respite.evidence.pooling.likelihood import SPAN
from respite.evidence.pooling.mixture import interval95, tabled_quantile
from respite.evidence.pooling.normal_normal import LogPrior, Posterior, Shrunken

NODES = 32
"""Nodes over the effects in trials, given their mean and how they differ."""

TABLED = 4001
"""Log odds ratios at which the chances of a trial are tabled, a hundredth apart; between two of
them a cubic through their heights and slopes errs by less than 1e-9."""

FURTHEST = 20
"""Log odds ratios beyond this are odds of one to some hundred million: nobody asks so far."""

ROUGH, FINE = (61, 41), (241, 81)
"""Nodes over the mean effect and over how trials differ: to find where they matter, and then."""

LOOKS = 4
"""How often the rough grid is drawn in around what matters before the fine one is laid."""


class ExactCounts:
    """The chances of the counts of several trials, for any mean and any disagreement.

    Parameters
    ----------
    trials
        The counts of each trial.
    """

    def __init__(self, trials: Sequence[Counts]) -> None:
        effects = np.linspace(-FURTHEST, FURTHEST, TABLED)
        self.trials = [_tabled(one, effects) for one in trials if not one.says_nothing]
        nodes, weights = np.polynomial.hermite.hermgauss(NODES)
        self._nodes = nodes
        self._log_weights = np.log(weights / math.sqrt(math.pi)) + nodes**2

    def log_likelihood(self, means: Array, taus: Array) -> Array:
        """Give the log-likelihood of each mean with each standard deviation between trials.

        Parameters
        ----------
        means
            Mean log odds ratios; shape (means,).
        taus
            Standard deviations between trials; shape (taus,).

        Returns
        -------
        Array of shape (taus, means).
        """
        total = np.zeros((len(taus), len(means)))
        for trial in range(len(self.trials)):
            total += self.parts(trial, means, taus)[1]
        return total

    def parts(self, trial: int, means: Array, taus: Array) -> tuple[Array, Array, Array]:
        r"""Give effects that one trial may have, and how likely its counts make them.

        Parameters
        ----------
        trial
            Which of those that say something.
        means, taus
            As for :meth:`log_likelihood`.

        Returns
        -------
        Effects of shape (taus, means, nodes); the log of the chance of the counts, of shape
        (taus, means); and the share of each effect in that chance, of the first shape.

        Notes
        -----
        Gauss and Hermite's nodes are laid where the product of both normal curves lies, that of
        the trials and a rough one of the counts, so that precise counts are not missed between
        nodes. With :math:`w^2 = s^2 + \tau^2` an effect is
        :math:`\mu + \tau z, z = \tau (y - \mu) / w^2 + \sqrt2\, x s / w`.
        """
        table = self.trials[trial]
        mean, tau = means[None, :, None], taus[:, None, None]
        wide = np.sqrt(table.error**2 + tau**2)
        narrow = table.error / wide
        z = tau * (table.effect - mean) / wide**2 + math.sqrt(2) * narrow * self._nodes
        at = mean + tau * z
        log_shares = table.log_chance(at) + self._log_weights - z**2 / 2 + np.log(narrow)
        top = log_shares.max(axis=2, keepdims=True)
        shares = np.exp(log_shares - top)
        whole = shares.sum(axis=2, keepdims=True)
        return at, (top + np.log(whole))[:, :, 0], shares / whole


@dataclass(frozen=True)
class _Table:
    """One trial: the chance of its counts at each effect, and a rough normal curve for it."""

    heights: Array
    slopes: Array
    effect: float
    error: float

    def log_chance(self, at: Array) -> Array:
        """Give the log of the chance of the counts, by a cubic between tabled effects."""
        place = (np.clip(at, -FURTHEST, FURTHEST) + FURTHEST) * ((TABLED - 1) / (2 * FURTHEST))
        left = np.minimum(place.astype(int), TABLED - 2)
        x = place - left
        step = 2 * FURTHEST / (TABLED - 1)
        low, high = self.heights[left], self.heights[left + 1]
        rise = high - low
        begin, end = step * self.slopes[left] - rise, rise - step * self.slopes[left + 1]
        return np.asarray(low + x * (rise + (1 - x) * (begin * (1 - x) + end * x)))


def pooled_counts(trials: Sequence[Counts], prior: LogPrior, widest: float) -> Posterior:
    r"""Pool the counts of trials, letting their odds ratios differ.

    Parameters
    ----------
    trials
        The counts of each trial; at least one must say something.
    prior
        Of the standard deviation between the log odds ratios.
    widest
        Standard deviation of a normal prior around no effect, for the mean log odds ratio.

    Returns
    -------
    What the trials say together, as log odds ratios; the effects in single trials are those of
    the trials that say something, in their order.

    Notes
    -----
    Source of the likelihood: Stijnen, Hamza and Özdemir 2010, doi 10.1002/sim.4040.
    """
    exact = ExactCounts(trials)
    means, taus, weights = _fitted_grid(exact, prior, widest)
    by_mean, by_tau = weights.sum(axis=0), weights.sum(axis=1)
    centre = float(by_mean @ means)
    ahead = _new_trial(means, taus, weights)
    low, middle, high = (_quantile(share, means, by_mean) for share in _shares())
    tau_low, tau_middle, tau_high = (_quantile(share, taus, by_tau) for share in _shares())
    return Posterior(
        estimate=middle,
        interval95=(low, high),
        mean=centre,
        sd=math.sqrt(float(by_mean @ (means - centre) ** 2)),
        tau=tau_middle,
        tau_interval95=(tau_low, tau_high),
        prediction95=ahead,
        chance_below_zero=tabled_quantile(0, means, _up_to(by_mean)),
        trials=tuple(_shrunken(exact, i, means, taus, weights) for i in range(len(exact.trials))),
    )


def _tabled(one: Counts, effects: Array) -> _Table:
    """Table the log of Fisher's noncentral hypergeometric chance, and its slope, at effects."""
    responders = one.treated + one.control
    fewest, most = max(0, responders - one.control_of), min(responders, one.treated_of)
    treated = np.arange(fewest, most + 1)[:, None]
    ways = np.asarray(
        [
            _log_choices(one.treated_of, x) + _log_choices(one.control_of, responders - x)
            for x in range(fewest, most + 1)
        ]
    )
    terms = ways[:, None] + treated * effects
    shares = np.exp(terms - terms.max(axis=0))
    whole = shares.sum(axis=0)
    heights = terms[one.treated - fewest] - terms.max(axis=0) - np.log(whole)
    slopes = one.treated - (treated * shares).sum(axis=0) / whole
    return _Table(heights, slopes, *log_odds_ratio(one))


def _log_choices(of: int, chosen: int) -> float:
    return math.lgamma(of + 1) - math.lgamma(chosen + 1) - math.lgamma(of - chosen + 1)


def _fitted_grid(exact: ExactCounts, prior: LogPrior, widest: float) -> tuple[Array, Array, Array]:
    """Give nodes over mean and disagreement that reach as far as any weight, and no further."""
    lowest, highest, furthest = -FURTHEST / 2, FURTHEST / 2, FURTHEST / 2
    for _look in range(LOOKS):
        means, taus = np.linspace(lowest, highest, ROUGH[0]), np.linspace(0, furthest, ROUGH[1])
        seen = _log_weights(exact, prior, widest, means, taus)
        kept = seen > seen.max() - SPAN / 2
        columns, rows = np.flatnonzero(kept.any(axis=0)), np.flatnonzero(kept.any(axis=1))
        lowest = float(means[max(columns[0] - 1, 0)])
        highest = float(means[min(columns[-1] + 1, len(means) - 1)])
        furthest = float(taus[min(rows[-1] + 1, len(taus) - 1)])
    means, taus = np.linspace(lowest, highest, FINE[0]), np.linspace(0, furthest, FINE[1])
    seen = _log_weights(exact, prior, widest, means, taus)
    weights = np.exp(seen - seen.max())
    weights[0] /= 2
    return means, taus, weights / weights.sum()


def _log_weights(
    exact: ExactCounts, prior: LogPrior, widest: float, means: Array, taus: Array
) -> Array:
    around_none = -((means / widest) ** 2) / 2
    return exact.log_likelihood(means, taus) + prior(taus)[:, None] + around_none


def _shares() -> tuple[float, float, float]:
    below = (1 - 95 / 100) / 2
    return below, 0.5, 1 - below


def _up_to(weights: Array) -> Array:
    return np.cumsum(weights) - weights / 2


def _quantile(share: float, nodes: Array, weights: Array) -> float:
    return tabled_quantile(share, _up_to(weights), nodes)


def _new_trial(means: Array, taus: Array, weights: Array) -> tuple[float, float]:
    """Give the middle 95 % of the true effect in a trial that is still to come."""
    # Trials that agree exactly are a step of no width; an infinitesimal one keeps it a curve.
    sds = np.maximum(taus, (means[1] - means[0]) / 2)
    parts = np.broadcast_to(means, weights.shape).ravel()
    return interval95(weights.ravel(), parts, np.repeat(sds, len(means)))


def _shrunken(
    exact: ExactCounts, trial: int, means: Array, taus: Array, weights: Array
) -> Shrunken:
    """Give the effect in one trial: its own chances, and what the others make likely."""
    every, other = FINE[0] // ROUGH[0] + 1, FINE[1] // ROUGH[1] + 1
    at, _chance, own = exact.parts(trial, means[::every], taus[::other])
    shares = weights[::other, ::every, None] * own
    shares /= shares.sum()
    order = np.argsort(at, axis=None)
    up_to = np.cumsum(shares.ravel()[order])
    effects = at.ravel()[order]
    low, middle, high = (tabled_quantile(share, up_to, effects) for share in _shares())
    return Shrunken(estimate=middle, interval95=(low, high))
