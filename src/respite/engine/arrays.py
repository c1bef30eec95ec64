"""Which array library serves a call: the one that the arrays came from."""

from __future__ import annotations

from typing import Any, TypeAlias

Array: TypeAlias = Any
"""An array of any library that follows the Python array API standard."""


def namespace(array: Array) -> Any:
    """Give the array library of ``array``, so that one text serves NumPy and JAX."""
    return array.__array_namespace__()


def running_maximum(values: Array) -> Array:
    """Give the running maximum along the last axis.

    Each pass doubles the stretch already covered, so that *n* values take
    ``log2(n)`` passes and no loop over single entries.

    Parameters
    ----------
    values
        Values of shape ``(..., times)``.

    Returns
    -------
    Array of the same shape: the largest value up to and including each entry.
    """
    xp = namespace(values)
    length = values.shape[-1]
    reach = 1
    while reach < length:
        shifted = xp.concat([values[..., :reach], values[..., : length - reach]], axis=-1)
        values = xp.maximum(values, shifted)
        reach *= 2
    return values
