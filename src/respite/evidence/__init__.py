"""What did groups of patients show?

When pain returned in a group that was seen at visits, from what the clinic
wrote down and from no model. It may import ``population`` and below. Start
with ``question``, where a table of visits becomes one answer; then ``group``,
``curve`` and ``turnbull``.
"""

from __future__ import annotations

from respite.evidence.answer import (
    Difference,
    GroupReturns,
    MeanCount,
    MedianTime,
    ReturnTimes,
    ShareAt,
    Step,
)
from respite.evidence.question import return_times

__all__ = [
    "Difference",
    "GroupReturns",
    "MeanCount",
    "MedianTime",
    "ReturnTimes",
    "ShareAt",
    "Step",
    "return_times",
]
