"""The time to pain return of one person with a diary, and nothing else.

What asks of thousands of virtual patients, as calibration does, needs no
curves of pain, no shares and no sentences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from respite.domain import DoseEvent, Patient, ReliefRule
from respite.forecasting.clock import set_clock
from respite.forecasting.draws import Case, draw_return
from respite.forecasting.entries import Entries
from respite.forecasting.learning.posterior import learn
from respite.forecasting.learning.setting import Setting
from respite.forecasting.pain_return import ReturnDraws
from respite.literature import Library, load_library
from respite.population import PAIN, Floats, People, for_events


@dataclass(frozen=True)
class LearntReturn:
    """What a diary says about the time to pain return.

    Attributes
    ----------
    draws
        Time to pain return of each draw.
    placebo, slow, persists
        Class of each draw: one for those who respond, zero for the others.
    diagnostics
        How the draws were found.
    """

    draws: ReturnDraws
    placebo: Floats
    slow: Floats
    persists: Floats
    diagnostics: Mapping[str, Any]


def learn_return(  # noqa: PLR0913 - each is a question that calibration asks
    patient: Patient,
    events: Sequence[DoseEvent],
    entries: Entries,
    *,
    condition: str,
    rule: ReliefRule = ReliefRule(),  # noqa: B008 - frozen
    horizon_days: int = 180,
    draws: int = 4000,
    seed: int = 1,
    library: Library | None = None,
) -> LearntReturn:
    """Weigh a diary, and find the time to pain return of each draw.

    Parameters
    ----------
    patient, condition
        Who is asked about, and the condition in the words of the library.
    events
        The doses, in hours from the first.
    entries
        The scores; at least one.
    rule, horizon_days
        What counts as relief, and how far to look after the last dose.
    draws, seed
        How many draws, and the seed of all of them.
    library
        Where the numbers come from; the one that is shipped by default.
    """
    library = library or load_library()
    core = library.assembled(library.assembled(PAIN).structure["kinetics"])
    used = for_events(core, events)
    setting = Setting(library, patient, condition, used, events, entries)
    found = learn(setting, People(seed, draws))
    clock = set_clock(events, (), horizon_days, int(np.ceil(rule.confirm_days)))
    returns = draw_return(Case(events, clock, rule), found.group, found.rows)
    needs = found.group.needs
    return LearntReturn(
        returns,
        needs.placebo[found.rows],
        needs.slow[found.rows],
        needs.persists[found.rows],
        found.diagnostics,
    )
