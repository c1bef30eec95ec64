"""Is relief shrinking? An exact test of order, with a stated error rate."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations
from math import factorial

MOST_VALUES = 40
"""Later ones count; the distribution of more would cost time and change nothing."""


def chance_of_so_many_falls(values: Sequence[float]) -> float:
    r"""Give the chance of at least so many falls where there is no trend.

    A fall is a pair of values of which the later is lower; equal values are
    no fall. Where every order of the values is as likely as any other, the
    number of falls is at most that of the inversions of a random permutation,
    whose distribution is exact:

    .. math::
        \sum_k N(n, k)\, q^k = \prod_{j=1}^{n} (1 + q + \dots + q^{j-1})

    so the error rate of the test is at most what is stated, with ties or without.

    Parameters
    ----------
    values
        In order of time; the last 40 count.

    Returns
    -------
    A chance; 1 for fewer than two values.

    Examples
    --------
    >>> round(chance_of_so_many_falls([9, 7, 4, 2]), 4)
    0.0417
    """
    values = values[-MOST_VALUES:]
    falls = sum(later < early for early, later in combinations(values, 2))
    ways = _ways(len(values))
    return sum(ways[falls:]) / factorial(len(values))


@cache
def _ways(count: int) -> tuple[int, ...]:
    """Count permutations of so many values by the number of their inversions."""
    ways = [1]
    for size in range(2, count + 1):
        longer = [0] * (len(ways) + size - 1)
        for inversions, number in enumerate(ways):
            for more in range(size):
                longer[inversions + more] += number
        ways = longer
    return tuple(ways)
