"""Looks for draws that fit a diary, round by round."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from respite.engine import ScoreChances, WanderState
from respite.forecasting.learning.bodies import (
    Bodies,
    BodyBell,
    draw_bodies,
    find_bell,
    typical_group,
)
from respite.forecasting.learning.exposed import Exposed
from respite.forecasting.learning.importance import Weights, temper, weigh
from respite.forecasting.learning.laplace import Peak, Weigh, find_peaks
from respite.forecasting.learning.likelihood import diary_chances
from respite.forecasting.learning.proposal import (
    Bell,
    Exposure,
    Proposed,
    bells_at,
    propose,
    share_out,
)
from respite.forecasting.learning.random_effects import Effect, Unknowns, list_unknowns
from respite.forecasting.learning.setting import Setting
from respite.forecasting.learning.typical_drives import NODES, typical_drives
from respite.literature import Parameter
from respite.population import (
    Floats,
    Group,
    People,
    SessionClock,
    draw_responders,
    pain_courses,
    person_sd,
    s_equivalents,
    session_clock,
    simulate_pain,
    study_sd,
)

_CHUNK = 2000
"""Draws in one chunk. Chunks take turns: steps from score to score are too short for threads."""

_PEAK_SCORES = 120
"""Peaks are climbed with at most so many scores, evenly spread; all take part in the last steps."""

_ENOUGH = 200
"""An effective sample size below this climbs the ladder; ours."""

_LAST_STEPS = 3
"""Steps uphill with all scores, from the peak found with some."""

_ROUNDS_AHEAD = 100
"""A round that is never come to: its people are free."""

_PILOTS = 800
"""So many draws with typical kinetics tell the shape of the peaks of a long diary."""

_PER_EFFECT = 10
"""A bell is fitted to weights worth so many draws for each effect that matters in its class."""


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
class Drawn:
    """Where the draws of one round were looked for, and what was drawn."""

    bells: tuple[Bell, ...]
    exposure: Exposure
    proposed: Proposed


@dataclass(frozen=True)
class Found:
    """Weighed draws of one round.

    Attributes
    ----------
    round
        Number of the round.
    group
        The people.
    drawn
        Where they were looked for; ``None`` if they are from the prior alone.
    fit
        How well they fit the diary.
    log_ratio
        Logarithm of how much more likely each is than it was drawn, shape ``(draws,)``.
    weights
        What they weigh.
    """

    round: int
    group: Group
    drawn: Drawn | None
    fit: Fit
    log_ratio: Floats
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
    exposed = Exposed(setting, typical, typical_drives(typical, setting, half_time))
    what = list_unknowns(
        setting.pain,
        setting.parameters,
        setting.patient,
        setting.given,
        sees_fast=exposed.sees_fast,
    )
    return Search(setting, people, what, bell, exposed)


def _effect(numbers: Mapping[str, Parameter], name: str) -> Effect:
    return Effect(name, study_sd(numbers[name]), person_sd(numbers[name]))


@dataclass(frozen=True)
class Search:
    """Looks for draws that fit."""

    setting: Setting
    people: People
    what: Unknowns
    bell: BodyBell
    exposed: Exposed

    def first(self) -> Found:
        """Draw about the peak of each class."""
        bodies = self._bodies(self.people)
        exposure = self.exposed.of(bodies.group, self.what)
        peak = self._peak(exposure)
        counts = share_out(self.people.count, peak.chances(self.what.chances), self.what.chances)
        bells = bells_at(peak, self.what, exposure)
        proposed = propose(self.what, bells, counts, exposure, self.people)
        return self._weigh(1, bodies, Drawn(bells, exposure, proposed))

    def again(self, found: Found) -> Found:
        """Draw about the weighted draws of the round before."""
        before, round = found.drawn, found.round + 1
        assert before is not None
        which = before.proposed.which
        bells = tuple(
            _bell_of(before, number, found.log_ratio, active)
            for number, active in enumerate(self.what.active)
        )
        share = temper(found.log_ratio, _PER_EFFECT * len(self.what.effects))
        chances: Floats = np.zeros(len(bells))
        np.add.at(chances, which, share)
        counts = share_out(self.people.count, chances, self.what.chances)
        people = self._others(round)
        bodies = self._bodies(people)
        exposure = self.exposed.of(bodies.group, self.what)
        proposed = propose(self.what, bells, counts, exposure, people)
        return self._weigh(round, bodies, Drawn(bells, exposure, proposed))

    def _others(self, round: int) -> People:
        """Give as many people as nobody drew in the rounds before."""
        return replace(self.people, first=self.people.first + (round - 1) * self.people.count)

    def bank(self, round: int, count: int) -> Found:
        """Draw many from the prior alone."""
        people = replace(self._others(round), count=count)
        bodies = self._bodies(people)
        responders = draw_responders(
            self.setting.pain, self.setting.parameters, self.setting.patient, people
        )
        group = bodies.group.responding(responders)
        fit = self._fit(group)
        log_ratio = bodies.log_ratio + np.sum(fit.log_chance, axis=1)
        return Found(round, group, None, fit, log_ratio, weigh(log_ratio))

    def _bodies(self, people: People) -> Bodies:
        return draw_bodies(self.setting, self.bell, people)

    def _weigh(self, round: int, bodies: Bodies, drawn: Drawn) -> Found:
        setting, proposed = self.setting, drawn.proposed
        people = replace(bodies.group.people, given=self.what.steer(proposed.which, proposed.z))
        responders = draw_responders(setting.pain, setting.parameters, setting.patient, people)
        group = bodies.group.responding(responders)
        fit = self._fit(group)
        log_ratio = bodies.log_ratio + proposed.log_ratio + np.sum(fit.log_chance, axis=1)
        return Found(round, group, drawn, fit, log_ratio, weigh(log_ratio))

    def _fit(self, group: Group) -> Fit:
        """Weigh the diary in every draw, with its own kinetics."""
        if not len(self.setting.entries):
            none = np.zeros((group.people.count, 0))
            return Fit(none, WanderState(none, none, none, none, none))
        parts = [self._fit_in(chunk) for chunk in group.chunks(_CHUNK)]
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

    def _peak(self, exposure: Exposure) -> Peak:
        """Find the peaks: of a long diary first with some of the scores, then with all."""
        active, count = self.what.active, len(self.setting.entries)
        rows = np.arange(count)
        if count <= _PEAK_SCORES:
            return find_peaks(active, partial(self._guess, exposure, rows))
        few = np.unique(np.linspace(0, count - 1, _PEAK_SCORES).round().astype(np.intp))
        near = find_peaks(active, partial(self._guess, exposure, few))
        guess = partial(self._guess, exposure, rows)
        return self._shaped(find_peaks(active, guess, near.z, _LAST_STEPS), exposure, guess)

    def _shaped(self, peak: Peak, exposure: Exposure, guess: Weigh) -> Peak:
        """Learn the shape of the peaks from draws with typical kinetics.

        Slopes at the top say too little of it where many scores pile up at an
        end of the scale, or pain bends; so much the less, the longer the diary.
        """
        what, wide = self.what, exposure.wide
        people = replace(self._others(_ROUNDS_AHEAD), count=_PILOTS)
        typical = Exposure(exposure.needs, np.zeros((_PILOTS, len(wide))), wide, wide)
        bells = bells_at(peak, what, typical)
        counts = share_out(_PILOTS, peak.chances(what.chances), what.chances)
        drawn = Drawn(bells, typical, propose(what, bells, counts, typical, people))
        log_chance = np.sum(guess(drawn.proposed.which, drawn.proposed.place).log_chance, axis=1)
        log_ratio = drawn.proposed.log_ratio + log_chance
        z, information = peak.z.copy(), peak.information.copy()
        for number, active in enumerate(what.active):
            bell, kept = _bell_of(drawn, number, log_ratio, active), np.flatnonzero(active)
            z[number, kept] = bell.centre
            information[number][np.ix_(kept, kept)] = np.linalg.inv(bell.covariance)
        return replace(peak, z=z, information=information)

    @cached_property
    def _sessions(self) -> SessionClock:
        times = np.asarray(self.setting.clock.times_h)
        return session_clock(self.setting.given, times[None, :])

    def _guess(
        self, exposure: Exposure, rows: NDArray[np.intp], which: NDArray[np.intp], z: Floats
    ) -> ScoreChances:
        """Weigh the diary with typical kinetics, for the search of peaks."""
        setting, what = self.setting, self.what
        if not len(setting.entries):
            return _no_chances(len(z))
        entries = setting.entries.pick(rows)
        departures = z.copy()
        departures[:, exposure.needs] *= exposure.wide / exposure.own
        people = People(
            self.people.seed, len(z), is_typical=True, given=what.steer(which, departures)
        )
        responders = draw_responders(setting.pain, setting.parameters, setting.patient, people)
        half_time = what.place_of("slow_half_time")
        levels = self.exposed.drives.at(z[:, half_time])
        drives = s_equivalents(responders, levels) if levels else None
        times = np.asarray(setting.clock.times_h)
        courses = pain_courses(responders, drives, times, self._sessions)
        places = setting.clock.places[rows]
        return diary_chances(responders, courses, places, entries, setting.written(entries))


def _bell_of(before: Drawn, number: int, log_ratio: Floats, active: NDArray[np.bool_]) -> Bell:
    """Fit a bell to the weighted draws of one class; where they are few, the last bell helps."""
    last, rows = before.bells[number], np.flatnonzero(before.proposed.which == number)
    kept = np.flatnonzero(active)
    if not np.any(np.isfinite(log_ratio[rows])):
        return last
    weights = temper(log_ratio[rows], min(_PER_EFFECT * len(kept), len(rows) / 2))
    place = before.proposed.place[np.ix_(rows, kept)]
    log_exposure = before.exposure.log_ratio[rows]
    middle, centre = weights @ log_exposure, weights @ place
    away, apart = place - centre, log_exposure - middle
    heavy = weights[:, None] * apart
    tilt = np.linalg.lstsq(heavy.T @ apart, heavy.T @ away, rcond=None)[0]
    left = away - apart @ tilt
    covariance = left.T @ (left * weights[:, None])
    worth = float(1 / np.sum(weights * weights))
    sure = worth / (worth + 2 * len(kept))
    return Bell(
        sure * (centre - middle @ tilt) + (1 - sure) * last.centre,
        sure * tilt + (1 - sure) * last.tilt,
        sure * covariance + (1 - sure) * last.covariance,
    )


def _no_chances(count: int) -> ScoreChances:
    """Say nothing about anybody: there is no score."""
    none = np.zeros((count, 0))
    return ScoreChances(none, none, none, WanderState(none, none, none, none, none))
