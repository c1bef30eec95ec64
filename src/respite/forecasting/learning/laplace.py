r"""Where the unknowns of a person most likely lie, class by class, and how well that is known.

Newton's method on the logarithm of chance of the diary times prior, with the
information that a normal latent score would carry in place of the second
derivative: it is never negative, and needs first derivatives only. All
classes, and all steps of their finite differences, go through one call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.engine import ScoreChances
from respite.population import Floats

Weigh = Callable[[NDArray[np.intp], Floats], ScoreChances]
"""Gives the chance of each score for people of these classes and departures."""

_STEP = 1 / 64
"""Step of finite differences, in standard deviations of the prior."""

ROUNDS = 16
"""Steps uphill at most."""

_CLOSE = 1 / 50
"""Classes that gained less than this, on the scale of the logarithm, and promise no more, have
settled. A few scores may leave a class on a long gentle slope, which promises little.
"""

_PATIENCE, _FADING = 6, 3
"""After so many steps, what a class gains counts the less the further it lies below the best:
by a factor of *e* for each so much. A class of hardly any chance may have its peak wrong.
"""

_LONGEST = 2
"""Longest step in any direction, in standard deviations of the prior."""

_FURTHEST = 8
"""Departures are looked for no further from the prior than this."""


@dataclass(frozen=True)
class Peak:
    """The peak of each class.

    Attributes
    ----------
    z
        Departures at the peak, shape ``(classes, effects)``.
    information
        What is known there, prior included, shape ``(classes, effects, effects)``.
    log_evidence
        Logarithm of the chance of the diary in each class, by Laplace's
        approximation, shape ``(classes,)``.
    """

    z: Floats
    information: Floats
    log_evidence: Floats

    def chances(self, prior: Floats) -> Floats:
        """Give the chance of each class, from the chances before any diary."""
        log_chance = self.log_evidence + np.log(prior)
        chances = np.exp(log_chance - np.max(log_chance))
        return chances / np.sum(chances)


@dataclass(frozen=True)
class _Look:
    """What is seen at one place of each class."""

    height: Floats
    slope: Floats
    information: Floats

    def pick(self, rows: NDArray[np.bool_]) -> _Look:
        """Give what is seen of some classes."""
        return _Look(self.height[rows], self.slope[rows], self.information[rows])

    def move(self, rows: NDArray[np.intp], there: _Look) -> None:
        """See some classes from elsewhere."""
        self.height[rows] = there.height
        self.slope[rows] = there.slope
        self.information[rows] = there.information


def find_peaks(
    active: NDArray[np.bool_], weigh: Weigh, start: Floats | None = None, rounds: int = ROUNDS
) -> Peak:
    r"""Climb to the peak of each class.

    Parameters
    ----------
    active
        Which effects matter in which class, shape ``(classes, effects)``.
    weigh
        How likely the scores are.
    start
        Where to begin, shape ``(classes, effects)``; by default at typical people.
    rounds
        How many steps are taken at most.

    Notes
    -----
    Levenberg's damping: a step that would lead down is taken back, and the
    next one is shorter. What a class promises is half of :math:`s'H^{-1}s` for
    the slope *s*: what it would gain, were the curve a parabola. Source of the
    evidence: Laplace's method, with a standard normal prior, so that
    :math:`\log Z = \ell - z'z/2 - \log|H|/2`.
    """
    classes, effects = active.shape
    z = np.zeros((classes, effects)) if start is None else start.copy()
    damping, eye = np.ones(classes), np.eye(effects)
    gained = np.full(classes, np.inf)
    here = _look(active, weigh, z, np.arange(classes, dtype=np.intp))
    for round in range(rounds):
        promise = np.sum(here.slope * _solve(here.information, here.slope), axis=1) / 2
        below = np.max(here.height) - (here.height + promise)
        counts = np.exp(-np.maximum(below, 0) / _FADING) if round >= _PATIENCE else 1
        rows = np.flatnonzero(np.maximum(promise, gained) * counts > _CLOSE)
        if not rows.size:
            break
        damped = here.information[rows] + damping[rows, None, None] * eye
        step = _solve(damped, here.slope[rows])
        longest = np.max(np.abs(step), axis=1, keepdims=True)
        step = step * np.minimum(1, _LONGEST / np.maximum(longest, _STEP))
        tried = np.clip(z[rows] + step, -_FURTHEST, _FURTHEST)
        there = _look(active, weigh, tried, rows)
        gain = there.height - here.height[rows]
        better, gained[rows] = gain > 0, gain
        z[rows[better]] = tried[better]
        here.move(rows[better], there.pick(better))
        damping[rows] *= np.where(better, 1 / 8, 8)
    _sign, log_volume = np.linalg.slogdet(here.information)
    return Peak(z, here.information, here.height - log_volume / 2)


def _solve(matrices: Floats, sides: Floats) -> Floats:
    return np.linalg.solve(matrices, sides[:, :, None])[:, :, 0].astype(np.float64)


def _look(active: NDArray[np.bool_], weigh: Weigh, z: Floats, classes: NDArray[np.intp]) -> _Look:
    """Look at one place of each of some classes, and one step along each effect that matters."""
    count, effects = z.shape
    which, along = np.nonzero(active[classes])
    near = z[which]
    near[np.arange(len(along)), along] += _STEP
    found = weigh(np.concatenate([classes, classes[which]]), np.concatenate([z, near]))
    log_chance, mean, variance = found.log_chance, found.mean, found.variance
    total = np.sum(log_chance, axis=1)
    height = total[:count] - np.sum(z * z, axis=1) / 2
    slope = -z
    slope[which, along] += (total[count:] - total[which]) / _STEP
    mean_slope = np.zeros((count, effects, mean.shape[1]))
    mean_slope[which, along] = (mean[count:] - mean[which]) / _STEP
    spread_slope = np.zeros_like(mean_slope)
    spread_slope[which, along] = np.log(variance[count:] / variance[which]) / _STEP
    mean_slope /= np.sqrt(variance[:count])[:, None, :]
    information = mean_slope @ np.swapaxes(mean_slope, 1, 2)
    information += spread_slope @ np.swapaxes(spread_slope, 1, 2) / 2
    return _Look(height, slope, information + np.eye(effects))
