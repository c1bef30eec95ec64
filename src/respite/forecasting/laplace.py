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

_CLOSE = 1 / 10
"""Classes whose chance gains less than this, on the scale of the logarithm, have settled.

A few scores may leave a class on a long gentle slope, whose peak lies several steps away.
"""

_HOPELESS = 12
"""Classes that lie further below the best than this, on that scale, are climbed no further."""

_LONGEST = 2
"""Longest step in any direction, in standard deviations of the prior."""

_FURTHEST = 5
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


@dataclass(frozen=True)
class _Look:
    """What is seen at one place of each class."""

    height: Floats
    slope: Floats
    information: Floats


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
    next one is shorter. Source of the evidence: Laplace's method, with a
    standard normal prior, so that :math:`\log Z = \ell - z'z/2 - \log|H|/2`.
    """
    classes, effects = active.shape
    z = np.zeros((classes, effects)) if start is None else start
    damping = np.ones(classes)
    here = _look(active, weigh, z)
    for _round in range(rounds):
        eye = np.eye(effects)
        step = np.linalg.solve(
            here.information + (damping[:, None, None] * eye), here.slope[:, :, None]
        )[:, :, 0]
        longest = np.max(np.abs(step), axis=1, keepdims=True)
        step = step * np.minimum(1, _LONGEST / np.maximum(longest, _STEP))
        tried = np.clip(z + step, -_FURTHEST, _FURTHEST)
        there = _look(active, weigh, tried)
        gain = there.height - here.height
        better = gain > 0
        z = np.where(better[:, None], tried, z)
        here = _choose(better, there, here)
        damping = np.where(better, damping / 8, damping * 8)
        is_open = here.height > np.max(here.height) - _HOPELESS
        if np.all(gain[is_open] < _CLOSE):
            break
    _sign, log_volume = np.linalg.slogdet(here.information)
    return Peak(z, here.information, here.height - log_volume / 2)


def _look(active: NDArray[np.bool_], weigh: Weigh, z: Floats) -> _Look:
    """Look at one place of each class, and one step along each effect that matters there."""
    classes, effects = z.shape
    which, along = np.nonzero(active)
    near = z[which]
    near[np.arange(len(along)), along] += _STEP
    all_classes = np.append(np.arange(classes, dtype=np.intp), which)
    found = weigh(all_classes, np.concatenate([z, near]))
    log_chance, mean, variance = found.log_chance, found.mean, found.variance
    total = np.sum(log_chance, axis=1)
    height = total[:classes] - np.sum(z * z, axis=1) / 2
    slope = -z
    slope[which, along] += (total[classes:] - total[which]) / _STEP
    mean_slope = np.zeros((classes, effects, mean.shape[1]))
    mean_slope[which, along] = (mean[classes:] - mean[which]) / _STEP
    spread_slope = np.zeros_like(mean_slope)
    spread_slope[which, along] = np.log(variance[classes:] / variance[which]) / _STEP
    mean_slope /= np.sqrt(variance[:classes])[:, None, :]
    information = mean_slope @ np.swapaxes(mean_slope, 1, 2)
    information += spread_slope @ np.swapaxes(spread_slope, 1, 2) / 2
    return _Look(height, slope, information + np.eye(effects))


def _choose(better: NDArray[np.bool_], there: _Look, here: _Look) -> _Look:
    return _Look(
        np.where(better, there.height, here.height),
        np.where(better[:, None], there.slope, here.slope),
        np.where(better[:, None, None], there.information, here.information),
    )
