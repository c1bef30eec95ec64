"""What did groups of people show?

Trials, and what they say together; when pain returned in a group seen at
visits. It may import ``population`` and below, and knows nothing of forecasts
for one person. Start with ``returns``, where a table of visits becomes one
answer, or with ``pooling``, where trials become one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import lazy_door

if TYPE_CHECKING:
    from respite.evidence.claims import certainty
    from respite.evidence.pooling.answer import Pool, PooledRow, Ratio, Synthesis
    from respite.evidence.pooling.gather import Group, LeftOut
    from respite.evidence.pooling.question import pool
    from respite.evidence.pooling.restricted import Restricted
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
    from respite.evidence.trials.own_trials import TrialsNotUnderstood, read_own_trials
    from respite.evidence.trials.question import TrialsAnswer, trials
    from respite.evidence.trials.rows import TrialRow, rows_of_study, trial_rows

HOMES = {
    "claims": "certainty",
    "pooling.answer": "Pool PooledRow Ratio Synthesis",
    "pooling.gather": "Group LeftOut",
    "pooling.question": "pool",
    "pooling.restricted": "Restricted",
    "returns.answer": "Difference GroupReturns MeanCount MedianTime ReturnTimes ShareAt Step",
    "returns.question": "return_times",
    "trials.own_trials": "TrialsNotUnderstood read_own_trials",
    "trials.question": "TrialsAnswer trials",
    "trials.rows": "TrialRow rows_of_study trial_rows",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Difference",
    "Group",
    "GroupReturns",
    "LeftOut",
    "MeanCount",
    "MedianTime",
    "Pool",
    "PooledRow",
    "Ratio",
    "Restricted",
    "ReturnTimes",
    "ShareAt",
    "Step",
    "Synthesis",
    "TrialRow",
    "TrialsAnswer",
    "TrialsNotUnderstood",
    "certainty",
    "pool",
    "read_own_trials",
    "return_times",
    "rows_of_study",
    "trial_rows",
    "trials",
]
