"""Where draws are looked for: about the peak of each class, and some from the prior.

A diary tells how much relief a dose gives, and not whether the person clears
little or needs little. So each draw first gets kinetics from their prior; then
the exposure it needs is proposed on a scale that counts how exposed it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.forecasting.learning.heavy_draws import draw_about, tails_of
from respite.forecasting.learning.laplace import Peak
from respite.forecasting.learning.random_effects import Unknowns
from respite.population import Floats, People

_BY_PRIOR = 1 / 10
"""This share of the draws is shared out by the prior chances of the classes; ours."""


@dataclass(frozen=True)
class Exposure:
    """How exposed each draw is by its kinetics, in each way that relief needs exposure.

    Attributes
    ----------
    needs
        Places, among the effects, of what is needed of each exposure, shape ``(ways,)``.
    log_ratio
        Logarithm of the exposure of each draw against the typical one, shape ``(draws, ways)``.
    own, wide
        Spread of what is needed, alone and together with that of the exposure:
        a diary tells no more than their ratio. Shape ``(ways,)``.
    """

    needs: NDArray[np.intp]
    log_ratio: Floats
    own: Floats
    wide: Floats


@dataclass(frozen=True)
class Bell:
    """Where draws of one class are proposed, among the effects that matter in it.

    Attributes
    ----------
    centre
        Shape ``(effects,)``.
    tilt
        How the centre moves with the exposure of a draw, shape ``(ways, effects)``.
    covariance
        Shape ``(effects, effects)``.
    """

    centre: Floats
    tilt: Floats
    covariance: Floats


@dataclass(frozen=True)
class Proposed:
    """Draws, and how much more likely the prior makes each than the proposal did.

    Attributes
    ----------
    which
        Number of the class of each draw, shape ``(draws,)``.
    z
        Standard departures, shape ``(draws, effects)``.
    place
        The same where what is needed of an exposure counts the draw's own exposure.
    log_ratio
        Logarithm of prior over proposal, shape ``(draws,)``.
    """

    which: NDArray[np.intp]
    z: Floats
    place: Floats
    log_ratio: Floats


def exposure_of(what: Unknowns, needs: Sequence[int], log_ratio: Floats) -> Exposure:
    """Say how exposed draws are, and how wide what is needed is with and without that.

    Parameters
    ----------
    what
        The unknowns.
    needs
        Which of them are needed exposures.
    log_ratio
        Logarithm of the exposures of the draws, shape ``(draws, ways)``.
    """
    own = np.asarray([what.effects[place].sd for place in needs])
    wide = np.hypot(own, np.std(log_ratio, axis=0))
    return Exposure(np.asarray(needs, dtype=np.intp), log_ratio, own, wide)


def bells_at(peak: Peak, what: Unknowns, exposure: Exposure) -> tuple[Bell, ...]:
    """Turn the peak of each class into a bell that knows how exposed a draw is.

    Parameters
    ----------
    peak
        The peaks, found with kinetics that are typical and needed exposures
        that are as wide as both together.
    what
        The unknowns.
    exposure
        How exposed draws are.

    Notes
    -----
    Near its peak the chance of the diary is normal with information
    :math:`A = H - I` and best point *a*, where :math:`Aa = Hm`. For a draw of
    known exposure *e* the prior of the needed exposure is narrower by the
    factor :math:`s / w` and lies at :math:`-e / w`; the two normal curves are multiplied.
    """
    sharper = (exposure.wide / exposure.own) ** 2
    bells: list[Bell] = []
    for z, information, active in zip(peak.z, peak.information, what.active, strict=True):
        kept = np.flatnonzero(active)
        precision: Floats = information[np.ix_(kept, kept)]
        pull: Floats = precision @ z[kept]
        ways, at = _matched(exposure.needs, kept)
        precision = precision.copy()
        precision[at, at] += sharper[ways] - 1
        covariance: Floats = np.linalg.inv(precision).astype(np.float64)
        tilt = np.zeros((len(exposure.needs), len(kept)))
        tilt[ways] = covariance[at] * (-sharper / exposure.wide)[ways, None]
        bells.append(Bell(covariance @ pull, tilt, covariance))
    return tuple(bells)


def _matched(
    needs: NDArray[np.intp], kept: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Give the ways that matter among the effects that are kept, and where they stand there."""
    ways, at = np.nonzero(needs[:, None] == kept)
    return ways, at


def share_out(draws: int, chances: Floats, prior: Floats) -> NDArray[np.intp]:
    """Share draws out over the classes: by their chances given the diary, a few by the prior."""
    wanted = draws * ((1 - _BY_PRIOR) * chances + _BY_PRIOR * prior)
    counts = np.floor(wanted).astype(np.intp)
    short = draws - int(counts.sum())
    counts[np.argsort(counts - wanted, kind="stable")[:short]] += 1
    return counts


def propose(
    what: Unknowns,
    bells: tuple[Bell, ...],
    counts: NDArray[np.intp],
    exposure: Exposure,
    people: People,
) -> Proposed:
    """Draw from the bells.

    Parameters
    ----------
    what
        The unknowns.
    bells
        One for each class.
    counts
        How many draws each class gets.
    exposure
        How exposed each draw is.
    people
        Whose random numbers are used.
    """
    which = np.repeat(np.arange(len(counts)), counts)
    z = np.stack([people.normals(f"proposal {effect.name}") for effect in what.effects], axis=1)
    place = z.copy()
    log_ratio = np.zeros(len(which))
    tails = tails_of(people, "proposal")
    for number, bell in enumerate(bells):
        rows = np.flatnonzero(which == number)
        if not rows.size:
            continue
        kept = np.flatnonzero(what.active[number])
        scale = _Scale(exposure, kept, rows)
        middle = bell.centre + exposure.log_ratio[rows] @ bell.tilt
        prior = scale.place_of(z[np.ix_(rows, kept)])
        chosen = draw_about(z[np.ix_(rows, kept)], prior, middle, bell.covariance, tails.of(rows))
        own = scale.departure_of(chosen.place)
        z[np.ix_(rows, kept)], place[np.ix_(rows, kept)] = own, chosen.place
        log_ratio[rows] = chosen.log_ratio(scale.log_prior(own))
    log_share = np.log(np.maximum(counts, 1) / len(which))
    return Proposed(which, z, place, log_ratio + (np.log(what.chances) - log_share)[which])


class _Scale:
    """Changes between departures and places, where kinetics count in needed exposures."""

    def __init__(self, exposure: Exposure, kept: NDArray[np.intp], rows: NDArray[np.intp]) -> None:
        ways, self._at = _matched(exposure.needs, kept)
        self._own, self._wide = exposure.own[ways], exposure.wide[ways]
        self._log_exposure = exposure.log_ratio[np.ix_(rows, ways)]

    def place_of(self, departure: Floats) -> Floats:
        """Count how exposed a draw is in the exposure it needs."""
        place = departure.copy()
        place[:, self._at] = (self._own * departure[:, self._at] - self._log_exposure) / self._wide
        return place

    def departure_of(self, place: Floats) -> Floats:
        """Take it out again."""
        departure = place.copy()
        departure[:, self._at] = (self._wide * place[:, self._at] + self._log_exposure) / self._own
        return departure

    def log_prior(self, departure: Floats) -> Floats:
        """Give the logarithm of the prior of a place."""
        size = departure.shape[1]
        stretched = float(np.sum(np.log(self._wide / self._own)))
        return (
            -np.sum(departure * departure, axis=1) / 2
            - size * math.log(2 * math.pi) / 2
            + stretched
        )
