"""Does the forecast agree with NUTS? Shares, and quantiles of those who return, one by one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import numpy as np

from respite.literature import load_library
from respite.population import People
from validation.calibration import diaries, metrics, settings
from validation.calibration.asking import ask
from validation.calibration.metrics import Floats
from validation.calibration.nuts import CHAINS, Road, Sampled, sampler
from validation.calibration.runs import KEPT, fingerprint
from validation.calibration.virtual import DAY_H, EVENTS, SCORES_H, facts_of, live

PATIENTS = 40
AFTER_DAYS = 14
FACTS = 1
"""All of them are told alike, and leave out the same days, so that one program serves all."""

DRAWS = 24_000
"""Draws of a forecast here: so many that its own chance is small beside that of NUTS."""

QUANTILES = (0.1, 0.5, 0.9)
FEWEST = 0.1
"""Quantiles are compared where so large a share returns."""

SHARES_NEAR, QUANTILES_NEAR = 0.03, 0.5
"""How near shares, and quantiles [days], must be on average beyond NUTS's own error."""

OF_ABSOLUTE = float(np.sqrt(2 / np.pi))
"""Mean absolute value of a standard normal number."""


@dataclass(frozen=True)
class Compared:
    """One patient both ways.

    Attributes
    ----------
    number
        Which patient.
    shares, nuts_shares, nuts_shares_error
        The five shares of a forecast, those of NUTS, and the standard error of these.
    quantiles, nuts_quantiles, nuts_quantiles_error
        The same for quantiles [days] of those who return after a day or more; empty where few do.
    divergences
        Steps of NUTS that went astray.
    """

    number: int
    shares: tuple[float, ...]
    nuts_shares: tuple[float, ...]
    nuts_shares_error: tuple[float, ...]
    quantiles: tuple[float, ...]
    nuts_quantiles: tuple[float, ...]
    nuts_quantiles_error: tuple[float, ...]
    divergences: int


def shares_of(places: Floats, weights: Floats) -> Floats:
    """Give the five shares, in their order on the line."""
    kinds = (
        places == metrics.NO_RESPONSE,
        places == metrics.GONE_BEFORE_LAST_DOSE,
        (places > 0) & (places < 1),
        metrics.has_returned(places),
        np.isinf(places),
    )
    return np.asarray([np.sum(weights[kind]) for kind in kinds]) / np.sum(weights)


def quantiles_of(places: Floats, weights: Floats) -> Floats:
    """Give weighted quantiles [days] of those who return after a day or more."""
    kept = metrics.has_returned(places)
    order = np.argsort(places[kept])
    days, heights = places[kept][order], np.cumsum(weights[kept][order])
    return np.interp(QUANTILES, heights / heights[-1], days)


def compared(sampled: Sampled, places: Floats, number: int) -> Compared:
    """Hold draws of a forecast against samples of NUTS.

    Parameters
    ----------
    sampled
        What NUTS found.
    places
        Where draws of the forecast lie on the line.
    number
        Which patient.
    """
    level = np.ones(len(places))
    flat = (sampled.places.ravel(), sampled.weights.ravel())
    rows = [sampled.chain == one for one in range(CHAINS)]
    chains = [(sampled.places[row].ravel(), sampled.weights[row].ravel()) for row in rows]
    shares, nuts_shares = shares_of(places, level), shares_of(*flat)
    apart = [shares_of(*chain) for chain in chains]
    quantiles: tuple[Floats, Floats, Floats] = (np.empty(0), np.empty(0), np.empty(0))
    if min(shares[3], nuts_shares[3], *(each[3] for each in apart)) >= FEWEST:
        errors = _error([quantiles_of(*chain) for chain in chains])
        quantiles = (quantiles_of(places, level), quantiles_of(*flat), errors)
    return Compared(
        number=number,
        shares=_plain(shares),
        nuts_shares=_plain(nuts_shares),
        nuts_shares_error=_plain(_error(apart)),
        quantiles=_plain(quantiles[0]),
        nuts_quantiles=_plain(quantiles[1]),
        nuts_quantiles_error=_plain(quantiles[2]),
        divergences=sampled.divergences,
    )


def _plain(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def _error(of_chains: list[Floats]) -> Floats:
    """Give the standard error of a mean over chains."""
    return np.std(of_chains, axis=0, ddof=1) / np.sqrt(len(of_chains))


def compare_all(patients: int = PATIENTS) -> Iterator[Compared]:
    """Compare patient by patient; what is kept is not worked out again.

    Parameters
    ----------
    patients
        How many.
    """
    for number in range(patients):
        place = KEPT / fingerprint() / "nuts" / f"{number:03d}.json"
        if place.exists():
            yield Compared(**json.loads(place.read_text("utf-8")))
            continue
        found = _compare(number)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(asdict(found)), "utf-8")
        yield found


def _compare(number: int) -> Compared:
    road, sample, written = _ready()
    life = live(road.library, road.patient, number)
    chance = np.random.default_rng([settings.SEED_OF_DIARIES, number])
    scores = diaries.ours(road.library, life, chance)[written]
    people = People(settings.SEED_OF_DRAWS + number, DRAWS)
    answer = ask(road.library, road.patient, road.setting(scores).entries, people)
    return compared(sample(scores, number), answer.places, number)


@cache
def _ready() -> tuple[Road, Any, np.ndarray]:
    library = load_library()
    chance = np.random.default_rng(settings.SEED_OF_DIARIES)
    written = diaries.written_at_random(SCORES_H, chance)
    last_h = EVENTS[-1].time_h + (AFTER_DAYS + 1) * DAY_H
    written &= last_h > SCORES_H
    road = Road(library, facts_of(library, FACTS), SCORES_H[written])
    return road, sampler(road), written


@dataclass(frozen=True)
class Agreement:
    """How near forecasts are to NUTS.

    Attributes
    ----------
    patients, with_quantiles
        How many were compared, and in how many enough return for quantiles.
    share_apart, share_error, share_most
        Mean and largest difference of a share, and what NUTS's own chance makes of the mean.
    days_apart, days_error
        The same for each quantile [days].
    divergences
        Steps of NUTS that went astray.
    """

    patients: int
    with_quantiles: int
    share_apart: float
    share_error: float
    share_most: float
    days_apart: tuple[float, ...]
    days_error: tuple[float, ...]
    divergences: int

    @property
    def shares_agree(self) -> bool:
        """Whether shares are near enough."""
        return self.share_apart - self.share_error <= SHARES_NEAR

    @property
    def quantiles_agree(self) -> bool:
        """Whether every quantile is near enough."""
        return all(
            apart - error <= QUANTILES_NEAR
            for apart, error in zip(self.days_apart, self.days_error, strict=True)
        )


def agreement(compared: list[Compared]) -> Agreement:
    """Sum up over patients.

    Parameters
    ----------
    compared
        Each patient both ways.
    """
    shares = np.asarray([one.shares for one in compared])
    apart = np.abs(shares - np.asarray([one.nuts_shares for one in compared]))
    errors = np.asarray([one.nuts_shares_error for one in compared])
    held = [one for one in compared if one.quantiles]
    days = np.abs([np.subtract(one.quantiles, one.nuts_quantiles) for one in held])
    days_errors = np.asarray([one.nuts_quantiles_error for one in held])
    return Agreement(
        patients=len(compared),
        with_quantiles=len(held),
        share_apart=float(np.mean(apart)),
        share_error=OF_ABSOLUTE * float(np.mean(errors)),
        share_most=float(np.max(apart)),
        days_apart=tuple(np.mean(days, axis=0).tolist()),
        days_error=tuple((OF_ABSOLUTE * np.mean(days_errors, axis=0)).tolist()),
        divergences=sum(one.divergences for one in compared),
    )
