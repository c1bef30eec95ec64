"""What another trial like this one would see: every figure, from draws of what is known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from statistics import NormalDist
from typing import Any

import numpy as np

from respite.engine import Array
from respite.evidence.model_based.expected import Arms
from respite.evidence.model_based.likelihood import Likelihood, likelihood_of
from respite.evidence.model_based.trials import SeenRow, SeenTrial
from respite.evidence.model_based.unknowns import Point, Unknowns
from respite.evidence.shares import share_interval95
from respite.literature import PredictedFigure, PredictionRole
from respite.population import Floats

_DAY_H = 24

WITHIN = (50 / 100, 90 / 100)
"""Shares of draws that the intervals hold."""


@dataclass(frozen=True)
class Expected:
    """What is expected in every row, in each of many draws.

    Attributes
    ----------
    likelihood
        The rows, and the errors of their means.
    rows
        What is expected, ``(draws, rows)``.
    by_trial
        Logarithm of the chance of each trial's rows, ``(draws, trials)``.
    """

    likelihood: Likelihood
    rows: Floats
    by_trial: Floats


def expect_all(arms: Arms, points: Iterable[Point]) -> Expected:
    """Work out what draws expect in every row.

    Parameters
    ----------
    arms
        The arms, fitted to or not.
    points
        A typical point first, at which errors that no study reports are simulated, then the
        draws.
    """
    every = iter(points)
    likelihood = likelihood_of(arms, next(every))
    rows = np.stack([arms.expect(point) for point in every])
    return Expected(likelihood, rows, np.stack([likelihood.of(one) for one in rows]))


def with_fresh(
    unknowns: Unknowns, names: Sequence[str], points: Floats, seed: int
) -> Iterator[Point]:
    """Give draws of a fit as numbers of other trials, whose own departures are drawn afresh.

    Parameters
    ----------
    unknowns
        What is unknown of the other trials.
    names, points
        Names of what was drawn in the fit, and the draws, ``(draws, names)``.
    seed
        Seed of what is drawn afresh.

    Returns
    -------
    The typical point first, then one for each draw.
    """
    size = len(unknowns.names)
    yield unknowns.at(np.zeros(size))
    random = np.random.default_rng(seed)
    known = {name: place for place, name in enumerate(names)}
    kept = [place for place, name in enumerate(unknowns.names) if name in known]
    taken = [known[unknowns.names[place]] for place in kept]
    for point in points:
        z = random.standard_normal(size)
        z[kept] = point[taken]
        yield unknowns.at(z)


def seen_by_others(expected: Expected, seed: int) -> Floats:
    """Draw what other trials of the same size would see, ``(draws, rows)``."""
    random = np.random.default_rng(seed)
    seen = np.empty_like(expected.rows)
    for place, (_trial, row) in enumerate(expected.likelihood.arms.rows):
        mean = expected.rows[:, place]
        if row.kind == "responders" and row.of:
            seen[:, place] = random.binomial(row.of, np.clip(mean, 0, 1)) / row.of
        else:
            error = expected.likelihood.errors[place]
            seen[:, place] = mean + error * random.standard_normal(len(mean))
    return seen


def figures_of(
    expected: Expected, trials: Sequence[str], role: PredictionRole, seed: int
) -> list[PredictedFigure]:
    """Put every row of some trials beside what is predicted.

    Parameters
    ----------
    expected
        What draws expect.
    trials
        Studies whose rows are wanted.
    role
        What the rows were for the fit.
    seed
        Seed of what other trials see.
    """
    seen = seen_by_others(expected, seed)
    likelihood = expected.likelihood
    told = np.mean([likelihood.chance_told(one) for one in expected.rows], axis=0)
    return [
        _figure(
            likelihood.arms.trials[trial],
            row,
            role,
            _Draws(seen[:, place], float(told[place]), float(likelihood.errors[place])),
        )
        for place, (trial, row) in enumerate(likelihood.arms.rows)
        if likelihood.arms.trials[trial].study in trials
    ]


@dataclass(frozen=True)
class _Draws:
    """What other trials would see in one row, the chance of what was told, and its error."""

    seen: Floats
    told: float
    error: float


def _figure(trial: SeenTrial, row: SeenRow, role: PredictionRole, draws: _Draws) -> PredictedFigure:
    scale = 100 if row.kind == "responders" else 1
    common: dict[str, Any] = {
        "study": trial.study,
        "arm": trial.arms[row.arm].name,
        "against": "" if row.against is None else trial.arms[row.against].name,
        "what": row.words,
        "measure": "mean_pain" if row.kind in ("difference", "conclusion") else row.kind,
        "time_days": _rounded(row.time_h / _DAY_H),
        "role": role,
        "note": row.note,
    }
    middle, half, most = _quantiles(scale * draws.seen)
    if row.kind == "conclusion" and row.found == "not_reported":
        return PredictedFigure(
            **common, unit="points", predicted=middle, predicted50=half, predicted90=most
        )
    if row.kind == "conclusion":
        return PredictedFigure(
            **common,
            unit="fraction",
            predicted=_rounded(draws.told),
            found=row.found,
            inside50=draws.told >= 1 - WITHIN[0],
            inside90=draws.told >= 1 - WITHIN[1],
        )
    observed = scale * row.value
    low, high = _known_within(row, draws.error)
    return PredictedFigure(
        **common,
        unit="%" if row.kind in ("responders", "mean_fall_percent") else "points",
        observed=_rounded(observed),
        observed95=(_rounded(low), _rounded(high)),
        found=row.found,
        predicted=middle,
        predicted50=half,
        predicted90=most,
        inside50=half[0] <= observed <= half[1],
        inside90=most[0] <= observed <= most[1],
    )


def _quantiles(draws: Floats) -> tuple[float, tuple[float, float], tuple[float, float]]:
    """Give the middle of draws, and what holds half and nine in ten of them."""
    asked = [0.5, *((1 + sign * share) / 2 for share in WITHIN for sign in (-1, 1))]
    middle, *ends = (_rounded(float(one)) for one in np.quantile(draws, asked))
    return middle, (ends[0], ends[1]), (ends[2], ends[3])


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")


def _known_within(row: SeenRow, error: float) -> tuple[float, float]:
    r"""Give how well what was seen is known: the 95 % interval of Wilson 1927 for counts."""
    z = NormalDist().inv_cdf(1 - 1 / 40)
    if row.kind != "responders" or not row.of:
        return row.value - z * error, row.value + z * error
    low, high = share_interval95(row.value, row.of)
    return 100 * low, 100 * high


def log_score(by_trial: Floats) -> float:
    """Give the logarithm of the mean chance of rows over draws."""
    highest = float(np.max(by_trial))
    return highest + math.log(float(np.mean(np.exp(by_trial - highest))))


def chances_of_orders(
    expected: Expected, study: str, seed: int
) -> list[tuple[float, tuple[str, ...], float, float]]:
    """Give how likely each order of the arms of a study is, at each time it looked.

    Parameters
    ----------
    expected
        What draws expect.
    study
        A study with conclusions or differences between its arms.
    seed
        Seed of what such a study would see.

    Returns
    -------
    For each time [days] and order, from least pain to most, the chance of that order among the
    means of all people alike, and among the means of as many people as the study had.
    """
    arms = expected.likelihood.arms
    number = next(at for at, trial in enumerate(arms.trials) if trial.study == study)
    trial = arms.trials[number]
    rows = [(place, row) for place, (at, row) in enumerate(arms.rows) if at == number]
    random = np.random.default_rng(seed)
    found: list[tuple[float, tuple[str, ...], float, float]] = []
    for time_h in sorted({row.time_h for _place, row in rows}):
        last = len(trial.arms) - 1
        means = np.zeros((len(expected.rows), len(trial.arms)))
        errors = np.zeros(len(trial.arms))
        for place, row in rows:
            if row.time_h == time_h and last in (row.arm, row.against):
                other = row.against if row.arm == last else row.arm
                sign = -1 if row.arm == last else 1
                assert other is not None
                means[:, other] = sign * expected.rows[:, place]
                errors[other] = expected.likelihood.errors[place] / math.sqrt(2)
        errors[last] = float(np.mean(errors[:last]))
        noisy = means + errors * random.standard_normal(means.shape)
        for order in permutations(range(len(trial.arms))):
            names = tuple(trial.arms[at].name for at in order)
            found.append(
                (
                    time_h / _DAY_H,
                    names,
                    _share_in_order(means, order),
                    _share_in_order(noisy, order),
                )
            )
    return found


def _share_in_order(means: Floats, order: tuple[int, ...]) -> float:
    rises: Array = np.diff(means[:, list(order)], axis=1)
    return float((rises >= 0).all(axis=1).mean())
