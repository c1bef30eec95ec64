"""How long will relief last for one patient: before any treatment, or with a diary in hand?"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from respite.domain import (
    UNKNOWN,
    Condition,
    Diary,
    DoseEvent,
    DosingHistory,
    Drug,
    MeasuredLevels,
    Patient,
    Regimen,
    ReliefRule,
    Threshold,
    TimeMark,
    check_diary_fits,
)
from respite.domain import translate as _
from respite.engine import Rows
from respite.forecasting.answer import DaysWithRelief, DoseMark, Forecast, PainCourse
from respite.forecasting.clock import DAY_H, Clock, set_clock
from respite.forecasting.draws import EVERYBODY, Case, Draws, draw_outcomes
from respite.forecasting.gaps import maintenance_gaps
from respite.forecasting.learning.setting import LevelSeries, Setting
from respite.forecasting.pain_return import next_dose_by, summarise
from respite.forecasting.refusals import (
    refuse_large,
    refuse_late_marks,
    refuse_too_much,
    refuse_unassessable,
)
from respite.forecasting.remaining import at_last_score
from respite.forecasting.score_chances import score_chances
from respite.forecasting.timeline import Timeline, latest_course, refuse_late_diary, set_timeline
from respite.forecasting.unknowns import condition_of, what_knowing_would_change
from respite.forecasting.wandering import Known
from respite.literature import Claim, Library, Model, claims_for, load_library, ways_of_giving
from respite.population import (
    MOOD,
    PAIN,
    Floats,
    Group,
    LevelCurve,
    People,
    assumed_factors,
    assumed_numbers,
    course_starts,
    describe_factors_by,
    draw_group,
    for_events,
    interactions_of,
    level_curves,
    people_in_words,
    provenance,
    quantiles,
    scope_of_doses,
)

if TYPE_CHECKING:
    from respite.forecasting.learning.posterior import Posterior
    from respite.forecasting.lessons.learnt import Learnt
    from respite.forecasting.mood import MoodForecast

RELIEF_DAYS = (1, 3, 7, 14, 28, 56, 84)

_PEOPLE_IN_LEVEL_CURVES = 400


def forecast(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen | None = None,
    *,
    history: DosingHistory | None = None,
    diary: Diary | None = None,
    levels: MeasuredLevels | None = None,
    start: str | None = None,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    confirm_days: int = 3,
    horizon_days: int = 180,
    at: Sequence[str] = (),
    draws: int = 4000,
    seed: int = 1,
    with_levels: bool = False,
    since_h: float | None = None,
    library: Library | None = None,
) -> Forecast:
    """Forecast the time to pain return.

    Parameters
    ----------
    patient
        What is known of the patient; what is not is drawn, and said.
    regimen
        What is planned; without one, nothing more than the history.
    history
        What was given.
    diary
        What the patient wrote; every draw is weighed by how likely it is.
    levels
        What a laboratory measured in the patient's blood.
    start
        Date of the first planned dose, ``YYYY-MM-DD``; see :func:`set_timeline`.
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
    since_h
        Scores after this time [h from the first dose] are new; by default those of the last week.
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
        If a time or a date cannot be read, if there is no dose, or if more is
        asked than one machine can do.
    """
    marks = tuple(TimeMark.parse(text) for text in at)
    refuse_too_much(horizon_days, confirm_days, draws)
    if diary is not None:
        check_diary_fits(diary, patient)
    timeline = set_timeline(regimen, history, diary, start)
    events = timeline.events
    last_day = max(event.time_h + event.duration_h for event in events) / DAY_H + horizon_days
    refuse_large(draws, last_day)
    refuse_late_marks(marks, last_day)
    refuse_late_diary(timeline.entries, last_day)
    refuse_unassessable(patient, threshold)
    library = library or load_library()
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    scope = scope_of_doses((core, pain), patient, events)
    interactions = interactions_of(library, patient)
    condition = condition_of(patient)
    used = for_events(core, events)
    clock = set_clock(events, marks, horizon_days, confirm_days)
    share_days = _share_days(clock, marks)
    case = Case(events, clock, ReliefRule(threshold, confirm_days), tuple(share_days.values()))
    series = _series(levels, timeline, used)
    setting = Setting(library, patient, condition, used, events, timeline.entries, series)
    found = _draw(setting, People(seed, draws))
    drawn = draw_outcomes(case, found.group, found.rows, found.known)
    now = at_last_score(drawn.felt, timeline.entries, clock.end_h, horizon_days)
    certainty = pain.conditions[condition].certainty
    routes = tuple(dict.fromkeys(event.route.value for event in events))
    return Forecast(
        regimen=_("no further doses") if regimen is None else str(regimen),
        start=timeline.start,
        first_dose=None if timeline.first is None else timeline.first.isoformat(),
        threshold=threshold.value,
        confirm_days=confirm_days,
        horizon_days=horizon_days,
        people=_people(patient, library, pain.conditions[condition].title),
        history=timeline.history_as_data(),
        diary=timeline.diary_as_data(),
        learnt=_learnt(setting, found, drawn, horizon_days, since_h),
        at_last_score=now,
        mood=_mood(setting, People(seed, draws), clock),
        time_to_pain_return=summarise(drawn.felt, horizon_days),
        drug_only=summarise(drawn.drug_only, horizon_days),
        next_dose_by=next_dose_by(
            drawn.felt, horizon_days, -math.inf if now is None else now.days_after_last_dose
        ),
        pain=_pain_course(drawn, clock),
        written=score_chances(drawn.written, clock.day),
        relief_share=_relief_share(drawn.relief, list(share_days)),
        responder_probability=float(np.mean(drawn.felt.ever)),
        days_with_relief=_days_with_relief(drawn),
        gaps=maintenance_gaps(drawn.gaps, events, confirm_days),
        certainty={"grade": certainty.grade.replace("_", " "), "why": certainty.why},
        scope=(*scope, *describe_factors_by(library, core, patient, routes)),
        would_change=what_knowing_would_change(
            patient, pain, events, has_diary=len(timeline.entries) > 0
        ),
        assumed=(
            *assumed_numbers((pain, used, *_mood_models(setting)), condition),
            *assumed_factors(library, interactions),
        ),
        diagnostics=found.diagnostics,
        provenance=provenance(
            library, (pain, used, *_mood_models(setting)), seed, condition, interactions
        ),
        doses=_dose_marks(events),
        levels=_levels(library, patient, events, used, seed) if with_levels else (),
        last_dose_end_day=clock.end_h / DAY_H,
        claims=_claims(library, patient, events),
    )


def _claims(library: Library, patient: Patient, events: Sequence[DoseEvent]) -> tuple[Claim, ...]:
    """Give what evidence claims of pain in such a patient, given ketamine in such a way."""
    condition = None if patient.condition is UNKNOWN else patient.condition.value
    giving = ways_of_giving(event for event in events if event.drug is not Drug.PLACEBO)
    if not giving:
        return ()
    return claims_for(library, condition=condition, measure="mean_pain", giving=giving)


@dataclass(frozen=True)
class _Found:
    """The draws of a forecast, however they were found."""

    group: Group
    rows: Rows
    known: Known | None
    posterior: Posterior | None
    diagnostics: Mapping[str, Any]


def _series(
    levels: MeasuredLevels | None, timeline: Timeline, kinetics: Model
) -> LevelSeries | None:
    if levels is None:
        return None
    from respite.forecasting.learning.bodies import level_series

    return level_series(levels, timeline, kinetics)


def _draw(setting: Setting, people: People) -> _Found:
    """Draw people who fit what is known, the diary included."""
    if len(setting.entries) or setting.levels is not None:
        # Imported here, so that a forecast without a diary does not pay for it.
        from respite.forecasting.learning.posterior import learn

        found = learn(setting, people)
        known = Known(found.entries, found.state) if len(found.entries) else None
        return _Found(found.group, found.rows, known, found, found.diagnostics)
    group = draw_group(
        setting.library,
        setting.patient,
        people,
        kinetics=setting.kinetics,
        condition=setting.condition,
    )
    diagnostics = {
        "method": "prior",
        "draws": people.count,
        "ess": people.count,
        "pareto_k": None,
        "missing": {"pareto_k": _("draws come from the prior as they are, without weights")},
    }
    return _Found(group, EVERYBODY, None, None, diagnostics)


def _learnt(
    setting: Setting, found: _Found, drawn: Draws, horizon_days: int, since_h: float | None
) -> Learnt | None:
    if found.posterior is None or not len(setting.entries):
        return None
    from respite.forecasting.lessons.what_was_learnt import what_was_learnt

    return what_was_learnt(setting, found.posterior, drawn.felt, horizon_days, since_h)


def _mood(setting: Setting, people: People, clock: Clock) -> MoodForecast | None:
    """Forecast mood as well, where depression is told."""
    if not _mood_models(setting):
        return None
    from respite.forecasting.mood import forecast_mood

    return forecast_mood(setting.library, setting.patient, setting.events, people, clock.day)


def _mood_models(setting: Setting) -> tuple[Model, ...]:
    """Give the mood model where mood is asked about: a PHQ-9 is told, or depression treated."""
    patient = setting.patient
    if patient.depression is UNKNOWN and patient.condition is not Condition.DEPRESSION:
        return ()
    return (setting.library.assembled(MOOD),)


def _people(patient: Patient, library: Library, condition: str) -> str:
    people = people_in_words(patient, library)
    if patient.condition is not UNKNOWN:
        return people
    return _("{people}; chances of response as in {condition}").format(
        people=people, condition=condition
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


def _dose_marks(events: Sequence[DoseEvent]) -> tuple[DoseMark, ...]:
    starts = course_starts(events)
    return tuple(
        DoseMark(
            day=event.time_h / DAY_H,
            duration_h=event.duration_h,
            label=f"{event.drug.value} {event.amount:g} {'mg/kg' if event.is_per_kg else 'mg'}",
            course=max(bisect_right(starts, event.time_h), 1),
        )
        for event in events
    )


def _levels(
    library: Library, patient: Patient, events: Sequence[DoseEvent], core: Model, seed: int
) -> tuple[LevelCurve, ...]:
    """Work out the levels of the latest course."""
    people = People(seed, _PEOPLE_IN_LEVEL_CURVES)
    group = draw_group(library, patient, people, kinetics=core)
    return level_curves(group, latest_course(events, course_starts(events)))
