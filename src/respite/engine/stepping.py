"""Step through a sequence, in the way of the array library that the numbers came from."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

from respite.engine.arrays import Array, namespace

State = TypeVar("State")

Row = tuple[Array, ...]


def step_through(
    step: Callable[[State, Row], tuple[State, Row]], start: State, rows: Row
) -> tuple[State, Row]:
    """Carry a state along the first axis of some arrays.

    Parameters
    ----------
    step
        Takes the state and one row of each array; gives the next state and a
        row of each output.
    start
        The state before the first row: a tuple of arrays.
    rows
        Arrays that share the length of their first axis; at least one row.

    Returns
    -------
    The last state, and the outputs with all their rows.

    Notes
    -----
    A library that compiles would write out every step of a loop, so JAX is
    given its own form of a loop. All others take one step after another.
    """
    xp = namespace(rows[0])
    if xp.__name__.startswith("jax"):
        return import_module("jax").lax.scan(step, start, rows)
    state = start
    found: list[Row] = []
    for place in range(rows[0].shape[0]):
        state, row = step(state, tuple(array[place, ...] for array in rows))
        found.append(row)
    return state, tuple(xp.stack(column) for column in zip(*found, strict=True))
