"""Which array library serves a call: the one that the arrays came from."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = Any
"""An array of any library that follows the Python array API standard."""

Rows: TypeAlias = slice | NDArray[np.intp]
"""Some of the people: a stretch of them, or the place of each."""


def namespace(array: Array) -> Any:
    """Give the array library of ``array``, so that one text serves NumPy and JAX."""
    return array.__array_namespace__()


def known(count: Array) -> int | None:
    """Give a whole number that an array holds, or ``None`` where it is not known yet.

    While a library traces a function, arrays have shapes but no numbers. What
    only saves work when a number is small asks here, and goes without.
    """
    try:
        return int(count)
    except TypeError:
        # So JAX says that an array is traced; the standard leaves the error open.
        return None


def running_maximum(values: Array) -> Array:
    """Give the running maximum along the last axis.

    NumPy has it as one pass. Elsewhere each pass doubles the stretch already
    covered, so that *n* values take ``log2(n)`` passes and no loop over
    single entries.

    Parameters
    ----------
    values
        Values of shape ``(..., times)``.

    Returns
    -------
    Array of the same shape: the largest value up to and including each entry.
    """
    if isinstance(values, np.ndarray):
        return np.maximum.accumulate(values, axis=-1)  # pyright: ignore[reportUnknownArgumentType]
    xp = namespace(values)
    length = values.shape[-1]
    reach = 1
    while reach < length:
        shifted = xp.concat([values[..., :reach], values[..., : length - reach]], axis=-1)
        values = xp.maximum(values, shifted)
        reach *= 2
    return values
