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
from respite.forecasting import weigh
from respite.literature import load_library
from validation.trials.sampling import SEED, Drawn, Job, draw, fitted_trials

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / ".calibration" / "trials"
"""Where finished chains are kept: not part of the project."""

SHIPPED = STRUCTURES[0].name
CHAINS, DRAWS = 4, 1000
"""Chains of the fit that is shipped, and draws of each."""

ALWAYS_AGAIN = (SHIPPED, "no_dose")
"""Structures that are fitted again without each trial, however well draws could be weighed."""

DRAWS_WITHOUT = 400
"""Draws of a fit that leaves one trial out."""

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
    """List the fits to all trials: some chains of the shipped structure, one of each other."""
    jobs = [Job(SHIPPED, "", chain, DRAWS) for chain in range(CHAINS)]
    return jobs + [Job(one.name, "", 0, of_whole(one.name)) for one in STRUCTURES[1:]]


def of_whole(structure: str) -> int:
    """Give how many draws a chain of a fit to all trials keeps."""
    return DRAWS if structure == SHIPPED else DRAWS_WITHOUT


def fits_without() -> list[Job]:
    """List the fits that leave a trial out.

    The shipped structure, and the one without a dose, are always fitted again. For the others
    the draws of the whole fit are weighed, and fitted again where the weights are poor.
    """
    jobs = [
        Job(name, trial.study, 0, DRAWS_WITHOUT)
        for name in ALWAYS_AGAIN
        for trial in fitted_trials()
    ]
    for one in STRUCTURES:
        if one.name not in ALWAYS_AGAIN:
            whole = read(Job(one.name, "", 0, of_whole(one.name)))
            for place, trial in enumerate(fitted_trials()):
                if not can_be_weighed(whole, place):
                    jobs.append(Job(one.name, trial.study, 0, DRAWS_WITHOUT))
    return jobs


def can_be_weighed(whole: Drawn, place: int) -> bool:
    """Say whether draws of the whole fit, weighed by one over a trial's chance, may stand in."""
    return weigh(-whole.by_trial[:, place]).is_good


def log_score_without(structure: str, place: int) -> tuple[float, bool]:
    """Give the log score of one trial left out, and whether the fit was done again for it."""
    study = fitted_trials()[place].study
    again = Job(structure, study, 0, DRAWS_WITHOUT)
    if place_of(again).exists():
        return log_score(read(again).by_trial[:, place]), True
    chance = read(Job(structure, "", 0, of_whole(structure))).by_trial[:, place]
    return float(np.log(np.sum(weigh(-chance).share * np.exp(chance)))), False


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
