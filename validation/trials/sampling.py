"""Draw from what trials leave possible: NUTS, on gradients of the simulated arms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from respite.evidence import (
    FROM_DAHAN,
    SOURCE_TRIAL,
    STRUCTURES,
    Likelihood,
    SeenTrial,
    Unknowns,
    arms_of,
    constant,
    likelihood_of,
    seen_trials,
    trial_rows,
    unknowns_of,
)
from respite.literature import load_library
from respite.population import Floats, array_library

SEED = 2026

WARM_UP = 200
ACCEPTED, DEEPEST = 0.8, 4
"""Share of steps NUTS aims to accept, and how often its trees may double."""


@dataclass(frozen=True)
class Job:
    """One chain of one fit.

    Attributes
    ----------
    structure
        Name of the structure of the pain model.
    without
        The trial that is left out; empty for none.
    chain, draws
        Number of the chain, and how many draws it keeps.
    """

    structure: str
    without: str
    chain: int
    draws: int

    @property
    def name(self) -> str:
        """What it is called."""
        return f"{self.structure}-{self.without or 'all'}-{self.chain}-{self.draws}"

    @property
    def key(self) -> int:
        """Seed of this job alone, whoever runs it and when."""
        word = hashlib.blake2b(f"{SEED} {self.name}".encode(), digest_size=4).digest()
        return int.from_bytes(word, "little")


@dataclass(frozen=True)
class Problem:
    """What is fitted: the trials and the unknowns of one structure."""

    trials: Sequence[SeenTrial]
    unknowns: Unknowns
    likelihood: Likelihood


@dataclass(frozen=True)
class Drawn:
    """The draws of one job.

    Attributes
    ----------
    points
        The draws, ``(draws, unknowns)``.
    by_trial
        Logarithm of the chance of each trial's rows in each draw, ``(draws, trials)``.
    divergent
        Steps that went astray.
    """

    points: Floats
    by_trial: Floats
    divergent: int


@cache
def fitted_trials() -> tuple[SeenTrial, ...]:
    """Give the trials that are fitted to."""
    return seen_trials(trial_rows(load_library()), ("calibration",))[0]


@cache
def problem_of(structure: str) -> Problem:
    """Get ready to fit one structure."""
    library, trials = load_library(), fitted_trials()
    (chosen,) = (one for one in STRUCTURES if one.name == structure)
    arms = arms_of(library, trials, chosen, seed=SEED)
    unknowns = unknowns_of(library, trials, arms.atlas.people)
    start = unknowns.at(np.zeros(len(unknowns.names)))
    return Problem(trials, unknowns, likelihood_of(arms, start))


@cache
def _sampler(structure: str, draws: int) -> Any:
    """Give the compiled sampler of one structure; which trial is left out is an argument."""
    array_library("jax")
    import jax
    from numpyro.infer.hmc import hmc

    problem = problem_of(structure)
    size = len(problem.unknowns.names)

    def by_trial(z: Any, widening: Any) -> Any:
        widened = dict.fromkeys(FROM_DAHAN, widening)
        return problem.likelihood.by_trial(replace(problem.unknowns, widened=widened).at(z))

    def energy_of(counts: Any, widening: Any) -> Any:
        return lambda z: (z * z).sum() / 2 - (counts * by_trial(z, widening)).sum()

    start, step = hmc(potential_fn_gen=energy_of, algo="NUTS")

    @jax.jit
    def sample(key: Any, counts: Any, widening: Any) -> Any:
        asked = (counts, widening)
        state = start(
            np.zeros(size) + 1 / 10,
            WARM_UP,
            target_accept_prob=ACCEPTED,
            max_tree_depth=DEEPEST,
            model_args=asked,
            rng_key=key,
        )

        def move(state: Any, _: Any) -> Any:
            state = step(state, model_args=asked)
            return state, (state.z, state.diverging)

        _state, (points, astray) = jax.lax.scan(move, state, length=WARM_UP + draws)
        kept = points[WARM_UP:]
        chances = jax.lax.map(lambda z: by_trial(z, widening), kept)
        return kept, chances, astray[WARM_UP:].sum()

    return sample


def draw(job: Job) -> Drawn:
    """Run one job."""
    import jax

    problem = problem_of(job.structure)
    counts = np.asarray([float(trial.study != job.without) for trial in problem.trials])
    factor = constant(load_library(), "widening_without_the_trial")
    widening = factor if job.without == SOURCE_TRIAL else 1
    sample = _sampler(job.structure, job.draws)
    key = jax.random.PRNGKey(job.key)
    points, by_trial, astray = sample(key, counts, np.asarray(float(widening)))
    return Drawn(np.asarray(points), np.asarray(by_trial), int(astray))
