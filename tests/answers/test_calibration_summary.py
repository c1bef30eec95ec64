"""Rows of patients become a summary and a page, and a forecast that is off is told to be so."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from validation.calibration.__main__ import write
from validation.calibration.page import page
from validation.calibration.runs import Row
from validation.calibration.scenarios import SCENARIOS
from validation.calibration.settings import Size
from validation.calibration.summary import Spreading, summarise

EVEN = (np.arange(2000) + 0.5) / 2000


@pytest.mark.parametrize(
    ("pits", "shape"),
    [
        (EVEN, "even"),
        (0.5 + (EVEN - 0.5) * 0.7, "too wide"),
        (0.5 + np.sign(EVEN - 0.5) * np.abs(2 * EVEN - 1) ** 0.6 / 2, "too narrow"),
        (EVEN**1.3, "too late"),
        (EVEN**0.7, "too early"),
    ],
)
def test_ranks_say_in_what_way_a_forecast_is_off(pits, shape):
    spread = Spreading.of(pits)
    assert spread.shape == shape
    assert spread.holds == (shape == "even")
    assert sum(spread.bins) == spread.count == 2000


def test_coverage_may_be_as_far_off_as_chance_takes_it():
    assert Spreading.of(EVEN).near == pytest.approx(0.03)
    assert Spreading.of(EVEN[::4]).near == pytest.approx(0.06)
    inside = 0.5 + (EVEN - 0.5) * 0.93
    assert set(Spreading.of(inside).misses) == {"0.5", "0.8", "0.95"}
    assert not Spreading.of(inside[::4]).misses


def rows_of(name: str, power: float) -> list[Row]:
    draw = np.random.default_rng(1)
    patient = Row(
        number=0,
        after_days=None,
        place=10,
        pit=0,
        pit_returned=0,
        crps=5,
        slow=True,
        slow_chance=0.75,
        width80=30,
        pareto_k=0.5,
        ess=900,
        step="sir",
        seconds=0.1,
    )
    return [
        replace(
            patient,
            number=number,
            after_days=after,
            pit=float(draw.random() ** power),
            pit_returned=float(draw.random()) if number % 2 else float("nan"),
            pareto_k=0.9 if number % 4 == 0 else 0.2,
        )
        for number in range(400)
        for after in SCENARIOS[name].after_days
    ]


def test_a_summary_adds_up():
    scenario = SCENARIOS["ours"]
    found = summarise(scenario, rows_of("ours", 1))
    assert [one.after_days for one in found] == list(scenario.after_days)
    first = found[0]
    assert (first.everyone.count, first.returned.count) == (400, 200)
    assert first.brier == pytest.approx(0.0625)
    assert first.brier_of_base_rate == 0
    assert (first.crps, first.width80, first.poor_tails) == pytest.approx((5, 30, 0.25))
    assert first.steps == {"sir": 1}


def test_the_page_tells_what_does_not_hold_and_why(tmp_path):
    size = Size(400, 400, 100)
    summaries = [
        one
        for name, power in (("ours", 1), ("half_time_twice", 0.5), ("half_time_fixed", 2))
        for one in summarise(SCENARIOS[name], rows_of(name, power))
    ]
    text = page(summaries, size, "0123456789abcdef")
    assert "<!-- library: 0123456789abcdef -->" in text
    assert "Intervals mean what they say at every length." in text
    assert "forecasts come too early" in text
    assert SCENARIOS["half_time_twice"].why in text
    assert "| Teeth: a half-time that is wrong | uneven ranks at every length" in text
    assert (
        "| Our own patients | even ranks, coverage within 3 points, at every length | met" in text
    )
    write(summaries, size, tmp_path)
    pictures = sorted(path.name for path in (tmp_path / "pictures").iterdir())
    assert pictures == ["calibration-coverage.png", "calibration-ranks.png"]
