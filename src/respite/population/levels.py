"""Levels of every analyte in some of the people, at some times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import add

from respite.domain import DoseEvent
from respite.population.analytes import Part
from respite.population.group import Dosing, Group
from respite.population.random_draws import Floats
from respite.population.terms import is_linear

NG_PER_ML = 1000
"""ng/mL in one mg/L."""

PEOPLE_AT_ONCE = 4000
"""People whose levels one thread works out together: arrays of some megabytes, and few enough
calls that their number does not count."""

_FEWEST_SHARES = 2
"""Even a small group is shared between threads."""

Analytes = Mapping[str, tuple[Part, ...]]


@dataclass(frozen=True)
class Share:
    """Some of the people, and what they are given."""

    group: Group
    events: tuple[DoseEvent, ...]

    def dose(self) -> Dosing:
        """Work out what reaches each body, at every look: kept, it would fill the memory.

        Only bodies that are followed step by step are kept, with their steps.
        """
        if is_linear(self.group.kinetics.model):
            return self.group.dose(self.events)
        return self._followed

    @cached_property
    def _followed(self) -> Dosing:
        return self.group.dose(self.events)


def shares_of(group: Group, events: Sequence[DoseEvent]) -> tuple[Share, ...]:
    """Split a group into shares of people; nothing that is found depends on their size."""
    size = min(PEOPLE_AT_ONCE, -(-group.people.count // _FEWEST_SHARES))
    return tuple(Share(part, tuple(events)) for part in group.chunks(size))


def levels_of(share: Share, analytes: Analytes, times_h: Sequence[float]) -> dict[str, Floats]:
    """Give the levels of analytes, each of shape ``(people, times)`` [ng/mL].

    Each form of the drug is followed once, however many analytes it counts in.
    """
    outputs = list(dict.fromkeys(output for parts in analytes.values() for _, output in parts))
    levels = share.group.levels(outputs, share.dose(), times_h)
    return {
        analyte: NG_PER_ML * reduce(add, (levels[form.name][output] for form, output in parts))
        for analyte, parts in analytes.items()
    }
