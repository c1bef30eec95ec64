"""Draws of the pooled numbers: what the library says that trials left possible."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from respite.evidence.model_based.unknowns import CHANCES, EFFECTS, SAME_AS, Point, Unknowns
from respite.literature import Fit
from respite.population import study_sd


def pooled_points(fit: Fit, unknowns: Unknowns, draws: int, seed: int) -> Iterator[Point]:
    """Draw numbers from a fit of the library, with their covariance.

    Parameters
    ----------
    fit
        The fit.
    unknowns
        What is unknown of the trials that are asked about.
    draws
        How many draws.
    seed
        Seed of the draws.

    Returns
    -------
    The point in the middle first, then the draws.
    """
    random = np.random.default_rng(seed)
    mean, factor = np.asarray(fit.mean), np.linalg.cholesky(np.asarray(fit.covariance))
    yield _point(fit, unknowns, dict(zip(fit.names, mean, strict=True)), np.zeros((3, 1)))
    for _draw in range(draws):
        values = mean + factor @ random.standard_normal(len(mean))
        departures = random.standard_normal((len(EFFECTS), len(unknowns.trials)))
        yield _point(fit, unknowns, dict(zip(fit.names, values, strict=True)), departures)


def _point(fit: Fit, unknowns: Unknowns, values: dict[str, float], departures: np.ndarray) -> Point:
    """Give the numbers at values on the scale of their distributions."""
    z = np.zeros(len(unknowns.names))
    middle = unknowns.transformed(z)
    for name in unknowns.globals:
        spread = study_sd(unknowns.parameters[name])
        z[unknowns.places[name]] = (values[name] - middle[name]) / spread
    point = unknowns.at(z)
    placebo, need, course = (
        fit.between_trials[effect] * departure * np.ones(len(unknowns.trials))
        for effect, departure in zip(EFFECTS, departures, strict=True)
    )
    return replace(
        point,
        chances={
            chance: {
                name: _share(values[f"{SAME_AS.get(name, name)}.{chance}"])
                for name in (*unknowns.conditions, *SAME_AS)
            }
            for chance in CHANCES
        },
        placebo_chance=_share(values["placebo_chance"] + placebo),
        need=np.exp(need),
        course=course,
    )


def _share(logit: np.ndarray | float) -> np.ndarray:
    return 1 / (1 + np.exp(-np.asarray(logit)))
