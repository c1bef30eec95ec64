"""The difference of two shares, each with its own interval."""

from __future__ import annotations

import math

Interval = tuple[float, float]


def difference(
    one: float, one_between: Interval, other: float, other_between: Interval
) -> tuple[float, Interval]:
    """Take one share from another, with an interval for the difference.

    The limits join those of the two shares as the sides of right triangles
    (the method of variance estimates recovery: Newcombe 1998; Zou and Donner
    2008), so that they inherit their asymmetry. The two groups must be
    independent.

    Examples
    --------
    >>> value, (low, high) = difference(0.5, (0.25, 0.75), 0.5, (0.5, 0.5))
    >>> value, low, high
    (0.0, -0.25, 0.25)
    """
    value = one - other
    down = math.hypot(one - one_between[0], other_between[1] - other)
    up = math.hypot(one_between[1] - one, other - other_between[0])
    return value, (value - down, value + up)
