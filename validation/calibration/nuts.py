"""The same posterior by another road: NUTS over every random number of a person, classes summed.

It shares with a forecast the drawing of people, the curves and the chance of a diary, all traced
by JAX; it shares nothing of how draws are looked for. Every random number is an axis of its own;
where study and person both bring one, their sum is what a diary sees, and one axis stands for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import hypot
from typing import Any

import numpy as np

from respite.domain import Patient
from respite.forecasting import Setting, diary_chances
from respite.literature import Library
from respite.population import (
    SITES,
    Floats,
    People,
    array_library,
    draw_group,
    draw_responders,
    for_events,
    pain_courses,
    person_sd,
    s_equivalents,
    session_clock,
    study_sd,
)
from validation.calibration import settings
from validation.calibration.asking import entries_of
from validation.calibration.virtual import EVENTS, places_of

CHAINS, WARM_UP, DRAWS, KEPT = 4, 250, 500, 250
"""Chains, steps of each before and after it has settled, and how many of those are followed."""

CHANCES = ("placebo_chance", "fast_response_chance", "response_chance", "persistent_chance")
CLASSES = tuple(
    (placebo, fast, *slow)
    for placebo, fast, slow in product((0, 1), (0, 1), ((0, 0), (1, 0), (1, 1)))
)
"""Who responds to placebo, to the level, to the exposure, and in whom that persists."""

Weigh = Callable[[Any, Any, Any], Any]


class Noted(dict[str, Floats]):
    """Draws that are given: none, but it notes what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __contains__(self, name: object) -> bool:
        """Note a name, and say that it is left to chance."""
        self.names.append(str(name))
        return False


@dataclass(frozen=True)
class Road:
    """One patient's days and facts: all that does not depend on the scores.

    Attributes
    ----------
    library, patient
        Where numbers come from, and for whom.
    time_h
        When scores were written [h] from the first dose.
    """

    library: Library
    patient: Patient
    time_h: Floats

    def setting(self, scores: Floats) -> Setting:
        """Give the question for some scores."""
        core = self.library.assembled("ketamine_respite1")
        entries = entries_of(self.time_h, scores)
        used = for_events(core, EVENTS)
        return Setting(self.library, self.patient, settings.CONDITION, used, EVENTS, entries)

    def names(self) -> tuple[str, ...]:
        """List the random numbers of a person that levels and pain depend on."""
        noted = Noted()
        people = People(1, 1, given=noted)
        kinetics = self.setting(np.zeros(len(self.time_h))).kinetics
        draw_group(
            self.library, self.patient, people, kinetics=kinetics, condition=settings.CONDITION
        )
        asked = [name for name in dict.fromkeys(noted.names) if "person class" not in name]
        return tuple(name for name in asked if "metabolite" not in name)

    @cached_property
    def axes(self) -> tuple[dict[str, float], ...]:
        """The axes of a person: for each, the random numbers it moves, and how far."""
        setting = self.setting(np.zeros(len(self.time_h)))
        numbers = {
            **{f"kinetics {name}": each for name, each in setting.kinetics.parameters.items()},
            **{f"pain {name}": each for name, each in setting.parameters.items()},
            **{f"pain {name}": each for name, each in setting.pain.residual.items()},
        }
        axes: dict[str, dict[str, float]] = {}
        for name in self.names():
            of, _space, what = name.partition(" ")
            number = numbers.get(what)
            spread = 1 if number is None else (study_sd if of == "study" else person_sd)(number)
            axes.setdefault(what, {})[name] = spread
        return tuple(
            {name: spread / hypot(*moved.values()) for name, spread in moved.items()}
            for moved in axes.values()
        )

    def drawn(self, z: Any) -> dict[str, Any]:
        """Give the random numbers of people who are so far along each axis.

        Parameters
        ----------
        z
            Shape ``(people, axes)``.
        """
        return {
            name: share * z[:, place]
            for place, moved in enumerate(self.axes)
            for name, share in moved.items()
        }

    def given(self, z: Any) -> dict[str, Any]:
        """Give the draws of people in every class.

        Parameters
        ----------
        z
            How far along each axis some people are, shape ``(people, axes)``.

        Returns
        -------
        For each name an array of shape ``(people * classes,)``.
        """
        xp = z.__array_namespace__()
        drawn = {name: xp.repeat(values, len(CLASSES)) for name, values in self.drawn(z).items()}
        # No chance lies above one, and every chance above zero.
        uniforms = 1 - np.asarray(CLASSES, dtype=np.float64)
        classes = {
            f"person class {name}": np.tile(uniforms[:, place], len(z))
            for place, name in enumerate(CHANCES)
        }
        return {**drawn, **classes}

    def weigh(self) -> Weigh:
        """Give the function that weighs classes: of ``z`` of one person and of where scores lie.

        It gives the logarithm of the chance of class and diary, shape ``(classes,)``, in the
        array library of ``z``.
        """
        setting = self.setting(np.full(len(self.time_h), 5.0))
        like = setting.scores

        times = np.asarray(setting.clock.times_h)
        clock = session_clock(setting.given, times[None, :])

        def weigh(z: Any, low: Any, high: Any) -> Any:
            xp = z.__array_namespace__()
            # Levels are those of one body, whatever the class.
            one = draw_group(
                self.library,
                self.patient,
                People(1, 1, given=self.drawn(z[None, :])),
                kinetics=setting.kinetics,
                condition=settings.CONDITION,
            )
            levels = one.levels(SITES, one.dose(setting.given), setting.clock.times_h)
            people = People(1, len(CLASSES), given=self.given(z[None, :]))
            responders = draw_responders(setting.pain, setting.parameters, self.patient, people)
            drives = s_equivalents(responders, levels)
            courses = pain_courses(responders, drives, times, clock)
            scores = type(like)(low, high, xp.asarray(like.blur), xp.asarray(like.lapse))
            places = setting.clock.places
            found = diary_chances(responders, courses, places, setting.entries, scores)
            return xp.sum(found.log_chance, axis=1) + _log_class_chances(xp, responders.numbers)

        return weigh


def _log_class_chances(xp: Any, numbers: Any) -> Any:
    """Give the logarithm of the chance of each class by each person's own study."""
    placebo, fast, slow, persists = (numbers[name] for name in CHANCES)
    chosen = np.asarray(CLASSES, dtype=np.float64)

    def log_of(chance: Any, column: int) -> Any:
        return xp.log(xp.where(chosen[:, column] > 0, chance, 1 - chance))

    of_slow = log_of(slow, 2) + xp.where(chosen[:, 2] > 0, log_of(persists, 3), 0)
    return log_of(placebo, 0) + log_of(fast, 1) + of_slow


@dataclass(frozen=True)
class Sampled:
    """What NUTS found for one patient.

    Attributes
    ----------
    places
        Where draws lie on the line, every class of every sample, shape ``(samples, classes)``.
    weights
        Chance of each, same shape; they add up to one.
    chain
        Chain of each sample.
    divergences
        How many steps went astray.
    """

    places: Floats
    weights: Floats
    chain: np.ndarray
    divergences: int


def sampler(road: Road) -> Callable[[Floats, int], Sampled]:
    """Give a function that samples one patient: of the scores, and of a seed.

    It is compiled when it is first called.

    Parameters
    ----------
    road
        Days and facts that all patients share.
    """
    import jax
    import numpyro
    from numpyro import distributions, infer

    xp = array_library("jax")
    weigh, axes = road.weigh(), len(road.axes)

    def model(low: Any, high: Any) -> None:
        z = numpyro.sample("z", distributions.Normal(0, 1).expand([axes]).to_event(1))
        numpyro.factor("diary", jax.scipy.special.logsumexp(weigh(z, low, high)))

    kernel = infer.NUTS(model, dense_mass=False, target_accept_prob=0.85)
    chains = infer.MCMC(
        kernel,
        num_warmup=WARM_UP,
        num_samples=DRAWS,
        num_chains=CHAINS,
        chain_method="sequential",
        progress_bar=False,
        jit_model_args=True,
    )
    weigh_all = jax.jit(jax.vmap(weigh, in_axes=(0, None, None)))

    def sample(scores: Floats, seed: int) -> Sampled:
        written = road.setting(scores).scores
        low, high = xp.asarray(written.low), xp.asarray(written.high)
        chains.run(jax.random.PRNGKey(seed), low, high, extra_fields=("diverging",))
        every = np.asarray(chains.get_samples(group_by_chain=True)["z"])
        kept = every[:, :: DRAWS // KEPT]
        z = kept.reshape(-1, axes)
        log_chances = np.asarray(weigh_all(xp.asarray(z), low, high))
        weights = np.exp(log_chances - log_chances.max(axis=1, keepdims=True))
        weights /= weights.sum(axis=1, keepdims=True) * len(z)
        people = People(settings.SEED_OF_DRAWS, len(z) * len(CLASSES), given=road.given(z))
        group = draw_group(road.library, road.patient, people, condition=settings.CONDITION)
        places = places_of(group).reshape(weights.shape)
        astray = int(np.sum(chains.get_extra_fields()["diverging"]))
        return Sampled(places, weights, np.repeat(np.arange(CHAINS), kept.shape[1]), astray)

    return sample
