"""What the typical first pass makes of a factor: exposure with it over exposure without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from respite.domain import Route
from respite.literature import Library, MeasuredRatio, Model
from respite.population.clearance import GUT, INTRINSIC, METABOLITE
from respite.population.first_pass import gut_availability, well_stirred

INTO_THE_BODY = frozenset({Route.IV, Route.IM, Route.SC})
"""Routes that pass by the gut wall and the liver."""

NASAL_DIRECT = "constants_first_pass.nasal_direct_fraction"

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
    nasal_direct
        Share of a nasal dose that the nose takes up; the rest is swallowed.
    """

    clearance: float
    liver_flow: float
    gut_availability: float
    nasal_direct: float


def first_pass_of(library: Library, model: Model) -> FirstPass:
    """Take the typical first pass from a model that has one.

    Parameters
    ----------
    library
        Where the share of a nasal dose is kept.
    model
        A kinetic model with the structure ``well_stirred``.
    """
    numbers = model.parameters
    return FirstPass(
        clearance=numbers["clearance"].value,
        liver_flow=numbers["liver_flow"].value,
        gut_availability=numbers["gut_availability"].value,
        nasal_direct=library.constant(NASAL_DIRECT),
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
        How ketamine is given, as :class:`respite.domain.Route` spells it.

    Returns
    -------
    The ratio, or ``None`` for a route whose way into the body is not in the library.

    Notes
    -----
    Exposure to one unit dose is F / CL, where F is one into the body,
    :math:`F_o = F_g (1 - E)` by mouth, and :math:`F_d + (1 - F_d) F_o` by the
    nose, with :math:`F_d` the direct share. By mouth the ratio comes to
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
    if route in INTO_THE_BODY:
        return 1
    passed = float(gut_availability(first.gut_availability, factors.get(GUT, 1)))
    swallowed = passed * (1 - _liver(first, factors)[1])
    if route == Route.ORAL:
        return swallowed
    if route == Route.INTRANASAL:
        return first.nasal_direct + (1 - first.nasal_direct) * swallowed
    return None
