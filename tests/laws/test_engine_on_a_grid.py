"""Levels on a regular grid are those of any other times, for a fraction of the work."""

from __future__ import annotations

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest
from engine_strategies import (
    PLACES,
    ROUNDING,
    TICK,
    assert_same_curves,
    bodies,
    doses,
    few,
    scale_of,
)
from hypothesis import given
from hypothesis import strategies as st

from respite.engine import (
    Body,
    Compartments,
    Grid,
    Train,
    add_stage,
    disposition_modes,
    effect_site,
    levels_on_grid,
    trajectory,
)

# Steps of whole ticks, so that times are exact; some make whole days, some do not.
steps = st.sampled_from([TICK * 16, 0.25, 1.0, 1.375, 7.5, 24.0, 100.0])
grids = st.builds(Grid, steps, st.integers(1, 300))


@few
@given(bodies(), doses, grids)
def test_a_grid_reads_what_single_times_read(body, trains, grid):
    got = levels_on_grid(body, PLACES, trains, grid)
    assert_same_curves(got, trajectory(body, PLACES, trains, grid.times_h), body, trains)


@few
@given(bodies(), doses, grids, st.integers(0, 40))
def test_doses_given_for_ever_are_the_same_on_a_grid(body, trains, grid, shift):
    first = trains[0]
    steady = [replace(first, is_steady=True, start_h=shift % first.interval_h)]
    got = levels_on_grid(body, PLACES, steady, grid)
    expected = trajectory(body, PLACES, steady, grid.times_h)
    # Doses given for ever pile up by the slowest mode.
    piled = 1 + 1 / (np.min(body.rates) * first.interval_h)
    for name in PLACES:
        error = np.max(np.abs(got[name] - expected[name]))
        assert error <= ROUNDING * scale_of(body, name, steady) * piled, name


@few
@given(bodies(), doses, grids, st.integers(1, 300))
def test_a_longer_grid_begins_with_the_shorter(body, trains, grid, count):
    longer = levels_on_grid(body, PLACES, trains, Grid(grid.step_h, grid.count + count))
    got = {name: each[:, : grid.count] for name, each in longer.items()}
    assert_same_curves(got, levels_on_grid(body, PLACES, trains, grid), body, trains)


@given(steps)
def test_blocks_are_days_or_parts_of_them(step):
    grid = Grid(step, 1000)
    assert 1 <= grid.block <= 256
    assert len(grid.block_starts_h) == -(-1000 // grid.block)
    if step in (0.25, 1.0):
        assert grid.block * step == 24
    if step == 24:
        assert grid.block == 16


def one_person(of) -> Body:
    drug = Compartments(
        of([78.0]), of([81.0]), of([[23.0, 157.0]]), of([[187.0, 99.0]]), of([[0.0, 0.0]])
    )
    body = disposition_modes(drug).body("plasma")
    return add_stage(body, "slow", effect_site(of([0.0026])), fed_by="plasma")


def test_a_grid_asks_nothing_beyond_the_standard():
    def levels(of):
        trains = [
            Train(0.5, 5, 24, 2 / 3, of([30.0])),
            Train(1.0, 1, 1, 0, of([5.0])),
            Train(3.0, 2, 8, 1, of([7.0]), is_steady=True),
        ]
        return levels_on_grid(one_person(of), ["plasma", "slow"], trains, Grid(1, 300))

    strict = levels(lambda data: array_api_strict.asarray(np.asarray(data)))
    for name, plain in levels(np.asarray).items():
        np.testing.assert_allclose(
            np.asarray(strict[name]._array), plain, rtol=0, atol=1e-12 * np.max(plain)
        )


def test_a_grid_refuses_a_derivative_by_a_length():
    train = Train(0, 1, 1, 1, np.array([5.0]), length_h=np.array([1.0]))
    with pytest.raises(ValueError, match="trajectory"):
        levels_on_grid(one_person(np.asarray), ["plasma"], [train], Grid(1, 5))


@pytest.mark.parametrize(("step", "count"), [(0, 5), (-1, 5), (float("nan"), 5), (1, 0)])
def test_what_is_no_grid_is_refused(step, count):
    with pytest.raises(ValueError, match="grid"):
        Grid(step, count)


def test_rounding_at_the_end_of_a_late_infusion_costs_nothing():
    """At hour 4,000 a time is known to 5e-13 h; the end of an infusion is not lost by that."""
    body = one_person(np.asarray)
    train = Train(0, 540, 8, 0.2183, np.array([20.0]))
    alone = replace(train, start_h=0, count=1, is_steady=True)
    late = trajectory(body, ["plasma"], [train], [4001.0, 4003.0])["plasma"]
    steady = trajectory(body, ["plasma"], [alone], [1.0, 3.0])["plasma"]
    np.testing.assert_allclose(late, steady, rtol=1e-13)
