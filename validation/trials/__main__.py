"""Fit the pain model to trials, and write what was learnt into the library."""

from __future__ import annotations

import argparse
import time

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from validation.trials import jobs, records


def main() -> None:
    """Run from the command line; what is done stays done, so a stop loses a chain at most."""
    words = argparse.ArgumentParser(prog="python -m validation.trials", description=__doc__)
    words.add_argument("--processes", type=int, default=jobs.PROCESSES)
    words.add_argument("--show", action="store_true", help="show the file, and write nothing")
    asked = words.parse_args()
    begun = time.monotonic()
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    )
    with bar:
        for title, listed in (
            ("Fits to all trials", jobs.whole_fits),
            ("Fits without one trial", jobs.fits_without),
        ):
            todo = listed()
            task = bar.add_task(title, total=len(todo))
            for _job in jobs.run(todo, asked.processes):
                bar.advance(task)
    fit = records.fit_record()
    if asked.show:
        print(records.model_text(fit))
    else:
        for path in records.write(fit):
            print(f"wrote {path.relative_to(jobs.ROOT)}")
    print(
        f"{time.monotonic() - begun:.0f} s; R-hat at most {fit.worst_r_hat}, ESS at least "
        f"{fit.least_ess}, {fit.divergent} divergent"
    )
    for one in fit.structures:
        print(f"{one.name:16s} {sum(one.log_scores):8.2f}  {one.words}")


if __name__ == "__main__":
    main()
