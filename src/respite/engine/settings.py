"""Numerical settings of the engine, each with its reason. None of them is a published number."""

from __future__ import annotations

TWIN_SPREAD = 1e-5
"""Relative distance of twin rates from the rate they stand for.

A pair of rates that far apart loses about ``eps / TWIN_SPREAD`` (2e-11) to
cancellation, and the mean of the twins errs by about ``TWIN_SPREAD ** 2 / 2``
(5e-11); both lie well under the 1e-8 the engine promises.
"""

CROWDED = 1e-6
"""Relative distance under which two rates in a row count as nearly equal.

Outside it, cancellation costs less than ``eps / CROWDED`` (2e-10), so plain
modes are exact enough and no twins are needed.
"""

TINY = 1e-300
"""Stands for zero where a logarithm must stay finite; far below any concentration."""

SAME_TIME = 1e-9
"""Times [h] closer than this are one time: four microseconds, above rounding over years."""

SPENT = 50
"""A mode that has decayed by ``exp(-SPENT)``, 2e-22, no longer changes a sum of doubles."""

FEW = 8
"""Up to so many times it costs less to compute a spent mode than to look whether it is spent."""
