r"""The drawn model of acute effects: from levels to chances and to rises.

For a person *i* in study *s*, who is looked at in session *k* at the level *C*:

    logit p = b_s + o + h u_k + e_i + g_s (1 - a u_k) ln(1 + C / c)

*b* belongs to no drug at all, *o* to how people are asked and for how long, *e* to the person and
stays the same from session to session. *u* says how used to sessions people are, from 0 in a first
one towards 1: they tell less then (*h* is below nought), and dissociation loses the share *a* of
what the level does. What is measured knows neither *h* nor *a*. So odds grow as a power of the
level, and without a level they are those of placebo. A reading rises in a straight line:

    rise = r_s m_i C / C_r

with *m* of mean one over people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING, Literal

import numpy as np

from respite.literature import Model, Parameter
from respite.population import Floats, People, person_sd, study_sd
from respite.safety.effects.sessions import Session, long_of, worn_by

if TYPE_CHECKING:
    from respite.safety.effects.levels import SessionLevels

ACUTE_MODEL = "acute_respite1"

FELT = (
    "dissociation",
    "dizziness",
    "nausea",
    "vomiting",
    "sedation",
    "confusion",
    "headache",
    "pressure_rise",
)
"""Effects that a person has or has not."""

RISING = ("systolic", "diastolic", "heart_rate")
"""Readings that rise."""

FADING = frozenset({"dissociation"})
"""Effects that weaken from session to session."""

MEASURED = frozenset({"pressure_rise"})
"""Effects that are measured, so that nobody need tell of them."""

STUDIES = 40
"""Studies whose departures are drawn; their spread is the interval of a chance."""

MOST_AT_ONCE = 8_000
"""People times sessions, or times, that are averaged over; of longer plans fewer people count."""

FEWEST_PEOPLE = 100

How = Literal["asked", "told"]
"""Whether people are asked at each session, or tell of themselves."""


@dataclass(frozen=True)
class EffectModel:
    """The model of acute effects, with its studies and people drawn.

    Attributes
    ----------
    parameters
        The numbers of the model.
    base, gain
        For each effect that is felt: log odds without drug and what they gain, in each study,
        shape ``(studies,)``.
    rise
        For each reading its rise at the level of reference, in each study.
    prone
        For each effect how prone each person is, shape ``(people,)``: log odds, or a factor.
    older
        Log odds of a marked rise of pressure that age adds, shape ``(people,)``.
    """

    parameters: Mapping[str, Parameter]
    base: Mapping[str, Floats]
    gain: Mapping[str, Floats]
    rise: Mapping[str, Floats]
    prone: Mapping[str, Floats]
    older: Floats

    def number(self, name: str) -> float:
        """Give a typical value in canonical units."""
        return self.parameters[name].value

    def worn(self, sessions: Sequence[Session], sessions_before: int = 0) -> Floats:
        """Give how used to it people are in each session: see ``worn_by``."""
        return worn_by(
            sessions,
            self.number("habit_half_time"),
            self.number("habit_sessions"),
            sessions_before,
        )

    def of(self, rows: slice) -> EffectModel:
        """Give some of the people, in the same studies."""
        prone = {name: values[rows] for name, values in self.prone.items()}
        return replace(self, prone=prone, older=self.older[rows])

    def chances(
        self,
        effect: str,
        levels: Floats,
        worn: Floats,
        how: How = "asked",
        long: Floats | float = 0,
    ) -> Floats:
        """Give the chance of an effect at least once, in each study, shape ``(studies,)``.

        Parameters
        ----------
        effect
            One of :data:`FELT`.
        levels
            The highest level of each person in each session [mg/L], shape
            ``(people, sessions)``, for the people that were drawn.
        worn
            How used to it people are in each session, 0-1, shape ``(sessions,)``.
        how
            Whether people are asked, or tell of themselves.
        long
            One for days of an infusion of days, zero for other sessions.
        """
        rows = slice(0, max(FEWEST_PEOPLE, MOST_AT_ONCE // levels.shape[1]))
        drive = self._drive(effect, levels[rows], worn)
        own = self._own(effect, rows, how)[:, None] + self._offsets(effect, worn, long)
        unfelt = [
            _none_felt(base + own, gain, drive)
            for base, gain in zip(self.base[effect], self.gain[effect], strict=True)
        ]
        return 1 - np.asarray([values.mean() for values in unfelt])

    def chance(
        self,
        effect: str,
        levels: Floats,
        worn: Floats,
        how: How = "asked",
        long: Floats | float = 0,
    ) -> float:
        """Give the chance of an effect at least once, over people and studies: see ``chances``."""
        return float(self.chances(effect, levels, worn, how, long).mean())

    def over_plan(
        self, effect: str, levels: SessionLevels, *, sessions_before: int = 0, how: How = "asked"
    ) -> float:
        """Give the chance of an effect at least once over a plan.

        Parameters
        ----------
        effect, how
            As in ``chances``.
        levels
            What ``session_levels`` found for the people that were drawn.
        sessions_before
            Sessions in the weeks before.
        """
        sessions = levels.sessions
        worn = self.worn(sessions, sessions_before)
        return self.chance(effect, levels.peaks, worn, how, long_of(sessions))

    def chance_courses(self, effect: str, levels: Floats, worn: float, long: float = 0) -> Floats:
        """Give the chance of an effect at each time, in each study, shape ``(studies, times)``.

        Parameters
        ----------
        effect, long
            As in ``chances``.
        levels
            Levels of each person over time [mg/L], shape ``(people, times)``.
        worn
            How used to it people are, 0-1.
        """
        rows = slice(0, max(FEWEST_PEOPLE, MOST_AT_ONCE // levels.shape[1]))
        drive = self._drive(effect, levels[rows], worn)
        own = self._own(effect, rows, "asked")[:, None] + self._offsets(effect, worn, long)
        felt = [
            1 / (1 + np.exp(-(base + own + gain * drive)))
            for base, gain in zip(self.base[effect], self.gain[effect], strict=True)
        ]
        return np.asarray([values.mean(axis=0) for values in felt])

    def rises(self, effect: str, levels: Floats) -> Floats:
        """Give the rise of a reading in each person of each study, shape ``(studies, people)``.

        Parameters
        ----------
        effect
            One of :data:`RISING`.
        levels
            One level of each person [mg/L], shape ``(people,)``; of the first people, if of fewer
            than were drawn.

        Returns
        -------
        Rises, in mmHg or in beats per hour.
        """
        share = levels / self.number("level_of_rise")
        return self.rise[effect][:, None] * (self.prone[effect][: len(share)] * share)[None, :]

    def _drive(self, effect: str, levels: Floats, worn: Floats | float) -> Floats:
        lost = self.number(f"{effect}_fade") * worn if effect in FADING else 0
        return (1 - lost) * np.log1p(levels / self.number("level_scale"))

    def _offsets(self, effect: str, worn: Floats | float, long: Floats | float) -> Floats | float:
        if effect in MEASURED:
            return 0
        own = f"{effect}_" if effect in FADING else ""
        habit = self.number(f"{own}habit_log_odds") * worn
        return habit + self.number("long_log_odds") * long

    def _own(self, effect: str, rows: slice, how: How) -> Floats:
        own = self.prone[effect][rows]
        if effect in MEASURED:
            return own + self.older[rows]
        return own + self.number("told_log_odds") if how == "told" else own


def _none_felt(log_odds: Floats, gain: float, drive: Floats) -> Floats:
    """Give the chance that a person feels nothing in any session."""
    odds = np.exp(log_odds + gain * drive)
    return np.exp(-np.log1p(odds).sum(axis=1))


def draw_effects(model: Model, people: People, ages: Floats) -> EffectModel:
    """Draw the studies and the people of the model.

    Parameters
    ----------
    model
        The model of acute effects.
    people
        Who is drawn; the same people whose levels drive the effects.
    ages
        Their ages [years], shape ``(people,)``.
    """
    numbers = model.parameters
    typical = people.is_typical
    studies = People(people.seed, 1 if typical else STUDIES, per_study=STUDIES, is_typical=typical)
    is_older = ages >= numbers["older_from"].value
    return EffectModel(
        parameters=numbers,
        base={name: _base(numbers[f"{name}_base"], studies, name) for name in FELT},
        gain={name: _factor(numbers[f"{name}_gain"], studies, f"{name} gain") for name in FELT},
        rise={name: _factor(numbers[f"{name}_rise"], studies, f"{name} rise") for name in RISING},
        prone={
            **{name: _log_odds(numbers["person_log_odds"], people, name) for name in FELT},
            **{name: _mean_one(numbers[f"{name}_rise"], people, name) for name in RISING},
        },
        older=np.where(is_older, numbers["older_log_odds"].value, 0),
    )


def _base(number: Parameter, studies: People, name: str) -> Floats:
    departure = study_sd(number) * studies.normals(f"acute {name} base")
    return log(number.value / (1 - number.value)) + departure


def _factor(number: Parameter, studies: People, name: str) -> Floats:
    return number.value * np.exp(study_sd(number) * studies.normals(f"acute {name}"))


def _log_odds(number: Parameter, people: People, name: str) -> Floats:
    return number.value + person_sd(number) * people.normals(f"acute {name}")


def _mean_one(number: Parameter, people: People, name: str) -> Floats:
    spread = person_sd(number)
    return np.exp(spread * people.normals(f"acute {name}") - spread**2 / 2)
