"""When additional doses are given: in decimal, as people count."""

from __future__ import annotations

from decimal import Decimal


def time_after(time_h: float, interval_h: float, count: int) -> float:
    """Give the time some intervals after another, as decimal arithmetic has it.

    In binary, three times 24.1 hours is a little more than 72.3 hours, and an
    additional dose would fall behind a row of the same TIME.

    Parameters
    ----------
    time_h, interval_h
        Time of the first dose, and hours from one dose to the next.
    count
        How many intervals later.

    Examples
    --------
    >>> time_after(0, 24.1, 3), 3 * 24.1
    (72.3, 72.30000000000001)
    >>> time_after(0.1, 0.2, 1), 0.1 + 0.2
    (0.3, 0.30000000000000004)
    """
    return float(_decimal(time_h) + count * _decimal(interval_h))


def _decimal(hours: float) -> Decimal:
    """Give the shortest decimal number that is this float."""
    return Decimal(repr(hours))
