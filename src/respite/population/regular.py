"""Levels and relief of many people at equally spaced times, straight into one array each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from respite.domain import DoseEvent
from respite.engine import Factors, Grid, Rows, add_factors, factors_on_grid
from respite.population.chunks import THREADS, in_order, keep_freed_memory
from respite.population.group import Dosing, Group
from respite.population.pain_course import pain_courses
from respite.population.pain_model import ADAPTED, FAST, SITES, Responders, potencies
from respite.population.placebo import SessionClock, session_clock
from respite.population.random_draws import Floats
from respite.population.structures import PLASMA

_PREPARED = 128
"""People that a thread prepares at once: their factors take some tens of megabytes."""

_CHUNK = 16
"""People in one chunk: curves of half a year, hour by hour, then fit the cache of one core."""


@dataclass(frozen=True)
class RegularCurves:
    """Curves of each person at equally spaced times.

    Attributes
    ----------
    times_h
        Times from the first dose [h], shape ``(times,)``.
    ketamine
        Concentration in plasma, all forms of the drug together [mg/L], shape
        ``(people, times)``.
    relief
        Relief as a share of untreated pain, same shape.
    """

    times_h: Floats
    ketamine: Floats
    relief: Floats


@dataclass(frozen=True)
class Prepared:
    """People and their doses, worked out as far as no single time is needed.

    Attributes
    ----------
    responders
        How they respond.
    clock
        The times, as they stand to the sessions.
    factors
        The factors of the level in plasma and at each effect site, all forms
        of the drug together; ``None`` where nobody is given a drug.
    """

    responders: Responders
    clock: SessionClock
    factors: Factors | None

    def of(self, rows: Rows) -> Prepared:
        """Give some of the people."""
        factors = None if self.factors is None else self.factors.of(rows)
        return replace(self, responders=self.responders.of(rows), factors=factors)


def prepare(responders: Responders, dosing: Dosing, grid: Grid, clock: SessionClock) -> Prepared:
    """Work out all that no single time is needed for, in any array library."""
    potency = potencies(responders)
    parts = [
        factors_on_grid(dosing.bodies[form], (PLASMA, *SITES), trains, grid).weighed(
            potency[form], SITES
        )
        for form, trains in dosing.trains.items()
        if trains
    ]
    if not parts:
        return Prepared(responders, clock, None)
    # What adaptation takes away is taken off here, where it costs nothing for each time.
    factors = add_factors(parts).less(FAST, ADAPTED, responders.numbers["share_adapted"])
    return Prepared(responders, clock, factors)


def follow(
    prepared: Prepared, times_h: Floats, *, with_placebo: bool = True
) -> tuple[Floats, Floats]:
    """Give levels and relief of prepared people, in any array library.

    Parameters
    ----------
    prepared
        The people.
    times_h
        The times of their grid [h].
    with_placebo
        Whether relief counts placebo.

    Returns
    -------
    Concentration [mg/L] and relief, each of shape ``(people, times)``.
    """
    levels = prepared.factors.levels(len(times_h)) if prepared.factors else None
    courses = pain_courses(prepared.responders, levels, times_h, prepared.clock)
    relief = courses.relief(with_placebo=with_placebo)
    return (relief * 0 if levels is None else levels[PLASMA]), relief


def follow_on_grid(
    responders: Responders, dosing: Dosing, grid: Grid, *, with_placebo: bool = True
) -> tuple[Floats, Floats]:
    """Give levels and relief of a few people at equally spaced times, in any array library.

    Parameters
    ----------
    responders
        How they respond.
    dosing
        What reaches their bodies.
    grid
        The times.
    with_placebo
        Whether relief counts placebo.

    Returns
    -------
    Concentration [mg/L] and relief, each of shape ``(people, times)``.
    """
    times = np.asarray(grid.times_h)
    prepared = prepare(responders, dosing, grid, session_clock(dosing.events, times[None, :]))
    return follow(prepared, times, with_placebo=with_placebo)


def simulate_on_grid(  # noqa: PLR0913 - the last two say how, not what
    group: Group,
    events: Sequence[DoseEvent],
    grid: Grid,
    *,
    with_placebo: bool = True,
    threads: int = THREADS,
    chunk: int = _CHUNK,
) -> RegularCurves:
    """Follow levels and relief of a group at equally spaced times.

    Parameters
    ----------
    group
        The people, drawn with a pain model.
    events
        What they are given.
    grid
        The times.
    with_placebo
        Whether relief counts placebo.
    threads
        Threads that compute; the answer is the same for any number.
    chunk
        People that one thread follows at once; the answer is the same for any number.

    Returns
    -------
    The curves; relief is that just before any dose given at the same time.
    """
    keep_freed_memory()
    dosing, people = group.dose(events), group.people.count
    times = np.asarray(grid.times_h)
    clock = session_clock(dosing.events, times[None, :])
    ketamine, relief = np.empty((people, grid.count)), np.empty((people, grid.count))

    def fill(first: int) -> None:
        some = slice(first, first + _PREPARED)
        part = prepare(group.needs.of(some), dosing.of(some), grid, clock)
        for start in range(0, min(_PREPARED, people - first), chunk):
            rows = slice(first + start, min(first + start + chunk, first + _PREPARED))
            few = part.of(slice(start, start + chunk))
            ketamine[rows], relief[rows] = follow(few, times, with_placebo=with_placebo)

    for _ in in_order(fill, range(0, people, _PREPARED), threads):
        pass
    return RegularCurves(times, ketamine, relief)
