"""From studies of the library to trials that models are held against."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

from respite.domain import Drug, Regimen
from respite.domain import translate as _
from respite.evidence.model_based.trials import SeenArm, SeenRow, SeenTrial, Skipped
from respite.literature import Arm, Contrast, Library, Outcome, Study

CONTROLLED = ("randomised_placebo",)
"""Kinds of study in which chance gave somebody placebo."""

_ASKED = ("mean_pain", "mean_fall", "mean_fall_percent", "responders")
"""Measures that the model has an answer to."""


@dataclass
class _Reading:
    """What is being read of one study, and what is left out on the way."""

    study: Study
    skipped: list[Skipped] = field(default_factory=list[Skipped])

    def skip(self, what: str, because: str) -> None:
        self.skipped.append(Skipped(self.study.id, what, because))


def seen_trials(library: Library) -> tuple[tuple[SeenTrial, ...], tuple[Skipped, ...]]:
    """Give every study that is fitted to or predicted, and what of them could not be.

    Parameters
    ----------
    library
        Whose studies.

    Returns
    -------
    The trials in the order of their names, and what was left out, with the reason.
    """
    trials: list[SeenTrial] = []
    skipped: list[Skipped] = []
    for study in library.studies.values():
        if study.role == "none":
            skipped.append(Skipped(study.id, _("the whole study"), study.role_because))
            continue
        reading = _Reading(study)
        trial = _trial(reading)
        skipped += reading.skipped
        if trial.rows:
            trials.append(trial)
    return tuple(trials), tuple(skipped)


def _trial(reading: _Reading) -> SeenTrial:
    study = reading.study
    arms = [arm for arm in study.arms if _can_be_given(reading, arm)]
    places = {arm.name: place for place, arm in enumerate(arms)}
    seen = tuple(_arm(arm) for arm in arms)
    rows = [
        row
        for place, arm in enumerate(arms)
        for outcome in arm.outcomes
        for row in _row(reading, seen[place], place, outcome)
    ]
    for contrast in study.contrasts:
        rows += _difference(reading, seen, places, contrast)
    return SeenTrial(
        study.id,
        study.condition,
        study.kind in CONTROLLED,
        "calibration" if study.role == "calibration" else "validation",
        seen,
        tuple(rows),
    )


def _can_be_given(reading: _Reading, arm: Arm) -> bool:
    if not arm.regimen:
        reading.skip(_("the arm '{name}'").format(name=arm.name), arm.regimen_not_writable)
        return False
    if arm.part == "comparator":
        reading.skip(_("the arm '{name}'").format(name=arm.name), _("another drug was given"))
        return False
    return True


def _arm(arm: Arm) -> SeenArm:
    regimen = Regimen.parse(arm.regimen)
    before = [
        outcome
        for outcome in arm.outcomes
        if outcome.measure == "mean_pain" and _hours(outcome, regimen) == 0
    ]
    return SeenArm(
        arm.name,
        arm.regimen,
        regimen.events(),
        arm.n if isinstance(arm.n, int) else 1,
        float(before[0].value) if before and not isinstance(before[0].value, str) else None,
        any(event.drug is not Drug.PLACEBO for event in regimen.events()),
    )


def _hours(figure: Outcome | Contrast, regimen: Regimen) -> float | None:
    """Give the time of a figure from the first dose [h]; ``None`` where nobody says."""
    if isinstance(figure.time, str):
        return None
    since = figure.time.canonical
    return since + (regimen.last_dose_end_h if figure.counted_from == "end_of_last_dose" else 0)


def _row(reading: _Reading, arm: SeenArm, place: int, outcome: Outcome) -> Iterator[SeenRow]:
    if outcome.measure not in _ASKED:
        return
    what = _("{what} in the arm '{arm}'").format(what=outcome.what, arm=arm.name)
    time_h = _hours(outcome, Regimen.parse(arm.regimen))
    if isinstance(outcome.value, str) or time_h is None:
        reading.skip(what, _("no figure or no time was seen"))
        return
    if time_h == 0:
        return  # pain before treatment is where the model starts
    if outcome.measure == "responders":
        if outcome.count is None or not outcome.of:
            reading.skip(what, _("a share without a count of people"))
            return
        if outcome.threshold is None or isinstance(outcome.threshold, str):
            reading.skip(what, _("what counts as a response was not seen"))
            return
    yield _seen(outcome, place, time_h, _number_of(outcome, arm))


def _number_of(outcome: Outcome, arm: SeenArm) -> int:
    return outcome.n or arm.people


def _seen(outcome: Outcome, place: int, time_h: float, people: int) -> SeenRow:
    threshold = outcome.threshold
    in_points, fall = False, 0.5
    if threshold is not None and not isinstance(threshold, str):
        in_points, fall = threshold.unit == "points", threshold.canonical
    value = float(outcome.value)
    share = (outcome.count or 0) / outcome.of if outcome.of else value
    return SeenRow(
        arm=place,
        kind=outcome.measure,  # pyright: ignore[reportArgumentType]
        time_h=time_h,
        value=share if outcome.measure == "responders" else value,
        error=None if outcome.measure == "responders" else _error(outcome, people),
        count=outcome.count,
        of=outcome.of,
        threshold=fall,
        in_points=in_points,
        words=outcome.what,
        status=outcome.read,
    )


def _error(figure: Outcome | Contrast, people: int) -> float | None:
    """Give the standard error of a figure, if its spread was seen."""
    spread = figure.spread
    if spread.kind == "standard_error" and spread.value is not None:
        return spread.value
    if spread.kind == "sd" and spread.value is not None:
        return spread.value / math.sqrt(people)
    if spread.kind == "ci95" and spread.from_ is not None and spread.to is not None:
        return (spread.to - spread.from_) / (2 * NormalDist().inv_cdf(1 - _TAIL))
    return None


_TAIL = 1 / 40
"""What a 95 % interval leaves out on either side."""


def _difference(
    reading: _Reading, arms: Sequence[SeenArm], places: dict[str, int], contrast: Contrast
) -> Iterator[SeenRow]:
    """Give a difference of means, if not in numbers then from its P value."""
    if contrast.measure != "mean_pain" or any(name not in places for name in contrast.between):
        return
    first, second = (places[name] for name in contrast.between)
    what = _("{what}, {first} against {second}").format(
        what=contrast.what, first=contrast.between[0], second=contrast.between[1]
    )
    time_h = _hours(contrast, Regimen.parse(arms[first].regimen))
    if time_h is None:
        reading.skip(what, _("no figure or no time was seen"))
        return
    people = arms[first].people
    value, error, note = contrast.value, _error(contrast, people), ""
    if isinstance(value, str):
        errors = _errors_of_means(reading.study, contrast)
        if errors is None or isinstance(contrast.p_value, str):
            reading.skip(what, _("no figure or no time was seen"))
            return
        error = math.hypot(*errors)
        value = -error * NormalDist().inv_cdf(1 - contrast.p_value / 2)
        note = _(
            "worked out from P = {p:g} and the errors of the means before it; that the first arm "
            "had less pain is assumed"
        ).format(p=contrast.p_value)
    yield SeenRow(
        arm=first,
        against=second,
        kind="difference",
        time_h=time_h,
        value=float(value),
        error=error,
        words=contrast.what,
        status=contrast.read,
        note=note,
    )


def _errors_of_means(study: Study, contrast: Contrast) -> tuple[float, float] | None:
    """Give the standard errors that the means of two arms had at another time."""
    found: list[float] = []
    for name in contrast.between:
        (arm,) = (arm for arm in study.arms if arm.name == name)
        errors = [
            error
            for outcome in arm.outcomes
            if outcome.measure == "mean_pain"
            and (error := _error(outcome, outcome.n or 1)) is not None
        ]
        if not errors:
            return None
        found.append(errors[-1])
    return found[0], found[1]
