"""Draw a parameter for each person: typical value, the study's departure, the person's own.

A draw is study and person: what one trial cannot know about the typical value
is drawn beside what makes people differ, and neither stands in for the other.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add

import numpy as np

from respite.engine import namespace
from respite.literature import Correlation, Parameter
from respite.population.random_draws import Floats, People


def draw_parameters(
    parameters: Mapping[str, Parameter],
    people: People,
    *,
    correlations: Sequence[Correlation] = (),
    stream: str,
) -> dict[str, Floats]:
    """Draw every parameter of a model for each person.

    Parameters
    ----------
    parameters
        The numbers of the model, with their spreads.
    people
        Who is drawn.
    correlations
        Pairs of random effects between people that move together.
    stream
        Name under which these draws are kept apart from all others.

    Returns
    -------
    For each parameter its values in canonical units, shape ``(people,)``.
    """
    effects = _person_effects(parameters, people, correlations, stream)
    return {
        name: _value(parameter, effects[name] + _study_effect(parameter, people, stream, name))
        for name, parameter in parameters.items()
    }


def _study_effect(parameter: Parameter, people: People, stream: str, name: str) -> Floats:
    spread = study_sd(parameter)
    if spread == 0:
        return np.zeros(people.count)
    return spread * people.study_normals(f"{stream} {name}")


def study_sd(parameter: Parameter) -> float:
    """Give the spread of the typical value itself, on the scale of its distribution.

    What its own study leaves open and what differs between studies are both
    kept; spreads that nobody reports count as none.
    """
    own = parameter.standard_error_sd or 0
    between = parameter.between_studies_sd or 0
    return math.hypot(own, between)


def person_sd(parameter: Parameter) -> float:
    """Give the spread between people, on the scale of the distribution; none if not reported.

    A simulation is one occasion, so what differs between occasions differs
    between its people too.
    """
    return math.hypot(parameter.between_patients_sd or 0, parameter.between_occasions_sd or 0)


def _value(parameter: Parameter, departure: Floats) -> Floats:
    xp, typical = namespace(departure), parameter.value
    match parameter.distribution:
        case "log_normal":
            return typical * xp.exp(departure)
        case "logit_normal":
            return 1 / (1 + xp.exp(-(math.log(typical / (1 - typical)) + departure)))
        case "normal":
            return typical + departure
        case "fixed":
            return xp.full_like(departure, typical)


def _person_effects(
    parameters: Mapping[str, Parameter],
    people: People,
    correlations: Sequence[Correlation],
    stream: str,
) -> dict[str, Floats]:
    """Draw the departures of people, correlated as the model says.

    Correlated parameters are drawn together through the Cholesky factor of
    their covariance; all others on their own.
    """
    standard = {
        name: people.normals(f"{stream} {name}") if person_sd(number) else np.zeros(people.count)
        for name, number in parameters.items()
    }
    effects = {name: person_sd(parameters[name]) * standard[name] for name in parameters}
    tied = [pair for pair in correlations if set(pair.between) <= set(parameters)]
    names = sorted({name for pair in tied for name in pair.between})
    if not names:
        return effects
    covariance = np.diag([person_sd(parameters[name]) ** 2 for name in names])
    for pair in tied:
        i, j = (names.index(name) for name in pair.between)
        covariance[i, j] = covariance[j, i] = _covariance(pair, parameters)
    factor = np.linalg.cholesky(covariance)
    rows = [standard[name] for name in names]
    for name, shares in zip(names, factor, strict=True):
        effects[name] = reduce(add, (share * row for share, row in zip(shares, rows, strict=True)))
    return effects


def _covariance(pair: Correlation, parameters: Mapping[str, Parameter]) -> float:
    if pair.covariance is not None:
        return pair.covariance
    first, second = (person_sd(parameters[name]) for name in pair.between)
    return (pair.correlation or 0) * first * second
