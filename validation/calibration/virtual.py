"""Virtual patients: facts that are told, a hidden life, and what became of their relief."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import Condition, DoseEvent, Patient, Regimen, ReliefRule, Sex, TimeMark
from respite.forecasting import bracket_return, set_clock, time_to_pain_return
from respite.literature import Library
from respite.population import AfterLastDose, Group, People, draw_group, simulate_pain
from validation.calibration import settings
from validation.calibration.metrics import Floats, on_the_line

DAY_H = 24

EVENTS = Regimen.parse(settings.REGIMEN).events()
RULE = ReliefRule(confirm_days=settings.CONFIRM_DAYS)
SCORES_H = np.arange(
    -settings.RUN_IN_DAYS, EVENTS[-1].time_h // DAY_H + max(settings.AFTER_DAYS) + 1
) * DAY_H + (settings.SCORE_HOUR - settings.DOSE_HOUR)
"""When a score may be written [h] from the first dose, in the longest diary."""


@dataclass(frozen=True)
class Life:
    """What nobody is told of one patient.

    Attributes
    ----------
    number
        Which patient.
    group
        The patient, drawn: a group of one.
    left
        Share of untreated pain that is left whenever a score may be written.
    place
        Where the time to pain return lies on the line.
    """

    number: int
    group: Group
    left: Floats
    place: float

    @property
    def is_slow_responder(self) -> bool:
        """Whether relief follows exposure in this patient."""
        return bool(self.group.needs.slow[0])


def facts_of(library: Library, number: int) -> Patient:
    """Draw what a clinician knows of a patient: age, sex, weight, and usual pain of every other.

    Parameters
    ----------
    library
        Where the reference population is.
    number
        Which patient.
    """
    people = People(settings.SEED_OF_PATIENTS, 1, first=number)
    anybody = draw_group(library, Patient(), people).covariates
    share = library.assembled("people_crps2011").parameters["share_female"].value
    pain = library.assembled("pain_respite1").parameters["baseline_pain"]
    told = pain.value + (pain.between_patients_sd or 0) * people.normals("pain that is told")[0]
    patient = Patient(
        age=round(float(anybody["age"][0])),
        weight=round(float(anybody["weight"][0])),
        sex=Sex.FEMALE if people.uniforms("sex")[0] < share else Sex.MALE,
        condition=Condition(settings.CONDITION),
    )
    if number % 2:
        return patient
    return patient.with_(baseline_pain=float(np.clip(np.round(told), 2, 10)))


def live(library: Library, patient: Patient, number: int) -> Life:
    """Draw how a patient responds, from a study of their own, and follow what comes of it.

    Parameters
    ----------
    library
        Where the truth comes from.
    patient
        What is known; the rest is drawn as a forecast would draw it.
    number
        Which patient.
    """
    people = People(settings.SEED_OF_PATIENTS, 1, first=number)
    group = draw_group(library, patient, people, condition=settings.CONDITION)
    left, place = follow(group, EVENTS)
    return Life(number, group, left, float(place[0]))


def follow(group: Group, events: Sequence[DoseEvent]) -> tuple[Floats, Floats]:
    """Follow a group to the horizon.

    Parameters
    ----------
    group
        Who is followed.
    events
        What they are given.

    Returns
    -------
    Share of pain that is left whenever the first of them may write a score, shape ``(scores,)``;
    and for each of them where the time to pain return lies on the line, shape ``(people,)``.
    """
    after_first = [hours for hours in SCORES_H if hours >= 0]
    marks = [TimeMark.parse(f"{hours:g}h") for hours in after_first]
    clock = set_clock(events, marks, settings.HORIZON_DAYS, settings.CONFIRM_DAYS)
    courses = simulate_pain(group, events, clock.times_h)
    relief = courses.relief(with_placebo=True)
    returned = time_to_pain_return(
        bracket_return(relief, courses, clock, RULE),
        AfterLastDose(group, events, clock.end_h),
        RULE,
        with_placebo=True,
    )
    places = on_the_line(returned.days, returned.ever, settings.HORIZON_DAYS)
    treated = 1 - relief[0, [clock.index_of(hours) for hours in after_first]]
    return np.concatenate([np.ones(len(SCORES_H) - len(treated)), treated]), places
