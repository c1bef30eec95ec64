"""What the model expects in every arm: means, and shares of responders, over all classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from respite.domain import WORST_PAIN
from respite.engine import Array, fading_maximum, namespace, normal_area
from respite.evidence.model_based.atlas import Atlas, draw_atlas
from respite.evidence.model_based.structures import Structure
from respite.evidence.model_based.trials import SeenRow, SeenTrial
from respite.evidence.model_based.unknowns import PRIOR, Point, constant
from respite.literature import Library
from respite.population import (
    ADAPTED,
    FAST,
    SLOW,
    Drives,
    Floats,
    PlaceboCourse,
    Responders,
    fast_relief,
    placebo_part,
    potencies,
    slow_relief,
)


@dataclass(frozen=True)
class Writing:
    """How written scores differ from expected pain; as it was before trials.

    Attributes
    ----------
    day
        Spread from day to day [points].
    drift, drift_half_time_h
        Spread of the slow drift of untreated pain [points], and its half-time [h].
    """

    day: float
    drift: float
    drift_half_time_h: float

    def spread(self, time_h: float, kept: float) -> float:
        """Give the spread of a later score less a share of the first one.

        Parameters
        ----------
        time_h
            Time between the two [h].
        kept
            The share.
        """
        drifted = 1 - np.exp2(-2 * time_h / self.drift_half_time_h)
        return float(np.sqrt(self.day**2 * (1 + kept**2) + self.drift**2 * drifted))


@dataclass(frozen=True)
class Responses:
    """Relief of the same people in every column, if they respond, and the chance that they do.

    All but the chances have the shape ``(people, columns)``; the chances are
    those of each column, ``persistent`` is one number.
    """

    untreated: Array
    placebo: Array
    fast: Array
    slow: Array
    held: Array
    placebo_chance: Array
    fast_chance: Array
    slow_chance: Array
    persistent_chance: Array

    def mean_left(self) -> Array:
        """Give the share of pain that is left, averaged over classes, ``(people, columns)``."""
        slow = self.slow + self.persistent_chance * (self.held - self.slow)
        return (
            (1 - self.placebo_chance * self.placebo)
            * (1 - self.fast_chance * self.fast)
            * (1 - self.slow_chance * slow)
        )

    def classes(self, columns: Sequence[int] | NDArray[np.intp]) -> tuple[Array, Array]:
        """Give every class in some columns.

        Parameters
        ----------
        columns
            The columns.

        Returns
        -------
        The chance of each class, ``(classes, columns)``, and the share of
        pain left in it, ``(classes, people, columns)``.
        """
        xp, some = namespace(self.placebo_chance), np.asarray(columns)
        none = np.zeros((self.slow.shape[0], len(some)))
        placebo, fast, slow = (
            chance[some] for chance in (self.placebo_chance, self.fast_chance, self.slow_chance)
        )
        persists = self.persistent_chance
        kinds = (
            ((1 - placebo, none), (placebo, self.placebo[:, some])),
            ((1 - fast, none), (fast, self.fast[:, some])),
            (
                (1 - slow, none),
                (slow * (1 - persists), self.slow[:, some]),
                (slow * persists, self.held[:, some]),
            ),
        )
        every = list(product(*kinds))
        chances = [a * b * c for (a, _one), (b, _two), (c, _three) in every]
        left = [(1 - a) * (1 - b) * (1 - c) for (_one, a), (_two, b), (_three, c) in every]
        return xp.stack(chances), xp.stack(left)


@dataclass(frozen=True)
class Arms:
    """Every arm of every trial, ready to be simulated at any point.

    Attributes
    ----------
    trials
        The trials.
    atlas
        Levels in their arms.
    structure
        How the pain model is put together.
    writing
        How scores are written.
    course_half_time_h
        Half-time of the change of pain by itself [h].
    """

    trials: Sequence[SeenTrial]
    atlas: Atlas
    structure: Structure
    writing: Writing
    course_half_time_h: float

    @cached_property
    def rows(self) -> tuple[tuple[int, SeenRow], ...]:
        """Every row, with the place of its trial."""
        return tuple((at, row) for at, trial in enumerate(self.trials) for row in trial.rows)

    @cached_property
    def trial_of(self) -> NDArray[np.intp]:
        """The trial of each column."""
        return np.asarray([column.trial for column in self.atlas.columns])

    @cached_property
    def _times_h(self) -> Floats:
        return np.asarray([column.time_h for column in self.atlas.columns])

    @cached_property
    def _conditions(self) -> tuple[str, ...]:
        return tuple(self.trials[column.trial].condition for column in self.atlas.columns)

    @cached_property
    def _after_drug(self) -> Floats:
        """One where a drug was given before, zero elsewhere."""
        arms = (self.trials[column.trial].arms[column.arm] for column in self.atlas.columns)
        drug = np.asarray([arm.is_drug for arm in arms])
        return (drug & (self._times_h > 0)).astype(np.float64)

    @cached_property
    def _baselines(self) -> Floats:
        arms = (self.trials[column.trial].arms[column.arm] for column in self.atlas.columns)
        return np.asarray([np.nan if arm.baseline is None else arm.baseline for arm in arms])

    @cached_property
    def _places(self) -> dict[tuple[int, int, float], int]:
        return {
            (column.trial, column.arm, column.time_h): place
            for place, column in enumerate(self.atlas.columns)
        }

    def column(self, trial: int, row: SeenRow, *, against: bool = False) -> int:
        """Give the column that a row looks at."""
        arm = row.against if against and row.against is not None else row.arm
        return self._places[trial, arm, row.time_h]

    def respond(self, point: Point) -> Responses:
        """Simulate every arm at one point."""
        people = _all_responding(point)
        need = point.need[self.trial_of]
        drives = self.atlas.drives(point.numbers["slow_half_time"], potencies(people))
        drives = {site: levels / need for site, levels in drives.items()}
        slow = self._slow(people, drives)
        parts = [placebo_part(people, one) for one in self.atlas.clocks]
        placebo = namespace(parts[0]).concat(parts, axis=1)[:, self.atlas.order]
        chance = point.placebo_chance[self.trial_of]
        if self.structure.placebo == "graded":
            placebo, chance = chance * placebo, chance * 0 + 1
        return Responses(
            self._untreated(point),
            placebo,
            self._fast(people, drives),
            slow,
            self._held(slow, people.fade_rate),
            chance,
            self._chance("fast_response_chance", point),
            self._chance("response_chance", point),
            point.persistent_chance,
        )

    def _untreated(self, point: Point) -> Array:
        """Give pain without treatment: on average that of the arm before it, and its own course."""
        pain = point.numbers["baseline_pain"][:, None]
        mean = np.where(np.isnan(self._baselines), pain.mean(), self._baselines)
        return np.clip(pain + (mean - pain.mean()), 0, WORST_PAIN) * self._course(point)

    def _chance(self, chance: str, point: Point) -> Array:
        values = point.chances[chance]
        names = sorted(set(self._conditions))
        each = namespace(point.need).stack([values[name] for name in names])
        return each[np.asarray([names.index(name) for name in self._conditions])]

    def _fast(self, people: Responders, drives: Drives) -> Array:
        if self.structure.fast == "none":
            return drives[FAST] * 0
        if self.structure.fast == "adapting":
            return fast_relief(people, drives)
        level = fast_relief(people, {FAST: drives[FAST], ADAPTED: drives[ADAPTED] * 0})
        if self.structure.fast == "sigmoid":
            return level
        later = fast_relief(people, {FAST: drives[ADAPTED], ADAPTED: drives[ADAPTED] * 0})
        return 1 - (1 - level) * (1 - later)

    def _slow(self, people: Responders, drives: Drives) -> Array:
        if self.structure.slow == "none":
            return drives[SLOW] * 0
        if self.structure.slow == "dose":
            return drives[SLOW] * 0 + self._after_drug
        if self.structure.slow == "state":
            return self.atlas.state_of(people.numbers["slow_half_time"])
        return slow_relief(people, drives, np.ones((1, len(self._times_h)), dtype=np.intp))

    def _held(self, slow: Array, fade_rate: Array) -> Array:
        if not self.structure.persists:
            return slow
        parts = [
            fading_maximum(slow[:, first:end], self._times_h[first:end], fade_rate)
            for first, end in pairwise(self.atlas.starts)
        ]
        return namespace(slow).concat(parts, axis=1)

    def expect(self, point: Point) -> Array:
        """Give what the model expects in each row, in the unit of the row, ``(rows,)``."""
        xp = namespace(point.need)
        responses = self.respond(point)
        pain = xp.mean(responses.untreated * responses.mean_left(), axis=0)
        before = xp.mean(responses.untreated / self._course(point), axis=0)
        found: list[Array] = [0.0] * len(self.rows)
        shares: list[int] = []
        for place, (trial, row) in enumerate(self.rows):
            at = self.column(trial, row)
            match row.kind:
                case "mean_pain":
                    found[place] = pain[at]
                case "mean_fall":
                    found[place] = before[at] - pain[at]
                case "mean_fall_percent":
                    found[place] = 100 * (1 - pain[at] / before[at])
                case "difference" | "conclusion":
                    found[place] = pain[at] - pain[self.column(trial, row, against=True)]
                case "responders":
                    shares.append(place)
        if shares:
            each = self._shares(responses, point, [self.rows[place] for place in shares])
            for number, place in enumerate(shares):
                found[place] = each[number]
        return xp.stack(found)

    def _course(self, point: Point) -> Array:
        """Give the share of pain that does not pass by itself, ``(columns,)``."""
        passed = 1 - np.exp2(-self._times_h / self.course_half_time_h)
        return 1 - point.course[self.trial_of] * passed

    def _shares(
        self, responses: Responses, point: Point, rows: Sequence[tuple[int, SeenRow]]
    ) -> Array:
        """Give the share of people whose written score has fallen by the threshold.

        The first score is written too, so what counts is the spread of a
        later score less what is left of the first.
        """
        xp = namespace(point.need)
        columns = np.asarray([self.column(trial, row) for trial, row in rows])
        now = responses.untreated[:, columns]
        before = now / self._course(point)[columns]
        kept = np.asarray([1 if row.in_points else 1 - row.threshold for _trial, row in rows])
        fall = np.asarray([row.threshold if row.in_points else 0 for _trial, row in rows])
        spread = [
            self.writing.spread(row.time_h, float(share))
            for (_trial, row), share in zip(rows, kept, strict=True)
        ]
        chances, left = responses.classes(columns)
        # Scores are whole numbers, so no pain is a score below a half.
        limit = xp.clip(kept * before - fall, 0.5, None)
        below = normal_area((limit - now * left) / np.asarray(spread))
        return xp.sum(chances * xp.mean(below, axis=1), axis=0)


def _all_responding(point: Point) -> Responders:
    """Give the people of a point, as if everybody responded to everything."""
    numbers = point.numbers
    everybody = numbers["slow_half_time"] * 0 + 1
    return Responders(
        untreated=numbers["baseline_pain"],
        placebo=everybody,
        fast=everybody,
        slow=everybody,
        persists=everybody,
        numbers=numbers,
        course=PlaceboCourse(
            depth=numbers["placebo_depth"],
            gain=numbers["placebo_gain"],
            half_time_h=numbers["placebo_offset_half_time"],
            session_depth=numbers["placebo_session_depth"],
            session_half_time_h=numbers["placebo_session_half_time"],
        ),
    )


def arms_of(
    library: Library, trials: Sequence[SeenTrial], structure: Structure, *, seed: int
) -> Arms:
    """Get ready to simulate every arm.

    Parameters
    ----------
    library
        The library.
    trials
        The trials.
    structure
        How the pain model is put together.
    seed
        Seed of the virtual people.
    """
    residual = library.assembled(PRIOR).residual
    return Arms(
        trials,
        draw_atlas(library, trials, seed=seed),
        structure,
        Writing(
            residual["between_days"].value,
            residual["drift_spread"].value,
            residual["drift_half_time"].value,
        ),
        constant(library, "half_time_of_natural_course"),
    )
