"""Draw from what trials leave possible: elliptical slice sampling."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from respite.population import Floats

LogChance = Callable[[Floats], tuple[float, Floats]]
"""Gives the logarithm of the likelihood at a point, and what is kept beside it."""


@dataclass(frozen=True)
class Bell:
    """A normal distribution that is near the posterior.

    Attributes
    ----------
    centre
        Its mean, ``(unknowns,)``.
    factor
        Cholesky factor of its covariance.
    """

    centre: Floats
    factor: Floats

    def log_density(self, z: Floats) -> float:
        """Give the logarithm of its density, up to a constant."""
        off = np.linalg.solve(self.factor, z - self.centre)
        return -float(off @ off) / 2


@dataclass(frozen=True)
class Chain:
    """Draws, and what was kept beside each.

    Attributes
    ----------
    points
        The draws, ``(draws, unknowns)``.
    kept
        What was kept beside each, ``(draws, …)``.
    evaluations
        How often the likelihood was worked out.
    """

    points: Floats
    kept: Floats
    evaluations: int


def standard_bell(size: int) -> Bell:
    """Give the normal distribution of the unknowns before trials."""
    return Bell(np.zeros(size), np.eye(size))


def bell_of(points: Floats) -> Bell:
    """Give the normal distribution of draws, drawn a little towards that before trials.

    Parameters
    ----------
    points
        Draws, ``(draws, unknowns)``.
    """
    count, size = points.shape
    towards = size / (size + count)
    covariance = (1 - towards) * np.cov(points.T) + towards * np.eye(size)
    factor: Floats = np.linalg.cholesky(covariance)
    return Bell(points.mean(axis=0), factor)


def draw_chain(
    log_chance: LogChance,
    start: Floats,
    count: int,
    random: np.random.Generator,
    bell: Bell | None = None,
    tell: Callable[[], None] = lambda: None,
) -> Chain:
    r"""Draw from a likelihood times the standard normal distribution.

    Parameters
    ----------
    log_chance
        The likelihood.
    start
        Where the chain starts, ``(unknowns,)``.
    count
        How many draws.
    random
        Where chance comes from.
    bell
        A normal distribution near the posterior; by default that before trials.
    tell
        Told of each draw.

    Returns
    -------
    The chain.

    Notes
    -----
    Murray, Adams & MacKay 2010: on the ellipse through the present point and
    a fresh draw of the bell, the angle is drawn from a bracket that shrinks to
    the present point until the target there is high enough. With another bell
    than the prior the target is :math:`L(z)\,N(z; 0, I) / N(z; m, S)`, as in
    Nishihara, Murray & Adams 2014: exact whatever the bell, quick where it fits.
    """
    near = bell or standard_bell(len(start))
    prior = standard_bell(len(start))

    def height(z: Floats) -> tuple[float, Floats]:
        chance, kept = log_chance(z)
        return chance + prior.log_density(z) - near.log_density(z), kept

    now, (high, beside) = start, height(start)
    evaluations = 1
    points: list[Floats] = []
    keeps: list[Floats] = []
    for _draw in range(count):
        other = near.factor @ random.standard_normal(len(start))
        needed = high + math.log(random.uniform())
        angle = random.uniform(0, 2 * math.pi)
        low, top = angle - 2 * math.pi, angle
        while True:
            place = near.centre + (now - near.centre) * math.cos(angle) + other * math.sin(angle)
            at, kept = height(place)
            evaluations += 1
            if at > needed:
                now, high, beside = place, at, kept
                break
            low, top = (angle, top) if angle < 0 else (low, angle)
            angle = random.uniform(low, top)
        points.append(now)
        keeps.append(beside)
        tell()
    return Chain(np.stack(points), np.stack(keeps), evaluations)
