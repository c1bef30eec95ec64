"""What follows from a regimen for rules, beside a walk through it minute by minute."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safety_strategies import LIBRARY

from respite.domain import Patient, Regimen
from respite.safety import facts_of

MINUTES_A_DAY = 1440
WEIGHT = 70


@st.composite
def regimens(draw: st.DrawFn) -> str:
    dose = draw(st.sampled_from(["20 mg", "0.5 mg/kg", "100 mg"]))
    minutes = draw(st.sampled_from([0, 40, 100, 600, 1440, 3000]))
    every_hours = draw(st.sampled_from([12, 24, 60, 168]))
    count = draw(st.integers(1, 6))
    over = f" over {minutes} min" if minutes else ""
    if minutes > 60 * every_hours:
        count = 1
    times = f" every {every_hours} h x{count}" if count > 1 else ""
    bolus = draw(st.sampled_from(["", "; ketamine 15 mg iv every 36 h x3"]))
    return f"ketamine {dose} iv{over}{times}{bolus}"


def minute_by_minute(plan: Regimen) -> tuple[np.ndarray, np.ndarray]:
    """Give what enters in each minute as an infusion, and at once."""
    last = int(60 * plan.last_dose_end_h) + 1
    running, at_once = np.zeros(last + 1), np.zeros(last + 1)
    for event in plan.events():
        first, end = round(60 * event.time_h), round(60 * event.end_h)
        if end == first:
            at_once[first] += event.amount_mg(WEIGHT)
        else:
            running[first:end] += event.amount_mg(WEIGHT) / (end - first)
    return running, at_once


@given(regimens())
def test_facts_of_a_plan_are_what_a_walk_through_it_finds(text):
    plan = Regimen.parse(text)
    known = facts_of(LIBRARY, Patient(weight=WEIGHT), plan).known
    running, at_once = minute_by_minute(plan)
    entered = np.concatenate([[0], np.cumsum(running + at_once)])
    ends = np.minimum(np.arange(len(running)) + MINUTES_A_DAY, len(running))
    most = np.max(entered[ends] - entered[: len(running)])
    assert known["plan.daily_dose_mg"] == pytest.approx(most)
    rate = np.max(running) * 60 / WEIGHT
    assert known["plan.infusion_mg_per_kg_h"] == pytest.approx(rate)
    assert known["plan.bolus_mg_per_kg"] * WEIGHT == pytest.approx(np.max(at_once))
    days = sorted(set((np.flatnonzero(running + at_once) // MINUTES_A_DAY).tolist()))
    runs = np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)
    assert known["plan.consecutive_days"] == max(map(len, runs))


@given(regimens(), st.sampled_from([2, 5]))
def test_heavier_people_get_more_of_a_dose_per_kilogram_and_less_per_kilogram_of_a_dose(
    text, times
):
    plan = Regimen.parse(text)
    light = facts_of(LIBRARY, Patient(weight=40), plan).known
    heavy = facts_of(LIBRARY, Patient(weight=40 * times), plan).known
    for name in ("plan.single_dose_mg", "plan.daily_dose_mg", "plan.total_dose_mg"):
        assert light[name] <= heavy[name] <= light[name] * times
    for name in ("plan.bolus_mg_per_kg", "plan.infusion_mg_per_kg_h"):
        assert heavy[name] <= light[name]
    same = ("plan.infusion_hours", "plan.interval_days", "plan.consecutive_days", "plan.route")
    assert all(light[name] == heavy[name] for name in same)
