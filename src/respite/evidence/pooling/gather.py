"""From the figures of trials to one comparison of ketamine with placebo for each trial."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from respite.domain import listed
from respite.domain import translate as _
from respite.evidence.pooling.counts import Counts
from respite.evidence.pooling.dispersion import (
    MeanError,
    assumed_error,
    error_from_chance,
    error_of_mean,
)
from respite.evidence.pooling.trial import (
    FALLS,
    PLACEBOS,
    Measure,
    Trial,
    in_days,
    reported_days,
)
from respite.evidence.pooling.window import nearest

if TYPE_CHECKING:
    from respite.evidence.trials.rows import TrialRow
    from respite.literature import Library

LIKENESS = "within_person_correlation"
"""The convention for trials in which everybody was given both."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """One side of a comparison: how many people, and how many of them responded or their mean."""

    people: int | None
    mean: float | None = None
    responded: int | None = None


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What one trial says of ketamine against placebo at one time.

    Attributes
    ----------
    study, condition, days
        Which trial, of what, and when.
    effect, error
        Ketamine less placebo in points; ``None`` for counts.
    counts
        Responders; ``None`` for means.
    ketamine, placebo
        Both sides.
    threshold
        From which fall of pain somebody counts as a responder.
    imputed, rests_on
        What had to be made up for, in words, and by which conventions of the library; empty where
        nothing had to.
    regimens
        What was given, as far as it can be written.
    notes
        What else is to be said.
    status, read, source
        How the figures are known, and where they were seen.
    """

    study: str
    condition: str
    days: float
    ketamine: Group
    placebo: Group
    status: str
    read: str
    source: str
    effect: float | None = None
    error: float | None = None
    counts: Counts | None = None
    threshold: str | None = None
    imputed: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    regimens: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """A study that is not in the pool, and why; ``randomised`` against placebo or not."""

    study: str
    because: str
    randomised: bool


def compared(trial: Trial, measure: Measure, days: float, library: Library) -> Compared | LeftOut:
    """Give what a trial says of ketamine against placebo about the time that is asked for.

    Parameters
    ----------
    trial
        Its figures.
    measure
        What is pooled.
    days
        What is asked for, in days from the first dose.
    library
        Where what is assumed comes from.
    """
    if measure == "responders":
        found = _by_counts(trial, days)
    else:
        found = next(
            (
                one
                for one in (
                    *(_by_means(trial, name, days, library) for name in FALLS),
                    _by_contrast(trial, days, library),
                )
                if one is not None
            ),
            None,
        )
    return found or LeftOut(
        study=trial.first.study, because=_why_not(trial, measure, days), randomised=True
    )


def _arms(trial: Trial, measure: str, days: float) -> tuple[list[TrialRow], list[TrialRow]] | None:
    """Give the rows of ketamine and of placebo at the time nearest to what is asked for."""
    rows = [
        row
        for row in trial.rows
        if row.measure == measure
        and not row.against
        and row.value is not None
        and row.days is not None
    ]
    both = {row.days for row in rows if row.part == "ketamine"} & {
        row.days for row in rows if row.part in PLACEBOS
    }
    when = nearest((day for day in both if day is not None), days)
    if when is None:
        return None
    at = [row for row in rows if row.days == when]
    return [r for r in at if r.part == "ketamine"], [r for r in at if r.part in PLACEBOS]


def _by_means(trial: Trial, measure: str, days: float, library: Library) -> Compared | None:
    sides = _arms(trial, measure, days)
    if sides is None:
        return None
    ketamine, placebo = sides
    one, other = _mean_of(ketamine, trial, library), _mean_of(placebo, trial, library)
    if one is None or other is None:
        return None
    errors = [*one.errors, *other.errors]
    imputed, rests_on = _made_up(errors)
    notes = list(_notes(ketamine, placebo))
    likeness = 0.0
    if trial.first.crossover:
        likeness = library.convention(f"pooling.{LIKENESS}").value
        imputed = (*imputed, _("likeness of two scores of one person assumed"))
        rests_on = (*rests_on, LIKENESS)
    if measure == "mean_fall":
        notes.append(_("from falls of pain"))
    return Compared(
        **_told(ketamine[0]),
        effect=FALLS[measure] * (one.mean - other.mean),
        error=math.sqrt(one.error**2 + other.error**2 - 2 * likeness * one.error * other.error),
        ketamine=Group(people=_people(ketamine), mean=one.mean),
        placebo=Group(people=_people(placebo), mean=other.mean),
        imputed=imputed,
        rests_on=rests_on,
        regimens=_regimens(ketamine),
        notes=tuple(notes),
    )


@dataclass(frozen=True)
class _Mean:
    """The mean of one side, its error, and the errors of its arms."""

    mean: float
    error: float
    errors: tuple[MeanError, ...]


def _mean_of(side: list[TrialRow], trial: Trial, library: Library) -> _Mean | None:
    """Give the mean of one side with its error; several arms are joined by their people."""
    total, mean, variance, errors = 0.0, 0.0, 0.0, list[MeanError]()
    for row in side:
        error = error_of_mean(row, trial.rows, library)
        if error is None or row.value is None:
            return None
        weight = float(row.n or 1)
        total, mean = total + weight, mean + weight * row.value
        variance += (weight * error.value) ** 2
        errors.append(error)
    return _Mean(mean / total, math.sqrt(variance) / total, tuple(errors))


def _made_up(errors: Sequence[MeanError]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give what had to be made up for, in words and as conventions, each once."""
    imputed = dict.fromkeys(error.imputed for error in errors if error.imputed)
    return tuple(imputed), tuple({error.rests_on for error in errors if error.rests_on})


def _by_contrast(trial: Trial, days: float, library: Library) -> Compared | None:
    rows = [
        row
        for row in trial.rows
        if row.measure in FALLS
        and row.part == "ketamine"
        and row.against in trial.placebo_arms
        and row.value is not None
        and row.days is not None
    ]
    when = nearest((row.days for row in rows if row.days is not None), days)
    row = next((row for row in rows if row.days == when), None)
    if row is None or row.value is None:
        return None
    error = _error_of_contrast(row, trial, library)
    if error is None:
        return None
    imputed, rests_on = _made_up([error])
    return Compared(
        **_told(row),
        effect=FALLS[row.measure] * row.value,
        error=error.value,
        ketamine=Group(people=trial.people.get(row.arm)),
        placebo=Group(people=trial.people.get(row.against)),
        imputed=imputed,
        rests_on=rests_on,
        regimens=_regimens([row]),
        notes=(_("difference as printed"),),
    )


def _error_of_contrast(row: TrialRow, trial: Trial, library: Library) -> MeanError | None:
    if row.se is not None and row.se > 0:
        return MeanError(row.se)
    by_chance = None
    if row.p_value is not None and row.value is not None:
        by_chance = error_from_chance(row.value, row.p_value)
    one, other = trial.people.get(row.arm), trial.people.get(row.against)
    if by_chance is not None or one is None or other is None:
        return by_chance
    sides = assumed_error(one, library), assumed_error(other, library)
    return replace(sides[0], value=math.hypot(sides[0].value, sides[1].value))


def _by_counts(trial: Trial, days: float) -> Compared | None:
    sides = _arms(trial, "responders", days)
    if sides is None:
        return None
    alike = {row.threshold for row in sides[0]} & {row.threshold for row in sides[1]}
    if not alike:
        return None
    threshold = sorted(alike, key=str)[0]
    ketamine, placebo = ([r for r in side if r.threshold == threshold] for side in sides)
    one, other = _count(ketamine), _count(placebo)
    if one is None or other is None:
        return None
    rounded = any(row.count is None for row in (*ketamine, *placebo))
    notes = list(_notes(ketamine, placebo))
    if trial.first.crossover:
        notes.append(_("everybody was given both, and counts as two people"))
    return Compared(
        **_told(ketamine[0]),
        counts=Counts(treated=one[0], treated_of=one[1], control=other[0], control_of=other[1]),
        ketamine=Group(people=one[1], responded=one[0]),
        placebo=Group(people=other[1], responded=other[0]),
        threshold=threshold,
        imputed=(_("counts follow from printed shares"),) if rounded else (),
        regimens=_regimens(ketamine),
        notes=tuple(notes),
    )


def _count(side: list[TrialRow]) -> tuple[int, int] | None:
    responded = of = 0
    for row in side:
        among = row.of if row.of is not None else row.n
        count = row.count
        if count is None and among is not None and row.value is not None:
            count = round(row.value * among)
        if count is None or not among or not 0 <= count <= among:
            return None
        responded, of = responded + count, of + among
    return responded, of


def _told(row: TrialRow) -> dict[str, Any]:
    assert row.days is not None
    return {
        "study": row.study,
        "condition": row.condition,
        "days": row.days,
        "status": row.status,
        "read": row.read,
        "source": row.source,
    }


def _regimens(side: list[TrialRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row.regimen for row in side if row.regimen))


def _people(side: list[TrialRow]) -> int | None:
    counts = [row.n for row in side if row.n is not None]
    return sum(counts) if len(counts) == len(side) else None


def _notes(ketamine: list[TrialRow], placebo: list[TrialRow]) -> Iterator[str]:
    for side in (ketamine, placebo):
        if len(side) > 1:
            yield _("arms taken together: {arms}").format(arms=listed([row.arm for row in side]))
    if any(row.part == "active_placebo" for row in placebo):
        yield _("against an active placebo")


def _why_not(trial: Trial, measure: Measure, days: float) -> str:
    """Say why a trial is not in the pool; a trial without benefit is never left out silently."""
    wanted = FALLS if measure == "mean_pain" else (measure,)
    elsewhere = reported_days(trial, measure)
    if elsewhere and nearest(elsewhere, days) is None:
        return _("no figure within the window, only at {times}").format(
            times=listed([in_days(day) for day in elsewhere])
        )
    said = [row.note for row in trial.rows if row.measure in wanted and row.value is None]
    if any(said):
        return _("no number was seen: {words}").format(words=next(text for text in said if text))
    if any(row.measure in wanted and row.value is not None for row in trial.rows):
        return _("its figures are not of both groups at one time, with numbers of people")
    return _("reports no such figure")
