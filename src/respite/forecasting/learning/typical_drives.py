"""What drives relief in a person of typical kinetics, for any half-time of the slow part.

The levels of one body are followed once for each of some half-times; others
are read between them. It only guides where draws are looked for: every draw
is then weighed with its own kinetics.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from respite.forecasting.learning.random_effects import Effect
from respite.forecasting.learning.setting import Setting
from respite.population import SITES, Floats, Group, draw_responders

_FURTHEST = 5
"""Half-times are followed up to so many standard deviations from the typical one."""

NODES = 41
"""How many half-times are followed."""

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
        place = np.clip((z + _FURTHEST) * ((NODES - 1) / (2 * _FURTHEST)), 0, NODES - 1)
        below = np.minimum(place.astype(np.intp), NODES - 2)
        share = (place - below)[:, None]
        return {
            form: {
                site: values[below] * (1 - share) + values[below + 1] * share
                for site, values in sites.items()
            }
            for form, sites in self.levels.items()
        }


def typical_drives(typical: Group, setting: Setting, half_time: Effect) -> TypicalDrives:
    """Follow the levels.

    Parameters
    ----------
    typical
        A group of ``NODES`` people of typical kinetics.
    setting
        The person, the doses, and the times that are needed.
    half_time
        How half-times of the slow part differ.
    """
    nodes = np.linspace(-_FURTHEST, _FURTHEST, NODES)
    people = replace(typical.people, given=half_time.steer(nodes))
    responders = draw_responders(setting.pain, setting.parameters, setting.patient, people)
    group = typical.responding(responders)
    dosing = group.dose(setting.given)
    return TypicalDrives(group.levels(SITES, dosing, setting.clock.times_h))
