"""What the typical first pass makes of a factor: exposure with it over exposure without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from respite.literature import MeasuredRatio, Model
from respite.population.clearance import GUT, INTRINSIC, METABOLITE
from respite.population.first_pass import gut_availability, well_stirred
from respite.population.routes import Split, typical_splits

Factors = Mapping[str, float]


@dataclass(frozen=True)
class FirstPass:
    """The first pass of S-ketamine in the typical person.

    Attributes
    ----------
    clearance, liver_flow
        Of the liver [L/h].
    gut_availability
        Share of a swallowed dose that passes the gut wall.
    splits
        How a dose by each route divides into what enters directly and what is swallowed.
    """

    clearance: float
    liver_flow: float
    gut_availability: float
    splits: Mapping[str, Split]


def first_pass_of(model: Model) -> FirstPass:
    """Take the typical first pass from a model that has one.

    Parameters
    ----------
    model
        A kinetic model with the structure ``well_stirred``.
    """
    numbers = model.parameters
    return FirstPass(
        clearance=numbers["clearance"].value,
        liver_flow=numbers["liver_flow"].value,
        gut_availability=numbers["gut_availability"].value,
        splits=typical_splits(model),
    )


def exposure_ratio(first: FirstPass, factors: Factors, route: str) -> float | None:
    r"""Give exposure to S-ketamine with the factors over exposure without them.

    Parameters
    ----------
    first
        The typical first pass.
    factors
        Factors by what they multiply; those left out are one.
    route
        How ketamine is given, as a regimen spells it.

    Returns
    -------
    The ratio, or ``None`` for a route whose way into the body the model does not say.

    Notes
    -----
    Exposure to one unit dose is F / CL, where F is one into the body,
    :math:`F_o = F_g (1 - E)` by mouth, and :math:`F_d + F_s F_o` elsewhere, with
    :math:`F_d` the direct share and :math:`F_s` the swallowed one. By mouth the ratio comes to
    :math:`F_g' / (F_g\, m)`.
    """
    before, after = _available(first, {}, route), _available(first, factors, route)
    if before is None or after is None:
        return None
    return after / before / clearance_ratio(first, factors)


def clearance_ratio(first: FirstPass, factors: Factors) -> float:
    """Give clearance of S-ketamine with the factors over clearance without them."""
    return float(_liver(first, factors)[0]) / first.clearance


def fitted_ratio(first: FirstPass, factors: Factors, ratio: MeasuredRatio) -> float | None:
    """Give what the factors make of one ratio that was measured.

    Norketamine is taken to be all that becomes of ketamine, so that its
    exposure depends on its own clearance alone. Half-lives are taken to go
    with one over clearance: volumes do not change.

    Parameters
    ----------
    first
        The typical first pass.
    factors
        Factors by what they multiply.
    ratio
        What was measured.
    """
    if ratio.is_of_metabolite:
        own = factors.get(METABOLITE, 1)
        return own if ratio.what == "clearance" else 1 / own
    match ratio.what:
        case "clearance":
            return clearance_ratio(first, factors)
        case "half_life":
            return 1 / clearance_ratio(first, factors)
        case "exposure":
            return exposure_ratio(first, factors, ratio.route)


def _liver(first: FirstPass, factors: Factors) -> tuple[float, float]:
    changed, extraction = well_stirred(first.clearance, first.liver_flow, factors.get(INTRINSIC, 1))
    return float(changed), float(extraction)


def _available(first: FirstPass, factors: Factors, route: str) -> float | None:
    if route not in first.splits:
        return None
    passed = float(gut_availability(first.gut_availability, factors.get(GUT, 1)))
    split = first.splits[route]
    return split.direct + split.swallowed * passed * (1 - _liver(first, factors)[1])
