"""What did groups of people show?

Trials, and what they say together; when pain returned in a group seen at
visits. It may import ``population`` and below, and knows nothing of forecasts
for one person. Start with ``returns``, where a table of visits becomes one
answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.evidence.comparators.answer import ComparatorTable, ComparedRow
    from respite.evidence.comparators.table import comparators_for
    from respite.evidence.returns.answer import (
        Difference,
        GroupReturns,
        MeanCount,
        MedianTime,
        ReturnTimes,
        ShareAt,
        Step,
    )
    from respite.evidence.returns.question import return_times

HOMES = {
    "comparators.answer": "ComparatorTable ComparedRow",
    "comparators.table": "comparators_for",
    "returns.answer": "Difference GroupReturns MeanCount MedianTime ReturnTimes ShareAt Step",
    "returns.question": "return_times",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "ComparatorTable",
    "ComparedRow",
    "Difference",
    "GroupReturns",
    "MeanCount",
    "MedianTime",
    "ReturnTimes",
    "ShareAt",
    "Step",
    "comparators_for",
    "return_times",
]
