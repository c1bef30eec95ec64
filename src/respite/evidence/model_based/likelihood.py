"""How likely what trials saw is, given what the model expects in their arms."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from respite.evidence.model_based.expected import Arms, Responses
from respite.evidence.model_based.trials import SeenRow
from respite.evidence.model_based.unknowns import Point
from respite.population import Floats

_SURELY = 1e-6
"""Shares nearer to none or all than this are kept off them: people are not the model."""


@dataclass(frozen=True)
class Likelihood:
    """How likely the rows of each trial are.

    Attributes
    ----------
    arms
        The arms.
    errors
        Standard error of each row that is a mean, ``(rows,)``; zero for counts.
    together
        For each group of means that belong together their rows, and the
        Cholesky factor of the correlation of their errors.
    """

    arms: Arms
    errors: Floats
    together: tuple[tuple[tuple[int, ...], Floats], ...]

    @cached_property
    def _counts(self) -> tuple[tuple[int, int, int, float], ...]:
        """Rows of counts: place, responders, asked, and the logarithm of the ways to choose."""
        found: list[tuple[int, int, int, float]] = []
        for place, (_trial, row) in enumerate(self.arms.rows):
            if row.kind == "responders":
                count, of = row.count or 0, row.of or 0
                ways = math.log(math.comb(of, count))
                found.append((place, count, of, ways))
        return tuple(found)

    @cached_property
    def _seen(self) -> Floats:
        return np.asarray([row.value for _trial, row in self.arms.rows])

    def by_trial(self, point: Point) -> Floats:
        """Give the logarithm of the chance of each trial's rows, ``(trials,)``."""
        return self.of(self.arms.expect(point))

    def of(self, expected: Floats) -> Floats:
        r"""Give the same from what is expected in each row.

        Notes
        -----
        Counts are binomial. Means of one arm are normal together, with the
        errors reported and the correlation that simulated people have.
        """
        total = np.zeros(len(self.arms.trials))
        for place, count, of, ways in self._counts:
            share = min(max(float(expected[place]), _SURELY), 1 - _SURELY)
            trial = self.arms.rows[place][0]
            total[trial] += ways + count * math.log(share) + (of - count) * math.log1p(-share)
        for places, factor in self.together:
            rows = list(places)
            errors = self.errors[rows]
            off = np.linalg.solve(factor, (self._seen[rows] - expected[rows]) / errors)
            size = np.sum(np.log(errors)) + np.sum(np.log(np.diag(factor)))
            constant = len(rows) * math.log(2 * math.pi) / 2
            total[self.arms.rows[places[0]][0]] -= float(off @ off) / 2 + size + constant
        return total


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
    errors = np.zeros(len(arms.rows))
    for place, (trial, row) in enumerate(arms.rows):
        if row.kind != "responders":
            groups.setdefault((trial, row.arm, row.against), []).append(place)
            errors[place] = error_of(arms, responses, trial, row)
    together: list[tuple[tuple[int, ...], Floats]] = []
    for places in groups.values():
        columns = [arms.column(*arms.rows[place]) for place in places]
        spread = covariance(responses, columns, arms)
        sd = np.sqrt(np.diag(spread))
        factor: Floats = np.linalg.cholesky(spread / np.outer(sd, sd))
        together.append((tuple(places), factor))
    return Likelihood(arms, errors, tuple(together))


def error_of(arms: Arms, responses: Responses, trial: int, row: SeenRow) -> float:
    """Give the standard error of a mean: as reported, or as simulated people spread."""
    if row.error is not None:
        return row.error
    people = arms.trials[trial].arms[row.arm].people
    at = arms.column(trial, row)
    sd = float(np.sqrt(covariance(responses, [at], arms)[0, 0]))
    if row.kind == "mean_fall_percent":
        sd *= 100 / float(np.mean(responses.untreated[:, at]))
    error = sd / math.sqrt(people)
    return error * math.sqrt(2) if row.kind == "difference" else error


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
    classes = [responses.classes(column) for column in columns]
    size = len(columns)
    pain = responses.untreated[:, columns]
    means = np.zeros(size)
    products = np.zeros((size, size))
    for number, (chance, _left) in enumerate(classes[0]):
        scores = pain * np.stack([one[number][1] for one in classes], axis=1)
        means += chance * scores.mean(axis=0)
        products += chance * (scores.T @ scores) / len(scores)
    return products - np.outer(means, means) + np.eye(size) * arms.writing.day**2
