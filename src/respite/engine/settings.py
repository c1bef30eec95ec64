"""Numerical settings of the engine, each with its reason. None of them is a published number."""

from __future__ import annotations

SPREAD = 5e-4
"""Relative distance of the nearest of four rates from the rate they stand for.

Their weighed mean errs by about ``SPREAD ** 4`` (6e-14) times the fourth
derivative. Two rates that far apart lose ``eps / SPREAD`` (4e-13) to
cancellation, and three in a row ``eps / SPREAD ** 2`` (9e-10); all lie under
the 1e-8 the engine promises.
"""

WEIGHTS = (-1 / 6, 2 / 3, 2 / 3, -1 / 6)
"""Weights of values at -2, -1, 1 and 2 steps whose sum is the value in the middle.

They add up to one, and the second moments cancel: ``2 * (2/3) * 1 = 2 * (1/6) * 4``.
"""

CROWDED = 1e-5
"""Relative distance under which two rates in a row count as nearly equal.

Outside it, cancellation costs less than ``eps / CROWDED`` (2e-11), so plain
modes are exact enough.
"""

TINY = 1e-300
"""Stands for zero where a logarithm must stay finite; far below any concentration."""

SAME_TIME = 1e-9
"""Times [h] closer than this are one time: four microseconds, above rounding over years."""

SPENT = 50
"""A mode that has decayed by ``exp(-SPENT)``, 2e-22, no longer changes a sum of doubles."""

FEW = 8
"""Up to so many times it costs less to compute a spent mode than to look whether it is spent."""

SMALLEST_BLOCK = 16
"""Fewest times in a block of a grid: each block has exponentials of its own."""

LARGEST_BLOCK = 256
"""Most times in a block of a grid: each time within it has exponentials of its own."""
