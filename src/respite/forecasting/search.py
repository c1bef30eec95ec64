"""Looks for draws that fit a diary, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from respite.engine import ScoreChances, WanderState, area_under_curve
from respite.forecasting.bodies import (
    Bodies,
    BodyBell,
    draw_bodies,
    find_bell,
    typical_group,
)
from respite.forecasting.importance import Weights, weigh
from respite.forecasting.laplace import Peak, find_peaks
from respite.forecasting.likelihood import diary_chances
from respite.forecasting.proposal import (
    Bell,
    Exposure,
    Proposed,
    bells_at,
    propose,
    share_out,
    wide_potency,
)
from respite.forecasting.random_effects import Effect, Unknowns, list_unknowns
from respite.forecasting.setting import Setting
from respite.forecasting.typical_drives import NODES, TypicalDrives, typical_drives
from respite.literature import Parameter
from respite.population import (
    PLASMA,
    Floats,
    Group,
    People,
    SessionClock,
    draw_responders,
    in_order,
    pain_courses,
    person_sd,
    s_equivalents,
    session_clock,
    simulate_pain,
    study_sd,
)

_CHUNK = 2000
"""Draws in one chunk at most: fewer and larger steps than where only curves are followed."""

_SHARES = 2
"""Even a few draws are shared between threads."""

_PEAK_SCORES = 200
"""Peaks are climbed with at most so many scores, evenly spread; all of them take the last step."""

_SEEN = 1 / 100
"""Where relief that follows the level is below this at every score, the diary cannot tell of it."""

_ENOUGH = 200
"""An effective sample size below this climbs the ladder; ours."""


@dataclass(frozen=True)
class Fit:
    """How well each draw fits the diary.

    Attributes
    ----------
    log_chance
        Logarithm of the chance of each score given those before it, shape ``(draws, scores)``.
    state
        What is known about the wandering after each score.
    """

    log_chance: Floats
    state: WanderState


@dataclass(frozen=True)
class Found:
    """Weighed draws of one round."""

    round: int
    group: Group
    proposed: Proposed | None
    exposure: Exposure
    fit: Fit
    weights: Weights

    @property
    def is_enough(self) -> bool:
        """Whether the draws may answer."""
        return self.weights.is_good and self.weights.ess >= _ENOUGH


def worth(found: Found) -> tuple[bool, float]:
    """Rank a round: first whether its tail is light, then its effective sample size."""
    return found.weights.is_good, found.weights.ess


def start_search(setting: Setting, people: People) -> Search:
    """Get ready to look for draws: the typical body, and the unknowns.

    Parameters
    ----------
    setting
        The person and the diary.
    people
        Seed and number of the draws.
    """
    bell = find_bell(setting, people.seed)
    typical = typical_group(setting, bell, people.seed, NODES)
    numbers = {**setting.parameters, **setting.pain.residual}
    half_time = _effect(numbers, "slow_half_time")
    drives = typical_drives(typical, setting, half_time)
    what = list_unknowns(
        setting.pain,
        setting.parameters,
        setting.patient,
        setting.given,
        sees_fast=_sees_fast(setting, drives),
    )
    return Search(setting, people, what, bell, typical, drives)


def _effect(numbers: Mapping[str, Parameter], name: str) -> Effect:
    return Effect(name, study_sd(numbers[name]), person_sd(numbers[name]))


def _sees_fast(setting: Setting, drives: TypicalDrives) -> bool:
    """Say whether any score was written while relief that follows the level lasted."""
    numbers = setting.parameters
    levels = sum(
        sites["fast"][NODES // 2, setting.clock.places] for sites in drives.levels.values()
    )
    ratio = (levels / numbers["fast_ec50"].value) ** numbers["fast_hill"].value
    return bool(np.any(ratio > _SEEN))


@dataclass(frozen=True)
class Search:
    """Looks for draws that fit."""

    setting: Setting
    people: People
    what: Unknowns
    bell: BodyBell
    typical: Group
    drives: TypicalDrives

    def first(self) -> Found:
        """Draw about the peak of each class."""
        bodies = self._bodies(self.people)
        exposure = self._exposure(bodies.group)
        peak = self._peak(wide_potency(self.what, exposure.sd))
        log_evidence = peak.log_evidence + np.log(self.what.chances)
        chances = np.exp(log_evidence - np.max(log_evidence))
        counts = share_out(self.people.count, chances / np.sum(chances), self.what.chances)
        bells = bells_at(peak, self.what, exposure.sd)
        proposed = propose(self.what, bells, counts, exposure, self.people)
        return self._weigh(1, bodies, exposure, proposed)

    def again(self, found: Found) -> Found:
        """Draw about the weighted draws of the round before."""
        proposed, share = found.proposed, found.weights.share
        assert proposed is not None
        chances: Floats = np.zeros(len(self.what.classes))
        np.add.at(chances, proposed.which, share)
        counts = share_out(self.people.count, chances, self.what.chances)
        bells = tuple(
            _bell_of(proposed, share, found.exposure, number, active)
            for number, active in enumerate(self.what.active)
        )
        people = replace(self.people, first=self.people.first + self.people.count)
        bodies = self._bodies(people)
        exposure = self._exposure(bodies.group)
        return self._weigh(2, bodies, exposure, propose(self.what, bells, counts, exposure, people))

    def bank(self, count: int) -> Found:
        """Draw many from the prior alone."""
        people = replace(self.people, count=count, first=self.people.first + 2 * self.people.count)
        bodies = self._bodies(people)
        responders = draw_responders(
            self.setting.pain, self.setting.parameters, self.setting.patient, people
        )
        group = bodies.group.responding(responders)
        fit = self._fit(group)
        weights = weigh(bodies.log_ratio + np.sum(fit.log_chance, axis=1))
        return Found(3, group, None, Exposure(np.zeros(count), 0), fit, weights)

    def _bodies(self, people: People) -> Bodies:
        return draw_bodies(self.setting, self.bell, people)

    def _weigh(self, round: int, bodies: Bodies, exposure: Exposure, proposed: Proposed) -> Found:
        setting = self.setting
        people = replace(bodies.group.people, given=self.what.steer(proposed.which, proposed.z))
        responders = draw_responders(setting.pain, setting.parameters, setting.patient, people)
        group = bodies.group.responding(responders)
        fit = self._fit(group)
        log_ratio = bodies.log_ratio + proposed.log_ratio + np.sum(fit.log_chance, axis=1)
        return Found(round, group, proposed, exposure, fit, weigh(log_ratio))

    def _fit(self, group: Group) -> Fit:
        """Weigh the diary in every draw, with its own kinetics."""
        if not len(self.setting.entries):
            none = np.zeros((group.people.count, 0))
            return Fit(none, WanderState(none, none, none, none, none))
        parts = list(
            in_order(self._fit_in, group.chunks(min(_CHUNK, -(-group.people.count // _SHARES))))
        )
        log_chance = np.concatenate([part.log_chance for part in parts])
        states = [part.state for part in parts]
        joined = (
            np.concatenate([getattr(each, name) for each in states]) for name in vars(states[0])
        )
        return Fit(log_chance, WanderState(*joined))

    def _fit_in(self, group: Group) -> Fit:
        setting = self.setting
        courses = simulate_pain(group, setting.given, setting.clock.times_h)
        found = diary_chances(
            group.needs, courses, setting.clock.places, setting.entries, setting.scores
        )
        return Fit(found.log_chance, found.state)

    def _exposure(self, bodies: Group) -> Exposure:
        """Compare how exposed each body is with the typical one."""
        if not self.drives.levels:
            return Exposure(np.zeros(bodies.people.count), 0)
        typical = self._area(self.typical)[0]
        log_ratio = np.log(self._area(bodies) / typical)
        return Exposure(log_ratio, float(np.std(log_ratio)))

    def _area(self, bodies: Group) -> Floats:
        dosing = bodies.dose(self.setting.given)
        potency = self.setting.parameters["r_potency"].value
        weights = {"s": 1, "r": potency, "racemate": (1 + potency) / 2}
        areas = [
            weights[form] * area_under_curve(dosing.bodies[form], PLASMA, trains)
            for form, trains in dosing.trains.items()
            if trains
        ]
        return np.sum(areas, axis=0)

    def _peak(self, wide: float) -> Peak:
        """Find the peaks: of a long diary first with some of the scores, then with all."""
        active, count = self.what.active, len(self.setting.entries)
        rows = np.arange(count)
        if count <= _PEAK_SCORES:
            return find_peaks(active, partial(self._guess, wide, rows))
        few = np.unique(np.linspace(0, count - 1, _PEAK_SCORES).round().astype(np.intp))
        near = find_peaks(active, partial(self._guess, wide, few))
        return find_peaks(active, partial(self._guess, wide, rows), near.z, rounds=1)

    @cached_property
    def _sessions(self) -> SessionClock:
        times = np.asarray(self.setting.clock.times_h)
        return session_clock(self.setting.given, times[None, :])

    def _guess(
        self, wide: float, rows: NDArray[np.intp], which: NDArray[np.intp], z: Floats
    ) -> ScoreChances:
        """Weigh the diary with typical kinetics, for the search of peaks."""
        setting, what = self.setting, self.what
        if not len(setting.entries):
            return _no_chances(len(z))
        entries = setting.entries.pick(rows)
        departures = z.copy()
        departures[:, what.potency] *= wide / what.effects[what.potency].sd
        people = People(
            self.people.seed, len(z), is_typical=True, given=what.steer(which, departures)
        )
        responders = draw_responders(setting.pain, setting.parameters, setting.patient, people)
        levels = self.drives.at(z[:, _place(what, "slow_half_time")])
        drives = s_equivalents(responders, levels) if levels else None
        times = np.asarray(setting.clock.times_h)
        courses = pain_courses(responders, drives, times, self._sessions)
        places = setting.clock.places[rows]
        return diary_chances(responders, courses, places, entries, setting.written(entries))


def _place(what: Unknowns, name: str) -> int:
    return [effect.name for effect in what.effects].index(name)


def _bell_of(
    proposed: Proposed, share: Floats, exposure: Exposure, number: int, active: NDArray[np.bool_]
) -> Bell:
    """Fit a bell to the weighted draws of one class; where they are few, the prior helps."""
    rows = proposed.which == number
    kept = np.flatnonzero(active)
    place = proposed.place[np.ix_(rows, kept)]
    weights = share[rows]
    total = float(np.sum(weights))
    if total <= 0:
        return Bell(np.zeros(len(kept)), np.zeros(len(kept)), np.eye(len(kept)))
    weights = weights / total
    worth = float(1 / np.sum(weights * weights))
    log_exposure = exposure.log_ratio[rows]
    middle = float(weights @ log_exposure)
    centre = weights @ place
    away, apart = place - centre, log_exposure - middle
    variance = float(weights @ (apart * apart))
    tilt = (weights * apart) @ away / variance if variance > 0 else np.zeros(len(kept))
    left = away - np.outer(apart, tilt)
    covariance = left.T @ (left * weights[:, None])
    sure = worth / (worth + 2 * len(kept))
    return Bell(
        sure * (centre - middle * tilt),
        sure * tilt,
        sure * covariance + (1 - sure) * np.eye(len(kept)),
    )


def _no_chances(count: int) -> ScoreChances:
    """Say nothing about anybody: there is no score."""
    none = np.zeros((count, 0))
    return ScoreChances(none, none, none, WanderState(none, none, none, none, none))
