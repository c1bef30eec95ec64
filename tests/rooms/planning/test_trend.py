"""The test for shrinking relief, held against counting every order."""

from __future__ import annotations

from itertools import permutations
from math import factorial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.planning.titration.trend import chance_of_so_many_falls

law = settings(derandomize=True, deadline=None, max_examples=50)


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_the_test_for_shrinking_relief_agrees_with_counting_every_order(count: int) -> None:
    falls = [
        sum(b < a for i, a in enumerate(p) for b in p[i + 1 :]) for p in permutations(range(count))
    ]
    for order in (tuple(range(count)), tuple(reversed(range(count))), (1, 0, *range(2, count))):
        counted = sum(one >= inversions(order) for one in falls) / factorial(count)
        assert chance_of_so_many_falls(order) == pytest.approx(counted)


def inversions(order: tuple[int, ...]) -> int:
    return sum(late < early for i, early in enumerate(order) for late in order[i + 1 :])


@law
@given(st.lists(st.integers(0, 3), min_size=4, max_size=6))
def test_with_ties_relief_is_called_shrinking_no_more_often(values: list[int]) -> None:
    """Of all orders of the same values, at most one in twenty is called shrinking."""
    orders = list(permutations(values))
    called = sum(chance_of_so_many_falls(order) <= 0.05 for order in orders)
    assert called <= 0.05 * len(orders)
