"""Blocks of times: each time once, and peaks that do not depend on where a block ends."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.population.chunks import Meter
from respite.population.peaks import peaks_of, tops_of
from respite.population.sweep import blocks_of


def test_a_meter_rises_evenly_to_one() -> None:
    told: list[float] = []
    meter = Meter(4, told.append)
    for _ in range(4):
        meter.step()
    assert told == [0.25, 0.5, 0.75, 1]


@given(count=st.integers(1, 300), people=st.integers(1, 200_000), at_once=st.integers(1, 130))
def test_blocks_hold_every_time_once_and_its_neighbours(count, people, at_once) -> None:
    times = [float(place) for place in range(count)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("respite.population.sweep.TIMES_AT_ONCE", at_once)
        blocks = blocks_of(times, people)
    own = [time for block in blocks for time in block.times_h[block.own]]
    assert own == times
    for block in blocks:
        assert block.times_h[0] == times[block.first]
        inner = block.times_h[block.own]
        assert inner[0] == 0 or block.times_h[block.own.start - 1] == inner[0] - 1
        assert inner[-1] == count - 1 or block.times_h[block.own.stop] == inner[-1] + 1


@given(data=st.data(), people=st.integers(1, 4), count=st.integers(3, 30))
def test_a_peak_found_block_by_block_is_that_of_the_whole(data, people, count) -> None:
    # Few different levels, so that equal peaks in different blocks are common.
    level = st.integers(0, 6).map(float)
    rows = st.lists(level, min_size=count, max_size=count)
    levels = np.array(data.draw(st.lists(rows, min_size=people, max_size=people)))
    times = np.cumsum(
        np.array(data.draw(st.lists(st.integers(1, 5), min_size=count, max_size=count)))
    )
    whole = tops_of(levels, 0, slice(0, count))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("respite.population.sweep.TIMES_AT_ONCE", data.draw(st.integers(1, count)))
        blocks = blocks_of(times.tolist(), people)
    found = None
    for block in blocks:
        seen = levels[:, block.first : block.first + len(block.times_h)]
        tops = tops_of(seen, block.first, block.own)
        found = tops if found is None else found.or_higher(tops)
    assert found is not None
    for one, two in zip(
        peaks_of(whole, times * 1.0, [times[0]]),
        peaks_of(found, times * 1.0, [times[0]]),
        strict=True,
    ):
        np.testing.assert_array_equal(one, two)
