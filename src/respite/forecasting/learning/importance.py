"""What weighted draws are worth, and how they become draws without weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.population import Floats

GOOD_K = 7 / 10
"""Above this shape of the tail of the weights, an answer rests on a few draws."""

_FEWEST_IN_TAIL = 5

_HALVINGS = 30
"""A power between zero and one is then known to a billionth."""


@dataclass(frozen=True)
class Weights:
    """Weights of draws.

    Attributes
    ----------
    share
        The weights, their tail smoothed; they add up to one, shape ``(draws,)``.
    pareto_k
        Shape of their tail; ``None`` where it is too short to tell.
    """

    share: Floats
    pareto_k: float | None

    @property
    def ess(self) -> float:
        """Effective sample size: as many draws without weights would be worth as much."""
        return float(1 / np.sum(self.share * self.share))

    @property
    def is_good(self) -> bool:
        """Whether the tail is light enough to trust."""
        return self.pareto_k is not None and self.pareto_k <= GOOD_K


def weigh(log_ratios: Floats) -> Weights:
    r"""Turn logarithms of importance ratios into weights, with the largest ones smoothed.

    Parameters
    ----------
    log_ratios
        Shape ``(draws,)``; what is not finite weighs nothing.

    Notes
    -----
    Pareto-smoothed importance sampling: the largest :math:`\min(n/5, 3\sqrt n)`
    ratios are replaced by the quantiles that a generalised Pareto curve fitted
    to them expects. Source: Vehtari and others, Journal of Machine Learning Research
    25 (2024), 72; the fit is that of Zhang and Stephens, Technometrics 51 (2009), 316.
    """
    usable: Floats = np.where(np.isfinite(log_ratios), log_ratios, -np.inf)
    ratios = np.exp(usable - np.max(usable))
    size = len(ratios)
    tail = min(size // 5, int(3 * np.sqrt(size)))
    order = np.argsort(ratios, kind="stable")
    limit = ratios[order[-tail - 1]] if 0 < tail < size else np.inf
    beyond = order[-tail:] if tail else order[:0]
    excess = ratios[beyond] - limit
    if tail < _FEWEST_IN_TAIL or not excess[-1] > 0 or not excess[0] > 0:
        return Weights(ratios / np.sum(ratios), None)
    k, scale = fit_pareto(excess)
    middle: Floats = (np.arange(tail) + 0.5) / tail
    smooth = limit + _pareto_quantile(middle, k, scale)
    ratios[beyond] = np.minimum(smooth, 1)
    return Weights(ratios / np.sum(ratios), k)


def temper(log_ratios: Floats, worth: float) -> Floats:
    """Give the weights, flattened until their effective sample size is large enough.

    Parameters
    ----------
    log_ratios
        Logarithms of importance ratios; what is not finite weighs nothing.
    worth
        The effective sample size that is wanted.

    Returns
    -------
    Weights that add up to one, each raised to the same power of at most one.
    """
    usable = np.isfinite(log_ratios)
    away: Floats = np.where(usable, log_ratios - np.max(log_ratios[usable], initial=-np.inf), 0)
    low, high = 0.0, 1.0
    share = _shares(away, usable, high)
    if 1 / np.sum(share * share) >= worth:
        return share
    for _halving in range(_HALVINGS):
        power = (low + high) / 2
        share = _shares(away, usable, power)
        low, high = (power, high) if 1 / np.sum(share * share) >= worth else (low, power)
    return _shares(away, usable, low)


def _shares(away: Floats, usable: NDArray[np.bool_], power: float) -> Floats:
    weights = np.where(usable, np.exp(power * away), 0)
    return weights / np.sum(weights)


def fit_pareto(excess: Floats) -> tuple[float, float]:
    """Fit a generalised Pareto curve to what lies beyond a limit.

    Parameters
    ----------
    excess
        Rising numbers above zero.

    Returns
    -------
    The shape, drawn a little towards one half as few numbers ask for, and the scale.
    """
    size = len(excess)
    grid = 30 + int(np.sqrt(size))
    # Where one ratio dwarfs the others, their own size would overflow.
    quarter = max(excess[int(size / 4 + 0.5) - 1], excess[-1] * np.finfo(np.float64).eps)
    places = 1 - np.sqrt(grid / (np.arange(1, grid + 1) - 0.5))
    rates = places / (3 * quarter) + 1 / excess[-1]
    shapes = np.mean(np.log1p(-rates[:, None] * excess), axis=1)
    heights = size * (np.log(-rates / shapes) - shapes - 1)
    # Against the highest: between others the difference may be too large for a double.
    weights = np.exp(heights - np.max(heights))
    rate = float(np.sum(rates * weights) / np.sum(weights))
    shape = float(np.mean(np.log1p(-rate * excess)))
    return (size * shape + 10 * 0.5) / (size + 10), -shape / rate


def _pareto_quantile(share: Floats, k: float, scale: float) -> Floats:
    return scale * np.expm1(-k * np.log1p(-share)) / k


def resample(weights: Weights, count: int, start: float) -> NDArray[np.intp]:
    """Pick draws by their weights: each about as often as it weighs, none more than one off.

    Parameters
    ----------
    weights
        What the draws weigh.
    count
        How many are picked.
    start
        A number between zero and one: where the evenly spaced picks begin.

    Returns
    -------
    Rising places of the draws that are picked, shape ``(count,)``.
    """
    edges: Floats = np.cumsum(weights.share)
    picks: Floats = (np.arange(count) + start) / count * edges[-1]
    return np.minimum(np.searchsorted(edges, picks, side="right"), len(edges) - 1)
