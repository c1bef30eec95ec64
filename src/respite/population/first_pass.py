"""What the gut wall and the liver take: the well-stirred liver, and a swallowed dose on its way.

The liver clears what its blood brings, at most all of it. What a medicine or a
disease changes is the intrinsic clearance, what the enzymes would clear if
blood were no limit; so the same change matters much to a swallowed dose and
little to an infusion.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from respite.engine import Array, namespace
from respite.literature import Model
from respite.population.clearance import ClearanceFactors
from respite.population.random_draws import Floats

WELL_STIRRED = "well_stirred"
SWALLOWED_AVAILABILITY = "swallowed_availability"
"""Share of a swallowed dose that reaches plasma as ketamine, among a form's numbers."""

Numbers = Mapping[str, Floats]


def has_first_pass(model: Model) -> bool:
    """Say whether a model knows what the liver and the gut wall take."""
    return model.structure.get("first_pass") == WELL_STIRRED


def well_stirred(
    clearance: Floats | float,
    liver_flow: Floats | float,
    factor: Floats | float,
    flow_factor: Floats | float = 1,
) -> tuple[Floats, Floats]:
    r"""Give clearance and extraction after a change of intrinsic clearance.

    Parameters
    ----------
    clearance
        Clearance by the liver before the change [L/h]; at most ``liver_flow``.
    liver_flow
        What the blood brings to the liver before the change [L/h].
    factor
        Factor on intrinsic clearance; zero or above.
    flow_factor
        Factor on the flow; above zero.

    Returns
    -------
    Clearance [L/h] and extraction, the share that one passage takes, after the
    change. Without a change clearance comes back to the last bit.

    Notes
    -----
    With flow Q, extraction E = CL / Q, factors m and s:

    .. math::
        CL_{int} = \frac{Q\, CL}{Q - CL} \qquad
        CL' = \frac{s Q\, m\, CL_{int}}{s Q + m\, CL_{int}}
            = CL \frac{s m}{s (1 - E) + m E}

    The well-stirred model is the textbook one; it has no source of its own.
    """
    # A study that drew a flow below the clearance would have a liver that takes everything.
    extraction = _at_most_one(clearance / liver_flow)
    resistance = 1 + (flow_factor - 1) * (1 - extraction) + (factor - 1) * extraction
    changed = clearance * (flow_factor * factor / resistance)
    return changed, _at_most_one(factor * extraction / resistance)


def _at_most_one(share: Array) -> Array:
    xp = namespace(share) if hasattr(share, "__array_namespace__") else np
    return xp.minimum(share, 1)


def gut_availability(availability: Floats | float, factor: Floats | float) -> Floats | float:
    r"""Give the share that passes the gut wall after a change of its intrinsic clearance.

    Parameters
    ----------
    availability
        Share that passes before the change; above zero.
    factor
        Factor on the intrinsic clearance of the gut wall; zero or above.

    Notes
    -----
    .. math::
        F_g' = \frac{1}{1 + g (1 / F_g - 1)}

    With a factor of zero everything passes.
    """
    return 1 / (1 + factor * (1 / availability - 1))


def after_first_pass(
    model: Model, numbers: Numbers, of_s_form: Numbers, drawn: Numbers, factors: ClearanceFactors
) -> Numbers:
    """Change the clearances of one form of the drug, and work out what a swallowed dose keeps.

    A person's departure of clearance is given to the flow and to the enzymes
    alike. So extraction depends on the facts about a person and on the
    factors, and nobody clears more than the blood brings.

    Parameters
    ----------
    model
        The kinetic model; one without a first pass leaves everything as it is.
    numbers
        The numbers of this form in each person.
    of_s_form
        The same for the form whose typical values the model gives.
    drawn
        What was drawn, before facts about the person shifted it.
    factors
        What multiplies the clearances of each person.

    Returns
    -------
    The numbers with changed ``clearance`` and ``metabolite_clearance``, and
    with ``swallowed_availability`` where the gut wall is among them.
    """
    if not has_first_pass(model):
        return numbers
    share = numbers["clearance"] / of_s_form["clearance"]
    typical = model.parameters["clearance"].value * share
    flow_factor = of_s_form["liver_flow"] / drawn["liver_flow"]
    changed, extraction = well_stirred(typical, drawn["liver_flow"], factors.intrinsic, flow_factor)
    after = {**numbers, "clearance": numbers["clearance"] * (changed / typical)}
    if "gut_availability" in numbers:
        passed = gut_availability(numbers["gut_availability"], factors.gut)
        after[SWALLOWED_AVAILABILITY] = passed * (1 - extraction)
    if "metabolite_clearance" in numbers:
        after["metabolite_clearance"] = numbers["metabolite_clearance"] * factors.metabolite
    return after
