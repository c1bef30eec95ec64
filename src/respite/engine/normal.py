"""The normal distribution: its area and its height, the same text for every array library."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

from respite.engine.arrays import Array, namespace
from respite.engine.settings import FAR_OUT, NODES_PER_SD

_ROOT_TWO_PI = math.sqrt(2 * math.pi)


def normal_density(z: Array) -> Array:
    """Give the height of the standard normal curve at ``z``."""
    return namespace(z).exp(-z * z / 2) / _ROOT_TWO_PI


def normal_area(z: Array) -> Array:
    r"""Give the area of the standard normal curve up to ``z``.

    Parameters
    ----------
    z
        Standard deviations from the mean; beyond nine either way the area is
        zero or one to the last digit of a double.

    Returns
    -------
    Array of the same shape; it errs by less than 1e-12.

    Notes
    -----
    The area is known at nodes, exactly as the standard library gives it.
    From the nearest node, a distance *h* away, Taylor's series leads on:

    .. math:: \Phi(x + h) = \Phi(x) + \phi(x) \sum_k \frac{h^k (-1)^{k-1}}{k!} He_{k-1}(x)

    with Hermite's polynomials. With 256 nodes to a standard deviation, three terms suffice.
    """
    return normal_curve(z)[1]


def normal_curve(z: Array) -> tuple[Array, Array, Array]:
    """Give ``z`` kept to where the area is neither zero nor one, and there area and height.

    Parameters
    ----------
    z
        Standard deviations from the mean.

    Returns
    -------
    Three arrays of the same shape: see :func:`normal_area` and :func:`normal_density`.
    """
    xp = namespace(z)
    z = xp.minimum(xp.maximum(z, -FAR_OUT), FAR_OUT)
    place = xp.round(z * NODES_PER_SD)
    x = place / NODES_PER_SD
    h = z - x
    areas, heights = _table()
    flat = xp.reshape(xp.astype(place, xp.int64), (-1,)) + FAR_OUT * NODES_PER_SD
    area = xp.reshape(xp.take(xp.asarray(areas), flat, axis=0), z.shape)
    height = xp.reshape(xp.take(xp.asarray(heights), flat, axis=0), z.shape)
    area = area + height * h * (1 - h * (x / 2 - h * (x * x - 1) / 6))
    return z, area, normal_density(z)


@cache
def _table() -> tuple[np.ndarray, np.ndarray]:
    """Give areas and heights of the normal curve at every node."""
    reach = FAR_OUT * NODES_PER_SD
    nodes = np.arange(-reach, reach + 1) / NODES_PER_SD
    areas = [math.erfc(-node / math.sqrt(2)) / 2 for node in nodes]
    return np.asarray(areas), np.exp(-nodes * nodes / 2) / _ROOT_TWO_PI
