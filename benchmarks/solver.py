"""How much faster is it than one numerical solution for each patient?"""

from __future__ import annotations

import numpy as np

from benchmarks.equations import solve_quickly, system_of
from benchmarks.figure import Figure, seconds
from benchmarks.setting import COURSES, Size, draw, events_of

BAR = 200


def solved_seconds(course: str, size: Size) -> float:
    """Give the time for a loop over all patients, from that for a few of them [s]."""
    group, events = draw(size.solved), events_of(course, size)
    times = np.asarray(size.grid.times_h)
    systems = [
        system_of(group, events, form, person)
        for person in range(size.solved)
        for form in group.kinetics.bodies
    ]
    taken = seconds(lambda: [solve_quickly(system, times) for system in systems])
    return taken * size.people / size.solved


def figures(size: Size, simulated: dict[str, float]) -> list[Figure]:
    """Measure, given what the courses took."""
    solved = {course: solved_seconds(course, size) for course in COURSES}
    return [
        Figure(
            f"against LSODA for each patient, {course}",
            solved[course] / simulated[course],
            "× faster",
            BAR,
            is_least=True,
            note=f"{size.solved} patients scaled; levels alone, rtol 1e-6, {solved[course]:,.0f} s",
        )
        for course in COURSES
    ]
