"""How medicines, liver, kidney and genotype multiply the clearances of each person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from respite.domain import UNKNOWN, Patient
from respite.literature import Interaction, Library
from respite.population.drawing import person_sd, study_sd
from respite.population.random_draws import Floats, People

INTRINSIC, GUT, METABOLITE = FACTORS = ("intrinsic", "gut", "metabolite")
"""What a factor may multiply."""


@dataclass(frozen=True)
class ClearanceFactors:
    """What multiplies the clearances of each person; each of shape ``(people,)``.

    Attributes
    ----------
    intrinsic
        Factor on the intrinsic clearance of the liver.
    gut
        Factor on the intrinsic clearance of the gut wall.
    metabolite
        Factor on the clearance of norketamine.
    """

    intrinsic: Floats
    gut: Floats
    metabolite: Floats


def clearance_factors(library: Library, patient: Patient, people: People) -> ClearanceFactors:
    """Draw what multiplies the clearances of each person.

    Parameters
    ----------
    library
        Where the factors come from.
    patient
        Medicines, liver, kidney and genotype; what is not known changes nothing.
    people
        Who is drawn. What is not known about a factor is drawn for each person.

    Returns
    -------
    The product of all that the patient has.
    """
    product = {name: np.ones(people.count) for name in FACTORS}
    for one in interactions_of(library, patient):
        for name, values in _drawn(library, one, people).items():
            product[name] = product[name] * values
    return ClearanceFactors(product[INTRINSIC], product[GUT], product[METABOLITE])


def interactions_of(library: Library, patient: Patient) -> tuple[Interaction, ...]:
    """List the files of the library that belong to what is known of a patient, each once.

    Parameters
    ----------
    library
        Whose interactions.
    patient
        What is known.
    """
    found = [
        library.interactions[id]
        for id in (library.interactions if _may_interact(patient) else ())
        if _belongs(library.interactions[id], patient)
    ]
    return tuple(found)


def unrecognised_medicines(library: Library, patient: Patient) -> tuple[str, ...]:
    """List the medicines of a patient that no file of the library is about.

    Parameters
    ----------
    library
        Whose interactions.
    patient
        What is known.
    """
    typed = () if patient.medicines is UNKNOWN else patient.medicines
    every = library.interactions.values() if typed else ()
    names = [name for one in every for name in one.names]
    return tuple(text for text in typed if not any(is_named_in(name, text) for name in names))


def typical_factors(library: Library, one: Interaction) -> dict[str, float]:
    """Give the typical factors of one file; those of another where it stands in.

    Parameters
    ----------
    library
        Where the other file is looked for.
    one
        The file.

    Returns
    -------
    Factors by what they multiply; empty where nothing is applied.
    """
    stand_in = one.extrapolated_from
    if stand_in is None:
        return {name: number.value for name, number in one.factors.items()}
    other = library.interaction(stand_in.of).factors
    return {name: number.value**stand_in.power for name, number in other.items()}


def is_named_in(name: str, text: str) -> bool:
    """Say whether a name stands in a text as whole words, whatever the signs between them.

    Examples
    --------
    >>> is_named_in("st john's wort", "St Johns-wort 300 mg")
    True
    >>> is_named_in("rifampicin", "rifampicine")
    False
    """
    return f" {_plain(name)} " in f" {_plain(text)} "


def _plain(text: str) -> str:
    without_apostrophes = re.sub("['\N{RIGHT SINGLE QUOTATION MARK}]", "", text.lower())
    return " ".join(re.split(r"\W+", without_apostrophes)).strip()


def _may_interact(patient: Patient) -> bool:
    """Say whether any fact is known that a file could belong to, so that few files are read."""
    facts = (patient.liver, patient.egfr, patient.cyp2b6)
    return bool(patient.medicines) or any(fact is not UNKNOWN for fact in facts)


def _belongs(one: Interaction, patient: Patient) -> bool:
    return any(_reasons(one, patient))


def _reasons(one: Interaction, patient: Patient) -> Iterator[bool]:
    if patient.medicines is not UNKNOWN:
        yield from (is_named_in(name, text) for name in one.names for text in patient.medicines)
    if patient.liver is not UNKNOWN:
        yield one.liver == patient.liver.value
    if patient.egfr is not UNKNOWN and one.egfr is not None:
        yield one.egfr.from_ <= patient.egfr < one.egfr.to
    if patient.cyp2b6 is not UNKNOWN and one.six_alleles is not None:
        yield patient.cyp2b6.split("/").count("*6") == one.six_alleles


def _drawn(library: Library, one: Interaction, people: People) -> dict[str, Floats]:
    """Draw the factors of one file: typical value, what studies leave open, the person's own."""
    stand_in = one.extrapolated_from
    if stand_in is None:
        return {name: np.exp(logs) for name, logs in _logs(one, people).items()}
    added = stand_in.added_spread.sd("log_normal", 1) or 0
    further = added * people.study_normals(f"interaction {one.id}")
    other = _logs(library.interaction(stand_in.of), people)
    return {name: np.exp(stand_in.power * logs + further) for name, logs in other.items()}


def _logs(one: Interaction, people: People) -> dict[str, Floats]:
    names: list[str] = [*one.factors]
    if not names:
        return {}
    together = np.eye(len(names))
    for pair in one.correlations:
        row, column = (names.index(name) for name in pair.between)
        together[row, column] = together[column, row] = pair.correlation or 0
    streams = [f"interaction {one.id} {name}" for name in names]
    study = np.linalg.cholesky(together) @ np.stack([people.study_normals(s) for s in streams])
    return {
        name: np.log(number.value)
        + study_sd(number) * study[row]
        + person_sd(number) * people.normals(streams[row])
        for row, (name, number) in enumerate(one.factors.items())
    }
