"""What may a plan do on the day it is given?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import DoseEvent, Drug, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Library, Model, load_library
from respite.population import Floats, People
from respite.safety.effects.answer import AcuteEffect
from respite.safety.effects.levels import SessionLevels, draw_exposed, session_levels
from respite.safety.effects.model import (
    ACUTE_MODEL,
    FELT,
    MEASURED,
    RISING,
    EffectModel,
    draw_effects,
)
from respite.safety.effects.outside import outside_of
from respite.safety.effects.sessions import long_of
from respite.safety.effects.words import words_of

PERCENTILES = (5, 95)
"""Ends of the intervals that hold nine in ten."""

MINUTES_IN_HOUR = 60

SHOWN_PEOPLE = 250
"""People whose rises over time make a band; ours."""


@dataclass(frozen=True)
class _Asked:
    """One question, with all that its answers share."""

    library: Library
    model: Model
    effects: EffectModel
    levels: SessionLevels
    worn: Floats
    long: Floats
    sessions_before: int
    outside: tuple[str, ...]
    outside_of_pressure: tuple[str, ...]


def acute_effects(  # noqa: PLR0913 - each is a question a reader may ask by name
    patient: Patient,
    regimen: Regimen,
    *,
    sessions_before: int = 0,
    people: int = 1000,
    seed: int = 1,
    library: Library | None = None,
) -> tuple[AcuteEffect, ...]:
    """Say how likely acute effects of a plan are, how far readings rise, and when.

    Parameters
    ----------
    patient
        What is known; the rest is drawn from the reference population.
    regimen
        What is given.
    sessions_before
        Sessions that this person had in the weeks before: people get used to them.
    people
        How many virtual patients stand for this one.
    seed
        Seed of every draw.
    library
        Where the numbers come from; the one that is shipped by default.

    Returns
    -------
    One answer for each effect: first those that are felt, then readings that rise.

    Raises
    ------
    OutOfScope
        If the models may not be asked about this patient or plan at all, or it gives no dose.

    Examples
    --------
    >>> from respite.domain import Patient, Regimen
    >>> plan = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min")
    >>> effects = acute_effects(Patient(age=45), plan, people=200)
    >>> [one.effect for one in effects if one.probability is None]
    ['systolic', 'diastolic', 'heart_rate']
    """
    library = library or load_library()
    model = library.assembled(ACUTE_MODEL)
    events = regimen.events()
    group = People(seed, people)
    exposed = draw_exposed(library, patient, group, events)
    levels = session_levels(exposed, events)
    effects = draw_effects(model, group, exposed.ages)
    asked = _Asked(
        library=library,
        model=model,
        effects=effects,
        levels=levels,
        worn=effects.worn(levels.sessions, sessions_before),
        long=long_of(levels.sessions),
        sessions_before=sessions_before,
        outside=outside_of(model, patient, _given(events), levels),
        outside_of_pressure=outside_of(model, patient, _given(events), levels, of_pressure=True),
    )
    return (
        *(_felt(asked, effect) for effect in FELT),
        *(_rising(asked, effect) for effect in RISING),
    )


def _given(events: Sequence[DoseEvent]) -> tuple[DoseEvent, ...]:
    return tuple(event for event in events if event.drug is not Drug.PLACEBO)


def _felt(asked: _Asked, effect: str) -> AcuteEffect:
    model, levels, worn = asked.effects, asked.levels, asked.worn
    peaks, long = levels.peaks, asked.long
    over_plan = model.chances(effect, peaks, worn, long=long)
    none = np.zeros_like(peaks)
    told = None
    if effect not in MEASURED:
        told = model.chance(effect, peaks, worn, "told", long)
    shown = levels.shown
    course = model.chance_courses(effect, levels.course, float(worn[shown]), float(long[shown]))
    return _answer(
        asked,
        effect,
        course.mean(axis=0),
        np.percentile(course, PERCENTILES, axis=0),
        unit="1",
        probability=float(over_plan.mean()),
        in_first_session=model.chance(effect, peaks[:, :1], worn[:1], long=long[:1]),
        in_last_session=model.chance(effect, peaks[:, -1:], worn[-1:], long=long[-1:]),
        without_drug=model.chance(effect, none, worn, long=long),
        size=None,
        interval90=_ends(over_plan),
        if_only_told=told,
    )


def _rising(asked: _Asked, effect: str) -> AcuteEffect:
    model, levels = asked.effects, asked.levels
    one = MINUTES_IN_HOUR if effect == "heart_rate" else 1
    rises = model.rises(effect, levels.peaks.max(axis=1)) / one
    # A band of few people is as wide as one of many, and these are curves.
    few = levels.course[:SHOWN_PEOPLE]
    courses = [model.rises(effect, column) / one for column in few.T]
    return _answer(
        asked,
        effect,
        np.asarray([values.mean() for values in courses]),
        np.asarray([np.percentile(values, PERCENTILES) for values in courses]).T,
        unit="1/min" if effect == "heart_rate" else "mmHg",
        probability=None,
        in_first_session=None,
        in_last_session=None,
        without_drug=None,
        size=float(rises.mean()),
        interval90=_ends(rises),
        if_only_told=None,
    )


def _answer(
    asked: _Asked, effect: str, over_time: Floats, band: Floats, **figures: object
) -> AcuteEffect:
    times = asked.levels.times_h
    is_measured = effect in RISING or effect in MEASURED
    outside = asked.outside_of_pressure if is_measured else asked.outside
    rows = [
        study
        for study in asked.library.acute.values()
        if any(row.effect == effect for row in study.rows)
    ]
    return AcuteEffect(
        effect=effect,
        words=words_of(effect),
        sessions=len(asked.levels.sessions),
        sessions_before=asked.sessions_before,
        peak_h=float(times[int(np.argmax(over_time))]),
        times_h=tuple(times.tolist()),
        over_time=tuple(over_time.tolist()),
        over_time_interval90=tuple((low, high) for low, high in band.T.tolist()),
        sources=tuple(dict.fromkeys((*(study.source for study in rows), asked.model.source))),
        basis=_basis(asked.model, len(rows)),
        is_outside=bool(outside),
        outside_because=outside,
        **figures,  # pyright: ignore[reportArgumentType]
    )


def _basis(model: Model, studies: int) -> str:
    certainty = model.certainty
    grade = _("not graded") if certainty is None else certainty.grade.replace("_", " ")
    if studies == 1:
        return _("One study, related to levels that were computed; certainty {grade}.").format(
            grade=grade
        )
    return _("{studies} studies, related to levels that were computed; certainty {grade}.").format(
        studies=studies, grade=grade
    )


def _ends(values: Floats) -> tuple[float, float]:
    low, high = np.percentile(values, PERCENTILES).tolist()
    return low, high
