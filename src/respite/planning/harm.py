"""What a plan does on the day it is given, quickly, for many plans on the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from respite.domain import DoseEvent, Patient
from respite.literature import Library
from respite.planning.candidates import Candidate
from respite.population import Floats, People, person_sd
from respite.safety import (
    ACUTE_MODEL,
    EffectModel,
    Exposed,
    SessionLevels,
    draw_effects,
    draw_exposed,
    outside_of,
    session_levels,
)

PEOPLE = 200
"""People whose levels are followed for every plan; ours."""

_NG_PER_MG_L = 1000


@dataclass(frozen=True)
class Harm:
    """What a plan does on the day it is given.

    Attributes
    ----------
    dissociation
        Chance of dissociation in one session at least.
    pressure_rise
        Chance of a marked rise of blood pressure in one session at least; ``None`` where
        nobody measured pressure in sessions so long, or at levels so high.
    over_pressure
        Chance that systolic pressure passes its limit in the session with the highest levels;
        ``None`` as before.
    peak
        5, 50 and 95 % over people of the highest level, as S-ketamine that would do the same
        [ng/mL].
    over_level
        Share of people whose level passes its limit.
    """

    dissociation: float
    pressure_rise: float | None
    over_pressure: float | None
    peak: tuple[float, float, float]
    over_level: float


@dataclass(frozen=True)
class Limits:
    """What a plan must keep to.

    Attributes
    ----------
    level
        Highest level [mg/L].
    systolic
        Highest systolic pressure [mmHg].
    chance_of_level, chance_of_pressure, chance_of_dissociation
        Chances that are still accepted.
    """

    level: float
    systolic: float
    chance_of_level: float
    chance_of_pressure: float
    chance_of_dissociation: float


def limits_of(library: Library) -> Limits:
    """Read the limits from the library."""

    def number(name: str) -> float:
        return library.convention(f"planning.{name}").value

    return Limits(
        number("highest_level"),
        number("systolic_limit"),
        number("chance_of_that_level"),
        number("chance_of_that_pressure"),
        number("chance_of_dissociation"),
    )


@dataclass(frozen=True)
class Harms:
    """Virtual people on whom the harm of every plan is worked out.

    Attributes
    ----------
    library, patient
        Where numbers come from, and what is known.
    exposed
        The people.
    effects
        The drawn model of acute effects.
    before
        Systolic pressure of each of them before a session [mmHg].
    limits
        What counts as too much.
    sessions_before
        Sessions in the weeks before.
    """

    library: Library
    patient: Patient
    exposed: Exposed
    effects: EffectModel
    before: Floats
    limits: Limits
    sessions_before: int = 0

    def of(self, candidate: Candidate) -> Harm:
        """Work out the harm of one plan."""
        levels = session_levels(self.exposed, candidate.events)
        highest: Floats = levels.peaks.max(axis=1)
        low, middle, high = np.quantile(highest, (5 / 100, 0.5, 95 / 100)) * _NG_PER_MG_L
        is_measured = not outside_of(
            self.library.assembled(ACUTE_MODEL), self.patient, candidate.events, levels,
            of_pressure=True,
        )  # fmt: skip
        return Harm(
            dissociation=self._chance("dissociation", levels),
            pressure_rise=self._chance("pressure_rise", levels) if is_measured else None,
            over_pressure=self._over_pressure(highest) if is_measured else None,
            peak=(float(low), float(middle), float(high)),
            over_level=float(np.mean(highest > self.limits.level)),
        )

    def _chance(self, effect: str, levels: SessionLevels) -> float:
        return self.effects.over_plan(effect, levels, sessions_before=self.sessions_before)

    def _over_pressure(self, highest: Floats) -> float:
        rises = self.effects.rises("systolic", highest)
        return float(np.mean(self.before + rises > self.limits.systolic))


def draw_harms(  # noqa: PLR0913 - each is something that may be known
    library: Library,
    patient: Patient,
    tried: Sequence[Candidate],
    *,
    systolic: float | None,
    sessions_before: int,
    seed: int,
) -> Harms:
    """Draw the people on whom harm is worked out.

    Parameters
    ----------
    library
        Where numbers come from.
    patient
        What is known.
    tried
        The plans.
    systolic
        Systolic pressure before a session, where it was told [mmHg].
    sessions_before
        Sessions in the weeks before.
    seed
        Seed of every draw.
    """
    people = People(seed, PEOPLE)
    events: list[DoseEvent] = [event for one in tried for event in one.events]
    exposed = draw_exposed(library, patient, people, events)
    model = library.assembled(ACUTE_MODEL)
    usual = library.convention("planning.usual_systolic")
    before = usual.value + person_sd(usual) * people.normals("usual systolic")
    return Harms(
        library,
        patient,
        exposed,
        draw_effects(model, people, exposed.ages),
        before if systolic is None else before * 0 + systolic,
        limits_of(library),
        sessions_before,
    )


def reasons_against(harm: Harm, limits: Limits) -> tuple[str, ...]:
    """Name the limits that a plan breaks, by the names of their numbers in the library."""
    broken = (
        ("highest_level", harm.over_level > limits.chance_of_level),
        ("systolic_limit", (harm.over_pressure or 0) > limits.chance_of_pressure),
        ("chance_of_dissociation", harm.dissociation > limits.chance_of_dissociation),
    )
    return tuple(name for name, is_broken in broken if is_broken)
