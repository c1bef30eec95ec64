"""How long will relief last for a patient who has not been treated yet?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import floor

import numpy as np

from respite.domain import (
    UNKNOWN,
    OutOfScope,
    Patient,
    Regimen,
    ReliefRule,
    RespiteError,
    Threshold,
    TimeMark,
)
from respite.domain import translate as _
from respite.forecasting.answer import DaysWithRelief, DoseMark, Forecast, PainCourse
from respite.forecasting.clock import DAY_H, Clock, set_clock
from respite.forecasting.draws import Case, Draws, draw_outcomes
from respite.forecasting.gaps import maintenance_gaps
from respite.forecasting.pain_return import next_dose_by, summarise
from respite.forecasting.unknowns import what_knowing_would_change
from respite.forecasting.written_scores import written_scores
from respite.literature import Library, Model, load_library
from respite.population import (
    PAIN,
    Floats,
    LevelCurve,
    People,
    assumed_factors,
    assumed_numbers,
    describe_factors,
    draw_group,
    for_events,
    interactions_of,
    level_curves,
    people_in_words,
    provenance,
    quantiles,
    scope_of,
)

RELIEF_DAYS = (1, 3, 7, 14, 28, 56, 84)
UNKNOWN_CONDITION = "mixed"
"""Chances of response where the condition is not said."""

_PEOPLE_IN_LEVEL_CURVES = 400

MOST_CELLS = 25_000_000
"""Draws times days; the answer holds some arrays of that size, 200 MB each. Ours."""


def forecast(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen,
    *,
    start: str | None = None,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    confirm_days: int = 3,
    horizon_days: int = 180,
    at: Sequence[str] = (),
    draws: int = 4000,
    seed: int = 1,
    with_levels: bool = False,
    library: Library | None = None,
) -> Forecast:
    """Forecast the time to pain return.

    Parameters
    ----------
    patient
        What is known of the patient; what is not is drawn, and said.
    regimen
        What is planned.
    start
        Date of the first dose, ``YYYY-MM-DD``, if it is said.
    threshold, confirm_days
        What counts as relief, and for how many days it must stay away to have gone.
    horizon_days
        How far to look after the last dose.
    at
        Further times to answer for, as typed: ``0.25h``, ``7d``.
    draws, seed
        How many draws, and the seed of all of them.
    with_levels
        Whether to work out the levels as well, for a figure.
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
    RespiteError
        If a time or a date cannot be read, or more is asked than one machine can do.
    """
    marks = tuple(TimeMark.parse(text) for text in at)
    _refuse_too_much(horizon_days, confirm_days, draws)
    _refuse_large(draws, regimen.last_dose_end_h / DAY_H + horizon_days)
    if start is not None:
        _refuse_no_date(start)
    library = library or load_library()
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    scope = scope_of((core, pain), patient, regimen)
    interactions = interactions_of(library, patient)
    _refuse_unassessable(patient, threshold)
    condition = UNKNOWN_CONDITION if patient.condition is UNKNOWN else patient.condition.value
    events = regimen.events()
    used = for_events(core, events)
    _refuse_late_marks(marks, regimen.last_dose_end_h / DAY_H + horizon_days)
    clock = set_clock(events, marks, horizon_days, confirm_days)
    share_days = _share_days(clock, marks)
    rule = ReliefRule(threshold, confirm_days)
    case = Case(patient, condition, used, events, clock, rule, tuple(share_days.values()))
    drawn = draw_outcomes(library, case, People(seed, draws))
    certainty = pain.conditions[condition].certainty
    return Forecast(
        regimen=str(regimen),
        start=start,
        threshold=threshold.value,
        confirm_days=confirm_days,
        horizon_days=horizon_days,
        people=_people(patient, library, pain.conditions[condition].title),
        time_to_pain_return=summarise(drawn.felt, horizon_days),
        drug_only=summarise(drawn.drug_only, horizon_days),
        next_dose_by=next_dose_by(drawn.felt, horizon_days),
        pain=_pain_course(drawn, clock),
        written=written_scores(drawn.written, clock.day),
        relief_share=_relief_share(drawn.relief, list(share_days)),
        responder_probability=float(np.mean(drawn.felt.ever)),
        days_with_relief=_days_with_relief(drawn),
        gaps=maintenance_gaps(drawn.gaps, events, confirm_days),
        certainty={"grade": certainty.grade.replace("_", " "), "why": certainty.why},
        scope=(*scope, *describe_factors(library, core, patient, regimen)),
        would_change=what_knowing_would_change(patient, pain, regimen),
        assumed=(
            *assumed_numbers((pain, used), condition),
            *assumed_factors(library, interactions),
        ),
        diagnostics={
            "method": "prior",
            "draws": draws,
            "ess": draws,
            "pareto_k": None,
            "missing": {"pareto_k": _("draws come from the prior as they are, without weights")},
        },
        provenance=provenance(library, (pain, used), seed, condition, interactions),
        doses=_dose_marks(regimen),
        levels=_levels(library, patient, regimen, used, seed) if with_levels else (),
        last_dose_end_day=clock.end_h / DAY_H,
    )


def _people(patient: Patient, library: Library, condition: str) -> str:
    people = people_in_words(patient, library)
    if patient.condition is not UNKNOWN:
        return people
    return _("{people}; chances of response as in {condition}").format(
        people=people, condition=condition
    )


def _refuse_too_much(horizon_days: int, confirm_days: int, draws: int) -> None:
    """Refuse what would take hours or fill the memory; the bounds are ours."""
    for name, value, lowest, highest in (
        ("horizon", horizon_days, 1, 3650),
        ("confirm-days", confirm_days, 0, 365),
        ("draws", draws, 100, 100_000),
    ):
        if not lowest <= value <= highest:
            raise RespiteError(
                _("--{name} is {value}.").format(name=name, value=value),
                _("{lowest} to {highest}.").format(lowest=lowest, highest=highest),
                _("--{name} {nearest}.").format(
                    name=name, nearest=min(max(value, lowest), highest)
                ),
            )


def _refuse_large(draws: int, days: float) -> None:
    """Refuse what would fill the memory of a laptop."""
    most = floor(MOST_CELLS / days)
    if draws > most:
        raise RespiteError(
            _("{draws} draws over {days:.0f} days are asked for.").format(draws=draws, days=days),
            _("at most {most} draws over so many days.").format(most=most),
            _("--draws {most}, or a shorter --horizon.").format(most=most),
        )


def _refuse_no_date(start: str) -> None:
    try:
        date.fromisoformat(start)
    except ValueError:
        raise RespiteError(
            _("The start is {start!r}.").format(start=start[:40]),
            _("a date such as 2026-12-01."),
            _("write year, month and day with hyphens."),
        ) from None


def _refuse_late_marks(marks: Sequence[TimeMark], last_day: float) -> None:
    """Refuse to answer for a time that is not looked at."""
    for mark in marks:
        if mark.hours > last_day * DAY_H:
            raise RespiteError(
                _("The time {time} lies beyond the horizon.").format(time=mark.text),
                _("at most day {day} from the first dose.").format(day=f"{last_day:g}"),
                _("an earlier time, or a longer --horizon."),
            )


def _refuse_unassessable(patient: Patient, threshold: Threshold) -> None:
    pain = patient.baseline_pain
    if pain is UNKNOWN or (pain > 0 and threshold.is_assessable(pain)):
        return
    raise OutOfScope(
        _("Usual pain is {pain:g} of 10, and relief of {threshold} is asked for.").format(
            pain=pain, threshold=threshold.value
        ),
        _("usual pain from which that much relief is possible."),
        _("--threshold 30%, or check --baseline-pain."),
    )


def _pain_course(draws: Draws, clock: Clock) -> PainCourse:
    low, middle, high = quantiles(draws.pain, 10 / 100, 0.5, 90 / 100)
    written_low, written_high = quantiles(draws.written, 10 / 100, 90 / 100)
    return PainCourse(
        day=clock.day,
        mean=_numbers(np.mean(draws.pain, axis=0)),
        q10=_numbers(low),
        q50=_numbers(middle),
        q90=_numbers(high),
        score_q10=_numbers(written_low),
        score_q90=_numbers(written_high),
        placebo_mean=_numbers(np.mean(draws.pain_on_placebo, axis=0)),
    )


def _numbers(values: Floats) -> tuple[float, ...]:
    return tuple(values.tolist())


def _share_days(clock: Clock, marks: Sequence[TimeMark]) -> dict[str, float]:
    """Give the days at which shares with relief are answered, by the key of each."""
    keys = {str(day): float(day) for day in RELIEF_DAYS if day in clock.day}
    return keys | {mark.text: mark.hours / DAY_H for mark in marks}


def _relief_share(relief: Floats, keys: Sequence[str]) -> dict[str, dict[str, float]]:
    return {
        str(percent): {
            key: float(np.mean(relief[:, column] >= percent / 100))
            for column, key in enumerate(keys)
        }
        for percent in (30, 50)
    }


def _days_with_relief(draws: Draws) -> DaysWithRelief:
    low, high = quantiles(draws.days_felt, 10 / 100, 90 / 100)
    return DaysWithRelief(
        mean=float(np.mean(draws.days_felt)),
        q10=float(low),
        q90=float(high),
        drug_attributable_mean=float(np.mean(draws.days_drug)),
    )


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
) -> tuple[LevelCurve, ...]:
    people = People(seed, _PEOPLE_IN_LEVEL_CURVES)
    group = draw_group(library, patient, people, kinetics=core)
    return level_curves(group, regimen.events())
