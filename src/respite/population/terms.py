"""What a model file names that is no sum of decays: each becomes a term of the engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from respite.domain import Route
from respite.engine import FadingAvailability, Growing, Term
from respite.literature import Model
from respite.population.random_draws import Floats

PLASMA = "plasma"
METABOLITE = "metabolite"

Numbers = Mapping[str, Floats]


def terms_of(model: Model, numbers: Numbers) -> tuple[Term, ...]:
    """List what of a model the closed form cannot do; empty for a linear model.

    Parameters
    ----------
    model
        The model, joined to its base.
    numbers
        Each person's numbers, for one form of the drug.
    """
    return tuple(
        term
        for name in model.structure.values()
        if name in TERMS
        for term in TERMS[name](model, numbers)
    )


def is_linear(model: Model) -> bool:
    """Say whether a model is a sum of decays, as forecasts need it."""
    return not any(name in TERMS for name in model.structure.values())


def way_name(route: str, place: int) -> str:
    """Name the entry of one path of a route."""
    return f"{route} {place}"


def _growing(_model: Model, numbers: Numbers) -> tuple[Term, ...]:
    return (Growing(METABOLITE, numbers["metabolite_clearance_growth"]),)


def _fading(model: Model, numbers: Numbers) -> tuple[Term, ...]:
    half, hill = numbers["inhaled_half_loss_level"], numbers["inhaled_loss_hill"]
    return tuple(
        FadingAvailability(way_name(Route.INHALED, place), half, hill, PLASMA)
        for place in range(len(model.routes.get(Route.INHALED, ())))
    )


TERMS: Mapping[str, Callable[[Model, Numbers], tuple[Term, ...]]] = {
    "linear_growth": _growing,
    "fades_with_level": _fading,
}
"""The terms that a model file may name."""
