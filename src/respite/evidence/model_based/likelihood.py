"""How likely what trials saw is, given what the model expects in their arms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from respite.engine import Array, namespace, normal_area
from respite.evidence.model_based.expected import Arms, Responses
from respite.evidence.model_based.trials import SeenRow
from respite.evidence.model_based.unknowns import Point
from respite.population import Floats

_SIGNIFICANT = NormalDist().inv_cdf(1 - 1 / 40)
"""Standard errors beyond none at which a test of both sides at 5 % sees a difference."""

_SURELY = 1 / 1_000_000
"""Shares nearer to none or all than this are kept off them: people are not the model."""


@dataclass(frozen=True)
class Likelihood:
    """How likely the rows of each trial are.

    Attributes
    ----------
    arms
        The arms.
    errors
        Standard error of each row that is a mean, ``(rows,)``; one for counts.
    whitening
        What makes the departures of means independent, ``(rows, rows)``; zero for counts.
    log_size
        Logarithm of the height of the normal density of each row at its middle.
    """

    arms: Arms
    errors: Floats
    whitening: Floats
    log_size: Floats

    @cached_property
    def seen(self) -> Floats:
        """What was seen in each row; zero where no number was."""
        return np.nan_to_num([row.value for _trial, row in self.arms.rows])

    @cached_property
    def _counted(self) -> tuple[Floats, Floats, Floats]:
        """Responders of each row, the others, and the logarithm of the ways to choose them."""
        counts = np.asarray([row.count or 0 for _trial, row in self.arms.rows])
        asked = np.asarray(
            [(row.of or 0) if row.kind == "responders" else 0 for _trial, row in self.arms.rows]
        )
        counts = np.where(asked > 0, counts, 0)
        ways = [math.log(math.comb(int(of), int(k))) for k, of in zip(counts, asked, strict=True)]
        return counts, asked - counts, np.asarray(ways)

    @cached_property
    def _membership(self) -> Floats:
        """One where a row belongs to a trial, ``(trials, rows)``."""
        owners = np.asarray([trial for trial, _row in self.arms.rows])
        return (owners == np.arange(len(self.arms.trials))[:, None]).astype(np.float64)

    def by_trial(self, point: Point) -> Array:
        """Give the logarithm of the chance of each trial's rows, ``(trials,)``."""
        return self.of(self.arms.expect(point))

    def of(self, expected: Array) -> Array:
        """Give the same from what is expected in each row.

        Counts are binomial. Means of one arm are normal together, with the
        errors reported and the correlation that simulated people have.
        """
        xp = namespace(expected)
        responders, others, ways = self._counted
        share = xp.clip(expected, _SURELY, 1 - _SURELY)
        counts = ways + responders * xp.log(share) + others * xp.log1p(-share)
        off = self.whitening @ ((self.seen - expected) / self.errors)
        each = xp.where(responders + others > 0, counts, self.log_size - off * off / 2)
        each = xp.where(self._is_told, xp.log(self.chance_told(expected)), each)
        return self._membership @ each

    @cached_property
    def _is_told(self) -> NDArray[np.bool_]:
        """Whether a row is a conclusion, and no number."""
        return np.asarray([row.kind == "conclusion" for _trial, row in self.arms.rows])

    def chance_told(self, expected: Array) -> Array:
        """Give the chance of what was concluded in each row; one where nothing was.

        A study of this size concludes that there is less pain, or more, where
        the difference it sees lies as many standard errors beyond none as a
        test at 5 % asks for.
        """
        xp = namespace(expected)
        less = normal_area(-expected / self.errors - _SIGNIFICANT)
        more = normal_area(expected / self.errors - _SIGNIFICANT)
        chances = {"less": less, "more": more, "no_difference": 1 - less - more}
        told = [
            chances[row.found][place] if row.found in chances else chances["less"][place] * 0 + 1
            for place, (_trial, row) in enumerate(self.arms.rows)
        ]
        return xp.clip(xp.stack(told), _SURELY, 1)


def likelihood_of(arms: Arms, typical: Point) -> Likelihood:
    """Get ready to weigh rows.

    Parameters
    ----------
    arms
        The arms.
    typical
        A point at which errors that are not reported, and the correlation
        within an arm, are simulated.
    """
    responses = arms.respond(typical)
    groups: dict[tuple[int, int, int | None], list[int]] = {}
    size = len(arms.rows)
    errors, log_size = np.ones(size), np.zeros(size)
    whitening = np.zeros((size, size))
    for place, (trial, row) in enumerate(arms.rows):
        if row.kind == "responders":
            continue
        errors[place] = error_of(arms, responses, trial, row)
        if row.kind != "conclusion":
            groups.setdefault((trial, row.arm, row.against), []).append(place)
    for places in groups.values():
        columns = [arms.column(*arms.rows[place]) for place in places]
        spread = covariance(responses, columns, arms)
        sd: Array = np.sqrt(np.diag(spread))
        factor: Array = np.linalg.cholesky(spread / np.outer(sd, sd))
        whitening[np.ix_(places, places)] = np.linalg.inv(factor)
        log_size[places] = -np.log(errors[places] * np.diag(factor)) - math.log(2 * math.pi) / 2
    return Likelihood(arms, errors, whitening, log_size)


def error_of(arms: Arms, responses: Responses, trial: int, row: SeenRow) -> float:
    """Give the standard error of a mean: as reported, or as simulated people spread."""
    if row.error is not None:
        return row.error
    people = arms.trials[trial].arms[row.arm].people
    at = arms.column(trial, row)
    variance: Array = covariance(responses, [at], arms)[0, 0]
    sd = math.sqrt(variance)
    if row.kind == "mean_fall_percent":
        sd *= 100 / float(responses.untreated[:, at].mean())
    error = sd / math.sqrt(people)
    if row.kind not in ("difference", "conclusion"):
        return error
    # In a crossover what differs between people leaves the difference; half of it is assumed to.
    return error if arms.trials[trial].is_crossover else error * math.sqrt(2)


def covariance(responses: Responses, columns: Sequence[int], arms: Arms) -> Floats:
    """Give how written scores of people spread and go together, over people and classes.

    Parameters
    ----------
    responses
        Simulated people.
    columns
        Columns of one arm.
    arms
        The arms.

    Returns
    -------
    Covariance between the columns [points squared], ``(columns, columns)``.
    """
    chances, left = responses.classes(columns)
    scores = responses.untreated[:, list(columns)] * left
    of_class = chances[:, 0]
    means = of_class @ scores.mean(axis=1)
    products = np.einsum("k,kpi,kpj->ij", of_class, scores, scores) / scores.shape[1]
    return products - np.outer(means, means) + np.eye(len(means)) * arms.writing.day**2
