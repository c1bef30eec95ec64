"""What do trials and groups of patients say?

Today: when pain returned in a group of patients who were seen at visits. It
may import ``population`` and below. Start with ``question``, where a table of
visits becomes one answer; then ``curve`` and ``turnbull``.
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
