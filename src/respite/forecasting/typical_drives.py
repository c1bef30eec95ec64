"""What drives relief in a person of typical kinetics, for any half-time of the slow part.

The levels of one body are followed once for each of some half-times; others
are read between them. It only guides where draws are looked for: every draw
is then weighed with its own kinetics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from respite.domain import DoseEvent, Patient
from respite.forecasting.random_effects import Effect
from respite.literature import Model, Parameter
from respite.population import SITES, Floats, Group, draw_responders

_FURTHEST = 5
"""Half-times are followed up to so many standard deviations from the typical one."""

_NODES = 41

Levels = Mapping[str, Mapping[str, Floats]]


@dataclass(frozen=True)
class TypicalDrives:
    """Levels at the effect sites of typical kinetics.

    Attributes
    ----------
    levels
        For each form of the drug and each site, shape ``(nodes, times)``; the
        nodes are half-times that lie evenly on the scale of their spread.
    """

    levels: Levels

    def at(self, z: Floats) -> Levels:
        """Give the levels for half-times so many standard deviations from the typical one.

        Parameters
        ----------
        z
            Shape ``(people,)``.
        """
        place = np.clip((z + _FURTHEST) * ((_NODES - 1) / (2 * _FURTHEST)), 0, _NODES - 1)
        below = np.minimum(place.astype(np.intp), _NODES - 2)
        share = (place - below)[:, None]
        return {
            form: {
                site: values[below] * (1 - share) + values[below + 1] * share
                for site, values in sites.items()
            }
            for form, sites in self.levels.items()
        }


def typical_drives(
    typical: Group,
    model: Model,
    parameters: Mapping[str, Parameter],
    patient: Patient,
    half_time: Effect,
    events: Sequence[DoseEvent],
    times_h: Sequence[float],
) -> TypicalDrives:
    """Follow the levels.

    Parameters
    ----------
    typical
        A group of ``NODES`` people of typical kinetics.
    model, parameters, patient
        The pain model, its parameters in the condition of the patient, and the patient.
    half_time
        How half-times of the slow part differ.
    events, times_h
        The doses, and the times that are needed [h].
    """
    nodes = np.linspace(-_FURTHEST, _FURTHEST, _NODES)
    people = replace(typical.people, given=half_time.steer(nodes))
    group = typical.responding(draw_responders(model, parameters, patient, people))
    return TypicalDrives(group.levels(SITES, group.dose(events), times_h))


NODES = _NODES
