"""Student's t distribution with whole degrees of freedom, in closed form."""

from __future__ import annotations

import math

HALVINGS = 200
"""More than enough for an angle to settle to the last digit of a double."""


def student_area(t: float, freedom: int) -> float:
    r"""Give the chance that Student's t lies below ``t``.

    Parameters
    ----------
    t
        A number.
    freedom
        Degrees of freedom, a whole number of at least one.

    Notes
    -----
    With :math:`\theta = \arctan(t / \sqrt\nu)` the chance of lying between -t and t is a finite
    sum of powers of :math:`\cos\theta`.

    Source: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.

    Examples
    --------
    >>> round(student_area(1, 1), 6)
    0.75
    """
    return 0.5 + _half_within(math.atan(t / math.sqrt(freedom)), freedom)


def student_quantile(share: float, freedom: int) -> float:
    """Give the value below which Student's t lies with a given chance.

    Parameters
    ----------
    share
        The chance, between zero and one, both not included.
    freedom
        Degrees of freedom, a whole number of at least one.

    Examples
    --------
    >>> print(f"{student_quantile(0.975, 11):.4f}")
    2.2010
    """
    low, high = -math.pi / 2, math.pi / 2
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if 0.5 + _half_within(middle, freedom) < share:
            low = middle
        else:
            high = middle
    return math.tan((low + high) / 2) * math.sqrt(freedom)


def _half_within(angle: float, freedom: int) -> float:
    """Give half the chance of lying between minus and plus the value of this angle."""
    cosine, sine = math.cos(angle), math.sin(angle)
    odd = freedom % 2
    term = cosine if odd else 1.0
    total = 0.0
    for power in range(odd + 1, freedom, 2):
        total += term
        term *= cosine * cosine * power / (power + 1)
    if odd:
        return (angle + sine * total) / math.pi if freedom > 1 else angle / math.pi
    return sine * total / 2
