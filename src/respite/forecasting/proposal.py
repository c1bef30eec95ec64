"""Where draws are looked for: about the peak of each class, and some from the prior.

A diary tells how much relief a dose gives, and not whether the person clears
little or needs little. So each draw first gets kinetics from their prior; then
the exposure it needs is proposed on a scale that counts how exposed it is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from respite.forecasting.heavy_draws import draw_about, tails_of
from respite.forecasting.laplace import Peak
from respite.forecasting.random_effects import Unknowns
from respite.population import Floats, People

_BY_PRIOR = 1 / 10
"""This share of the draws is shared out by the prior chances of the classes; ours."""


@dataclass(frozen=True)
class Exposure:
    """How exposed each draw is by its kinetics.

    Attributes
    ----------
    log_ratio
        Logarithm of its exposure against the typical one, shape ``(draws,)``.
    sd
        Spread of that.
    """

    log_ratio: Floats
    sd: float


@dataclass(frozen=True)
class Bell:
    """Where draws of one class are proposed, among the effects that matter in it.

    Attributes
    ----------
    centre
        Shape ``(effects,)``.
    tilt
        How the centre moves with the exposure of a draw, same shape.
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
        The same where the needed exposure counts the draw's own exposure.
    log_ratio
        Logarithm of prior over proposal, shape ``(draws,)``.
    """

    which: NDArray[np.intp]
    z: Floats
    place: Floats
    log_ratio: Floats


def wide_potency(what: Unknowns, exposure_sd: float) -> float:
    """Give the spread of the needed exposure, as far as a diary can tell it from kinetics."""
    return math.hypot(what.effects[what.potency].sd, exposure_sd)


def bells_at(peak: Peak, what: Unknowns, exposure_sd: float) -> tuple[Bell, ...]:
    """Turn the peak of each class into a bell that knows how exposed a draw is.

    Parameters
    ----------
    peak
        The peaks, found with kinetics that are typical and a needed exposure
        that is as wide as both together.
    what
        The unknowns.
    exposure_sd
        Spread of the exposure by kinetics.

    Notes
    -----
    Near its peak the chance of the diary is normal with information
    :math:`A = H - I` and best point *a*, where :math:`Aa = Hm`. For a draw of
    known exposure *e* the prior of the needed exposure is narrower by the
    factor :math:`s / w` and lies at :math:`-e / w`; the two normal curves are multiplied.
    """
    own = what.effects[what.potency].sd
    wide = wide_potency(what, exposure_sd)
    sharper = (wide / own) ** 2
    bells: list[Bell] = []
    for z, information, active in zip(peak.z, peak.information, what.active, strict=True):
        kept = np.flatnonzero(active)
        precision: Floats = information[np.ix_(kept, kept)]
        pull: Floats = precision @ z[kept]
        at = np.flatnonzero(kept == what.potency)
        precision = precision.copy()
        precision[at, at] += sharper - 1
        covariance: Floats = np.linalg.inv(precision).astype(np.float64)
        tilt: Floats = np.sum(covariance[:, at], axis=1) * (-sharper / wide)
        bells.append(Bell(covariance @ pull, tilt, covariance))
    return tuple(bells)


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
    wide = wide_potency(what, exposure.sd)
    tails = tails_of(people, "proposal")
    for number, bell in enumerate(bells):
        rows = np.flatnonzero(which == number)
        if not rows.size:
            continue
        kept = np.flatnonzero(what.active[number])
        scale = _Scale(what, kept, wide, exposure.log_ratio[rows])
        middle = bell.centre + bell.tilt * exposure.log_ratio[rows, None]
        prior = scale.place_of(z[np.ix_(rows, kept)])
        chosen = draw_about(z[np.ix_(rows, kept)], prior, middle, bell.covariance, tails.of(rows))
        own = scale.departure_of(chosen.place)
        z[np.ix_(rows, kept)], place[np.ix_(rows, kept)] = own, chosen.place
        log_ratio[rows] = chosen.log_ratio(scale.log_prior(own))
    log_share = np.log(np.maximum(counts, 1) / len(which))
    return Proposed(which, z, place, log_ratio + (np.log(what.chances) - log_share)[which])


@dataclass(frozen=True)
class _Scale:
    """Changes between departures and places, where kinetics count in the needed exposure."""

    what: Unknowns
    kept: NDArray[np.intp]
    wide: float
    log_exposure: Floats

    @property
    def _at(self) -> NDArray[np.intp]:
        return np.flatnonzero(self.kept == self.what.potency)

    @property
    def _own(self) -> float:
        return self.what.effects[self.what.potency].sd

    def place_of(self, departure: Floats) -> Floats:
        """Count how exposed a draw is in the exposure it needs."""
        place = departure.copy()
        log_exposure = self.log_exposure[:, None]
        place[:, self._at] = (self._own * departure[:, self._at] - log_exposure) / self.wide
        return place

    def departure_of(self, place: Floats) -> Floats:
        """Take it out again."""
        departure = place.copy()
        log_exposure = self.log_exposure[:, None]
        departure[:, self._at] = (self.wide * place[:, self._at] + log_exposure) / self._own
        return departure

    def log_prior(self, departure: Floats) -> Floats:
        """Give the logarithm of the prior of a place."""
        size = departure.shape[1]
        stretched = math.log(self.wide / self._own) * len(self._at)
        return (
            -np.sum(departure * departure, axis=1) / 2
            - size * math.log(2 * math.pi) / 2
            + stretched
        )
