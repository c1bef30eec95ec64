"""What trials may teach: typical values, chances per condition, and what differs between trials.

Everything is a standard normal number before trials, so that a point of the
space of unknowns says by how many standard deviations each departs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from respite.evidence.model_based.trials import SeenTrial
from respite.literature import Library, Model, Parameter
from respite.population import Floats, People, draw_parameters, study_sd

PRIOR = "pain_before_trials"
"""The model that says what was believed before trials."""

CHANCES = ("response_chance", "fast_response_chance")
"""The chances that differ between conditions."""

NEUROPATHIC = "neuropathic"
WITHIN_NEUROPATHIC = ("post-herpetic", "spinal-cord-injury", "phantom-limb")
"""Conditions that lie about neuropathic pain, and not about all conditions."""

SAME_AS = {"depression": "mixed"}
"""Conditions that have no pain trials of their own kind, and take the chances of another."""

EFFECTS = ("placebo", "need", "course")
"""What differs between trials: response to placebo, exposure needed, pain by itself."""

FROM_DAHAN = ("slow_half_time", "slow_ec50", "placebo_chance")
"""Numbers that were published of one trial, ``sigtermans2009``: without it they are unknown."""

SOURCE_TRIAL = "sigtermans2009"


def constant(library: Library, name: str) -> float:
    """Give one of the numbers that are assumed when models meet trials."""
    return library.constant(f"constants_trials.{name}")


@dataclass(frozen=True)
class Point:
    """One point of the space of unknowns, as numbers.

    Attributes
    ----------
    numbers
        Every parameter of each virtual person in canonical units, ``(people,)``.
    chances
        For each chance and condition its value.
    placebo_chance
        Chance of placebo response in each trial.
    need
        Factor on the exposure needed in each trial.
    course
        Share of pain that passes by itself in each trial; negative where it grows.
    """

    numbers: Mapping[str, Floats]
    chances: Mapping[str, Mapping[str, float]]
    placebo_chance: Floats
    need: Floats
    course: Floats


@dataclass(frozen=True)
class Unknowns:
    """The space of unknowns.

    Attributes
    ----------
    library, model
        The library, and the model before trials.
    trials
        The trials, each with its own departures.
    people
        The virtual people.
    widened
        Factor on the spread before trials of some parameters.
    """

    library: Library
    model: Model
    trials: Sequence[SeenTrial]
    people: People
    widened: Mapping[str, float] = field(default_factory=dict[str, float])

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters of the model that hold in every condition."""
        return {**self.model.parameters, **self.model.residual}

    @cached_property
    def globals(self) -> tuple[str, ...]:
        """Parameters whose typical value is unknown."""
        return tuple(name for name, number in self.parameters.items() if study_sd(number) > 0)

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """Conditions with chances of their own; neuropathic pain before what lies about it."""
        named = [name for name in self.model.conditions if name not in SAME_AS]
        return tuple(sorted(named, key=lambda name: name in WITHIN_NEUROPATHIC))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What each coordinate is."""
        per_chance = [
            f"{chance} {what}"
            for chance in CHANCES
            for what in ("mean", "spread", *self.conditions)
        ]
        spreads = [f"spread of {effect}" for effect in EFFECTS]
        own = [f"{effect} in {trial.study}" for effect in EFFECTS for trial in self.trials]
        return (*self.globals, *per_chance, *spreads, *own)

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each coordinate."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def _scales(self) -> dict[str, float]:
        names = ("spread_between_conditions", "spread_within_neuropathic")
        effects = {
            "placebo": "spread_of_placebo_between_trials",
            "need": "spread_of_need_between_trials",
            "course": "spread_of_natural_course",
        }
        return {name: constant(self.library, name) for name in names} | {
            effect: constant(self.library, name) for effect, name in effects.items()
        }

    def spread(self, z: Floats, effect: str) -> float:
        """Give how far trials differ in one respect, as a standard deviation."""
        return self._scales[effect] * abs(float(z[self.places[f"spread of {effect}"]]))

    def logits(self, z: Floats, chance: str) -> dict[str, float]:
        """Give the logit of a chance in each condition, shrunk towards their mean."""

        def at(what: str) -> float:
            return float(z[self.places[f"{chance} {what}"]])

        number = self.model.conditions[NEUROPATHIC].parameters[chance]
        mean = math.log(number.value / (1 - number.value)) + study_sd(number) * at("mean")
        spread = self._scales["spread_between_conditions"] * abs(at("spread"))
        within = spread * self._scales["spread_within_neuropathic"]
        found: dict[str, float] = {}
        for name in self.conditions:
            if name in WITHIN_NEUROPATHIC:
                found[name] = found[NEUROPATHIC] + within * at(name)
            else:
                found[name] = mean + spread * at(name)
        return found | {name: found[other] for name, other in SAME_AS.items()}

    def transformed(self, z: Floats) -> dict[str, float]:
        """Give every typical value on the scale of its distribution, by name.

        Chances of a condition are named ``condition.chance``.
        """
        values = {name: self._transformed(name, z) for name in self.globals}
        for chance in CHANCES:
            values |= {
                f"{name}.{chance}": logit for name, logit in self.logits(z, chance).items()
            }
        return values

    def _transformed(self, name: str, z: Floats) -> float:
        number = self.parameters[name]
        departure = study_sd(number) * self._departure(name, z)
        value = number.value
        if number.distribution == "log_normal":
            return math.log(value) + departure
        if number.distribution == "logit_normal":
            return math.log(value / (1 - value)) + departure
        return value + departure

    def _departure(self, name: str, z: Floats) -> float:
        return self.widened.get(name, 1) * float(z[self.places[name]])

    def at(self, z: Floats) -> Point:
        """Give the numbers at one point."""
        given = {
            f"study pain {name}": np.full(self.people.count, self._departure(name, z))
            for name in self.globals
        }
        people = _given(self.people, given)
        numbers = draw_parameters(self.parameters, people, stream="pain")
        chances = {
            chance: {
                name: 1 / (1 + math.exp(-logit)) for name, logit in self.logits(z, chance).items()
            }
            for chance in CHANCES
        }
        placebo = float(numbers["placebo_chance"][0])
        logit = math.log(placebo / (1 - placebo)) + self._effects(z, "placebo")
        return Point(
            numbers,
            chances,
            1 / (1 + np.exp(-logit)),
            np.exp(self._effects(z, "need")),
            self._effects(z, "course"),
        )

    def _effects(self, z: Floats, effect: str) -> Floats:
        places = [self.places[f"{effect} in {trial.study}"] for trial in self.trials]
        return self.spread(z, effect) * z[places]


def _given(people: People, given: Mapping[str, Floats]) -> People:
    from dataclasses import replace

    return replace(people, given=given)


def unknowns_of(
    library: Library,
    trials: Sequence[SeenTrial],
    people: People,
    *,
    without: str | None = None,
) -> Unknowns:
    """List what trials may teach.

    Parameters
    ----------
    library
        The library.
    trials
        The trials.
    people
        The virtual people.
    without
        A trial that is left out. Where the numbers before trials were
        published of that very trial, they become as good as unknown.
    """
    factor = constant(library, "widening_without_the_trial")
    widened = dict.fromkeys(FROM_DAHAN, factor) if without == SOURCE_TRIAL else {}
    return Unknowns(library, library.assembled(PRIOR), trials, people, widened)
