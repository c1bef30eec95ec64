"""Levels in every arm of every trial, worked out once for any half-time of the slow part."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from respite.domain import Condition, Patient
from respite.engine import Array, effect_site_step, namespace
from respite.evidence.model_based.layered_people import LayeredPeople
from respite.evidence.model_based.trials import SeenArm, SeenTrial
from respite.evidence.model_based.unknowns import PRIOR
from respite.literature import Library
from respite.population import (
    ADAPTED,
    FAST,
    PLASMA,
    SLOW,
    Dosing,
    Drives,
    Floats,
    Group,
    SessionClock,
    draw_group,
    session_clock,
)

_DAY_H = 24

PEOPLE = 64
"""Virtual people that stand for every arm; spread evenly, so few are enough."""

HALF_TIMES_DAYS = np.geomspace(1, 128, 29)
"""Half-times of the slow part at which levels are worked out; others lie between them."""

_STEP_H = 2
"""Step of the state that a saturated curve drives [h]; levels change over hours."""

_PEAKS = 12
"""Ends of doses, spread over a course, at which relief may have been highest."""

_AFTER_LAST_H = (6, 24, 48)
"""Times after the last dose [h] at which slow relief may still rise."""


@dataclass(frozen=True)
class Column:
    """One time of one arm.

    Attributes
    ----------
    trial, arm
        Place of the trial, and of the arm in it.
    time_h
        The time from the first dose [h].
    """

    trial: int
    arm: int
    time_h: float


@dataclass(frozen=True)
class Atlas:
    """Levels of the same virtual people in every arm.

    Attributes
    ----------
    people
        The people.
    columns
        What each column of the levels is.
    starts
        First column of each arm, and the end of the last.
    fast
        For each form of the drug its level at the fast site, ``(people, columns)`` [mg/L].
    slow
        The same at the slow site for each half-time, ``(half-times, people, columns)``.
    adapted
        The same at the site of acute adaptation, which lags by hours, ``(people, columns)``.
    state
        What a saturated curve drives in a typical person, ``(half-times, columns)``.
    clocks, order
        For arms with the same sessions how their times stand to them, and where each column is
        among the times of all clocks.
    """

    people: LayeredPeople
    columns: tuple[Column, ...]
    starts: tuple[int, ...]
    fast: Mapping[str, Floats]
    slow: Mapping[str, Floats]
    adapted: Mapping[str, Floats]
    state: Floats
    clocks: tuple[SessionClock, ...]
    order: NDArray[np.intp]

    def drives(self, half_time_h: Array, potency: Mapping[str, Array]) -> Drives:
        """Give what drives relief of people whose slow part has these half-times.

        Parameters
        ----------
        half_time_h
            Half-time of the slow part of each person [h].
        potency
            Potency of each form of the drug against the S form, ``(people,)``.

        Returns
        -------
        For each site S-ketamine that would do the same, ``(people, columns)`` [mg/L].
        """
        low, share = _place(half_time_h)
        rows = np.arange(int(share.shape[0]))
        slow = {
            form: (1 - share) * _at(levels, low, rows) + share * _at(levels, low + 1, rows)
            for form, levels in self.slow.items()
        }
        return {
            FAST: equivalents(self.fast, potency),
            ADAPTED: equivalents(self.adapted, potency),
            SLOW: equivalents(slow, potency),
        }

    def state_of(self, half_time_h: Array) -> Array:
        """Give the state that a saturated curve drives, ``(people, columns)``, 0-1."""
        low, share = _place(half_time_h)
        state = namespace(share).asarray(self.state)
        return (1 - share) * state[low] + share * state[low + 1]


def _place(half_time_h: Array) -> tuple[Array, Array]:
    """Give the half-time worked out that lies below each, and how far the next one is."""
    xp = namespace(half_time_h)
    first = math.log(HALF_TIMES_DAYS[0] * _DAY_H)
    step = math.log(HALF_TIMES_DAYS[1] / HALF_TIMES_DAYS[0])
    place = xp.clip((xp.log(half_time_h) - first) / step, 0, len(HALF_TIMES_DAYS) - 1)
    low = xp.clip(xp.floor(place), 0, len(HALF_TIMES_DAYS) - 2)
    return xp.astype(low, xp.int64), (place - low)[:, None]


def _at(levels: Floats, low: Array, rows: NDArray[np.intp]) -> Array:
    """Give the levels of each person at a half-time of their own."""
    return namespace(low).asarray(levels)[low, rows]


def equivalents(levels: Mapping[str, Array], potency: Mapping[str, Array]) -> Array:
    """Add up the forms of the drug at one site, each by its potency."""
    return sum(potency[form][:, None] * its for form, its in levels.items())


def times_of(arm: SeenArm, looked_at: Sequence[float]) -> tuple[float, ...]:
    """Give the times at which an arm is followed [h]: those of its rows, and those of peaks."""
    ends = sorted({event.end_h for event in arm.events})
    chosen = {ends[int(place)] for place in np.linspace(0, len(ends) - 1, _PEAKS).round()}
    chosen |= {ends[-1] + later for later in _AFTER_LAST_H}
    last = max(looked_at)
    return tuple(sorted({0.0, *looked_at, *(time for time in chosen if time <= last)}))


def draw_atlas(library: Library, trials: Sequence[SeenTrial], *, seed: int) -> Atlas:
    """Work out levels in every arm.

    Parameters
    ----------
    library
        Where kinetics come from.
    trials
        Whose arms.
    seed
        Seed of the virtual people.
    """
    people = LayeredPeople(seed, PEOPLE)
    group = draw_group(library, Patient(condition=Condition.CRPS), people)
    numbers = library.assembled(PRIOR).parameters
    half_times = {
        FAST: numbers["effect_site_half_time"].value,
        ADAPTED: numbers["adaptation_half_time"].value,
        **{f"{SLOW} {k}": days * _DAY_H for k, days in enumerate(HALF_TIMES_DAYS)},
    }
    sites = {
        name: effect_site_step(np.full(PEOPLE, math.log(2) / time), fed_by="plasma")
        for name, time in half_times.items()
    }
    bodies = group.kinetics.with_sites(sites)
    sited = replace(group, kinetics=bodies)
    columns: list[Column] = []
    starts = [0]
    states: list[Floats] = []
    found: list[dict[str, Mapping[str, Floats]]] = []
    for number, trial in enumerate(trials):
        for at, (arm, looked_at) in enumerate(zip(trial.arms, trial.times_h, strict=True)):
            times = times_of(arm, looked_at or (0.0,))
            columns += [Column(number, at, time) for time in times]
            starts.append(len(columns))
            dosing = sited.dose(arm.events)
            found.append(dict(sited.levels(list(sites), dosing, times)))
            states.append(_driven_state(library, sited, dosing, times))
    widths = np.diff(starts)
    forms = [form.name for form in bodies.species]

    def joined(site: str, form: str) -> Floats:
        parts = [
            each[form][site] if form in each else np.zeros((PEOPLE, width))
            for each, width in zip(found, widths, strict=True)
        ]
        return np.concatenate(parts, axis=1)

    return Atlas(
        people,
        tuple(columns),
        tuple(starts),
        {form: joined(FAST, form) for form in forms},
        {
            form: np.stack([joined(f"{SLOW} {k}", form) for k in range(len(HALF_TIMES_DAYS))])
            for form in forms
        },
        {form: joined(ADAPTED, form) for form in forms},
        np.concatenate(states, axis=1),
        *_clocks(trials, columns),
    )


def _clocks(
    trials: Sequence[SeenTrial], columns: Sequence[Column]
) -> tuple[tuple[SessionClock, ...], NDArray[np.intp]]:
    """Give one clock for all arms with the same sessions, and where each column is in them."""
    sessions: dict[tuple[tuple[float, float], ...], list[int]] = {}
    for place, column in enumerate(columns):
        events = trials[column.trial].arms[column.arm].events
        key = tuple((event.time_h, event.duration_h) for event in events)
        sessions.setdefault(key, []).append(place)
    clocks: list[SessionClock] = []
    for places in sessions.values():
        first = columns[places[0]]
        times = np.asarray([[columns[place].time_h for place in places]])
        clocks.append(session_clock(trials[first.trial].arms[first.arm].events, times))
    return tuple(clocks), np.argsort(np.concatenate(list(sessions.values())))


def _driven_state(
    library: Library, group: Group, dosing: Dosing, times_h: Sequence[float]
) -> Floats:
    r"""Follow a state that a saturated curve of the level drives, ``(half-times, times)``.

    Notes
    -----
    :math:`dE/dt = (\ln 2 / T)(C / (C + C_{50}) - E)`, with the mean level of
    the people and the potencies and the *C50* of before trials: above it the
    curve is nearly flat, so that its place hardly matters.
    """
    last = max(times_h)
    grid = np.unique(np.concatenate([np.arange(0, last, _STEP_H), times_h]))
    levels = group.levels((PLASMA,), dosing, tuple(grid.tolist()))
    rates = math.log(2) / (HALF_TIMES_DAYS * _DAY_H)
    if not levels:
        return np.zeros((len(rates), len(times_h)))
    before = library.assembled(PRIOR).parameters
    r_potency = before["r_potency"].value
    potency = {"s": 1, "r": r_potency, "racemate": (1 + r_potency) / 2}
    level = np.zeros(len(grid))
    for form, its in levels.items():
        level = level + potency[form] * its[PLASMA].mean(axis=0)
    drive = level / (level + before["slow_ec50"].value)
    state = np.zeros((len(rates), len(grid)))
    for at in range(1, len(grid)):
        kept = np.exp(-rates * (grid[at] - grid[at - 1]))
        middle = float(drive[at] + drive[at - 1]) / 2
        state[:, at] = kept * state[:, at - 1] + (1 - kept) * middle
    return state[:, np.searchsorted(grid, times_h)]
