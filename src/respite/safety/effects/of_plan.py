"""What a plan may do on the day, for one person with what was given before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from respite.domain import DosingHistory, Drug, OutOfScope, Patient, Regimen
from respite.domain import translate as _
from respite.literature import Library
from respite.safety.effects.answer import AcuteEffect

PEOPLE = 400
"""Virtual patients on whom effects of a plan are worked out; ours."""

WEEKS_USED = 8
"""Weeks before in which sessions count as ones that a person got used to; ours."""


@dataclass(frozen=True)
class PlanEffects:
    """Acute effects of a plan, or why there are none.

    Attributes
    ----------
    effects
        One for each effect.
    missing
        Why none are worked out; ``None`` where they are.
    """

    effects: tuple[AcuteEffect, ...]
    missing: str | None = None


def effects_of_plan(  # noqa: PLR0913 - each is something that may be known
    patient: Patient,
    regimen: Regimen,
    *,
    history: DosingHistory | None = None,
    on: date,
    seed: int = 1,
    library: Library,
) -> PlanEffects:
    """Say what a plan may do on the day it is given.

    Parameters
    ----------
    patient, regimen
        For whom, and what.
    history
        What was given: people get used to sessions.
    on
        The day on which is asked.
    seed
        Seed of every draw.
    library
        Where numbers come from.

    Returns
    -------
    The effects; of a placebo, and where models know nothing, the reason why there are none.
    """
    if set(regimen.drugs) == {Drug.PLACEBO}:
        return PlanEffects((), _("no drug is given"))
    # Read here, since rules alone need no array library.
    from respite.safety.effects.acute import acute_effects

    before = 0 if history is None else days_with_doses(history, on)
    try:
        found = acute_effects(
            patient, regimen, sessions_before=before, people=PEOPLE, seed=seed, library=library
        )
    except OutOfScope as refusal:
        return PlanEffects((), refusal.found)
    return PlanEffects(found)


def days_with_doses(history: DosingHistory, day: date) -> int:
    """Count the days with a dose in the weeks before: people get used to sessions.

    Parameters
    ----------
    history
        What was given.
    day
        The day on which is asked.
    """
    since = day - timedelta(weeks=WEEKS_USED)
    return len({dose.start.date() for dose in history.doses if since <= dose.start.date() <= day})
