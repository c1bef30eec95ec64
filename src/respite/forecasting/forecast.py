"""How long will relief last for a patient who has not been treated yet?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import UNKNOWN, WORST_PAIN, OutOfScope, Patient, Regimen, Threshold
from respite.forecasting.answer import DaysWithRelief, DoseMark, Forecast, PainCourse
from respite.forecasting.clock import DAY_H, Clock, TimeMark, set_clock
from respite.forecasting.gaps import maintenance_gaps
from respite.forecasting.pain_return import next_dose_by, summarise, time_to_pain_return
from respite.forecasting.unknowns import what_knowing_would_change
from respite.literature import Library, Model, load_library
from respite.population import (
    CORE,
    PAIN,
    AfterLastDose,
    Floats,
    Group,
    PainCourses,
    People,
    assumed_numbers,
    draw_group,
    level_curves,
    provenance,
    scope_of,
    simulate_pain,
)

RELIEF_DAYS = (1, 3, 7, 14, 28, 56, 84)
UNKNOWN_CONDITION = "mixed"
"""Chances of response where the condition is not said."""

_PEOPLE_IN_LEVEL_CURVES = 400


@dataclass(frozen=True)
class Question:
    """What is asked beside patient and regimen.

    Attributes
    ----------
    threshold, confirm_days
        What counts as relief, and how long it must stay away to have gone.
    horizon_days
        How far to look.
    marks
        Further times to answer for.
    draws, seed
        How many draws, and the seed of all of them.
    start
        Date of the first dose, if it is said.
    """

    threshold: Threshold = Threshold.THIRTY_PERCENT
    confirm_days: int = 3
    horizon_days: int = 180
    marks: tuple[TimeMark, ...] = ()
    draws: int = 4000
    seed: int = 1
    start: str | None = None


def forecast(
    patient: Patient, regimen: Regimen, question: Question, library: Library | None = None
) -> Forecast:
    """Forecast the time to pain return.

    Parameters
    ----------
    patient
        What is known of the patient; what is not is drawn, and said.
    regimen
        What is planned.
    question
        What counts as relief, how far to look, and how finely.
    library
        Where the numbers come from; the one that is shipped by default.

    Returns
    -------
    The forecast. Each draw holds a study, a person and a class, so its
    spread carries all three.

    Raises
    ------
    OutOfScope
        If no model may be asked, or the threshold cannot be assessed.
    """
    library = library or load_library()
    core, pain = library.assembled(CORE), library.assembled(PAIN)
    scope = scope_of((core, pain), patient, regimen)
    _refuse_unassessable(patient, question.threshold)
    condition = UNKNOWN_CONDITION if patient.condition is UNKNOWN else patient.condition.value
    events = regimen.events()
    clock = set_clock(events, question.marks, question.horizon_days, question.confirm_days)
    people = People(question.seed, question.draws)
    group = draw_group(library, patient, people, condition=condition)
    courses = simulate_pain(group, events, clock.times_h)
    after = AfterLastDose(group, events, clock.end_h)
    felt, drug_only = (
        time_to_pain_return(
            courses,
            clock,
            after,
            question.threshold,
            question.confirm_days,
            with_placebo=with_placebo,
        )
        for with_placebo in (True, False)
    )
    certainty = pain.conditions[condition].certainty
    return Forecast(
        regimen=str(regimen),
        start=question.start,
        threshold=question.threshold.value,
        confirm_days=question.confirm_days,
        horizon_days=question.horizon_days,
        people=patient.in_words(),
        time_to_pain_return=summarise(felt, question.horizon_days),
        drug_only=summarise(drug_only, question.horizon_days),
        next_dose_by=next_dose_by(felt, question.horizon_days),
        pain=_pain_course(courses, clock, group),
        relief_share=_relief_share(courses, clock, question.marks),
        responder_probability=float(np.mean(felt.ever)),
        days_with_relief=_days_with_relief(courses, question.threshold),
        gaps=maintenance_gaps(courses, clock, events, question.threshold, question.confirm_days),
        certainty={"grade": certainty.grade.replace("_", " "), "why": certainty.why},
        scope=scope,
        would_change=what_knowing_would_change(patient, pain, regimen),
        assumed=assumed_numbers((pain, core), condition),
        diagnostics={"method": "prior", "draws": question.draws, "ess": question.draws, "pareto_k": None},
        provenance=provenance(library, (core, pain), question.seed),
        doses=_dose_marks(regimen),
        levels=_levels(library, patient, regimen, core, question.seed),
        last_dose_end_day=clock.end_h / DAY_H,
    )


def _refuse_unassessable(patient: Patient, threshold: Threshold) -> None:
    pain = patient.baseline_pain
    if pain is UNKNOWN or (pain > 0 and threshold.is_assessable(pain)):
        return
    raise OutOfScope(
        f"Usual pain is {pain:g} of 10, and relief of {threshold.value} is asked for.",
        "usual pain from which that much relief is possible.",
        "--threshold 30%, or check --baseline-pain.",
    )


def _at(courses: PainCourses, clock: Clock, values: Floats) -> Floats:
    places = [clock.index_of(day * DAY_H) for day in clock.day]
    return values[:, places]


def _pain_course(courses: PainCourses, clock: Clock, group: Group) -> PainCourse:
    pain = _at(courses, clock, courses.pain())
    low, middle, high = np.quantile(pain, [10 / 100, 0.5, 90 / 100], axis=0)
    # A quantile at one time needs one departure for each draw, whatever the time.
    departure = group.people.normals("written score") * group.needs.numbers["between_days"]
    written = np.clip(np.round(pain + departure[:, None]), 0, WORST_PAIN)
    score_low, score_high = np.quantile(written, [10 / 100, 90 / 100], axis=0)
    placebo = _at(courses, clock, courses.pain_on_placebo())
    return PainCourse(
        day=clock.day,
        mean=_numbers(np.mean(pain, axis=0)),
        q10=_numbers(low),
        q50=_numbers(middle),
        q90=_numbers(high),
        score_q10=_numbers(score_low),
        score_q90=_numbers(score_high),
        placebo_mean=_numbers(np.mean(placebo, axis=0)),
    )


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def _relief_share(
    courses: PainCourses, clock: Clock, marks: Sequence[TimeMark]
) -> dict[str, dict[str, float]]:
    relief = courses.relief(with_placebo=True)
    last = clock.day[-1]
    keys = {str(day): day * float(DAY_H) for day in RELIEF_DAYS if day <= last}
    keys |= {mark.text: mark.hours for mark in marks if mark.hours in clock.times_h}
    return {
        str(percent): {
            key: float(np.mean(relief[:, clock.index_of(hours)] >= percent / 100))
            for key, hours in keys.items()
        }
        for percent in (30, 50)
    }


def _days_with_relief(courses: PainCourses, threshold: Threshold) -> DaysWithRelief:
    needed = threshold.share_of(courses.untreated)
    felt, drug = (
        _time_above(courses.relief(with_placebo=with_placebo), needed, courses.times_h) / DAY_H
        for with_placebo in (True, False)
    )
    return DaysWithRelief(
        mean=float(np.mean(felt)),
        q10=float(np.quantile(felt, 10 / 100)),
        q90=float(np.quantile(felt, 90 / 100)),
        drug_attributable_mean=float(np.mean(drug)),
    )


def _time_above(relief: Floats, needed: Floats, times_h: Floats) -> Floats:
    """Give the time spent at or above a level, straight lines drawn between the times."""
    above = relief - needed[:, None]
    before, after = above[:, :-1], above[:, 1:]
    lost = np.clip(-np.minimum(before, after), 0, None)
    gained = np.clip(np.maximum(before, after), 0, None)
    share = np.where(gained + lost > 0, gained / np.clip(gained + lost, 1e-12, None), 1)
    return np.sum(share * np.diff(times_h)[None, :], axis=1)


def _dose_marks(regimen: Regimen) -> tuple[DoseMark, ...]:
    return tuple(
        DoseMark(
            day=event.time_h / DAY_H,
            duration_h=event.duration_h,
            label=f"{event.drug.value} {event.amount:g} {'mg/kg' if event.is_per_kg else 'mg'}",
        )
        for event in regimen.events()
    )


def _levels(
    library: Library, patient: Patient, regimen: Regimen, core: Model, seed: int
) -> tuple[Any, ...]:
    people = People(seed, _PEOPLE_IN_LEVEL_CURVES)
    group = draw_group(library, patient, people, kinetics=core)
    return level_curves(group, regimen.events())


