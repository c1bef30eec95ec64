"""What a model file names, drawn as compartments: its disposition and what the drug turns into."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from respite.engine import Compartments, Scheme, Step, namespace, single
from respite.literature import Model
from respite.population.random_draws import Floats
from respite.population.terms import METABOLITE, PLASMA, terms_of

SECOND_METABOLITE = "second_metabolite"
LIVER = "liver"
FORMATION = "formation"

Numbers = Mapping[str, Floats]


def draw_scheme(model: Model, numbers: Numbers) -> Scheme:
    """Draw the compartments that a model file names.

    Parameters
    ----------
    model
        The model, joined to its base.
    numbers
        Each person's numbers, for one form of the drug.

    Returns
    -------
    Drug, metabolites and delays on their way, and what is not linear in them;
    no effect site and no depot.
    """
    return _linear_scheme(model, numbers).with_terms(terms_of(model, numbers))


def _linear_scheme(model: Model, numbers: Numbers) -> Scheme:
    scheme = DISPOSITIONS[model.structure["disposition"]](numbers)
    if "metabolite" not in model.structure:
        return scheme
    steps = _formation(model, numbers, is_in_liver=LIVER in scheme.spaces)
    if "second_metabolite" in model.structure:
        steps |= _second_formation(numbers)
    return scheme.with_steps(steps)


def _around(numbers: Numbers, *names: str) -> Floats:
    # Any of them may be traced, and then all of them move.
    columns = [numbers[name] for name in names]
    return namespace(sum(columns)).stack(columns, axis=1)


def _by_clearances(spaces: int) -> Callable[[Numbers], Scheme]:
    numbered = range(1, spaces + 1)

    def build(numbers: Numbers) -> Scheme:
        flows = _around(numbers, *(f"intercompartmental_clearance_{i}" for i in numbered))
        volumes = _around(numbers, *(f"peripheral_volume_{i}" for i in numbered))
        drug = Compartments(
            numbers["central_volume"], numbers["clearance"], flows, volumes, np.zeros_like(flows)
        )
        return Scheme(PLASMA, drug)

    return build


def _by_rates(spaces: int) -> Callable[[Numbers], Scheme]:
    numbered = range(1, spaces + 1)

    def build(numbers: Numbers) -> Scheme:
        central = numbers["central_volume"]
        out = _around(numbers, *(f"rate_to_peripheral_{i}" for i in numbered))
        back = _around(numbers, *(f"rate_from_peripheral_{i}" for i in numbered))
        flows = out * central[:, None]
        eliminated = numbers["elimination_rate"] * central
        drug = Compartments(central, eliminated, flows, flows / back, np.zeros_like(flows))
        return Scheme(PLASMA, drug)

    return build


def _with_liver(numbers: Numbers) -> Scheme:
    """Draw a centre with two spaces and a liver that takes the drug out of the body."""
    flows = _around(
        numbers, "intercompartmental_clearance_1", "intercompartmental_clearance_2", "liver_flow"
    )
    volumes = _around(numbers, "peripheral_volume_1", "peripheral_volume_2", "liver_volume")
    losses = np.zeros_like(flows)
    losses[:, 2] = numbers["liver_elimination_rate"] + numbers["liver_metabolism_rate"]
    central = numbers["central_volume"]
    drug = Compartments(central, np.zeros_like(central), flows, volumes, losses)
    return Scheme(PLASMA, drug, {LIVER: 2})


DISPOSITIONS: Mapping[str, Callable[[Numbers], Scheme]] = {
    "two_compartment": _by_clearances(1),
    "three_compartment": _by_clearances(2),
    "two_compartment_rates": _by_rates(1),
    "three_compartment_rates": _by_rates(2),
    "three_compartment_with_liver": _with_liver,
}
"""The dispositions that a model file may name."""


def _formation(model: Model, numbers: Numbers, *, is_in_liver: bool) -> dict[str, Step]:
    """Draw the metabolite, and the delay before it where the model has one."""
    central = (
        numbers["central_volume"]
        if model.structure["metabolite"] == "metabolite_in_drug_volume"
        else numbers["metabolite_central_volume"]
    )
    product = (
        single(central, numbers["metabolite_clearance"])
        if model.structure["metabolite"] == "metabolite_one_compartment"
        else _two_compartments(METABOLITE, numbers, central)
    )
    fraction = numbers["metabolite_fraction"]
    if "formation" in model.structure:
        rate = 2 / numbers["formation_mean_transit_time"]
        fraction = fraction * numbers["metabolite_mass_ratio"]
        return _delayed(product, (FORMATION, rate), PLASMA, (numbers["clearance"], fraction))
    formed = numbers["liver_metabolism_rate"] if is_in_liver else numbers["clearance"]
    place = LIVER if is_in_liver else PLASMA
    return {METABOLITE: Step(product, place, formed * fraction, is_dosed=True)}


def _second_formation(numbers: Numbers) -> dict[str, Step]:
    """Draw what the metabolite itself turns into."""
    central = numbers["second_metabolite_central_volume"]
    product = _two_compartments(SECOND_METABOLITE, numbers, central)
    fraction = numbers["second_metabolite_fraction"] * numbers["second_metabolite_mass_ratio"]
    rate = 2 / numbers["second_formation_mean_transit_time"]
    gains = (numbers["metabolite_clearance"], fraction)
    return _delayed(product, (f"second_{FORMATION}", rate), METABOLITE, gains)


def _delayed(
    product: Compartments, chain: tuple[str, Floats], source: str, gains: tuple[Floats, Floats]
) -> dict[str, Step]:
    """Put two equal compartments between a place and what it turns into.

    The chain holds amounts of what enters it: its volumes are one litre.
    """
    name, rate = chain
    inflow, fraction = gains
    link = single(np.ones_like(rate), rate)
    product_name = METABOLITE if source == PLASMA else SECOND_METABOLITE
    return {
        name: Step(link, source, inflow, is_dosed=True),
        f"{name}_2": Step(link, name, rate),
        product_name: Step(product, f"{name}_2", rate * fraction, is_dosed=True),
    }


def _two_compartments(name: str, numbers: Numbers, central: Floats) -> Compartments:
    flow = numbers[f"{name}_intercompartmental_clearance"][:, None]
    volume = numbers[f"{name}_peripheral_volume"][:, None]
    return Compartments(central, numbers[f"{name}_clearance"], flow, volume, np.zeros_like(flow))
