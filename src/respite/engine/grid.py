"""Levels at equally spaced times: a few exponentials for each person, then products of matrices.

What a body holds at the start of a block of times decays through it in the
same way in every block, and equal doses at equal places in a block do the same
in each. So the decays of one block serve all of them, and nothing is left for
each single time but a sum over modes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from respite.engine.arrays import Array, Rows, namespace
from respite.engine.blocks import Grid, Kind, Moments, Piece, busy_part, moments_of, pieces_of
from respite.engine.doses import Train
from respite.engine.modes import Body, Output, columns_of
from respite.engine.settings import SAME_TIME
from respite.engine.trajectory import trajectory


@dataclass(frozen=True)
class Factors:
    """Levels at equally spaced times, as small matrices for each person.

    Attributes
    ----------
    by_block
        What is held at the start of each block or given in it, shape
        ``(people, terms, blocks)``.
    within
        What each place reads of that within a block, by name, shape
        ``(people, terms, offsets)``.
    """

    by_block: Array
    within: Mapping[str, Array]

    def of(self, rows: Rows) -> Factors:
        """Give the factors of some of the people."""
        within = {name: each[rows, :, :] for name, each in self.within.items()}
        return Factors(self.by_block[rows, :, :], within)

    def weighed(self, weight: Array, names: Sequence[str]) -> Factors:
        """Weigh the levels at some places, each person's by one number of shape ``(people,)``."""
        weighed = {name: self.within[name] * weight[:, None, None] for name in names}
        return replace(self, within={**self.within, **weighed})

    def less(self, name: str, other: str, weight: Array) -> Factors:
        """Take a share of one output off another, before either is multiplied out.

        Parameters
        ----------
        name, other
            The output that is left, and the one that is taken off it and no longer there.
        weight
            Share of the other for each person, shape ``(people,)``.
        """
        within = dict(self.within)
        within[name] = within[name] - weight[:, None, None] * within.pop(other)
        return replace(self, within=within)

    def levels(self, count: int) -> dict[str, Array]:
        """Multiply out the first levels of each place, shape ``(people, count)``."""
        xp = namespace(self.by_block)
        blocks = xp.permute_dims(self.by_block, (0, 2, 1))
        people = self.by_block.shape[0]
        return {
            name: xp.reshape(xp.matmul(blocks, each), (people, -1))[:, :count]
            for name, each in self.within.items()
        }


def add_factors(parts: Sequence[Factors]) -> Factors:
    """Give the factors of a sum of levels at the same places."""
    xp = namespace(parts[0].by_block)
    within = {
        name: xp.concat([part.within[name] for part in parts], axis=1) for name in parts[0].within
    }
    return Factors(xp.concat([part.by_block for part in parts], axis=1), within)


def levels_on_grid(
    body: Body, names: Sequence[str], trains: Sequence[Train], grid: Grid
) -> Mapping[str, Array]:
    """Give outputs of the body at equally spaced times.

    The same answer as :func:`trajectory`, for a fraction of its work; what
    bends a body is followed there. Parameters are those of :func:`factors_on_grid`.

    Returns
    -------
    For each name an array of shape ``(people, times)``, in mg/L for plasma
    and effect sites.
    """
    if body.is_bent:
        return trajectory(body, names, trains, grid.times_h)
    return factors_on_grid(body, names, trains, grid).levels(grid.count)


def factors_on_grid(
    body: Body, names: Sequence[str], trains: Sequence[Train], grid: Grid
) -> Factors:
    r"""Give what outputs of the body at equally spaced times are multiplied out from.

    Parameters
    ----------
    body
        The modes of each person.
    names
        Outputs to read.
    trains
        The doses.
    grid
        The times.

    Returns
    -------
    The factors of all of them.

    Raises
    ------
    ValueError
        If a derivative by the length of a dose is wanted, or the body is bent.

    Notes
    -----
    At offset :math:`\tau` in block :math:`i` an output reads

    .. math::
        \sum_k h_k z_k(t_i)\, e^{-d_k \tau} + \sum_p n_{ip} r_p(\tau)

    with :math:`z_k(t_i)` what each mode holds at the start of the block, and
    :math:`n_{ip}` one where the block has a dose, or a part of one, of kind
    :math:`p`, whose response is :math:`r_p`. Both sums are one product of
    matrices for each person.
    """
    if body.is_bent or any(train.length_h is not None for train in trains):
        raise ValueError("ask `trajectory` for a bent body, or for a derivative by a length")
    xp = namespace(body.rates)
    columns = columns_of(body, names)
    offsets = xp.asarray(grid.offsets_h, dtype=body.rates.dtype)
    states = _states(body, columns, trains, grid)
    decays = xp.exp(-_some(body.rates, columns)[:, :, None] * offsets)
    pieces = pieces_of(trains, grid)
    held = {
        kind: _held_of(body, trains[kind.train], kind, offsets)
        for kind in dict.fromkeys(piece.kind for piece in pieces)
    }
    within: dict[str, Array] = {}
    for name in names:
        reads = {kind: _read(body, name, trains[kind.train], each) for kind, each in held.items()}
        read = [_later(reads[piece.kind], piece.place) for piece in pieces]
        heights = _over(columns, body.outputs[name])
        within[name] = xp.concat([heights[:, :, None] * decays, *read], axis=1)
    marks = [_marks(piece, states) for piece in pieces]
    return Factors(xp.concat([states, *marks], axis=1), within)


def _over(columns: Sequence[int], output: Output) -> Array:
    """Lay the heights of an output out over some modes, shape ``(people, modes)``."""
    xp = namespace(output.heights)
    nothing = xp.zeros_like(output.heights[:, 0])
    heights = [
        output.heights[:, output.columns.index(column)] if column in output.columns else nothing
        for column in columns
    ]
    return xp.stack(heights, axis=1)


def _marks(piece: Piece, states: Array) -> Array:
    """Mark the blocks that have a piece, shape ``(people, 1, blocks)``."""
    xp = namespace(states)
    people, _, blocks = states.shape
    return xp.broadcast_to(xp.asarray(piece.blocks, dtype=states.dtype), (people, 1, blocks))


def _later(read: Array, steps: int) -> Array:
    """Shift what is read by some steps; before the start there is nothing."""
    xp = namespace(read)
    if not steps:
        return read
    return xp.concat([xp.zeros_like(read[:, :, :steps]), read[:, :, :-steps]], axis=2)


def _held_of(body: Body, train: Train, kind: Kind, offsets: Array) -> Array:
    """Give what each mode holds of a dose through a block, ``(people, modes, offsets)`` [mg]."""
    xp = namespace(body.rates)
    entry = body.entries[train.entry]
    since = offsets - kind.late_h
    given = (entry.weights * train.amount_mg[:, None])[:, :, None]
    rates = _some(body.rates, entry.columns)[:, :, None]
    held = _per_milligram(rates, since, kind.running_h, train.duration_h)
    return given * held * xp.astype(since >= -SAME_TIME, rates.dtype)


def _per_milligram(rates: Array, age_h: Array, running_h: float, duration_h: float) -> Array:
    r"""Give what is held of a milligram of an infusion, of which only a part counts.

    :math:`(1 - e^{-d \min(a, l)})/(d L)\, e^{-d \max(a - l, 0)}` at age *a*, with
    *L* the length of the infusion and *l* that of the part.
    """
    xp = namespace(rates)
    kept = xp.exp(-rates * xp.clip(age_h - running_h, 0, None))
    if not duration_h:
        return kept
    running = xp.clip(age_h, 0, running_h)
    return kept * -xp.expm1(-rates * running) / (rates * duration_h)


def _read(body: Body, name: str, train: Train, held: Array) -> Array:
    """Read an output from what is held of a dose, shape ``(people, 1, offsets)``."""
    xp = namespace(held)
    output, columns = body.outputs[name], body.entries[train.entry].columns
    shared = [column for column in output.columns if column in columns]
    heights = _some(output.heights, [output.columns.index(column) for column in shared])
    return xp.matmul(heights[:, None, :], _some(held, [columns.index(each) for each in shared]))


def _states(body: Body, columns: Sequence[int], trains: Sequence[Train], grid: Grid) -> Array:
    """Give what modes hold at the start of each block, shape ``(people, modes, blocks)`` [mg].

    As :func:`amplitudes`, just after any dose given at that time. Once nothing
    more is given, it only decays.
    """
    xp = namespace(body.rates)
    busy = busy_part(trains, grid)
    held = _busy_states(body, columns, trains, busy)
    last = len(busy.block_starts_h)
    since = [start - busy.times_h[-1] for start in grid.block_starts_h[last:]]
    if not since:
        return held
    rates = _some(body.rates, columns)[:, :, None]
    return xp.concat(
        [held, held[:, :, -1:] * xp.exp(-rates * xp.asarray(since, dtype=rates.dtype))], axis=2
    )


def _busy_states(body: Body, columns: Sequence[int], trains: Sequence[Train], grid: Grid) -> Array:
    xp = namespace(body.rates)
    held: dict[int, Array] = {}
    for train in trains:
        entry = body.entries[train.entry]
        places = [place for place, column in enumerate(entry.columns) if column in columns]
        wanted = [entry.columns[place] for place in places]
        given = _some(entry.weights, places) * train.amount_mg[:, None]
        rates = _some(body.rates, wanted)[:, :, None]
        values = given[:, :, None] * _of_train(rates, train, moments_of(train, grid))
        for place, column in enumerate(wanted):
            value = values[:, place, :]
            held[column] = held[column] + value if column in held else value
    shape = (body.rates.shape[0], len(grid.block_starts_h))
    nothing = xp.zeros(shape, dtype=body.rates.dtype)
    whole = [xp.broadcast_to(held.get(column, nothing), shape) for column in columns]
    return xp.stack(whole, axis=1)


def _of_train(rates: Array, train: Train, at: Moments) -> Array:
    """Give what is held per milligram of each dose of a train, ``(people, modes, blocks)``."""
    xp = namespace(rates)
    interval, length = train.interval_h, train.duration_h
    ages = xp.asarray(at.ages_h, dtype=rates.dtype)
    held = _some(_per_milligram(rates, ages, length, length), at.age, axis=2)
    if train.is_steady or train.count > 1:
        # All doses before the newest, as a geometric series.
        whole = _per_milligram(rates, xp.asarray([length], dtype=rates.dtype), length, length)
        one = whole * xp.exp(-rates * (ages + (interval - length)))
        many = (
            -1 if train.is_steady else xp.expm1(-rates * xp.asarray(at.trains_h, dtype=rates.dtype))
        )
        series = many / xp.expm1(-rates * interval)
        series = series if train.is_steady else _some(series, at.train, axis=2)
        held = held + _some(one, at.age, axis=2) * series
    return held if all(at.has_started) else held * xp.asarray(at.has_started, dtype=rates.dtype)


def _some(array: Array, places: Sequence[int], axis: int = 1) -> Array:
    """Give some of the entries along one axis; a single one stands for any number."""
    if array.shape[axis] == 1 and len(places) > 1:
        return array
    if tuple(places) == tuple(range(array.shape[axis])):
        return array
    xp = namespace(array)
    return xp.take(array, xp.asarray(tuple(places), dtype=xp.int64), axis=axis)
