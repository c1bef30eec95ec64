"""Facts about each person: those that are known, and virtual ones where they are not."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from respite.domain import UNKNOWN, Patient
from respite.literature import Model
from respite.population.random_draws import Floats, People


@dataclass(frozen=True)
class Covariates:
    """Facts about each person in canonical units, and which of them were drawn."""

    values: dict[str, Floats]
    drawn: tuple[str, ...]

    def of(self, rows: slice) -> Covariates:
        """Give the facts of some of the people."""
        return Covariates({name: value[rows] for name, value in self.values.items()}, self.drawn)


def draw_covariates(reference: Model, patient: Patient, people: People) -> Covariates:
    """Give weight and age of each person.

    Parameters
    ----------
    reference
        The reference population from which unknown facts are drawn.
    patient
        What is known.
    people
        Who is drawn.

    Returns
    -------
    Weights [kg] and ages [years]; drawn facts are kept within the usable range
    of the reference population.
    """
    values: dict[str, Floats] = {}
    drawn: list[str] = []
    for name in ("weight", "age"):
        known = getattr(patient, name)
        parameter = reference.parameters[name]
        if known is not UNKNOWN:
            values[name] = np.full(people.count, float(known))
            continue
        drawn.append(name)
        spread = parameter.between_patients_sd or 0
        virtual = parameter.value + spread * people.normals(f"covariate {name}")
        usable = reference.scope[name].usable
        if usable is not None:
            virtual = np.clip(virtual, usable.from_, usable.to)
        values[name] = virtual
    return Covariates(values, tuple(drawn))
