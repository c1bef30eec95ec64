"""One step of a body with bends: what bends it is a polynomial, everything else is exact.

Over a step each bend is a flow through the nodes of Radau's quadrature. What a
polynomial flow adds to a mode is known in closed form, so the levels at the
nodes are a linear function of the flows there, and the flows a function of the
levels: a few equations for each person, solved by Newton's method.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from respite.engine.arrays import Array, namespace
from respite.engine.modes import Body, Entry
from respite.engine.moments import moments
from respite.engine.settings import (
    MOST_ROUNDS,
    NEARLY_SETTLED,
    NO_BETTER,
    NODES,
    SETTLED,
    TINY,
)
from respite.engine.terms import Bend


def _laid_out(columns: Sequence[int], values: Array, modes: int) -> Array:
    """Lay values of some modes out over all modes, shape ``(people, modes)``."""
    xp = namespace(values)
    nothing = xp.zeros_like(values[:, 0])
    held = {column: values[:, place] for place, column in enumerate(columns)}
    return xp.stack([held.get(column, nothing) for column in range(modes)], axis=1)


def polynomials(like: Array) -> Array:
    """Give the coefficients of polynomials through the nodes, shape ``(powers, nodes)``.

    Column *j* is the polynomial that is one at node *j* and zero at the others.
    """
    xp = namespace(like)
    nodes = xp.asarray(NODES, dtype=like.dtype)
    return xp.linalg.inv(xp.stack([nodes**power for power in range(len(NODES))], axis=1))


def held_of_flows(rates: Array, powers: Array, step_h: float, age_h: Array) -> Array:
    r"""Give what modes hold of a polynomial flow of one milligram an hour.

    Parameters
    ----------
    rates
        Decay rates [1/h], shape ``(people, modes)``.
    powers
        Coefficients of the flow by power of time over ``step_h``, shape ``(people, powers)``.
    step_h
        Length of the step [h].
    age_h
        Times since its start [h], shape ``(times,)``.

    Returns
    -------
    Amplitudes [mg], shape ``(people, modes, times)``:
    :math:`\int_0^\tau e^{-d (\tau - s)} P(s)\,ds`.
    """
    total: Array = 0
    parts = moments(rates[:, :, None] * age_h[None, None, :], powers.shape[1])
    for power, moment in enumerate(parts):
        reached = age_h * (age_h / step_h) ** power
        total = total + powers[:, power][:, None, None] * (reached[None, None, :] * moment)
    return total


@dataclass(frozen=True)
class Bending:
    """What the bends of a body read and move, laid out over its modes.

    Attributes
    ----------
    bends
        The terms whose entry the body has.
    rates
        Decay rates [1/h], shape ``(people, modes)``.
    heights
        What each bend reads per milligram in a mode, shape ``(people, bends, modes)``.
    weights
        What a milligram of each flow takes from a mode, same shape.
    touched
        What the place by which its error is judged reads, same shape.
    """

    bends: tuple[Bend, ...]
    rates: Array
    heights: Array
    weights: Array
    touched: Array

    @classmethod
    def of(cls, body: Body) -> Bending:
        """Lay out the bends of a body."""
        xp = namespace(body.rates)
        bends = tuple(bend for bend in body.bends if bend.enters in body.entries)
        modes = body.rates.shape[1]
        reads = [body.outputs[bend.reads] for bend in bends]
        ways = [body.entries[bend.enters] for bend in bends]
        touched = [body.outputs[bend.touches] for bend in bends]
        return cls(
            bends,
            body.rates,
            xp.stack([_laid_out(each.columns, each.heights, modes) for each in reads], axis=1),
            xp.stack([_laid_out(each.columns, each.weights, modes) for each in ways], axis=1),
            xp.stack([_laid_out(each.columns, each.heights, modes) for each in touched], axis=1),
        )

    def levels(self, state: Array) -> Array:
        """Give the level that each bend reads, shape ``(people, bends)``."""
        xp = namespace(state)
        return xp.sum(self.heights * state[:, None, :], axis=2)

    def touching(self, state: Array) -> Array:
        """Give the level by which the error of each bend is judged, shape ``(people, bends)``."""
        xp = namespace(state)
        return xp.abs(xp.sum(self.touched * state[:, None, :], axis=2))

    def laid_out(self, entry: Entry) -> Array:
        """Give the weights of an entry over all modes, shape ``(people, modes)``."""
        return _laid_out(entry.columns, entry.weights, self.rates.shape[1])


@dataclass(frozen=True)
class StepTable:
    """All that a step of one length needs and that does not depend on where it starts.

    Attributes
    ----------
    length_h
        Length of the step [h].
    places
        Nodes, then points between them where the error is looked at, as shares of the step.
    decays
        What remains of each mode at the places, shape ``(people, modes, places)``.
    kernel
        Level that bend *a* reads at a place for a flow of bend *b* at a node, shape
        ``(people, a, places, b, nodes)``.
    ending
        What modes hold at the end for a flow that is a power of time, shape
        ``(people, modes, powers)``.
    reach
        Level of the touched place for an error of each flow, shape ``(people, bends)``.
    """

    length_h: float
    places: Array
    decays: Array
    kernel: Array
    ending: Array
    reach: Array


def step_table(bending: Bending, length_h: float) -> StepTable:
    """Work out the table of one length of step."""
    xp = namespace(bending.rates)
    edges = (0, *NODES)
    between = [(edges[i] + edges[i + 1]) / 2 for i in range(len(NODES))]
    places = xp.asarray((*NODES, *between), dtype=bending.rates.dtype)
    decayed = bending.rates[:, :, None] * (places * length_h)[None, None, :]
    lines = bending.heights[:, :, None, :] * bending.weights[:, None, :, :]
    powers = moments(decayed, len(NODES))
    by_power = [
        # Shape (people, a, b, places): the modes are summed before the powers are.
        xp.matmul(lines, xp.expand_dims(moment * length_h * places ** (power + 1), axis=1))
        for power, moment in enumerate(powers)
    ]
    stacked = xp.permute_dims(xp.stack(by_power, axis=4), (0, 1, 3, 2, 4))
    kernel = xp.matmul(stacked, polynomials(bending.rates))
    ending = length_h * xp.stack([moment[:, :, len(NODES) - 1] for moment in powers], axis=2)
    reach = _reach(bending, length_h)
    return StepTable(length_h, places, xp.exp(-decayed), kernel, ending, reach)


def _reach(bending: Bending, length_h: float) -> Array:
    """Bound what an error of one milligram an hour over a step does to the touched place.

    A flow from a place acts there at once. One on the way in may act much
    later, so everything that it may ever do is counted.
    """
    xp = namespace(bending.rates)
    response = bending.touched * bending.weights
    held = -xp.expm1(-bending.rates * length_h) / bending.rates
    at_once = xp.abs(xp.sum(response * held[:, None, :], axis=2))
    ever = length_h * xp.sum(xp.abs(response), axis=2)
    columns = [
        (ever if bend.is_on_entry else at_once)[:, number]
        for number, bend in enumerate(bending.bends)
    ]
    return xp.stack(columns, axis=1)


@dataclass(frozen=True)
class Start:
    """Where a step starts.

    Attributes
    ----------
    state
        Amplitudes just after any dose [mg], shape ``(people, modes)``.
    steady
        Amplitudes that the running doses would settle at [mg], same shape.
    since_h
        Time since the first dose [h].
    given
        What runs into the entry of each bend [mg/h], shape ``(people, bends)``.
    """

    state: Array
    steady: Array
    since_h: float
    given: Array


@dataclass(frozen=True)
class Taken:
    """What one step gives.

    Attributes
    ----------
    flows
        Flow of each bend at the nodes [mg/h], shape ``(people, bends, nodes)``.
    error
        How much the touched places may be off [mg/L], shape ``(people, bends)``.
    highest
        Highest level of the touched places at the ends of the step, same shape.
    end
        Amplitudes at the end [mg], shape ``(people, modes)``.
    """

    flows: Array
    error: Array
    highest: Array
    end: Array


def take_step(bending: Bending, table: StepTable, start: Start, guess: Array) -> Taken | None:
    """Take one step; ``None`` where Newton's method does not settle.

    Parameters
    ----------
    bending, table, start
        What is bent, the table of this length, and where the step starts.
    guess
        Flows to start from, shape ``(people, bends, nodes)``.
    """
    xp = namespace(bending.rates)
    count = len(NODES)
    moving = start.state - start.steady
    settled = bending.levels(start.steady)[:, :, None]
    free = xp.matmul(bending.heights, moving[:, :, None] * table.decays) + settled
    since = start.since_h + table.length_h * table.places
    flows = _newton(bending, table, start, (free[:, :, :count], since[:count]), guess)
    if flows is None:
        return None
    tested = free[:, :, count:] - _applied(table.kernel[:, :, count:, :, :], flows)
    expected, _slope = _laws(bending, tested, since[count:], start.given)
    powers = xp.matmul(flows, polynomials(flows).mT)
    steps = xp.stack([table.places[count:] ** power for power in range(count)], axis=0)
    off = xp.max(xp.abs(expected - xp.matmul(powers, steps)), axis=2)
    held = xp.matmul(table.ending, powers.mT)
    end = start.steady + moving * table.decays[:, :, count - 1]
    end = end - xp.sum(bending.weights.mT * held, axis=2)
    highest = xp.maximum(bending.touching(start.state), bending.touching(end))
    return Taken(flows, off * table.reach, highest, end)


def _applied(kernel: Array, flows: Array) -> Array:
    """Give the levels that flows make, shape ``(people, bends, places)``."""
    xp = namespace(kernel)
    people, bends, places = kernel.shape[:3]
    flat = xp.reshape(kernel, (people, bends * places, -1))
    levels = xp.matmul(flat, xp.reshape(flows, (people, -1, 1)))
    return xp.reshape(levels, (people, bends, places))


def _laws(bending: Bending, levels: Array, since_h: Array, given: Array) -> tuple[Array, Array]:
    """Give flows and slopes of every bend, each of shape ``(people, bends, times)``."""
    xp = namespace(levels)
    both = [
        bend.flow(levels[:, number, :], since_h, given[:, number])
        for number, bend in enumerate(bending.bends)
    ]
    return xp.stack([flow for flow, _ in both], axis=1), xp.stack([s for _, s in both], axis=1)


def _newton(
    bending: Bending, table: StepTable, start: Start, free: tuple[Array, Array], flows: Array
) -> Array | None:
    xp = namespace(flows)
    people, bends, count = flows.shape
    size = bends * count
    kernel = table.kernel[:, :, :count, :, :]
    square = xp.reshape(kernel, (people, size, size))
    eye = xp.eye(size, dtype=flows.dtype)[None, :, :]
    levels, since = free
    before = 1 / TINY
    for _round in range(MOST_ROUNDS):
        wanted, slopes = _laws(bending, levels - _applied(kernel, flows), since, start.given)
        residual = flows - wanted
        scale = xp.max(xp.abs(wanted), axis=2)[:, :, None] + TINY
        worst = float(xp.max(xp.abs(residual) / scale))
        is_rounding = worst < NEARLY_SETTLED and worst > NO_BETTER * before
        if worst <= SETTLED or is_rounding:
            return flows
        before = worst
        matrix = eye + xp.reshape(slopes, (people, size, 1)) * square
        change = xp.linalg.solve(matrix, xp.reshape(residual, (people, size, 1)))
        flows = flows - xp.reshape(change, flows.shape)
    return None
