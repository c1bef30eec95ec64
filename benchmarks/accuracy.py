"""How far are closed forms on a grid from a numerical solver?"""

from __future__ import annotations

import numpy as np

from benchmarks.equations import SITES, solve_exactly, system_of
from benchmarks.figure import Figure
from benchmarks.setting import COURSES, Size, draw, events_of
from respite.engine import Grid, levels_on_grid

BAR = 1e-8
DAYS = 21
"""The solver is slow where it is exact; three weeks hold each course's rise and fall."""


def error_of(course: str, size: Size) -> float:
    """Give the largest error of plasma and the effect sites, as a share of each maximum."""
    size = Size(days=min(size.days, DAYS))
    group, events, grid = draw(1), events_of(course, size), Grid(1, size.grid.count)
    dosing = group.dose(events)
    worst = 0.0
    for form, body in dosing.bodies.items():
        got = levels_on_grid(body, ("plasma", *SITES), dosing.trains[form], grid)
        expected = solve_exactly(system_of(group, events, form, 0), np.asarray(grid.times_h))
        for curve, wanted in zip(got.values(), expected, strict=True):
            worst = max(worst, float(np.max(np.abs(curve[0] - wanted)) / np.max(wanted)))
    return worst


def figures(size: Size) -> list[Figure]:
    """Measure."""
    note = "SciPy, rtol 1e-10, restarted at each change; tests do so for every model"
    return [
        Figure(f"error, {course}", error_of(course, size), "of the maximum", BAR, note=note)
        for course in COURSES
    ]
