"""Where a published kinetic model meets the engine: its numbers become each person's modes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from respite.domain import Drug
from respite.engine import Body, Compartments, Output, Stage, add_stage, disposition_modes
from respite.literature import Model
from respite.population.clearance import ClearanceFactors
from respite.population.drawing import draw_parameters
from respite.population.first_pass import after_first_pass
from respite.population.random_draws import Floats, People

PLASMA = "plasma"
METABOLITE = "metabolite"
LIVER = "liver"

Numbers = Mapping[str, Floats]


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
    {PLASMA: "s-ketamine", METABOLITE: "s-norketamine"},
)
R_FORM = Species("r", {Drug.KETAMINE: 0.5}, {PLASMA: "r-ketamine", METABOLITE: "r-norketamine"})
RACEMATE = Species("racemate", {Drug.KETAMINE: 1}, {PLASMA: "ketamine", METABOLITE: "norketamine"})


@dataclass(frozen=True)
class Kinetics:
    """The bodies of a group of people, one for each form of the drug."""

    bodies: Mapping[str, Body]
    species: tuple[Species, ...]

    def of(self, rows: slice) -> Kinetics:
        """Give the bodies of some of the people."""
        bodies = {name: body.of(rows) for name, body in self.bodies.items()}
        return Kinetics(bodies, self.species)

    def with_sites(self, sites: Mapping[str, Stage]) -> Kinetics:
        """Add effect sites that plasma feeds, the same for every form of the drug."""
        bodies = dict(self.bodies)
        for name, body in bodies.items():
            for site, stage in sites.items():
                body = add_stage(body, site, stage, fed_by=PLASMA)
            bodies[name] = body
        return Kinetics(bodies, self.species)


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
    build = STRUCTURES[model.structure["disposition"]]
    bodies = {
        form.name: _with_metabolite(model, build(scaled), scaled)
        for form in species
        for own in (_for_species(form, numbers),)
        for scaled in (after_first_pass(model, own, numbers, drawn, factors),)
    }
    return Kinetics(bodies, species)


def _with_covariates(model: Model, drawn: Numbers, covariates: Numbers) -> dict[str, Floats]:
    numbers = dict(drawn)
    for effect in model.covariate_effects:
        if effect.covariate not in covariates or effect.parameter not in numbers:
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


def _around(numbers: Numbers, *names: str) -> Floats:
    return np.stack([numbers[name] for name in names], axis=1)


def _body(compartments: Compartments) -> Body:
    modes = disposition_modes(compartments)
    columns = tuple(range(modes.rates.shape[1]))
    return Body(modes.rates, {PLASMA: Output(columns, modes.central)})


def _by_clearances(spaces: int) -> Callable[[Numbers], Body]:
    numbered = range(1, spaces + 1)

    def build(numbers: Numbers) -> Body:
        flows = _around(numbers, *(f"intercompartmental_clearance_{i}" for i in numbered))
        volumes = _around(numbers, *(f"peripheral_volume_{i}" for i in numbered))
        return _body(
            Compartments(
                numbers["central_volume"],
                numbers["clearance"],
                flows,
                volumes,
                np.zeros_like(flows),
            )
        )

    return build


def _by_rates(spaces: int) -> Callable[[Numbers], Body]:
    numbered = range(1, spaces + 1)

    def build(numbers: Numbers) -> Body:
        central = numbers["central_volume"]
        out = _around(numbers, *(f"rate_to_peripheral_{i}" for i in numbered))
        back = _around(numbers, *(f"rate_from_peripheral_{i}" for i in numbered))
        flows = out * central[:, None]
        return _body(
            Compartments(
                central,
                numbers["elimination_rate"] * central,
                flows,
                flows / back,
                np.zeros_like(flows),
            )
        )

    return build


def _with_liver(numbers: Numbers) -> Body:
    """Build a centre with two spaces and a liver that takes the drug out of the body."""
    flows = _around(
        numbers, "intercompartmental_clearance_1", "intercompartmental_clearance_2", "liver_flow"
    )
    volumes = _around(numbers, "peripheral_volume_1", "peripheral_volume_2", "liver_volume")
    losses = np.zeros_like(flows)
    losses[:, 2] = numbers["liver_elimination_rate"] + numbers["liver_metabolism_rate"]
    central = numbers["central_volume"]
    modes = disposition_modes(Compartments(central, np.zeros_like(central), flows, volumes, losses))
    columns = tuple(range(modes.rates.shape[1]))
    return Body(
        modes.rates,
        {PLASMA: Output(columns, modes.central), LIVER: Output(columns, modes.spaces[:, 2, :])},
    )


STRUCTURES: Mapping[str, Callable[[Numbers], Body]] = {
    "two_compartment": _by_clearances(1),
    "three_compartment": _by_clearances(2),
    "two_compartment_rates": _by_rates(1),
    "three_compartment_rates": _by_rates(2),
    "three_compartment_with_liver": _with_liver,
}
"""The dispositions that a model file may name."""


def _with_metabolite(model: Model, body: Body, numbers: Numbers) -> Body:
    if "metabolite" not in model.structure:
        return body
    flow = numbers["metabolite_intercompartmental_clearance"][:, None]
    metabolite = disposition_modes(
        Compartments(
            numbers["metabolite_central_volume"],
            numbers["metabolite_clearance"],
            flow,
            numbers["metabolite_peripheral_volume"][:, None],
            np.zeros_like(flow),
        )
    )
    is_formed_in_liver = LIVER in body.outputs
    formed = numbers["liver_metabolism_rate"] if is_formed_in_liver else numbers["clearance"]
    return add_stage(
        body,
        METABOLITE,
        metabolite.stage.with_gain(formed * numbers["metabolite_fraction"]),
        fed_by=LIVER if is_formed_in_liver else PLASMA,
    )
