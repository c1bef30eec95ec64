"""The bodies of the core written as plain differential equations, for a numerical solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.integrate import odeint, solve_ivp

from respite.domain import DoseEvent, Drug
from respite.engine import IV
from respite.population import Floats, Group
from respite.population.routes import ways_in

SITES = ("fast", "adapted", "slow")


@dataclass(frozen=True)
class System:
    """One person's body for one form of the drug: ``dx/dt = matrix x + input``.

    Attributes
    ----------
    matrix
        Rates [1/h].
    reads
        Plasma and the effect sites as sums of states, shape ``(outputs, states)``.
    inputs
        For each dose its start and end [h], its place, and its rate [mg/h].
    """

    matrix: Floats
    reads: Floats
    inputs: tuple[tuple[float, float, int, float], ...]

    def changes(self, until_h: float) -> list[float]:
        """List the times at which the input changes [h]."""
        times = {time for each in self.inputs for time in each[:2] if time < until_h}
        return sorted({0.0, *times, until_h})

    def input_at(self, time_h: float) -> Floats:
        """Give what runs in just after a time."""
        rates = np.zeros(len(self.matrix))
        for start, end, place, rate in self.inputs:
            if start <= time_h < end:
                rates[place] += rate
        return rates


def system_of(group: Group, events: Sequence[DoseEvent], form: str, person: int) -> System:
    """Write one person's equations down; doses that take no time are not among them."""
    scheme, numbers = group.kinetics.schemes[form], group.kinetics.numbers[form]
    (share,) = (each.share for each in group.kinetics.species if each.name == form)
    weight = group.covariates["weight"]
    given = [event for event in events if event.drug is not Drug.PLACEBO]
    base = [
        np.ones_like(weight) * each.amount * (weight if each.is_per_kg else 1) for each in given
    ]
    ways = [
        ways_in(group.kinetics.model, numbers, event, mg)
        for event, mg in zip(given, base, strict=True)
    ]
    entries = sorted({way.entry for each in ways for way in each if way.depot is not None})
    spaces = 1 + scheme.drug.flows.shape[1]
    places = {IV: 0} | {name: spaces + len(SITES) + place for place, name in enumerate(entries)}
    matrix = np.zeros((spaces + len(SITES) + len(entries),) * 2)
    volumes = np.append(scheme.drug.central_volume[person], scheme.drug.volumes[person])
    matrix[0, 0] -= scheme.drug.clearance[person] / volumes[0]
    for place, flow in enumerate(scheme.drug.flows[person], start=1):
        for source, target in ((0, place), (place, 0)):
            matrix[source, source] -= flow / volumes[source]
            matrix[target, source] += flow / volumes[source]
    for place, site in enumerate(SITES, start=spaces):
        ke0 = scheme.steps[site].compartments.clearance[person]
        matrix[place, place], matrix[place, 0] = -ke0, ke0 / volumes[0]
    inputs: list[tuple[float, float, int, float]] = []
    for event, mg, paths in zip(given, base, ways, strict=True):
        for way in paths:
            start, length = event.time_h + way.lag_h, event.duration_h or way.duration_h
            dose = mg[person] * np.broadcast_to(way.share, weight.shape)[person]
            rate = dose * share[event.drug] / length
            inputs.append((start, start + length, places[way.entry], rate))
            if way.depot is not None:
                (absorbed,) = way.depot.rates
                into = way.depot.into[IV][person]
                matrix[places[way.entry], places[way.entry]] = -absorbed[person]
                matrix[0, places[way.entry]] = absorbed[person] * into
    reads = np.zeros((1 + len(SITES), len(matrix)))
    reads[0, 0] = 1 / volumes[0]
    for place in range(len(SITES)):
        reads[1 + place, spaces + place] = 1
    return System(matrix, reads, tuple(inputs))


def solve_quickly(system: System, times_h: Floats) -> Floats:
    """Follow a body by LSODA as most would call it: restarted at each change of input."""
    state, found = np.zeros(len(system.matrix)), [np.zeros((0, 1 + len(SITES)))]
    for start, stop in pairwise(system.changes(times_h[-1] + 1)):
        running = system.input_at(start)
        inside = times_h[(times_h >= start) & (times_h < stop)]
        wanted = np.unique(np.concatenate([[start], inside, [stop]]))

        def right(x: Floats, _: float, running: Floats = running) -> Any:
            return system.matrix @ x + running

        states = odeint(right, state, wanted, rtol=1e-6, atol=1e-9)
        found.append(states[np.isin(wanted, inside)] @ system.reads.T)
        state = states[-1]
    return np.concatenate(found).T


def solve_exactly(system: System, times_h: Floats) -> Floats:
    """Follow a body as exactly as the solver can, restarted at each change of input."""
    state, found = np.zeros(len(system.matrix)), [np.zeros((1 + len(SITES), 0))]
    for start, stop in pairwise(system.changes(times_h[-1] + 1)):
        running = system.input_at(start)
        inside = times_h[(times_h >= start) & (times_h < stop)]

        def right(_: float, x: Floats, running: Floats = running) -> Floats:
            return system.matrix @ x + running

        answer = solve_ivp(
            right,
            (start, stop),
            state,
            method="Radau" if stop - start > 100 else "DOP853",
            rtol=1e-10,
            atol=1e-13,
            t_eval=np.append(inside, stop),
        )
        found.append(system.reads @ answer.y[:, :-1])
        state = answer.y[:, -1]
    return np.concatenate(found, axis=1)
