"""The one place where calibration asks for a forecast."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from respite.domain import Patient
from respite.forecasting import Entries, learn_return
from respite.literature import Library
from respite.population import People, draw_group
from validation.calibration import settings
from validation.calibration.metrics import Floats, on_the_line
from validation.calibration.virtual import EVENTS, RULE, places_of


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
    seconds: float = 0


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
    answer = (
        _learnt(library, patient, entries, people)
        if len(entries)
        else _prior(library, patient, people)
    )
    return replace(answer, seconds=time.perf_counter() - started)


def _prior(library: Library, patient: Patient, people: People) -> Answer:
    group = draw_group(library, patient, people, condition=settings.CONDITION)
    return Answer(
        places_of(group), float(np.mean(group.needs.slow)), float("nan"), people.count, "prior"
    )


def _learnt(library: Library, patient: Patient, entries: Entries, people: People) -> Answer:
    learnt = learn_return(
        patient,
        EVENTS,
        entries,
        condition=settings.CONDITION,
        rule=RULE,
        horizon_days=settings.HORIZON_DAYS,
        draws=people.count,
        seed=people.seed,
        library=library,
    )
    told = learnt.diagnostics
    return Answer(
        places=on_the_line(learnt.draws.days, learnt.draws.ever, settings.HORIZON_DAYS),
        slow_chance=float(np.mean(learnt.slow)),
        pareto_k=float("nan") if told["pareto_k"] is None else float(told["pareto_k"]),
        ess=float(told["ess"]),
        step=f"{told['method']} {told['round']}",
    )
