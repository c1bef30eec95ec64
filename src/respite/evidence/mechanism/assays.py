"""Affinities of one target, gathered by source, and what they leave unknown together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from respite.evidence.mechanism.occupancy import summed_ratio
from respite.literature import Affinity, Library, Target
from respite.population import Floats

Levels = Mapping[str, Floats]
"""Free levels by substance, each of shape ``(people, times)`` [mg/L]."""

PARENT = ("ketamine", ("s-ketamine", "r-ketamine"))
METABOLITE = ("norketamine", ("s-norketamine", "r-norketamine"))
"""A racemate, and the two forms that an assay may have tested apart."""

MOLAR_MASS = {
    "ketamine": "constants_ketamine.molar_mass_ketamine",
    "norketamine": "constants_ketamine.molar_mass_norketamine",
}
"""Where the molar mass of a substance, or of the form at the end of its name, is kept."""


@dataclass(frozen=True)
class Assay:
    """What one source found: substances, and how much of each takes half of the sites.

    Attributes
    ----------
    substances
        What was tested.
    lowest, central, highest
        For each the concentration that takes half of the sites [mg/L]; the same three times
        where the source prints one figure.
    """

    substances: tuple[str, ...]
    lowest: tuple[float, ...]
    central: tuple[float, ...]
    highest: tuple[float, ...]

    def ratio(self, levels: Levels, constants: tuple[float, ...]) -> Floats:
        """Add up levels over constants; a form that is not given counts nothing."""
        some = next(iter(levels.values()))
        given = [levels.get(name, np.zeros_like(some)) for name in self.substances]
        return summed_ratio(given, constants)


@dataclass(frozen=True)
class Ratios:
    """Concentration over affinity, as the middle and the ends of what assays found.

    Attributes
    ----------
    central
        From the geometric mean over assays.
    least, most
        From the assay that binds least and the one that binds most.
    """

    central: Floats
    least: Floats
    most: Floats


def assays_of(
    library: Library, target: Target, kinds: tuple[str, tuple[str, str]]
) -> tuple[Assay, ...]:
    """Gather the affinities of one target by source.

    Parameters
    ----------
    library
        Where molar masses come from.
    target
        The target; its mere limits are left out.
    kinds
        A racemate and its two forms. Where a source tested both forms apart, they are taken;
        else its racemate.
    """
    racemate, forms = kinds
    by_source: dict[str, dict[str, Affinity]] = {}
    for one in target.affinities:
        if one.is_exact:
            by_source.setdefault(one.source, {})[one.form] = one
    found: list[Assay] = []
    for seen in by_source.values():
        names = forms if all(form in seen for form in forms) else (racemate,)
        if all(name in seen for name in names):
            found.append(_assay(library, [seen[name] for name in names]))
    return tuple(found)


def ratios_over(
    parents: tuple[Assay, ...],
    metabolites: tuple[Assay, ...],
    levels: Levels,
    least_levels: Levels,
    most_levels: Levels,
) -> Ratios:
    """Add what ketamine and norketamine do together, as assays find it.

    Parameters
    ----------
    parents, metabolites
        Assays of ketamine and of norketamine; there must be one of ketamine.
    levels, least_levels, most_levels
        Free levels as expected, and with as little or as much free as is reported.
    """
    groups = [assays for assays in (parents, metabolites) if assays]
    middles = [[one.ratio(levels, one.central) for one in assays] for assays in groups]
    lows = [[one.ratio(least_levels, one.highest) for one in assays] for assays in groups]
    highs = [[one.ratio(most_levels, one.lowest) for one in assays] for assays in groups]
    return Ratios(
        central=np.sum([_geometric_mean(some) for some in middles], axis=0),
        least=np.sum([np.minimum.reduce(some) for some in lows], axis=0),
        most=np.sum([np.maximum.reduce(some) for some in highs], axis=0),
    )


def to_mg_per_l(library: Library, substance: str, molar: float) -> float:
    """Turn a molar concentration [mmol/L] into a mass in a volume [mg/L]."""
    return molar * library.constant(MOLAR_MASS[substance.split("-")[-1]])


def _assay(library: Library, seen: list[Affinity]) -> Assay:
    def all_of(molar: list[float]) -> tuple[float, ...]:
        return tuple(
            to_mg_per_l(library, one.form, value) for one, value in zip(seen, molar, strict=True)
        )

    return Assay(
        substances=tuple(one.form for one in seen),
        lowest=all_of([one.limits[0] for one in seen]),
        central=all_of([one.central for one in seen]),
        highest=all_of([one.limits[1] for one in seen]),
    )


def _geometric_mean(values: list[Floats]) -> Floats:
    product = values[0]
    for value in values[1:]:
        product = product * value
    return product ** (1 / len(values))
