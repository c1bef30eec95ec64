"""What can be measured in blood, as sums of what the bodies of a group read."""

from __future__ import annotations

from collections.abc import Callable

from respite.engine import Body, Train
from respite.population.group import Dosing, Group
from respite.population.kinetics import Species
from respite.population.random_draws import Floats
from respite.population.structures import METABOLITE, PLASMA, SECOND_METABOLITE

_TOTALS = {
    PLASMA: "ketamine",
    METABOLITE: "norketamine",
    SECOND_METABOLITE: "hydroxynorketamine",
}

Part = tuple[Species, str]


def analytes_of(group: Group, dosing: Dosing) -> dict[str, tuple[Part, ...]]:
    """List the analytes of a simulation, each with the outputs that add up to it.

    Parameters
    ----------
    group
        The people.
    dosing
        What they are given; forms that are not dosed are left out.

    Returns
    -------
    For each analyte its parts. Ketamine and norketamine are the sums of their forms.
    """
    dosed = [form for form in group.kinetics.species if dosing.trains[form.name]]
    analytes: dict[str, tuple[Part, ...]] = {}
    for output, total in _TOTALS.items():
        parts = tuple(
            (form, output) for form in dosed if output in dosing.bodies[form.name].outputs
        )
        if parts:
            analytes[total] = parts
            analytes |= {form.analytes[output]: ((form, output),) for form, _ in parts}
    return analytes


def add_up(
    dosing: Dosing,
    parts: tuple[Part, ...],
    read: Callable[[Body, str, tuple[Train, ...]], Floats],
) -> Floats:
    """Add up one reading over the parts of an analyte."""
    total = 0
    for form, output in parts:
        total = total + read(dosing.bodies[form.name], output, dosing.trains[form.name])
    return total  # pyright: ignore[reportReturnType]
