"""Draw from what trials leave possible: NUTS, on gradients of the simulated arms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
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
COMPILED = Path(__file__).resolve().parents[2] / ".calibration" / "compiled"
"""Where compiled structures are kept."""

WARM_UP = 300
ACCEPTED, DEEPEST = 0.8, 6
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
    import numpyro
    from numpyro import distributions
    from numpyro.infer import MCMC, NUTS, init_to_value

    # Both processes, and a run that goes on after a stop, then compile each structure once.
    jax.config.update("jax_compilation_cache_dir", str(COMPILED))
    problem = problem_of(structure)
    size = len(problem.unknowns.names)

    def model(counts: Any, widening: Any) -> None:
        z = numpyro.sample("z", distributions.Normal(0, 1).expand([size]).to_event(1))
        unknowns = replace(problem.unknowns, widened=dict.fromkeys(FROM_DAHAN, widening))
        by_trial = problem.likelihood.by_trial(unknowns.at(z))
        numpyro.deterministic("by_trial", by_trial)
        numpyro.factor("seen", (counts * by_trial).sum())

    kernel = NUTS(
        model,
        target_accept_prob=ACCEPTED,
        max_tree_depth=DEEPEST,
        init_strategy=init_to_value(values={"z": np.zeros(size) + 1 / 10}),
    )
    return MCMC(
        kernel, num_warmup=WARM_UP, num_samples=draws, progress_bar=False, jit_model_args=True
    )


def draw(job: Job) -> Drawn:
    """Run one job."""
    import jax

    problem = problem_of(job.structure)
    counts = np.asarray([float(trial.study != job.without) for trial in problem.trials])
    factor = constant(load_library(), "widening_without_the_trial")
    widening = factor if job.without == SOURCE_TRIAL else 1
    sampler = _sampler(job.structure, job.draws)
    sampler.run(
        jax.random.PRNGKey(job.key),
        counts,
        np.asarray(float(widening)),
        extra_fields=("diverging",),
    )
    found = sampler.get_samples()
    astray = int(np.sum(np.asarray(sampler.get_extra_fields()["diverging"])))
    return Drawn(np.asarray(found["z"]), np.asarray(found["by_trial"]), astray)
