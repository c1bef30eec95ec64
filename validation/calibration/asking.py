"""The one place where calibration asks for a forecast."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from respite.domain import Patient
from respite.literature import Library
from respite.population import People, draw_group
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
    step
        How the draws were made: the step of the ladder that was needed.
    seconds
        Time that it took.
    """

    places: Floats
    slow_chance: float
    pareto_k: float
    step: str
    seconds: float


def ask(
    library: Library, patient: Patient, diary: tuple[Floats, Floats], draws: int, seed: int
) -> Answer:
    """Ask for the time to pain return of one patient.

    Parameters
    ----------
    library
        What the forecast thinks.
    patient
        What is known.
    diary
        When scores were written [h] from the first dose, and the scores.
    draws, seed
        How many draws, and their seed.
    """
    del diary
    started = time.perf_counter()
    people = People(seed, draws)
    group = draw_group(library, patient, people, condition=settings.CONDITION)
    _left, places = follow(group, EVENTS)
    return Answer(
        places=places,
        slow_chance=float(np.mean(group.needs.slow)),
        pareto_k=float("nan"),
        step="prior",
        seconds=time.perf_counter() - started,
    )
