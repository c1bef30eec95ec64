"""The times a forecast looks at hold all that is asked for."""

from __future__ import annotations

import pytest

from respite.domain import Regimen, TimeMark
from respite.forecasting.clock import set_clock
from respite.forecasting.gaps import long_gaps

REGIMENS = [
    "ketamine 0.5 mg/kg iv over 40 min",
    "ketamine 20 mg iv daily x60",
    "esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h, 20 mg/h for 52 h",
    "ketamine 40 mg iv every 4 weeks x6",
]


@pytest.mark.parametrize("horizon", [1, 30, 180])
@pytest.mark.parametrize("regimen", REGIMENS)
def test_the_clock_holds_days_doses_marks_and_the_horizon(regimen, horizon):
    plan = Regimen.parse(regimen)
    marks = [TimeMark.parse(text) for text in ("15min", "36h", "2d")]
    clock = set_clock(plan.events(), marks, horizon, 3)
    times = set(clock.times_h)
    assert list(clock.times_h) == sorted(times)
    assert clock.end_h == plan.last_dose_end_h
    assert clock.times_h[0] == 0
    assert clock.times_h[-1] >= clock.end_h + (horizon + 3) * 24 - 1e-9
    assert clock.horizon_h == pytest.approx(clock.end_h + horizon * 24)
    assert {event.time_h for event in plan.events()} | {clock.end_h, clock.horizon_h} <= times
    assert {day * 24 for day in clock.day} <= times
    whole = {float(day) for day in range(int(clock.end_h // 24) + horizon + 1)}
    asked = {mark.hours / 24 for mark in marks if mark.hours <= clock.times_h[-1]}
    assert set(clock.day) == whole | asked
    assert [clock.times_h[place] / 24 for place in clock.answered] == pytest.approx(clock.day)
    assert clock.times_h[clock.first_after] == clock.end_h
    assert clock.times_h[clock.up_to_horizon][-1] == clock.horizon_h


def test_gaps_are_those_longer_than_the_confirming_days():
    daily = Regimen.parse("ketamine 40 mg iv over 40 min daily x5").events()
    assert long_gaps(daily, 3) == []
    monthly = Regimen.parse("ketamine 40 mg iv over 1 h every 4 weeks x3").events()
    assert long_gaps(monthly, 3) == [(1, 672), (673, 1344)]
    under = Regimen.parse("ketamine 4 mg/h iv for 10 days; ketamine 9 mg iv every 4 days x4")
    assert long_gaps(under.events(), 1) == [(240, 288)]
