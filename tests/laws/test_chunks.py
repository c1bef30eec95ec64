"""Work in chunks: neither the size of a chunk nor the number of threads changes an answer."""

from __future__ import annotations

import threading
import tracemalloc
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import Patient, Regimen
from respite.population import in_order, simulate, simulate_curves

REGIMENS = (
    "ketamine 0.5 mg/kg iv over 40 min daily x4",
    "ketamine 14 mg iv; ketamine 10 mg/h iv for 8 h",
    "esketamine 20 mg iv twice weekly for 2 weeks",
)
PATIENT = Patient(weight=70, condition="crps")


@cache
def in_one_piece(regimen):
    return simulate(PATIENT, Regimen.parse(regimen), patients=31, at=["1h", "5h", "30d"])


@given(
    items=st.lists(st.integers(), max_size=40),
    threads=st.integers(1, 8),
)
def test_results_come_in_the_order_of_the_items(items, threads) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("respite.population.chunks.THREADS", threads)
        assert list(in_order(lambda item: item * item, items)) == [item * item for item in items]


def test_no_more_than_a_few_results_wait_for_their_turn() -> None:
    asked = []

    def items():
        for item in range(100):
            asked.append(item)
            yield item

    results = in_order(lambda item: item, items())
    assert next(results) == 0
    assert len(asked) < 10
    results.close()
    assert len(asked) < 10


def test_the_first_failure_ends_the_work() -> None:
    begun = []

    def work(item: int) -> int:
        begun.append(item)
        if item == 3:
            raise ZeroDivisionError
        return item

    with pytest.raises(ZeroDivisionError):
        list(in_order(work, range(1000)))
    assert len(begun) < 20
    assert threading.active_count() < 20


@pytest.mark.thorough
@pytest.mark.parametrize("regimen", REGIMENS)
@settings(max_examples=5)
@given(
    people=st.integers(1, 40),
    times=st.integers(1, 60),
    levels=st.integers(1, 3000),
    threads=st.sampled_from((1, 2, 8)),
)
def test_chunks_and_threads_change_no_exposure_and_no_band(
    regimen, people, times, levels, threads
) -> None:
    plan = Regimen.parse(regimen)
    whole = in_one_piece(regimen)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("respite.population.levels.PEOPLE_AT_ONCE", people)
        patched.setattr("respite.population.sweep.TIMES_AT_ONCE", times)
        patched.setattr("respite.population.sweep.LEVELS_AT_ONCE", levels)
        patched.setattr("respite.population.chunks.THREADS", threads)
        parts = simulate(PATIENT, plan, patients=31, at=["1h", "5h", "30d"])
    for one, two in zip(whole.exposures, parts.exposures, strict=True):
        assert (one.analyte, one.metric, one.time_h) == (two.analyte, two.metric, two.time_h)
        for number in ("mean", "sd", "q05", "q50", "q95"):
            # A spent mode may count as none: 1e-18 ng/mL.
            assert getattr(two, number) == pytest.approx(getattr(one, number), rel=1e-12, abs=1e-18)
    for one, two in zip(whole.curves, parts.curves, strict=True):
        assert one.time_h == two.time_h
        for band in ("q05", "q50", "q95"):
            np.testing.assert_allclose(getattr(two, band), getattr(one, band), 1e-12, 1e-18)


@pytest.mark.parametrize("regimen", REGIMENS)
@settings(max_examples=6)
@given(rows=st.integers(1, 5000), threads=st.sampled_from((1, 2, 8)))
def test_chunks_and_threads_change_no_curve(regimen, rows, threads) -> None:
    plan = Regimen.parse(regimen)
    asked = simulate_curves(PATIENT, plan, patients=13, every="3h")
    (whole,) = asked
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("respite.population.curves.ROWS_AT_ONCE", rows)
        patched.setattr("respite.population.chunks.THREADS", threads)
        parts = list(asked)
    assert [part.first for part in parts] == [
        1 + sum(part.people for part in parts[:place]) for place in range(len(parts))
    ]
    for name, values in whole.columns.items():
        together = np.concatenate([part.columns[name] for part in parts])
        np.testing.assert_allclose(together, values, rtol=1e-12, atol=1e-18, err_msg=name)


def peak_bytes(work) -> int:
    """Give the most memory that some work held at one time."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.thorough
def test_curves_hold_one_chunk_after_another_in_memory(monkeypatch) -> None:
    monkeypatch.setattr("respite.population.curves.keep_freed_memory", lambda: None)
    monkeypatch.setattr("respite.population.curves.ROWS_AT_ONCE", 20_000)
    plan = Regimen.parse("ketamine 40 mg iv")
    asked = simulate_curves(Patient(), plan, patients=1000, every="1min")
    seen = []
    most = peak_bytes(lambda: [seen.append(chunk.people) for chunk in asked])
    assert sum(seen) == 1000
    assert asked.cells * 8 > 50_000_000
    assert most < asked.cells * 8 / 5


@pytest.mark.thorough
def test_more_doses_need_no_more_memory(monkeypatch) -> None:
    monkeypatch.setattr("respite.population.simulation.keep_freed_memory", lambda: None)
    monkeypatch.setattr("respite.population.levels.PEOPLE_AT_ONCE", 250)
    monkeypatch.setattr("respite.population.sweep.LEVELS_AT_ONCE", 20_000)
    few, many = (
        peak_bytes(
            lambda doses=doses: simulate(
                PATIENT, Regimen.parse(f"ketamine 40 mg iv daily x{doses}"), patients=1000
            )
        )
        for doses in (2, 60)
    )
    assert many < 1.5 * few
