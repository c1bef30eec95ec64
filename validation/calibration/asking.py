"""The one place where calibration asks for a forecast."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from respite.domain import Patient
from respite.forecasting import Entries, Setting, learn
from respite.literature import Library
from respite.population import People, draw_group, for_events
from validation.calibration import settings
from validation.calibration.metrics import Floats
from validation.calibration.virtual import EVENTS, follow


@dataclass(frozen=True)
class Answer:
    """What a forecast says of one patient.

    Attributes
    ----------
    places
        Where each draw lies on the line, shape ``(draws,)``.
    slow_chance
        Chance that this is a slow responder.
    pareto_k
        Shape of the tail of the weights; not a number where there are none.
    ess
        Effective sample size.
    step
        How the draws were made: the step of the ladder that was needed.
    seconds
        Time that it took.
    """

    places: Floats
    slow_chance: float
    pareto_k: float
    ess: float
    step: str
    seconds: float


def entries_of(time_h: Floats, scores: Floats) -> Entries:
    """Give whole scores, each written on its day, as a forecast takes them."""
    return Entries(time_h, scores, 1, np.zeros(len(scores)))


def ask(library: Library, patient: Patient, entries: Entries, people: People) -> Answer:
    """Ask for the time to pain return of one patient.

    Parameters
    ----------
    library
        What the forecast thinks.
    patient
        What is known.
    entries
        The diary; it may be empty.
    people
        Number and seed of the draws.
    """
    started = time.perf_counter()
    if not len(entries):
        group = draw_group(library, patient, people, condition=settings.CONDITION)
        places = follow(group, EVENTS)[1]
        slow_chance = float(np.mean(group.needs.slow))
        return Answer(
            places, slow_chance, float("nan"), people.count, "prior", time.perf_counter() - started
        )
    core = library.assembled(library.assembled("pain_respite1").structure["kinetics"])
    setting = Setting(
        library, patient, settings.CONDITION, for_events(core, EVENTS), EVENTS, entries
    )
    posterior = learn(setting, people)
    places = follow(posterior.group, EVENTS)[1][posterior.rows]
    k = posterior.diagnostics["pareto_k"]
    return Answer(
        places=places,
        slow_chance=float(np.mean(posterior.group.needs.slow[posterior.rows])),
        pareto_k=float("nan") if k is None else float(k),
        ess=float(posterior.diagnostics["ess"]),
        step=f"{posterior.diagnostics['method']} {posterior.diagnostics['round']}",
        seconds=time.perf_counter() - started,
    )
