"""Do predictions agree with trials? Every figure beside what was predicted, and the sums of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from respite.domain import OutOfScope
from respite.domain import translate as _
from respite.evidence.model_based.digest import digest_of_fit
from respite.evidence.model_based.expected import arms_of
from respite.evidence.model_based.layered_people import LayeredPeople
from respite.evidence.model_based.pooled import pooled_points
from respite.evidence.model_based.predictions import expect_all, figures_of
from respite.evidence.model_based.reading import seen_trials
from respite.evidence.model_based.structures import NO_DOSE, SHIPPED
from respite.evidence.model_based.trials import Skipped
from respite.evidence.model_based.unknowns import unknowns_of
from respite.evidence.trials.own_trials import read_own_trials
from respite.literature import Fit, Library, PredictedFigure, PredictionRole, load_library

ROLES: tuple[PredictionRole, ...] = ("calibration", "left-out", "validation")
"""What a figure may be for the fit; never put together."""

OF_OWN = 1000
"""Draws that predict trials of the user's own."""

_WIDTHS = ("points", "%")


@dataclass(frozen=True)
class Coverage:
    """How often intervals hold what was seen, every trial counting the same.

    Attributes
    ----------
    role
        Which figures.
    trials, figures
        How many.
    inside50, inside90
        Share of a trial's figures within the interval, averaged over trials.
    width90_points, width90_percent
        Mean width of the 90 % interval of figures in points, and of those in percent; ``None``
        where there are none.
    """

    role: PredictionRole
    trials: int
    figures: int
    inside50: float
    inside90: float
    width90_points: float | None
    width90_percent: float | None


@dataclass(frozen=True)
class Agreement:
    """How predictions agree with trials.

    Attributes
    ----------
    fit
        The fit, as the library holds it.
    figures
        Every figure that is shown.
    misses
        Studies with a figure outside its 90 % interval, and what is to be said of each.
    left_out
        What could not be held against the model, and why.
    is_current
        Whether the fit was made from the trials that the library holds now.
    """

    fit: Fit
    figures: tuple[PredictedFigure, ...]
    misses: dict[str, str]
    left_out: tuple[str, ...]
    is_current: bool

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """How often intervals hold what was seen, by role."""
        found = (coverage_of(self.figures, role) for role in ROLES)
        return tuple(one for one in found if one is not None)

    @property
    def log_scores(self) -> tuple[float, float]:
        """Sum over trials left out: of the shipped model, and of one that knows no dose."""
        by_name = {one.name: sum(one.log_scores) for one in self.fit.structures}
        return by_name[SHIPPED.name], by_name[NO_DOSE]

    def to_dict(self) -> dict[str, Any]:
        """Give the answer as JSON, ``respite.validate/1``."""
        shipped, without_dose = self.log_scores
        return {
            "schema": "respite.validate/1",
            "rows": [{**msgspec.to_builtins(one), "inside": one.inside90} for one in self.figures],
            "coverage": [vars(one).copy() for one in self.coverage],
            "log_score": {"model": shipped, "without_dose": without_dose},
            "structures": msgspec.to_builtins(self.fit.structures),
            "numbers": msgspec.to_builtins(self.fit.numbers),
            "orders": msgspec.to_builtins(self.fit.orders),
            "misses": self.misses,
            "left_out": list(self.left_out),
            "fit": {
                "script": self.fit.script,
                "script_digest": self.fit.script_digest,
                "data_digest": self.fit.data_digest,
                "is_current": self.is_current,
                "trials": list(self.fit.trials),
                "draws": self.fit.draws,
                "seed": self.fit.seed,
            },
        }


def coverage_of(figures: Iterable[PredictedFigure], role: PredictionRole) -> Coverage | None:
    """Count how often intervals hold what was seen.

    Parameters
    ----------
    figures
        The figures.
    role
        Which of them.

    Returns
    -------
    The counts; ``None`` where there is nothing to count.
    """
    asked = [one for one in figures if one.role == role and one.inside90 is not None]
    if not asked:
        return None
    by_trial = [[one for one in asked if one.study == study] for study in _studies(asked)]
    return Coverage(
        role,
        len(by_trial),
        len(asked),
        _mean([_mean([bool(one.inside50) for one in its]) for its in by_trial]),
        _mean([_mean([bool(one.inside90) for one in its]) for its in by_trial]),
        *(_width(asked, unit) for unit in _WIDTHS),
    )


def coverage_of_fit(fit: Fit, role: PredictionRole) -> Coverage:
    """Count how often intervals of a fit hold what was seen.

    Parameters
    ----------
    fit
        A fit of the library.
    role
        Which of its figures.
    """
    found = coverage_of(fit.figures, role)
    if found is None:
        raise ValueError(f"the fit {fit.id} predicts no figure with the role {role}")
    return found


def _studies(figures: Sequence[PredictedFigure]) -> list[str]:
    return list(dict.fromkeys(one.study for one in figures))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _width(figures: Sequence[PredictedFigure], unit: str) -> float | None:
    widths = [
        one.predicted90[1] - one.predicted90[0]
        for one in figures
        if one.unit == unit and not isinstance(one.predicted90, str)
    ]
    return _mean(widths) if widths else None


def validate(
    *,
    condition: str | None = None,
    trials: str | Path | None = None,
    seed: int = 1,
    library: Library | None = None,
) -> Agreement:
    """Hold predictions against trials.

    Parameters
    ----------
    condition
        One condition; by default all.
    trials
        A table of the user's own trials; they are predicted too, with the role of validation.
    seed
        Seed of what predicts them.
    library
        The library; by default the one that comes with Respite.

    Returns
    -------
    Every figure beside its prediction.

    Raises
    ------
    OutOfScope
        Where no trial of the condition is held against the model.
    """
    known = library or load_library()
    fit = known.fits[SHIPPED_FIT]
    studies = known.studies
    figures = [one for one in fit.figures if condition in (None, studies[one.study].condition)]
    left_out = list(fit.left_out)
    if trials is not None:
        own, skipped = _of_own(known, fit, Path(trials), condition, seed)
        figures += own
        left_out += [f"{one.study}: {one.what}: {one.because}" for one in skipped]
    if not figures:
        there = sorted({studies[one.study].condition for one in fit.figures})
        raise OutOfScope(
            _("No trial of the condition {name} is held against the model.").format(name=condition),
            _("one of {names}.").format(names=", ".join(there)),
            _("leave the condition out to see every trial."),
        )
    missed = dict.fromkeys(one.study for one in figures if one.inside90 is False)
    return Agreement(
        fit,
        tuple(figures),
        {study: studies[study].if_missed for study in missed if study in studies},
        tuple(left_out),
        fit.data_digest == digest_of_fit(known),
    )


SHIPPED_FIT = "pain_respite1"
"""The fit behind the pain model of every forecast."""


def _of_own(
    library: Library, fit: Fit, table: Path, condition: str | None, seed: int
) -> tuple[list[PredictedFigure], tuple[Skipped, ...]]:
    """Predict trials of the user's own from the pooled numbers."""
    rows = [row for row in read_own_trials(table) if condition in (None, row.condition)]
    seen, skipped = seen_trials(rows, {row.role for row in rows})
    if not seen:
        return [], skipped
    arms = arms_of(library, seen, SHIPPED, seed=seed)
    people = arms.atlas.people
    assert isinstance(people, LayeredPeople)
    unknowns = unknowns_of(library, seen, people)
    expected = expect_all(arms, pooled_points(fit, unknowns, OF_OWN, seed))
    return figures_of(expected, [one.study for one in seen], "validation", seed), skipped
