"""Fit the model of acute effects, predict each study from the others, and write both.

Run with the project's environment: ``python -m validation.effects``. It takes some minutes;
``--quick`` writes the model alone.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from respite.literature import load_library
from respite.safety import FELT, RISING
from validation.effects import records
from validation.effects.fit import Posterior, fit_felt, fit_rises
from validation.effects.rows import rows

PROCESSES = 2


def without(people: str) -> tuple[Posterior | None, Posterior | None]:
    """Fit without one study; parts that do not hold it are not fitted again."""
    every = _rows()
    effects = {row.seen.effect for row in every if row.people == people}
    return (
        fit_felt(every, people) if effects & set(FELT) else None,
        fit_rises(every, people) if effects & set(RISING) else None,
    )


_kept: list[tuple[object, ...]] = []


def _rows() -> tuple[object, ...]:
    """Give the same rows at each call, so that a sampler is compiled once."""
    if not _kept:
        _kept.append(rows(load_library()))
    return _kept[0]


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m validation.effects", description=__doc__)
    words.add_argument("--quick", action="store_true", help="leave no study out")
    asked = words.parse_args()
    begun = time.monotonic()
    every = _rows()
    felt, rises = fit_felt(every), fit_rises(every)
    print(f"wrote {records.write_model(felt, rises)}")
    print(f"{time.monotonic() - begun:.0f} s; R-hat {felt.worst_r_hat:.3f}, {rises.worst_r_hat:.3f}")
    if asked.quick:
        return
    figures: list[records.Figure] = []
    groups = list(dict.fromkeys(row.people for row in every))
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for people, (felt_apart, rises_apart) in zip(
            groups, pool.map(without, groups), strict=True
        ):
            if felt_apart is not None:
                figures += records.felt_figures(every, people, felt_apart, felt)
            if rises_apart is not None:
                figures += records.rise_figures(every, people, rises_apart, rises)
            print(f"{time.monotonic() - begun:.0f} s; without {people}", flush=True)
    print(f"wrote {records.write_fit(figures, (felt, rises))}")
    held = sum(
        figure.predicted[0] <= figure.observed <= figure.predicted[2] for figure in figures
    )
    print(f"{held} of {len(figures)} figures within the interval of 90 %")


if __name__ == "__main__":
    main()
