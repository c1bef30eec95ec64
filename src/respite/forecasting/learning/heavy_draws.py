"""Draws about a place, with tails that outweigh those of what is looked for.

Most are from Student's t, a little wider than the bell; some are from the
prior, in case the bell stands in the wrong place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.population import Floats, People

_FREEDOM = 5
_WIDER = 11 / 10
_FROM_PRIOR = 15 / 100
"""Student's t with five degrees of freedom, a tenth wider, and some draws from the prior. Ours."""

_FURTHEST = 6
"""Draws are kept within so many standard deviations of the prior."""


@dataclass(frozen=True)
class Tails:
    """What makes each draw one of Student's, or one of the prior.

    Attributes
    ----------
    heavy
        Chi-square over its degrees of freedom, shape ``(draws,)``.
    from_prior
        Whether the draw is from the prior, same shape.
    """

    heavy: Floats
    from_prior: NDArray[np.bool_]

    def of(self, rows: NDArray[np.intp]) -> Tails:
        """Give those of some of the draws."""
        return Tails(self.heavy[rows], self.from_prior[rows])


def tails_of(people: People, name: str) -> Tails:
    """Draw the tails of some people, under a name of their own."""
    squares = [people.normals(f"{name} tail {number}") ** 2 for number in range(_FREEDOM)]
    from_prior = people.uniforms(f"{name} from prior") < _FROM_PRIOR
    return Tails(np.mean(squares, axis=0), from_prior)


@dataclass(frozen=True)
class HeavyDraws:
    """Draws, and the logarithm of the height of the bell at each.

    Attributes
    ----------
    place
        Shape ``(draws, effects)``.
    log_bell
        Shape ``(draws,)``.
    """

    place: Floats
    log_bell: Floats

    def log_ratio(self, log_prior: Floats) -> Floats:
        """Give the logarithm of prior over proposal, which is a mixture of prior and bell."""
        return log_prior - np.logaddexp(
            math.log(_FROM_PRIOR) + log_prior, math.log(1 - _FROM_PRIOR) + self.log_bell
        )


def draw_about(
    standard: Floats, prior: Floats, middle: Floats, covariance: Floats, tails: Tails
) -> HeavyDraws:
    """Turn standard normal numbers into draws about a place.

    Parameters
    ----------
    standard
        Shape ``(draws, effects)``.
    prior
        Where each draw would be, were it from the prior; same shape.
    middle
        The place of each draw, same shape or one row.
    covariance
        Of the bell, shape ``(effects, effects)``.
    tails
        What makes tails heavy.
    """
    root: Floats = _WIDER * np.linalg.cholesky(covariance).astype(np.float64)
    near = middle + (standard @ root.T) / np.sqrt(tails.heavy[:, None])
    place = np.clip(np.where(tails.from_prior[:, None], prior, near), -_FURTHEST, _FURTHEST)
    return HeavyDraws(place, _log_student(place - middle, root))


def _log_student(away: Floats, root: Floats) -> Floats:
    """Give the logarithm of the height of Student's t, with this root of its scale."""
    size = away.shape[1]
    standard = np.linalg.solve(root, away.T)
    square = np.sum(standard * standard, axis=0)
    constant = (
        math.lgamma((_FREEDOM + size) / 2)
        - math.lgamma(_FREEDOM / 2)
        - size * math.log(_FREEDOM * math.pi) / 2
        - float(np.sum(np.log(np.diag(root))))
    )
    return constant - (_FREEDOM + size) / 2 * np.log1p(square / _FREEDOM)
