"""How much memory does a simulation take beyond its answer?"""

from __future__ import annotations

import tracemalloc

from benchmarks.figure import Figure
from benchmarks.setting import Size, draw, events_of
from respite.population import simulate_on_grid

BAR = 200


def figures(size: Size) -> list[Figure]:
    """Measure, with the drawing of the people."""
    tracemalloc.start()
    events = events_of("every 8 h throughout", size)
    curves = simulate_on_grid(draw(size.people), events, size.grid)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    beyond = (peak - curves.ketamine.nbytes - curves.relief.nbytes) / 1e6
    note = f"the answer itself takes {size.output_bytes / 1e6:.0f} MB"
    return [Figure("memory beyond the answer", beyond, "MB", BAR, note=note)]
