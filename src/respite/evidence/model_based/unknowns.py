"""What trials may teach: typical values, chances per condition, and what differs between trials.

Everything is a standard normal number before trials, so that a point of the
space of unknowns says by how many standard deviations each departs.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from respite.engine import Array, namespace
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

_SPREADS = {
    "placebo": "spread_of_placebo_between_trials",
    "need": "spread_of_need_between_trials",
    "course": "spread_of_natural_course",
}

FROM_DAHAN: tuple[str, ...] = ("slow_half_time", "slow_ec50", "placebo_chance")
"""Numbers that were published of one trial, ``sigtermans2009``: without it they are unknown."""

SOURCE_TRIAL = "sigtermans2009"


def constant(library: Library, name: str) -> float:
    """Give one of the numbers that are assumed when models meet trials."""
    return library.convention(f"fitting.{name}").value


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
    persistent_chance
        Chance that slow relief persists.
    need
        Factor on the exposure needed in each trial.
    course
        Share of pain that passes by itself in each trial; negative where it grows.
    """

    numbers: Mapping[str, Floats]
    chances: Mapping[str, Mapping[str, Array]]
    placebo_chance: Array
    persistent_chance: Array
    need: Array
    course: Array


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
    def _assumed(self) -> Mapping[str, Parameter]:
        return self.library.conventions["fitting"].parameters

    def spread(self, z: Array, effect: str) -> Array:
        """Give how far trials differ in one respect, as a standard deviation."""
        return self._spread(_SPREADS[effect], z[self.places[f"spread of {effect}"]])

    def _spread(self, name: str, departure: Array) -> Array:
        number = self._assumed[name]
        return number.value * namespace(departure).exp(study_sd(number) * departure)

    def logits(self, z: Array, chance: str) -> dict[str, Array]:
        """Give the logit of a chance in each condition, shrunk towards their mean."""

        def at(what: str) -> Array:
            return z[self.places[f"{chance} {what}"]]

        number = self.model.conditions[NEUROPATHIC].parameters[chance]
        mean = _logit(number.value) + study_sd(number) * at("mean")
        spread = self._spread("spread_between_conditions", at("spread"))
        within = spread * self._assumed["spread_within_neuropathic"].value
        found: dict[str, Array] = {}
        for name in self.conditions:
            if name in WITHIN_NEUROPATHIC:
                found[name] = found[NEUROPATHIC] + within * at(name)
            else:
                found[name] = mean + spread * at(name)
        return found | {name: found[other] for name, other in SAME_AS.items()}

    def transformed(self, z: Array) -> dict[str, Array]:
        """Give every typical value on the scale of its distribution, by name.

        Chances of a condition are named ``condition.chance``.
        """
        values = {name: self._transformed(name, z) for name in self.globals}
        for chance in CHANCES:
            values |= {f"{name}.{chance}": logit for name, logit in self.logits(z, chance).items()}
        return values

    def _transformed(self, name: str, z: Array) -> Array:
        number = self.parameters[name]
        middle = {"log_normal": math.log, "logit_normal": _logit}.get(number.distribution, float)
        return middle(number.value) + study_sd(number) * self._departure(name, z)

    def _departure(self, name: str, z: Array) -> Array:
        return self.widened.get(name, 1) * z[self.places[name]]

    def at(self, z: Array) -> Point:
        """Give the numbers at one point.

        Parameters
        ----------
        z
            The point, ``(unknowns,)``, an array of any library.
        """
        xp = namespace(z)
        given = {
            f"study pain {name}": self._departure(name, z) * np.ones(self.people.count)
            for name in self.globals
        }
        numbers = draw_parameters(self.parameters, replace(self.people, given=given), stream="pain")
        placebo = self._transformed("placebo_chance", z) + self._effects(z, "placebo")
        return Point(
            numbers,
            {
                chance: {name: _share(logit) for name, logit in self.logits(z, chance).items()}
                for chance in CHANCES
            },
            _share(placebo),
            _share(self._transformed("persistent_chance", z)),
            xp.exp(self._effects(z, "need")),
            self._effects(z, "course"),
        )

    def _effects(self, z: Array, effect: str) -> Array:
        places = [self.places[f"{effect} in {trial.study}"] for trial in self.trials]
        return self.spread(z, effect) * z[np.asarray(places)]


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


def _share(logit: Array) -> Array:
    return 1 / (1 + namespace(logit).exp(-logit))


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
