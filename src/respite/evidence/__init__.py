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
    from respite.evidence.trials.question import (
        TrialsAnswer,
        find_trials,
        follow_up_words,
        group_of,
    )
    from respite.evidence.trials.rows import TrialRow, rows_of_study, trial_rows

HOMES = {
    "returns.answer": "Difference GroupReturns MeanCount MedianTime ReturnTimes ShareAt Step",
    "returns.question": "return_times",
    "trials.own_trials": "TrialsNotUnderstood read_own_trials",
    "trials.question": "TrialsAnswer find_trials follow_up_words group_of",
    "trials.rows": "TrialRow rows_of_study trial_rows",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "Difference",
    "GroupReturns",
    "MeanCount",
    "MedianTime",
    "ReturnTimes",
    "ShareAt",
    "Step",
    "TrialRow",
    "TrialsAnswer",
    "TrialsNotUnderstood",
    "find_trials",
    "follow_up_words",
    "group_of",
    "read_own_trials",
    "return_times",
    "rows_of_study",
    "trial_rows",
]
