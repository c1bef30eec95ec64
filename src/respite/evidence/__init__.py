"""What did groups of people show?

Trials, and what they say together; other treatments beside ketamine; what
ketamine takes hold of; when pain returned in a group seen at visits. It may
import ``population`` and below, and knows nothing of forecasts for one person.
Start with ``returns``, where a table of visits becomes one answer.
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
    from respite.evidence.comparators.answer import ComparatorTable, ComparedRow
    from respite.evidence.comparators.table import comparators_for
    from respite.evidence.mechanism.answer import Mechanism, Occupancy, SlowClock, TargetTaken
    from respite.evidence.mechanism.occupancy import occupied_share, summed_ratio
    from respite.evidence.mechanism.question import mechanism_of
    from respite.evidence.model_based.agreement import (
        Agreement,
        Coverage,
        coverage_of_fit,
        validate,
    )
    from respite.evidence.model_based.digest import digest_of_fit
    from respite.evidence.model_based.expected import arms_of
    from respite.evidence.model_based.likelihood import Likelihood, likelihood_of
    from respite.evidence.model_based.predictions import (
        chances_of_orders,
        expect_all,
        figures_of,
        log_score,
        with_fresh,
    )
    from respite.evidence.model_based.reading import seen_trials
    from respite.evidence.model_based.structures import STRUCTURES
    from respite.evidence.model_based.trials import SeenTrial, Skipped
    from respite.evidence.model_based.unknowns import (
        EFFECTS,
        FROM_DAHAN,
        PRIOR,
        SOURCE_TRIAL,
        Unknowns,
        constant,
        unknowns_of,
    )
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
    from respite.evidence.shares import share_interval95
    from respite.evidence.trials.own_trials import TrialsNotUnderstood, read_own_trials
    from respite.evidence.trials.question import (
        TrialsAnswer,
        find_trials,
        follow_up_words,
        group_of,
    )
    from respite.evidence.trials.rows import TrialRow, rows_of_study, trial_rows

HOMES = {
    "model_based.agreement": "Agreement Coverage coverage_of_fit validate",
    "comparators.answer": "ComparatorTable ComparedRow",
    "comparators.table": "comparators_for",
    "mechanism.answer": "Mechanism Occupancy SlowClock TargetTaken",
    "mechanism.occupancy": "occupied_share summed_ratio",
    "mechanism.question": "mechanism_of",
    "claims": "certainty",
    "pooling.answer": "Pool PooledRow Ratio Synthesis",
    "pooling.gather": "Group LeftOut",
    "pooling.question": "pool",
    "pooling.restricted": "Restricted",
    "model_based.digest": "digest_of_fit",
    "model_based.expected": "arms_of",
    "model_based.likelihood": "Likelihood likelihood_of",
    "model_based.predictions": "chances_of_orders expect_all figures_of log_score with_fresh",
    "model_based.reading": "seen_trials",
    "model_based.structures": "STRUCTURES",
    "model_based.trials": "SeenTrial Skipped",
    "model_based.unknowns": "EFFECTS FROM_DAHAN PRIOR SOURCE_TRIAL Unknowns constant unknowns_of",
    "returns.answer": "Difference GroupReturns MeanCount MedianTime ReturnTimes ShareAt Step",
    "returns.question": "return_times",
    "shares": "share_interval95",
    "trials.own_trials": "TrialsNotUnderstood read_own_trials",
    "trials.question": "TrialsAnswer find_trials follow_up_words group_of",
    "trials.rows": "TrialRow rows_of_study trial_rows",
}
"""Which file each name lives in: each is read when it is first asked for."""

__getattr__ = lazy_door(__name__, HOMES)

__all__ = [
    "EFFECTS",
    "FROM_DAHAN",
    "PRIOR",
    "SOURCE_TRIAL",
    "STRUCTURES",
    "Agreement",
    "ComparatorTable",
    "ComparedRow",
    "Coverage",
    "Difference",
    "Group",
    "GroupReturns",
    "LeftOut",
    "Likelihood",
    "MeanCount",
    "Mechanism",
    "MedianTime",
    "Occupancy",
    "Pool",
    "PooledRow",
    "Ratio",
    "Restricted",
    "ReturnTimes",
    "SeenTrial",
    "ShareAt",
    "Skipped",
    "SlowClock",
    "Step",
    "Synthesis",
    "TargetTaken",
    "TrialRow",
    "TrialsAnswer",
    "TrialsNotUnderstood",
    "Unknowns",
    "arms_of",
    "certainty",
    "chances_of_orders",
    "comparators_for",
    "constant",
    "coverage_of_fit",
    "digest_of_fit",
    "expect_all",
    "figures_of",
    "find_trials",
    "follow_up_words",
    "group_of",
    "likelihood_of",
    "log_score",
    "mechanism_of",
    "occupied_share",
    "pool",
    "read_own_trials",
    "return_times",
    "rows_of_study",
    "seen_trials",
    "share_interval95",
    "summed_ratio",
    "trial_rows",
    "unknowns_of",
    "validate",
    "with_fresh",
]
