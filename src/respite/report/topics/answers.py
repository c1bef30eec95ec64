"""What topics are told from: each answer is worked out once by the library that is here.

Both faces tell the same answers, so that they never disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from respite.domain import Patient, Regimen
from respite.literature import load_library

if TYPE_CHECKING:
    from respite.evidence import Agreement, ComparatorTable, Mechanism, Pool
    from respite.forecasting import DoseDuration, Forecast
    from respite.literature import Practice
    from respite.safety import AcuteEffect

DRAWS = 1000
"""Draws behind each course that a topic tells of: a share is then off by a point or two; ours."""

STUDIES, PER_STUDY = 20, 50
"""Studies drawn, and people in each, for what longer relief depends on; ours."""

PEOPLE = 400
"""Virtual patients on whom effects of the day are worked out; ours."""

USUAL = "short_infusions"
"""The way of giving that serves as the example where one is enough."""

ON_THE_DAY = ("short_infusions", "days_of_esketamine", "through_the_nose")
"""Ways of giving whose effects on the day are told: by the route in which they were counted."""

POOLED_AT = "7d"
"""The time at which most trials looked; ours."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """One kind of course in people with one kind of pain.

    Attributes
    ----------
    practice
        The way of giving.
    regimen
        One plan of this kind, in the regimen language.
    is_single
        Whether it is one dose on one day.
    forecast
        What is expected of it.
    """

    practice: Practice
    regimen: str
    is_single: bool
    forecast: Forecast


def regimens() -> tuple[tuple[Practice, str], ...]:
    """Give one plan of each way of giving, the last that is usual; and one session alone."""
    practices = load_library().practices
    usual = practices[USUAL]
    told = ((one, (one.is_followed or one.regimens)[-1]) for one in practices.values())
    return ((usual, usual.regimens[0]), *told)


def courses(condition: str | None) -> tuple[Course, ...]:
    """Forecast each kind of course that is for a condition.

    Parameters
    ----------
    condition
        The kind of pain; ``None`` where it is not known: then only courses that are for any pain.
    """
    return tuple(
        course(practice.id, regimen, condition)
        for practice, regimen in regimens()
        if not practice.conditions or condition in practice.conditions
    )


def usual_courses(condition: str | None) -> tuple[Course, Course]:
    """Forecast one session of the usual kind alone, and a course of them."""
    usual = load_library().practices[USUAL]
    return (
        course(USUAL, usual.regimens[0], condition),
        course(USUAL, usual.is_followed[-1], condition),
    )


@cache
def course(way: str, regimen: str, condition: str | None) -> Course:
    """Forecast one course.

    Parameters
    ----------
    way
        Name of the way of giving in the library.
    regimen, condition
        The plan, and the kind of pain.
    """
    from respite.report.front import forecast

    return Course(
        practice=load_library().practices[way],
        regimen=regimen,
        is_single=len(Regimen.parse(regimen).events()) == 1,
        forecast=forecast(person(condition), regimen, draws=DRAWS, with_levels=False),
    )


def person(condition: str | None) -> dict[str, Any]:
    """Give somebody of whom nothing is known but the kind of pain."""
    return {} if condition is None else {"condition": condition}


@cache
def mechanism() -> Mechanism:
    """Work out what one session takes hold of, and a course of them after it."""
    from respite.report.mechanism_page import explain_mechanism

    usual = load_library().practices[USUAL]
    return explain_mechanism({}, usual.is_followed[-1])


@cache
def doses() -> DoseDuration:
    """Work out what buys more days with relief."""
    from respite.report.plans import dose_duration

    return dose_duration({}, studies=STUDIES, per_study=PER_STUDY)


@cache
def agreement() -> Agreement:
    """Hold predictions against trials."""
    from respite.evidence import validate

    return validate()


@cache
def pooled(measure: str) -> Pool:
    """Take trials together, a week after the first dose."""
    from respite.report.pooling import pool

    return pool(measure=measure, at=POOLED_AT)


@cache
def others() -> ComparatorTable:
    """Gather what other treatments do."""
    from respite.evidence import comparators_for

    return comparators_for(None)


@cache
def on_the_day(way: str) -> tuple[AcuteEffect, ...]:
    """Work out what a course may do on the day it is given.

    Parameters
    ----------
    way
        Name of the way of giving in the library.
    """
    from respite.safety import acute_effects

    practice = load_library().practices[way]
    regimen = Regimen.parse((practice.is_followed or practice.regimens)[-1])
    return acute_effects(Patient(), regimen, people=PEOPLE, seed=1, library=load_library())
