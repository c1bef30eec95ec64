"""Facts about each person: those that are known, and virtual ones where they are not."""

from __future__ import annotations

import numpy as np

from respite.domain import UNKNOWN, Ancestry, Patient, joined_by_and
from respite.domain import translate as _
from respite.literature import Library, Model
from respite.population.random_draws import Floats, People

REFERENCE_POPULATION = "people_crps2011"
"""Whom virtual patients resemble in what is not known."""

DRAWN = ("weight", "age")
"""Facts that are drawn where they are not known."""

OF_ANCESTRY: dict[Ancestry, tuple[str, ...]] = {
    Ancestry.ASIAN: ("asian",),
    Ancestry.JAPANESE: ("asian", "japanese"),
    Ancestry.NOT_ASIAN: (),
}
"""Words of a model file that hold for people of an ancestry."""

Covariates = dict[str, Floats]
"""Facts about each person in canonical units, each of shape ``(people,)``."""


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
    of the reference population. For a known ancestry an array of ones for
    each word of :data:`OF_ANCESTRY`.
    """
    values: Covariates = {}
    for name in DRAWN:
        known = getattr(patient, name)
        if known is not UNKNOWN:
            values[name] = np.full(people.count, float(known))
            continue
        parameter = reference.parameters[name]
        spread = parameter.between_patients_sd or 0
        virtual = parameter.value + spread * people.normals(f"covariate {name}")
        usable = reference.scope[name].usable
        if usable is not None:
            virtual = np.clip(virtual, usable.from_, usable.to)
        values[name] = virtual
    if patient.ancestry is not UNKNOWN:
        for word in OF_ANCESTRY[patient.ancestry]:
            values[f"ancestry {word}"] = np.ones(people.count)
    return values


def people_in_words(patient: Patient, library: Library) -> str:
    """Describe the people who stand for a patient: what is known, and whence the rest."""
    known = patient.in_words()
    words = {"weight": _("weight"), "age": _("age")}
    drawn = [words[name] for name in DRAWN if getattr(patient, name) is UNKNOWN]
    if not drawn:
        return known
    return _("{known}; {facts} drawn from: {title}").format(
        known=known,
        facts=joined_by_and(drawn),
        title=library.model(REFERENCE_POPULATION).title,
    )
