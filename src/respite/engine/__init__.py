"""How do doses become levels and effects? Arithmetic only.

The engine knows no paper and no patient: it takes arrays in canonical units
(hour, milligram, litre) and gives arrays back, with one text for every array
library that follows the array API standard. It may import ``domain``. Start
with ``modes``, where a body is a set of decays; then ``doses``, ``trajectory``
and ``effect``. What is no sum of decays is in ``terms`` and ``course``; bodies
that change on the way are in ``network`` and ``changes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door
from respite.engine.arrays import Array, Rows, namespace
from respite.engine.disposition import Compartments, Disposition, disposition_modes, single
from respite.engine.doses import Train, amplitudes, change_times, given_mg
from respite.engine.effect import effect_site, fading_maximum, sigmoid
from respite.engine.entries import Depot, add_entry
from respite.engine.modes import IV, Body, Entry, Output, Stage, add_stage
from respite.engine.scheme import Scheme, Step, effect_site_step, extend_modes, solve_modes
from respite.engine.trajectory import area_under_curve, decay_from, trajectory

if TYPE_CHECKING:
    from respite.engine.blocks import Grid
    from respite.engine.changes import Changed, levels_through
    from respite.engine.grid import Factors, add_factors, factors_on_grid, levels_on_grid
    from respite.engine.network import Network, network_of
    from respite.engine.normal import normal_area, normal_curve, normal_density
    from respite.engine.scores import (
        ScoreChances,
        Wander,
        WanderState,
        WrittenScores,
        score_chances,
    )
    from respite.engine.terms import (
        FadingAvailability,
        FedByEffect,
        Growing,
        Saturable,
        Term,
    )

HOMES = {
    "blocks": "Grid",
    "changes": "Changed levels_through",
    "grid": "Factors add_factors factors_on_grid levels_on_grid",
    "network": "Network network_of",
    "normal": "normal_area normal_curve normal_density",
    "scores": "ScoreChances Wander WanderState WrittenScores score_chances",
    "terms": "FadingAvailability FedByEffect Growing Saturable Term",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "IV",
    "Array",
    "Body",
    "Changed",
    "Compartments",
    "Depot",
    "Disposition",
    "Entry",
    "Factors",
    "FadingAvailability",
    "FedByEffect",
    "Grid",
    "Growing",
    "Network",
    "Output",
    "Rows",
    "Saturable",
    "Scheme",
    "ScoreChances",
    "Stage",
    "Step",
    "Term",
    "Train",
    "Wander",
    "WanderState",
    "WrittenScores",
    "add_entry",
    "add_factors",
    "add_stage",
    "amplitudes",
    "area_under_curve",
    "change_times",
    "decay_from",
    "disposition_modes",
    "effect_site",
    "effect_site_step",
    "extend_modes",
    "factors_on_grid",
    "fading_maximum",
    "given_mg",
    "levels_on_grid",
    "levels_through",
    "namespace",
    "network_of",
    "normal_area",
    "normal_curve",
    "normal_density",
    "score_chances",
    "sigmoid",
    "single",
    "solve_modes",
    "trajectory",
]
