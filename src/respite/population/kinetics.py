"""Where a published kinetic model meets the engine: its numbers become each person's modes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from respite.domain import Drug
from respite.engine import Body, Rows, Scheme, Step, add_entry, extend_modes, solve_modes
from respite.literature import Model, Parameter
from respite.population.clearance import ClearanceFactors
from respite.population.drawing import draw_parameters
from respite.population.first_pass import after_first_pass
from respite.population.random_draws import Floats, People
from respite.population.routes import Way
from respite.population.structures import (
    METABOLITE,
    PLASMA,
    SECOND_METABOLITE,
    Numbers,
    draw_scheme,
)


@dataclass(frozen=True)
class Species:
    """One form of the drug that a model follows on its own.

    Attributes
    ----------
    name
        ``s``, ``r``, or ``racemate`` where the model knows only the sum.
    share
        Share of each drug's dose that is this form.
    analytes
        What its outputs are called in answers.
    """

    name: str
    share: Mapping[Drug, float]
    analytes: Mapping[str, str]


S_FORM = Species(
    "s",
    {Drug.KETAMINE: 0.5, Drug.ESKETAMINE: 1},
    {
        PLASMA: "s-ketamine",
        METABOLITE: "s-norketamine",
        SECOND_METABOLITE: "s-hydroxynorketamine",
    },
)
R_FORM = Species("r", {Drug.KETAMINE: 0.5}, {PLASMA: "r-ketamine", METABOLITE: "r-norketamine"})
RACEMATE = Species("racemate", {Drug.KETAMINE: 1}, {PLASMA: "ketamine", METABOLITE: "norketamine"})


@dataclass(frozen=True)
class Kinetics:
    """The bodies of a group of people, one for each form of the drug.

    Attributes
    ----------
    model
        Whose kinetics.
    species
        The forms of the drug that it follows.
    numbers
        Each person's numbers, by form.
    schemes
        Their compartments, by form.
    bodies
        The same solved into modes.
    """

    model: Model
    species: tuple[Species, ...]
    numbers: Mapping[str, Numbers]
    schemes: Mapping[str, Scheme]
    bodies: Mapping[str, Body]

    def of(self, rows: Rows) -> Kinetics:
        """Give the kinetics of some of the people."""
        numbers = {
            form: {name: values[rows] for name, values in its.items()}
            for form, its in self.numbers.items()
        }
        return replace(
            self,
            numbers=numbers,
            schemes={form: scheme.of(rows) for form, scheme in self.schemes.items()},
            bodies={form: body.of(rows) for form, body in self.bodies.items()},
        )

    def with_sites(self, sites: Mapping[str, Step]) -> Kinetics:
        """Add effect sites that plasma feeds, the same for every form of the drug."""
        return replace(
            self,
            schemes={form: scheme.with_steps(sites) for form, scheme in self.schemes.items()},
            bodies={form: extend_modes(body, sites) for form, body in self.bodies.items()},
        )

    def body_for(self, form: str, ways: Mapping[str, Way]) -> Body:
        """Give the bodies of one form with an entry for each way that is used."""
        body = self.bodies[form]
        for name, way in ways.items():
            if way.depot is not None:
                body = add_entry(body, name, way.depot)
        return body


def species_of(model: Model) -> tuple[Species, ...]:
    """List the forms of the drug that a model follows."""
    if model.structure.get("enantiomers") == "enantiomer_pair":
        return (S_FORM, R_FORM)
    return (S_FORM,) if model.drug == "esketamine" else (RACEMATE,)


def draw_kinetics(
    model: Model, people: People, covariates: Mapping[str, Floats], factors: ClearanceFactors
) -> Kinetics:
    """Draw each person's kinetics and solve them into modes.

    Parameters
    ----------
    model
        A kinetic model, joined to its base.
    people
        Who is drawn.
    covariates
        Facts about each person in canonical units, by name; a fact that is
        missing leaves the parameter at its reference.
    factors
        What medicines, liver, kidney and genotype multiply.

    Returns
    -------
    Modes of each person with plasma and, where the model has one, metabolite.
    """
    drawn = draw_parameters(
        model.parameters, people, correlations=model.correlations, stream="kinetics"
    )
    numbers = _for_body_weight(model, _with_covariates(model, drawn, covariates), covariates)
    species = species_of(model)
    by_form = {
        form.name: after_first_pass(model, _for_species(form, numbers), numbers, drawn, factors)
        for form in species
    }
    schemes = {form: draw_scheme(model, its) for form, its in by_form.items()}
    bodies = {form: solve_modes(scheme) for form, scheme in schemes.items()}
    return Kinetics(model, species, by_form, schemes, bodies)


def _with_covariates(model: Model, drawn: Numbers, covariates: Numbers) -> dict[str, Floats]:
    numbers = dict(drawn)
    for effect in model.covariate_effects:
        if effect.parameter not in numbers:
            continue
        if effect.form == "factor" and f"{effect.covariate} {effect.when}" in covariates:
            number = model.parameters[effect.parameter]
            numbers[effect.parameter] = _times(number, numbers[effect.parameter], effect.value)
        if effect.covariate not in covariates:
            continue
        fact = covariates[effect.covariate]
        reference = effect.reference.canonical if effect.reference else 0
        if effect.form == "power":
            numbers[effect.parameter] = (
                numbers[effect.parameter] * (fact / reference) ** effect.value
            )
        elif effect.form == "linear_above":
            typical = model.parameters[effect.parameter].value
            shifted = typical + effect.value * np.clip(fact - reference, 0, None)
            numbers[effect.parameter] = numbers[effect.parameter] * (shifted / typical)
    return numbers


def _times(number: Parameter, drawn: Floats, factor: float) -> Floats:
    """Multiply the typical value; people keep their departures, and a share stays a share."""
    if number.distribution != "logit_normal":
        return drawn * factor
    before, after = number.value, number.value * factor
    odds = drawn / (1 - drawn) * (after / (1 - after)) / (before / (1 - before))
    return odds / (1 + odds)


def _for_body_weight(model: Model, numbers: Numbers, covariates: Numbers) -> dict[str, Floats]:
    """Turn numbers that are published per kilogram into the person's own."""
    weight = covariates["weight"]
    return {
        name: value * weight if model.parameters[name].unit.endswith("/kg") else value
        for name, value in numbers.items()
    }


def _for_species(form: Species, numbers: Numbers) -> Numbers:
    """Scale the numbers of the S form to the R form by the published ratios."""
    if form is not R_FORM:
        return numbers
    scaled = dict(numbers)
    for name in numbers:
        metabolite = "metabolite_" if name.startswith("metabolite_") else ""
        if name.endswith("volume") or "_volume_" in name:
            scaled[name] = numbers[name] * numbers[f"r_to_s_{metabolite}volume"]
        elif name == f"{metabolite}clearance":
            scaled[name] = numbers[name] * numbers[f"r_to_s_{metabolite}clearance"]
    return scaled
