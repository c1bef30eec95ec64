"""Fit the model of acute effects, predict each study from the others, and write both.

Run with the project's environment: ``python -m validation.effects``. It takes some minutes;
``--quick`` writes the model alone.
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from validation.effects import records
from validation.effects.fit import fit_felt, fit_rises
from validation.effects.leave_out import all_rows, without

PROCESSES = 2


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m validation.effects", description=__doc__)
    words.add_argument("--quick", action="store_true", help="leave no study out")
    asked = words.parse_args()
    begun = time.monotonic()
    every = all_rows()
    felt, rises = fit_felt(every), fit_rises(every)
    print(f"wrote {records.write_model(felt, rises)}")
    print(
        f"{time.monotonic() - begun:.0f} s; R-hat {felt.worst_r_hat:.3f}, {rises.worst_r_hat:.3f}"
    )
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
    held = sum(figure.predicted[0] <= figure.observed <= figure.predicted[2] for figure in figures)
    print(f"{held} of {len(figures)} figures within the interval of 90 %")


if __name__ == "__main__":
    main()
