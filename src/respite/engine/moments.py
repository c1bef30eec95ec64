"""Integrals of a decay times a power: what a mode holds of an inflow that is a polynomial."""

from __future__ import annotations

from respite.engine.arrays import Array, namespace
from respite.engine.settings import SERIES


def moments(decays: Array, count: int) -> list[Array]:
    r"""Integrate powers against a decay.

    Parameters
    ----------
    decays
        Rate times length of each step; not negative, any shape.
    count
        How many powers, from the power zero on.

    Returns
    -------
    For each power *p* the integral
    :math:`m_p(x) = \int_0^1 e^{-x (1 - s)} s^p\,ds`, of the shape of ``decays``.

    Notes
    -----
    By parts, :math:`x\,m_p = 1 - p\,m_{p-1}` and :math:`x\,m_0 = 1 - e^{-x}`.
    Upwards that divides by *x* and keeps its digits where *x* is above two;
    below, the highest moment comes from its series and the others from it,
    downwards, which divides by whole numbers only.
    """
    xp = namespace(decays)
    is_large = decays > 2
    large = xp.where(is_large, decays, 2)
    small = xp.where(is_large, 2, decays)
    up = [-xp.expm1(-large) / large]
    for power in range(1, count):
        up.append((1 - power * up[-1]) / large)
    down = [_by_series(small, count - 1)]
    for power in range(count - 1, 0, -1):
        down.append((1 - small * down[-1]) / power)
    return [xp.where(is_large, u, d) for u, d in zip(up, reversed(down), strict=True)]


def _by_series(decays: Array, power: int) -> Array:
    r"""Give :math:`\sum_k (-x)^k p!/(p + k + 1)!`, from its last term inwards."""
    xp = namespace(decays)
    total = xp.ones_like(decays)
    for term in range(SERIES, 0, -1):
        total = 1 - total * decays / (power + term + 1)
    return total / (power + 1)
