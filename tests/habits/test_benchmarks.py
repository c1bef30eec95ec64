"""Every benchmark still runs; how fast it is, no test asks."""

from __future__ import annotations

import pytest
from benchmarks import accuracy, backends, cold, filling, memory, solver
from benchmarks.figure import Figure
from benchmarks.setting import COURSES, SMALL

SIMULATED = dict.fromkeys(COURSES, 1)


@pytest.mark.thorough
@pytest.mark.parametrize(
    "measure",
    [
        lambda: filling.figures(SMALL, filling.simulated_seconds(SMALL)),
        lambda: solver.figures(SMALL, SIMULATED),
        lambda: memory.figures(SMALL),
        lambda: backends.figures(SMALL),
        lambda: cold.figures(SMALL),
    ],
    ids=["filling", "solver", "memory", "backends", "cold"],
)
def test_a_benchmark_gives_figures(measure):
    figures = measure()
    assert figures
    assert all(figure.value >= 0 and figure.row().count("|") == 6 for figure in figures)


def test_a_solver_agrees_with_the_grid():
    assert all(figure.is_met for figure in accuracy.figures(SMALL))


@pytest.mark.parametrize(
    ("value", "is_least", "verdict"),
    [(2, False, "| met |"), (4, False, "| **not met** |"), (4, True, "| met |")],
)
def test_a_figure_says_whether_its_bar_is_met(value, is_least, verdict):
    assert verdict in Figure("what", value, "s", 3, is_least=is_least).row()
