"""What is fitted, on two processes; each chain is kept once it is done, so a stop loses little."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import cache
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from respite.evidence import STRUCTURES, digest_of_fit, log_score
from respite.literature import load_library
from validation.trials.sampling import SEED, Drawn, Job, draw, fitted_trials

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".calibration" / "trials"
"""Where finished chains are kept: not part of the project."""

SHIPPED = STRUCTURES[0].name
CHAINS, DRAWS = 4, 1000
"""Chains of the fit that is shipped, and draws of each."""

DRAWS_WITHOUT, DRAWS_OF_OTHERS = 400, 250
"""Draws of a fit that leaves one trial out: of the shipped structure, whose intervals are read
from them, and of another, of which only the log score is used."""

DECIDES = (
    "src/respite/domain",
    "src/respite/engine",
    "src/respite/population",
    "src/respite/evidence/model_based",
    "src/respite/evidence/trials",
    "validation/trials/sampling.py",
)
"""Code on which a chain depends."""

PROCESSES = 2


def whole_fits() -> list[Job]:
    """List the chains of the fit to all trials."""
    return [Job(SHIPPED, "", chain, DRAWS) for chain in range(CHAINS)]


def fits_without() -> list[Job]:
    """List the fits of each structure that leave a trial out.

    Draws of the fit to all trials cannot be weighed instead: one trial in ten tells too much.
    """
    return [without(one.name, trial.study) for one in STRUCTURES for trial in fitted_trials()]


def without(structure: str, study: str) -> Job:
    """Give the fit of a structure that leaves a trial out."""
    draws = DRAWS_WITHOUT if structure == SHIPPED else DRAWS_OF_OTHERS
    return Job(structure, study, 0, draws)


def log_score_without(structure: str, place: int) -> float:
    """Give the log score of one trial left out."""
    drawn = read(without(structure, fitted_trials()[place].study))
    return log_score(drawn.by_trial[:, place])


@cache
def fingerprint() -> str:
    """Give one word for the numbers and the code that chains depend on."""
    parts = [fitted_digest(), str(SEED)]
    for place in DECIDES:
        path = ROOT / place
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        parts += [file.read_text("utf-8") for file in files]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def fitted_digest() -> str:
    """Give one word for the numbers that a fit starts from: trials, and what was believed."""
    return digest_of_fit(load_library())


def place_of(job: Job) -> Path:
    """Give where a chain is kept."""
    return KEPT / fingerprint() / f"{job.name}.npz"


def read(job: Job) -> Drawn:
    """Read a chain that is done."""
    with np.load(place_of(job)) as kept:
        return Drawn(kept["points"], kept["by_trial"], int(kept["divergent"]))


def run(jobs: Sequence[Job], processes: int = PROCESSES) -> Iterator[Job]:
    """Run what is not done yet, and give each job when it is.

    Parameters
    ----------
    jobs
        The jobs; chains of one structure stand together, since each process compiles it once.
    processes
        Processes that work.
    """
    left = [job for job in jobs if not place_of(job).exists()]
    yield from (job for job in jobs if job not in left)
    if not left:
        return
    # One thread each: two processes would fight over the cores.
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_keep, job): job for job in left}
        for done in as_completed(waiting):
            done.result()
            yield waiting[done]


def _keep(job: Job) -> None:
    drawn = draw(job)
    place = place_of(job)
    place.parent.mkdir(parents=True, exist_ok=True)
    partial = place.with_suffix(".part.npz")
    np.savez(partial, points=drawn.points, by_trial=drawn.by_trial, divergent=drawn.divergent)
    partial.rename(place)
