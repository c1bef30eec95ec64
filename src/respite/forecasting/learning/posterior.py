"""What a diary teaches about one person: draws that fit it.

Start with :func:`learn`. The steps: the unknowns of the person, the peak of
each class of response, draws about the peaks, the weight of each draw, and
then draws without weights. Where the weights are poor, a ladder is climbed:
draws about the weighted ones, a few times, and at last many draws from the prior alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from respite.domain import translate as _
from respite.engine import WanderState
from respite.forecasting.entries import Entries
from respite.forecasting.learning.importance import resample
from respite.forecasting.learning.search import start_search, worth
from respite.forecasting.learning.setting import Setting
from respite.population import Floats, Group, People, keep_freed_memory

_MOST_CELLS = 1_200_000
"""Draws times scores that are weighed at most: years of diary are weighed with fewer draws."""

_FEWEST = 1000
"""Never fewer draws than this, however long the diary."""

_ROUNDS = 6
"""Rounds in which draws are looked for about those of the round before, the first included."""

_BANK, _BANK_SCORES = 5, 120
"""The last rung draws this many times as many from the prior. Longer diaries do without: hardly
any draw of the prior fits so many scores."""


@dataclass(frozen=True)
class Posterior:
    """Draws that fit a diary.

    Attributes
    ----------
    group
        The different people among the draws.
    rows
        Which of them each draw is, shape ``(draws,)``.
    entries
        The scores they were weighed by.
    log_chance
        Logarithm of the chance of each score in each of the people, given the
        scores before it, shape ``(people, scores)``.
    state
        What is known after each score about the wandering of each of them.
    diagnostics
        How they were found: method, draws, effective sample size, shape of the tail.
    """

    group: Group
    rows: NDArray[np.intp]
    entries: Entries
    log_chance: Floats
    state: WanderState
    diagnostics: Mapping[str, Any]


def learn(setting: Setting, people: People) -> Posterior:
    """Find draws that fit a diary.

    Parameters
    ----------
    setting
        The person and the diary.
    people
        Seed and number of the draws.

    Returns
    -------
    The draws; the same for the same seed, on any machine.
    """
    keep_freed_memory()
    few = min(people.count, max(_MOST_CELLS // max(len(setting.entries), 1), _FEWEST))
    people = replace(people, count=few)
    search = start_search(setting, people)
    found = search.first()
    rung = "sir"
    last = found
    while not found.is_enough and last.round < _ROUNDS:
        last = search.again(last)
        found = max(found, last, key=worth)
    if not found.is_enough and len(setting.entries) <= _BANK_SCORES:
        bank = search.bank(last.round + 1, _BANK * few)
        if worth(bank) > worth(found):
            found, rung = bank, "bank"
    start = float(people.uniforms("resample")[0])
    picked = resample(found.weights, people.count, start)
    rows, which = np.unique(picked, return_inverse=True)
    fit = found.fit
    k = found.weights.pareto_k
    return Posterior(
        group=found.group.pick(rows),
        rows=which,
        entries=setting.entries,
        log_chance=fit.log_chance[rows],
        state=WanderState(*(values[rows] for values in vars(fit.state).values())),
        diagnostics={
            "method": rung,
            "round": found.round,
            "draws": people.count,
            "weighed": len(found.weights.share),
            "ess": found.weights.ess,
            "pareto_k": k,
            "missing": {} if k is not None else {"pareto_k": _("too few draws weigh anything")},
        },
    )
