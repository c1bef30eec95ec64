"""Levels at equally spaced times: a few exponentials for each person, then products of matrices.

What a body holds at the start of a block of times decays through it in the
same way in every block, and equal doses at equal places in a block do the same
in each. So the decays of one block serve all of them, and nothing is left for
each single time but a sum over modes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from respite.engine.arrays import Array, namespace
from respite.engine.blocks import Grid, Moments, Piece, moments_of, pieces_of
from respite.engine.doses import Train
from respite.engine.modes import Body, columns_of
from respite.engine.settings import SAME_TIME


@dataclass(frozen=True)
class Factors:
    """Levels at equally spaced times, as two small matrices for each person.

    Attributes
    ----------
    by_block
        What each block holds, shape ``(people, terms, blocks)``.
    within
        What becomes of it within a block, shape ``(people, terms, offsets)``.
    """

    by_block: Array
    within: Array

    def of(self, rows: slice) -> Factors:
        """Give the factors of some of the people."""
        return Factors(self.by_block[rows, :, :], self.within[rows, :, :])

    def times(self, weight: Array) -> Factors:
        """Give the factors of the levels times a weight of each person, shape ``(people,)``."""
        return Factors(self.by_block, self.within * weight[:, None, None])

    def levels(self, count: int) -> Array:
        """Multiply out the first levels, shape ``(people, count)``."""
        xp = namespace(self.within)
        product = xp.matmul(xp.permute_dims(self.by_block, (0, 2, 1)), self.within)
        return xp.reshape(product, (product.shape[0], -1))[:, :count]


def add_factors(parts: Sequence[Factors]) -> Factors:
    """Give the factors of a sum of levels."""
    xp = namespace(parts[0].within)
    return Factors(
        xp.concat([part.by_block for part in parts], axis=1),
        xp.concat([part.within for part in parts], axis=1),
    )


def levels_on_grid(
    body: Body, names: Sequence[str], trains: Sequence[Train], grid: Grid
) -> Mapping[str, Array]:
    """Give outputs of the body at equally spaced times.

    The same answer as :func:`trajectory`, for a fraction of its work. Parameters
    are those of :func:`factors_on_grid`.

    Returns
    -------
    For each name an array of shape ``(people, times)``, in mg/L for plasma
    and effect sites.
    """
    factors = factors_on_grid(body, names, trains, grid)
    return {name: each.levels(grid.count) for name, each in factors.items()}


def factors_on_grid(
    body: Body, names: Sequence[str], trains: Sequence[Train], grid: Grid
) -> Mapping[str, Factors]:
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
    For each name its factors.

    Raises
    ------
    ValueError
        If a derivative by the length of a dose is wanted.

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
    if any(train.length_h is not None for train in trains):
        raise ValueError("ask `trajectory` where a derivative by a length is wanted")
    xp = namespace(body.rates)
    columns = columns_of(body, names)
    offsets = xp.asarray(grid.offsets_h)
    states = _states(body, columns, trains, grid)
    decays = xp.exp(-_some(body.rates, columns)[:, :, None] * offsets)
    pieces = pieces_of(trains, grid)
    held = [_held_of(body, trains[piece.train], piece, offsets) for piece in pieces]
    marks = [_marks(piece, states) for piece in pieces]
    factors: dict[str, Factors] = {}
    for name in names:
        output = body.outputs[name]
        places = [columns.index(column) for column in output.columns]
        read = [
            _read(body, name, trains[piece.train], each)
            for piece, each in zip(pieces, held, strict=True)
        ]
        by_block = xp.concat([_some(states, places) * output.heights[:, :, None], *marks], axis=1)
        factors[name] = Factors(by_block, xp.concat([_some(decays, places), *read], axis=1))
    return factors


def _marks(piece: Piece, states: Array) -> Array:
    """Mark the blocks that have a piece, shape ``(people, 1, blocks)``."""
    xp = namespace(states)
    people, _, blocks = states.shape
    return xp.broadcast_to(xp.asarray(piece.blocks), (people, 1, blocks))


def _held_of(body: Body, train: Train, piece: Piece, offsets: Array) -> Array:
    """Give what each mode holds of a piece through a block, ``(people, modes, offsets)`` [mg]."""
    xp = namespace(body.rates)
    entry = body.entries[train.entry]
    since = offsets - piece.start_h
    given = (entry.weights * train.amount_mg[:, None])[:, :, None]
    rates = _some(body.rates, entry.columns)[:, :, None]
    held = _per_milligram(rates, since, piece.running_h, train.duration_h)
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
    """Read an output from what is held of a piece, shape ``(people, 1, offsets)``."""
    xp = namespace(held)
    output, columns = body.outputs[name], body.entries[train.entry].columns
    shared = [column for column in output.columns if column in columns]
    heights = _some(output.heights, [output.columns.index(column) for column in shared])
    return xp.matmul(heights[:, None, :], _some(held, [columns.index(each) for each in shared]))


def _states(body: Body, columns: Sequence[int], trains: Sequence[Train], grid: Grid) -> Array:
    """Give what modes hold at the start of each block, shape ``(people, modes, blocks)`` [mg].

    As :func:`amplitudes`, just after any dose given at that time.
    """
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
    return xp.stack([held.get(column, nothing) for column in columns], axis=1)


def _of_train(rates: Array, train: Train, at: Moments) -> Array:
    """Give what is held per milligram of each dose of a train, ``(people, modes, blocks)``."""
    xp = namespace(rates)
    interval, length = train.interval_h, train.duration_h
    ages = xp.asarray(at.ages_h)
    held = _some(_per_milligram(rates, ages, length, length), at.age, axis=2)
    if train.is_steady or train.count > 1:
        # All doses before the newest, as a geometric series.
        whole = _per_milligram(rates, xp.asarray([length]), length, length)
        one = whole * xp.exp(-rates * (ages + (interval - length)))
        many = -1 if train.is_steady else xp.expm1(-rates * xp.asarray(at.trains_h))
        series = many / xp.expm1(-rates * interval)
        series = series if train.is_steady else _some(series, at.train, axis=2)
        held = held + _some(one, at.age, axis=2) * series
    return held * xp.asarray(at.has_started)


def _some(array: Array, places: Sequence[int], axis: int = 1) -> Array:
    """Give some of the entries along one axis."""
    if tuple(places) == tuple(range(array.shape[axis])):
        return array
    xp = namespace(array)
    return xp.take(array, xp.asarray(tuple(places), dtype=xp.int64), axis=axis)
