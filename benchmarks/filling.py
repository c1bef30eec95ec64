"""How much longer than filling the answer once does it take to compute it?"""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.figure import Figure, fastest
from benchmarks.setting import COURSES, Size, draw, events_of
from respite.population import simulate_on_grid

BAR = 15


def fill_seconds(size: Size) -> float:
    """Give the time to fill an array as large as the answer, in one thread [s]."""

    def fill() -> None:
        np.empty(size.output_bytes // 8).fill(1)

    fill()  # the first touch of fresh memory is slow on a virtual machine
    return fastest(fill, size.runs)


def simulated_seconds(size: Size) -> dict[str, float]:
    """Give the time of each course, on two threads [s]."""
    group = draw(size.people)
    taken: dict[str, float] = {}
    for course in COURSES:
        work = partial(simulate_on_grid, group, events_of(course, size), size.grid)
        taken[course] = fastest(work, size.runs)
    return taken


def figures(size: Size, simulated: dict[str, float]) -> list[Figure]:
    """Measure, given what the courses took."""
    once = fill_seconds(size)
    note = f"two threads; filling once takes {once:.3f} s"
    return [
        Figure(f"full curves, {course}", each / once, "× fill", BAR, note=f"{each:.2f} s, {note}")
        for course, each in simulated.items()
    ]
