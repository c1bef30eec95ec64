"""What differs between people, as standard normal numbers, and the classes of response.

Of one person only the sum of what the study and the person bring can be seen,
so each parameter has one standard normal number, whose spread is of both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from respite.domain import UNKNOWN, DoseEvent, Drug, Patient
from respite.literature import Model, Parameter
from respite.population import TOLD, Floats, course_starts, person_sd, study_sd

_CHANCES = ("placebo_chance", "fast_response_chance", "response_chance", "persistent_chance")

_SLOW = ("slow_half_time", "slow_ec50", "course_tolerance")
_FAST = ("fast_ec50", "fast_hill", "share_adapted")
_PLACEBO = (
    "placebo_depth",
    "placebo_gain",
    "placebo_offset_half_time",
    "placebo_session_depth",
)
_WRITING = ("between_days", "autocorrelation_time", "drift_spread")

NEEDED, NEEDED_LEVEL = "slow_ec50", "fast_ec50"
"""What a diary cannot tell from kinetics: who needs little, or clears little, gets more relief."""

NEVER, ALWAYS = 1, 0
"""Uniform draws that no chance, and every chance, lies above."""


@dataclass(frozen=True)
class Effect:
    """One parameter that differs between people.

    Attributes
    ----------
    name
        The parameter.
    study, person
        Spread of the typical value, and spread between people.
    """

    name: str
    study: float
    person: float

    @property
    def sd(self) -> float:
        """Spread of both together."""
        return math.hypot(self.study, self.person)

    def steer(self, z: Floats) -> dict[str, Floats]:
        """Give the draws of study and person that add up to ``z`` standard deviations."""
        if self.name == TOLD:
            return {f"person {TOLD}": z}
        return {
            f"study pain {self.name}": z * (self.study / self.sd),
            f"person pain {self.name}": z * (self.person / self.sd),
        }


@dataclass(frozen=True)
class ResponderClass:
    """One way to respond.

    Attributes
    ----------
    placebo, slow, persists
        Whether placebo relieves, whether exposure does, and whether that relief is held.
    fast
        Whether the level relieves; ``None`` where the diary cannot tell.
    chance
        Chance of the class before any diary.
    """

    placebo: bool
    slow: bool
    persists: bool
    fast: bool | None
    chance: float

    def steer(self, count: int) -> dict[str, Floats]:
        """Give the draws that put everybody into this class."""
        chosen = dict(
            zip(_CHANCES, (self.placebo, self.fast, self.slow, self.persists), strict=True)
        )
        return {
            f"person class {name}": np.full(count, ALWAYS if is_so else NEVER, dtype=np.float64)
            for name, is_so in chosen.items()
            if is_so is not None
        }


@dataclass(frozen=True)
class Unknowns:
    """All that a diary may teach about one person.

    Attributes
    ----------
    effects
        The parameters that differ.
    classes
        The ways to respond.
    active
        Which effects matter in which class, shape ``(classes, effects)``.
    """

    effects: tuple[Effect, ...]
    classes: tuple[ResponderClass, ...]
    active: NDArray[np.bool_] = field(repr=False)

    @property
    def chances(self) -> Floats:
        """Chance of each class before any diary."""
        return np.asarray([each.chance for each in self.classes])

    def place_of(self, name: str) -> int | None:
        """Give the place of a parameter among the effects; ``None`` if it is none of them."""
        names = [effect.name for effect in self.effects]
        return names.index(name) if name in names else None

    def steer(self, which: NDArray[np.intp], z: Floats) -> dict[str, Floats]:
        """Give the draws of people of these classes who depart so far from the typical one.

        Parameters
        ----------
        which
            Number of the class of each person, shape ``(people,)``.
        z
            Standard departures, shape ``(people, effects)``.
        """
        given: dict[str, Floats] = {}
        for column, effect in enumerate(self.effects):
            given |= effect.steer(z[:, column])
        each = [a_class.steer(1) for a_class in self.classes]
        for name in each[0]:
            given[name] = np.asarray([draws[name][0] for draws in each])[which]
        return given


def list_unknowns(
    model: Model,
    parameters: Mapping[str, Parameter],
    patient: Patient,
    events: Sequence[DoseEvent],
    *,
    sees_fast: bool,
) -> Unknowns:
    """List what a diary may teach.

    Parameters
    ----------
    model
        The pain model.
    parameters
        Its parameters in the condition of the patient.
    patient
        Whose usual pain may be known.
    events
        The doses, which say whether the R form and a second course are among them.
    sees_fast
        Whether scores were written while relief that follows the level lasted.
    """
    numbers = {**parameters, **model.residual}
    names = [*_SLOW, "r_potency", "persistent_half_time", *_PLACEBO, *_WRITING]
    if sees_fast:
        names += _FAST
    if patient.baseline_pain is UNKNOWN:
        names.append("baseline_pain")
    effects = [Effect(name, study_sd(numbers[name]), person_sd(numbers[name])) for name in names]
    if patient.baseline_pain is not UNKNOWN:
        effects.append(Effect(TOLD, 0, 1))
    kept = tuple(effect for effect in effects if effect.sd > 0)
    classes = _classes(numbers, sees_fast=sees_fast)
    has_r = any(event.drug is Drug.KETAMINE for event in events)
    is_repeated = len(course_starts(events)) > 1
    active = np.asarray(
        [
            [
                _matters(effect.name, a_class, has_r=has_r, is_repeated=is_repeated)
                for effect in kept
            ]
            for a_class in classes
        ]
    )
    return Unknowns(kept, classes, active)


def _classes(numbers: Mapping[str, Parameter], *, sees_fast: bool) -> tuple[ResponderClass, ...]:
    chance = {name: mean_chance(numbers[name]) for name in _CHANCES}
    slow, persists = chance["response_chance"], chance["persistent_chance"]
    kinds = (
        (False, False, 1 - slow),
        (True, False, slow * (1 - persists)),
        (True, True, slow * persists),
    )
    return tuple(
        ResponderClass(
            placebo,
            is_slow,
            is_held,
            fast,
            share
            * _chance_of(chance["placebo_chance"], is_so=placebo)
            * (1 if fast is None else _chance_of(chance["fast_response_chance"], is_so=fast)),
        )
        for placebo in (False, True)
        for is_slow, is_held, share in kinds
        for fast in ((False, True) if sees_fast else (None,))
    )


def _chance_of(chance: float, *, is_so: bool) -> float:
    return chance if is_so else 1 - chance


def mean_chance(parameter: Parameter) -> float:
    """Give a chance averaged over studies: that of one person from a study nobody knows.

    The average is a sum over evenly spaced departures of the study, which for
    a normal weight errs by less than rounding.
    """
    departures = np.linspace(-8, 8, 257)
    weights = np.exp(-departures * departures / 2)
    typical = parameter.value
    logits = math.log(typical / (1 - typical)) + study_sd(parameter) * departures
    return float(np.sum(weights / (1 + np.exp(-logits))) / np.sum(weights))


def _matters(name: str, of: ResponderClass, *, has_r: bool, is_repeated: bool) -> bool:
    if name in _PLACEBO:
        return of.placebo
    if name == "course_tolerance":
        return of.slow and is_repeated
    if name in _SLOW:
        return of.slow
    if name == "r_potency":
        return has_r and (of.slow or bool(of.fast))
    if name == "persistent_half_time":
        return of.persists
    if name in _FAST:
        return bool(of.fast)
    return True
