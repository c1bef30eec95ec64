"""What does JAX make of the same work, and does it give the same answer?"""

from __future__ import annotations

import numpy as np

from benchmarks.figure import Figure, fastest, seconds
from benchmarks.setting import Size, draw, events_of
from respite.population import compiled, follow_on_grid, simulate_on_grid

SHARE = 10
"""A tenth of the people, so that JAX may hold them at once."""


def figures(size: Size) -> list[Figure]:
    """Measure."""
    group, events = draw(max(size.people // SHARE, 1)), events_of("ten daily infusions", size)
    people = (group.needs, group.dose(events))
    run = compiled(lambda its: follow_on_grid(*its, size.grid), people)

    def wait() -> list[np.ndarray]:
        return [np.asarray(each) for each in run(people)]

    first = seconds(wait)
    plain = simulate_on_grid(group, events, size.grid)
    levels, relief = wait()
    error = max(
        float(np.max(np.abs(levels - plain.ketamine)) / np.max(plain.ketamine)),
        float(np.max(np.abs(relief - plain.relief))),
    )
    on_jax = fastest(wait, size.runs)
    on_numpy = fastest(lambda: simulate_on_grid(group, events, size.grid), size.runs)
    who = f"{group.people.count} patients on the processor"
    return [
        Figure("NumPy against JAX, difference", error, "of the maximum", 1e-12),
        Figure(
            "JAX against NumPy, compiled",
            on_jax / on_numpy,
            "× the time",
            note=f"{who}, ten daily infusions; {first - on_jax:.1f} s more to compile, once",
        ),
    ]
