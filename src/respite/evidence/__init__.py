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
    from respite.evidence.model_based.trials import SeenTrial
    from respite.evidence.model_based.unknowns import (
        EFFECTS,
        FROM_DAHAN,
        PRIOR,
        SOURCE_TRIAL,
        Unknowns,
        constant,
        unknowns_of,
    )
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
    "model_based.digest": "digest_of_fit",
    "model_based.expected": "arms_of",
    "model_based.likelihood": "Likelihood likelihood_of",
    "model_based.predictions": "chances_of_orders expect_all figures_of log_score with_fresh",
    "model_based.reading": "seen_trials",
    "model_based.structures": "STRUCTURES",
    "model_based.trials": "SeenTrial",
    "model_based.unknowns": "EFFECTS FROM_DAHAN PRIOR SOURCE_TRIAL Unknowns constant unknowns_of",
    "returns.answer": "Difference GroupReturns MeanCount MedianTime ReturnTimes ShareAt Step",
    "returns.question": "return_times",
    "trials.own_trials": "TrialsNotUnderstood read_own_trials",
    "trials.question": "TrialsAnswer trials",
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
    "Difference",
    "GroupReturns",
    "Likelihood",
    "MeanCount",
    "MedianTime",
    "ReturnTimes",
    "SeenTrial",
    "ShareAt",
    "Step",
    "TrialRow",
    "TrialsAnswer",
    "TrialsNotUnderstood",
    "Unknowns",
    "arms_of",
    "chances_of_orders",
    "constant",
    "digest_of_fit",
    "expect_all",
    "figures_of",
    "likelihood_of",
    "log_score",
    "read_own_trials",
    "return_times",
    "rows_of_study",
    "seen_trials",
    "trial_rows",
    "trials",
    "unknowns_of",
    "with_fresh",
]
