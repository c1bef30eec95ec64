"""Answers that a diary shaped, for people who do not exist."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import sample_answers as answers

from respite.forecasting import (
    AnotherWeek,
    AtLastScore,
    BeatsPlacebo,
    CourseRelief,
    Courses,
    DoseMark,
    Forecast,
    Headline,
    Learnt,
    LearntClass,
    LearntNumber,
    Moved,
    MovingEntry,
    PainCourse,
    Tolerance,
)

FIRST_DOSE = "2026-01-12T09:00:00"
COURSES_FROM = (0, 56)


def learnt(**changes: Any) -> Learnt:
    whole = Learnt(
        classes=(
            LearntClass(name="placebo", words="responds to placebo", before=0.24, after=0.02),
            LearntClass(name="slow", words="responds for weeks", before=0.57, after=0.97),
        ),
        numbers=(
            LearntNumber(
                name="slow_half_time",
                words="half-time of the slow part",
                unit="days",
                before=(6.2, 11.0, 21.4),
                after=(8.1, 11.6, 17.4),
            ),
        ),
        moved=Moved(
            since_day=53.5,
            scores=6,
            before=Headline(chance_lasting=0.88, median_days=20.4, interval80_days=(6.0, 60.0)),
            after=Headline(chance_lasting=0.92, median_days=18.1, interval80_days=(9.0, 40.0)),
            entries=(
                MovingEntry(day=55.5, pain=6.0, chance_by=-0.03, median_days_by=-1.2),
                MovingEntry(day=58.5, pain=2.0, chance_by=0.05, median_days_by=None),
            ),
            because=None,
        ),
        another_week=AnotherWeek(width80_now_days=31.0, width80_expected_days=25.2, because=None),
        courses=Courses(
            courses=tuple(
                CourseRelief(
                    course=number, from_day=start, to_day=start + 9.03, relief=(0.3, 0.38, 0.46)
                )
                for number, start in enumerate(COURSES_FROM, 1)
            ),
            tolerance=Tolerance(
                per_doubling=(-0.05, 0.12, 0.3), chance_shrinking=0.7, before=(-0.2, 0.0, 0.3)
            ),
            because=None,
        ),
        beats_placebo=None,
    )
    return replace(whole, **changes)


def beats_placebo(**changes: Any) -> BeatsPlacebo:
    whole = BeatsPlacebo(
        chance=0.9,
        before=0.6,
        margin=0.1,
        difference=(0.05, 0.22, 0.4),
        placebo_courses=1,
        because=None,
    )
    return replace(whole, **changes)


def diary(days: int = 80, **changes: Any) -> dict[str, Any]:
    """Give scores for each evening from a week before the first dose."""
    day = [number + 0.458 for number in range(-7, days)]
    whole = {
        "scores": len(day),
        "blank": 4,
        "late": 2,
        "day": day,
        "pain": [float(round(_pain(when))) for when in day],
        "phq9": {"n": 3, "first": 14, "last": 8},
    }
    return whole | changes


def no_scores() -> dict[str, Any]:
    return {"scores": 0, "blank": 2, "late": 0, "day": [], "pain": [], "phq9": None}


def forecast(courses_from: tuple[int, ...] = COURSES_FROM, **changes: Any) -> Forecast:
    """Give a forecast for two courses of ten doses, with a diary of two weeks after the last."""
    last = courses_from[-1] + 9.03
    course = [float(day) for day in range(courses_from[-1] + 9 + 180)]
    mean = [_pain(day, courses_from) for day in course]
    whole = answers.forecast(
        regimen="no further doses",
        start=None,
        first_dose=FIRST_DOSE,
        history={"doses": 10 * len(courses_from), "first": FIRST_DOSE, "last": _date_of(last)},
        diary=diary(round(last) + 15),
        learnt=learnt(),
        at_last_score=AtLastScore(
            day=80.458,
            days_after_last_dose=15.4,
            chance_holding=0.65,
            median_days=6.3,
            interval80_days=(1.1, 16.4),
            because=None,
        ),
        pain=PainCourse(
            day=tuple(course),
            mean=tuple(mean),
            q10=tuple(value - 0.6 for value in mean),
            q50=tuple(mean),
            q90=tuple(value + 0.6 for value in mean),
            score_q10=tuple(value - 2 for value in mean),
            score_q90=tuple(value + 2 for value in mean),
            placebo_mean=tuple(7.0 for _value in mean),
        ),
        doses=tuple(
            DoseMark(day=float(start + number), duration_h=0.667, label="35 mg", course=course)
            for course, start in enumerate(courses_from, 1)
            for number in range(10)
        ),
        last_dose_end_day=last,
        diagnostics={
            "method": "sir",
            "round": 2,
            "draws": 4000,
            "weighed": 4000,
            "ess": 812.4,
            "pareto_k": 0.42,
        },
    )
    return replace(whole, **changes)


def _pain(day: float, courses_from: tuple[int, ...] = COURSES_FROM) -> float:
    """Give pain that falls in each course and comes back."""
    begun = [start for start in courses_from if start <= day]
    if not begun:
        return 7.0
    since = day - begun[-1]
    built = min(since, 9) / 9
    return 7 - 3.5 * built * math.exp(-max(since - 9, 0) / 20)


def _date_of(day: float) -> str:
    from datetime import datetime, timedelta

    return (datetime.fromisoformat(FIRST_DOSE) + timedelta(days=round(day))).isoformat()
