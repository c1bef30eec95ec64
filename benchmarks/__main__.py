"""Run every benchmark, print the table, and write it to a page where a date is given."""

from __future__ import annotations

import argparse
import datetime
from pathlib import Path

from benchmarks import accuracy, backends, cold, filling, machine, memory, solver
from benchmarks.figure import Figure
from benchmarks.setting import SMALL, Size

PAGE = Path("docs/reference/speed.md")

TEXT = """# Speed

*For developers.* Written by `make bench`; nobody edits it.

Ten thousand virtual patients are followed through half a year, hour by hour.
Wanted are full curves of concentration and relief in double precision, the two forms of the drug
added up, placebo counted. Each figure is a ratio, or a size, within one run on one machine, so that
another machine may be compared.
How it is done is told in [decision 10](../decisions/0010-speed.md).

Measured on {date}, on {machine}.
On average {before:.1f} processes wanted the cores when it began, and {after:.1f} when it ended.
More than there are cores means that other work ran beside, and that times of two threads look worse
than they are; filling the arrays takes one thread and suffers less.

| Question | Found | Bar | | How |
|---|---|---|---|---|
{rows}

No graphics processor was tried.
"""


def measure(size: Size) -> list[Figure]:
    """Answer every question."""
    simulated = filling.simulated_seconds(size)
    return [
        *filling.figures(size, simulated),
        *memory.figures(size),
        *solver.figures(size, simulated),
        *accuracy.figures(size),
        *backends.figures(size),
        *cold.figures(size),
    ]


def main() -> None:
    """Run from the command line."""
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--date", type=datetime.date.fromisoformat, help="write the page, so dated")
    words.add_argument("--small", action="store_true", help="tiny sizes: see that all runs")
    asked = words.parse_args()
    before = machine.busy()
    rows = "\n".join(figure.row() for figure in measure(SMALL if asked.small else Size()))
    page = TEXT.format(
        date=asked.date,
        machine=machine.in_words(),
        before=before,
        after=machine.busy(),
        rows=rows,
    )
    print(page)
    if asked.date:
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
