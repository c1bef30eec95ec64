"""What is free in plasma, and the slow effect site, in a group of people over hours and weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import DoseEvent
from respite.literature import Library
from respite.population import SITES, Dosing, Floats, Group, s_equivalents

AFTER_H = 24
"""Hours after the last dose in which levels are looked at closely; ours."""

WEEKS_AFTER = 13
"""Weeks after the last dose for which the slow clock is followed; ours."""

_STEPS_IN_DOSE, _STEPS_AFTER, _MOST_WATCHED = 24, 36, 12

SLOW = "slow"

PROTEIN = "plasma_protein"


@dataclass(frozen=True)
class FreeShares:
    """Shares of ketamine and norketamine that no protein holds.

    Attributes
    ----------
    ketamine, norketamine
        As expected.
    least, most
        The least and the most of either that is reported.
    """

    ketamine: float
    norketamine: float
    least: float
    most: float


def free_shares(library: Library) -> FreeShares:
    """Read how much is free from the library: what is not bound to proteins of plasma."""
    bound = library.bindings[PROTEIN].parameters
    return FreeShares(
        ketamine=1 - bound["bound_share"].value,
        norketamine=1 - bound["bound_share_norketamine"].value,
        least=1 - bound["bound_share_highest"].value,
        most=1 - bound["bound_share_lowest"].value,
    )


def looks(events: Sequence[DoseEvent]) -> list[float]:
    """Choose times [h]: closely in and after doses, then day by day until the weeks are over.

    Of long courses some doses, with the last among them, are watched closely.
    """
    ends = [event.time_h + event.duration_h for event in events]
    last = max(ends)
    times = {0.0, *(event.time_h for event in events), *ends}
    step = -(-len(events) // _MOST_WATCHED)
    for event in (events[0], *events[::-step]):
        end = event.time_h + event.duration_h
        # On a square scale: close at first, where levels move fastest.
        within = event.duration_h * np.linspace(0, 1, _STEPS_IN_DOSE) ** 2
        times |= set((event.time_h + within).tolist())
        times |= set((end + AFTER_H * np.linspace(0, 1, _STEPS_AFTER) ** 2).tolist())
    days = 7 * WEEKS_AFTER
    times |= {last + 24 * day for day in range(1, days + 1)}
    return sorted(times)


def levels_of(group: Group, dosing: Dosing, times_h: Sequence[float]) -> dict[str, Floats]:
    """Give total levels in plasma by substance, shape ``(people, times)`` [mg/L].

    The sums of the two forms stand beside them, under the name of the racemate.
    """
    given = [form for form in group.kinetics.species if dosing.trains[form.name]]
    outputs = {
        output
        for form in given
        for output in form.analytes
        if output in dosing.bodies[form.name].outputs
    }
    read = group.levels(sorted(outputs), dosing, times_h)
    levels: dict[str, Floats] = {}
    for form in given:
        for output, exact in read[form.name].items():
            # What is left over from rounding may lie below nothing.
            values = np.maximum(exact, 0)
            name = form.analytes[output]
            levels[name] = values
            total = name.split("-")[-1]
            levels[total] = levels.get(total, 0) + values  # pyright: ignore[reportArgumentType]
    return levels


def free(levels: Mapping[str, Floats], ketamine: float, norketamine: float) -> dict[str, Floats]:
    """Take the share of each substance that is free."""
    shares = {"ketamine": ketamine, "norketamine": norketamine}
    return {
        name: values * shares[name.split("-")[-1]]
        for name, values in levels.items()
        if name.split("-")[-1] in shares
    }


def slow_exposure(group: Group, dosing: Dosing, times_h: Sequence[float]) -> Floats:
    """Give what the slow effect site holds, as S-ketamine, ``(people, times)`` [mg/L].

    It is the exposure that lasting relief is tied to in the pain model.
    """
    return s_equivalents(group.needs, group.levels(SITES, dosing, times_h))[SLOW]
