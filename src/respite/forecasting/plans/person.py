"""One person to plan for: people who fit what is known, on whom every plan is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from respite.domain import (
    Diary,
    DosingHistory,
    Patient,
    Regimen,
    ReliefRule,
    Threshold,
    check_diary_fits,
)
from respite.engine import Rows
from respite.forecasting.clock import DAY_H
from respite.forecasting.draws import EVERYBODY
from respite.forecasting.learning.setting import Setting
from respite.forecasting.plans.window import Window
from respite.forecasting.refusals import refuse_large, refuse_unassessable
from respite.forecasting.timeline import Timeline, set_timeline
from respite.forecasting.unknowns import condition_of
from respite.literature import Library
from respite.population import PAIN, Floats, Group, People, draw_group, for_events


@dataclass(frozen=True)
class Planned:
    """People who fit what is known of one person.

    Attributes
    ----------
    group
        The different people among the draws.
    rows
        Which of them each draw is.
    history, diary, start
        What was handed over, and the date of the first planned dose.
    rule
        What counts as relief.
    horizon_days
        How far plans are followed from their first dose.
    diagnostics
        How the draws were found.
    """

    group: Group
    rows: Rows
    history: DosingHistory | None
    diary: Diary | None
    start: str | None
    rule: ReliefRule
    horizon_days: int
    diagnostics: Mapping[str, Any]

    def timeline(self, regimen: Regimen) -> Timeline:
        """Put a plan behind what was given."""
        return set_timeline(regimen, self.history, self.diary, self.start)

    def days_gained(self, regimen: Regimen) -> Floats:
        """Give the days with relief that a plan's drug adds, by the horizon.

        Parameters
        ----------
        regimen
            The plan.

        Returns
        -------
        Days of each draw: with the plan less without it, neither with placebo.
        """
        line = self.timeline(regimen)
        begin_h = line.events[len(self._given)].time_h
        window = Window(ceil(begin_h / DAY_H) + self.horizon_days, self.rule)
        gained = window.days_by_drug(line.events, self.group)
        if self._given:
            gained = gained - window.days_by_drug(self._given, self.group)
        return gained[self.rows]

    @cached_property
    def _given(self) -> tuple[Any, ...]:
        return () if self.history is None else self.history.events()


def draw_person(  # noqa: PLR0913 - each is something that may be known
    patient: Patient,
    regimens: Sequence[Regimen],
    *,
    history: DosingHistory | None = None,
    diary: Diary | None = None,
    start: str | None = None,
    threshold: Threshold = Threshold.THIRTY_PERCENT,
    confirm_days: int = 3,
    horizon_days: int = 90,
    draws: int = 500,
    seed: int = 1,
    library: Library,
) -> Planned:
    """Draw people who fit what is known of one person.

    Parameters
    ----------
    patient
        What is known; what is not is drawn.
    regimens
        Plans that will be tried, so that every way in they need is drawn.
    history, diary
        What was given, and what the patient wrote.
    start
        Date of the first planned dose.
    threshold, confirm_days
        What counts as relief, and for how many days it must stay away to have gone.
    horizon_days
        How far plans are followed from their first dose.
    draws, seed
        How many draws, and the seed of all of them.
    library
        Where the numbers come from.

    Raises
    ------
    OutOfScope
        If the threshold cannot be assessed.
    RespiteError
        If the diary cannot be put beside the doses, or too much is asked.
    """
    refuse_unassessable(patient, threshold)
    refuse_large(draws, horizon_days)
    if diary is not None:
        check_diary_fits(diary, patient)
    pain = library.assembled(PAIN)
    core = library.assembled(pain.structure["kinetics"])
    given = () if history is None else history.events()
    planned = [event for regimen in regimens for event in regimen.events()]
    used = for_events(core, [*given, *planned])
    condition = condition_of(patient)
    people = People(seed, draws)
    line = set_timeline(None if history else regimens[0], history, diary, None)
    rule = ReliefRule(threshold, confirm_days)
    if len(line.entries):
        from respite.forecasting.learning.posterior import learn

        found = learn(Setting(library, patient, condition, used, line.events, line.entries), people)
        drawn = (found.group, found.rows, found.diagnostics)
    else:
        group = draw_group(library, patient, people, kinetics=used, condition=condition)
        told = {"method": "prior", "draws": draws, "ess": draws, "pareto_k": None}
        drawn = (group, EVERYBODY, told)
    group, rows, told = drawn
    return Planned(group, rows, history, diary, start, rule, horizon_days, told)
