"""How exposed a body is, in the two ways that relief needs: over time, and at a score.

A diary tells how much relief a dose gives, and not whether the person clears
little or needs little. What follows is what the two are compared by.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from respite.engine import area_under_curve
from respite.forecasting.learning.proposal import Exposure, exposure_of
from respite.forecasting.learning.random_effects import NEEDED, NEEDED_LEVEL, Unknowns
from respite.forecasting.learning.setting import Setting
from respite.forecasting.learning.typical_drives import NODES, TypicalDrives
from respite.population import ADAPTED, FAST, PLASMA, Floats, Group

_SEEN = 1 / 100
"""Where relief that follows the level is below this at every score, the diary cannot tell of it."""

_MOST_SCORES = 3
"""Levels are compared at so many scores at most, the first that tell: later ones tell the same."""

_TELLS = 1 / 2
"""A score tells of the level if it tells this much of what the best one does."""


@dataclass(frozen=True)
class Exposed:
    """Compares how exposed bodies are with the typical one.

    Attributes
    ----------
    setting
        The person and the diary.
    typical
        A group of people of typical kinetics.
    drives
        What drives relief in them.
    """

    setting: Setting
    typical: Group
    drives: TypicalDrives

    @cached_property
    def sees_fast(self) -> bool:
        """Whether any score was written while relief that follows the level lasted."""
        return bool(np.any(self._ratio > _SEEN))

    def of(self, bodies: Group, what: Unknowns) -> Exposure:
        """Say how exposed some bodies are.

        Parameters
        ----------
        bodies
            The bodies.
        what
            The unknowns, among them what is needed of each exposure.
        """
        ways = {NEEDED: self._area} if self.drives.levels else {}
        if self.sees_fast:
            ways[NEEDED_LEVEL] = self._level
        needed = {what.place_of(name): measure for name, measure in ways.items()}
        measures = {place: measure for place, measure in needed.items() if place is not None}
        log_ratio = np.zeros((bodies.people.count, len(measures)))
        for column, measure in enumerate(measures.values()):
            log_ratio[:, column] = np.log(measure(bodies) / measure(self.typical)[0])
        return exposure_of(what, list(measures), log_ratio)

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        """What each form counts for, by typical numbers."""
        potency = self.setting.parameters["r_potency"].value
        return {"s": 1, "r": potency, "racemate": (1 + potency) / 2}

    @cached_property
    def _ratio(self) -> Floats:
        """How far the typical level is above what half of the fast relief needs, at each score."""
        numbers = self.setting.parameters
        adapted, places = numbers["share_adapted"].value, self.setting.clock.places
        levels = sum(
            self._weights[form] * (sites[FAST] - adapted * sites[ADAPTED])[NODES // 2, places]
            for form, sites in self.drives.levels.items()
        )
        left = np.clip(levels, 0, None)
        return (left / numbers["fast_ec50"].value) ** numbers["fast_hill"].value

    @cached_property
    def _times_h(self) -> Sequence[float]:
        """When levels are compared: where a little more of it would change the score most."""
        slope = self._ratio / (1 + self._ratio) ** 2
        telling = np.flatnonzero(slope >= _TELLS * np.max(slope))[:_MOST_SCORES]
        return sorted({float(self.setting.entries.time_h[place]) for place in telling})

    def _area(self, bodies: Group) -> Floats:
        dosing = bodies.dose(self.setting.given)
        areas = [
            self._weights[form] * area_under_curve(dosing.bodies[form], PLASMA, trains)
            for form, trains in dosing.trains.items()
            if trains
        ]
        return np.sum(areas, axis=0)

    def _level(self, bodies: Group) -> Floats:
        """Give the geometric mean of the levels in plasma at those scores."""
        given = [dose for dose in self.setting.given if dose.time_h < self._times_h[-1]]
        levels = bodies.levels([PLASMA], bodies.dose(given), self._times_h)
        total = sum(self._weights[form] * sites[PLASMA] for form, sites in levels.items())
        log_level = np.log(np.asarray(total, dtype=np.float64))
        return np.exp(np.mean(log_level, axis=1))
