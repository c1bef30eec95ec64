"""The exponential of a matrix, for many matrices at once."""

from __future__ import annotations

import math

from respite.engine.arrays import Array, namespace
from respite.engine.settings import PADE


def exponential(matrices: Array) -> Array:
    r"""Give the exponential of each matrix.

    Parameters
    ----------
    matrices
        Square matrices, shape ``(people, places, places)``.

    Returns
    -------
    :math:`e^A` of each, same shape.

    Notes
    -----
    A is halved until its norm is at most a half, a fraction of two polynomials
    (Padé) stands for the exponential there, and squaring undoes the halving:
    the textbook method of scaling and squaring. Each squaring may double a
    relative error of the order of 1e-16.
    """
    xp = namespace(matrices)
    norm = float(xp.max(xp.sum(xp.abs(matrices), axis=2)))
    halvings = max(math.ceil(math.log2(2 * norm)), 0) if norm > 0 else 0
    small = matrices / 2**halvings
    eye = xp.eye(matrices.shape[1], dtype=matrices.dtype)[None, :, :]
    power, above, below = eye + 0 * small, eye + 0 * small, eye + 0 * small
    factor = 1
    for degree in range(1, PADE + 1):
        factor = factor * (PADE - degree + 1) / (degree * (2 * PADE - degree + 1))
        power = xp.matmul(power, small)
        above = above + factor * power
        below = below + (-1) ** degree * factor * power
    found = xp.linalg.solve(below, above)
    for _halving in range(halvings):
        found = xp.matmul(found, found)
    return found
