"""Curves on a regular grid: the same for any number of threads, any chunk, and one by one."""

from __future__ import annotations

import numpy as np
import pytest

from respite.domain import Patient, Regimen, RespiteError
from respite.engine import Grid
from respite.literature import load_library
from respite.population import (
    Group,
    People,
    array_library,
    draw_group,
    simulate_on_grid,
    simulate_pain,
)
from respite.population.backends import arrays_within, with_arrays
from respite.population.structures import PLASMA

SAME = 1e-12
"""Of each curve's maximum; the two ways add up the same terms in another order."""

PATTERNS = [
    "ketamine 0.5 mg/kg iv over 40 min daily x10",
    "ketamine 25 mg sublingual every 8 h for 14 days",
    "ketamine 5 mg/h iv for 5 days",
    "esketamine 28 mg intranasal twice weekly for 4 weeks",
    "ketamine 0.5 mg/kg im; ketamine 0.3 mg/kg iv over 7 min every 7 h x5",
]
GRID = Grid(1, 24 * 40 + 5)


@pytest.fixture(scope="module")
def group() -> Group:
    return draw_group(load_library(), Patient(), People(5, 150), condition="crps")


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("with_placebo", [True, False])
def test_a_grid_reads_what_single_times_read(group, pattern, with_placebo):
    events = Regimen.parse(pattern).events()
    got = simulate_on_grid(group, events, GRID, with_placebo=with_placebo)
    expected = simulate_pain(group, events, GRID.times_h).relief(with_placebo=with_placebo)
    # A steep curve magnifies the last digit of a level near zero.
    np.testing.assert_allclose(got.relief, expected, rtol=0, atol=100 * SAME)
    levels = group.levels([PLASMA], group.dose(events), GRID.times_h)
    total = sum(outputs[PLASMA] for outputs in levels.values())
    error = np.max(np.abs(got.ketamine - total), axis=1) / np.max(np.abs(total), axis=1)
    assert np.max(error) <= SAME


@pytest.mark.parametrize(("threads", "chunk"), [(1, 16), (2, 1), (8, 7), (8, 1000)])
def test_neither_threads_nor_chunks_change_a_number(group, threads, chunk):
    events = Regimen.parse(PATTERNS[1]).events()
    expected = simulate_on_grid(group, events, GRID)
    got = simulate_on_grid(group, events, GRID, threads=threads, chunk=chunk)
    np.testing.assert_allclose(got.relief, expected.relief, rtol=0, atol=SAME)
    top = np.max(expected.ketamine, axis=1, keepdims=True)
    assert np.all(np.abs(got.ketamine - expected.ketamine) <= SAME * top)


def test_placebo_alone_gives_no_level_but_relief(group):
    events = Regimen.parse("placebo iv over 40 min daily x3").events()
    curves = simulate_on_grid(group, events, GRID)
    expected = simulate_pain(group, events, GRID.times_h).relief(with_placebo=True)
    assert not np.any(curves.ketamine)
    np.testing.assert_allclose(curves.relief, expected, rtol=0, atol=SAME)
    assert np.any(curves.relief)


def test_a_fault_in_a_thread_is_heard(group):
    with pytest.raises(ValueError, match="range"):
        simulate_on_grid(group, Regimen.parse(PATTERNS[0]).events(), GRID, chunk=0)


def test_moving_a_group_keeps_its_numbers_and_changes_nothing_else(group):
    moved = group.on(array_library("numpy"))
    assert moved.kinetics.model is group.kinetics.model
    for got, expected in zip(arrays_within(moved), arrays_within(group), strict=True):
        np.testing.assert_array_equal(got, expected)


def test_every_array_of_a_group_is_found(group):
    doubled = with_arrays(group, lambda array: array * 2)
    np.testing.assert_array_equal(doubled.covariates["weight"], 2 * group.covariates["weight"])
    body, twice = group.kinetics.bodies["s"], doubled.kinetics.bodies["s"]
    np.testing.assert_array_equal(twice.outputs[PLASMA].heights, 2 * body.outputs[PLASMA].heights)
    np.testing.assert_array_equal(doubled.needs.course.depth, 2 * group.needs.course.depth)


def test_an_array_library_that_is_not_here_is_refused(monkeypatch):
    with pytest.raises(RespiteError, match="numpy or jax"):
        array_library("abacus")
    monkeypatch.setitem(__import__("sys").modules, "jax", None)
    with pytest.raises(RespiteError, match="not installed"):
        array_library("jax")
