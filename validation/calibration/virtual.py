"""Virtual patients: facts that are told, a hidden life, and what became of their relief."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.domain import Condition, Patient, Regimen, ReliefRule, Sex
from respite.forecasting import Case, draw_return, set_clock
from respite.literature import Library
from respite.population import Group, People, draw_group, simulate_pain
from validation.calibration import settings
from validation.calibration.metrics import Floats, on_the_line

DAY_H = 24

EVENTS = Regimen.parse(settings.REGIMEN).events()
RULE = ReliefRule(confirm_days=settings.CONFIRM_DAYS)
SCORES_H = np.arange(
    -settings.RUN_IN_DAYS, EVENTS[-1].time_h // DAY_H + max(settings.AFTER_DAYS) + 1
) * DAY_H + (settings.SCORE_HOUR - settings.DOSE_HOUR)
"""When a score may be written [h] from the first dose, in the longest diary."""

CASE = Case(EVENTS, set_clock(EVENTS, (), settings.HORIZON_DAYS, settings.CONFIRM_DAYS), RULE)


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
    return Life(number, group, left_at_scores(group), float(places_of(group)[0]))


def left_at_scores(group: Group) -> Floats:
    """Give the share of untreated pain that relief leaves a group of one at each score."""
    times = np.unique(np.concatenate([CASE.clock.times_h, SCORES_H[SCORES_H >= 0]]))
    relief = simulate_pain(group, EVENTS, times.tolist()).relief(with_placebo=True)[0]
    return np.where(SCORES_H < 0, 1, 1 - relief[np.searchsorted(times, np.maximum(SCORES_H, 0))])


def places_of(group: Group) -> Floats:
    """Follow a group to the horizon, and give where each time to pain return lies on the line."""
    returned = draw_return(CASE, group, np.arange(group.people.count))
    return on_the_line(returned.days, returned.ever, settings.HORIZON_DAYS)
