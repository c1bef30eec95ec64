"""Dose events become trains: every event once, and no level changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import DoseEvent, Drug, Patient, Regimen, Route
from respite.literature import load_library
from respite.population import People, draw_group
from respite.population.trains import EventTrain, event_trains

law = settings(max_examples=60)

COURSES = st.builds(
    "{} {} {}".format,
    st.sampled_from(
        [
            "ketamine 20 mg iv",
            "ketamine 0.5 mg/kg iv over 40 min",
            "esketamine HCl 30 mg iv over 100 min",
            "esketamine 5 mg/h iv for 7 h",
            "placebo iv over 30 min",
        ]
    ),
    st.sampled_from(
        ["daily", "twice daily", "every 8 h", "twice weekly", "three times weekly", "every 10 days"]
    ),
    st.integers(1, 9).map("x{}".format),
)
LATER = st.sampled_from(["", " then every 9 days x3", " then twice weekly for 2 weeks"])
TEXTS = st.lists(st.builds("{}{}".format, COURSES, LATER), min_size=1, max_size=3).map("; ".join)


def unfold(train: EventTrain) -> list[DoseEvent]:
    """Write the doses of a train out, each with its time to the second."""
    times = [train.event.time_h + i * train.interval_h for i in range(train.count)]
    return [replace(train.event, time_h=round(time * 3600) / 3600) for time in times]


def to_the_second(event: DoseEvent) -> DoseEvent:
    return replace(event, time_h=round(event.time_h * 3600) / 3600)


@law
@given(TEXTS, st.randoms(use_true_random=False))
def test_trains_hold_every_event_exactly_once(text, random):
    events = list(Regimen.parse(text).events())
    random.shuffle(events)
    trains = event_trains(events)
    held = Counter(event for train in trains for event in unfold(train))
    assert held == Counter(map(to_the_second, events))
    starts = [train.event.time_h for train in trains]
    assert starts == sorted(starts)


@settings(max_examples=25)
@given(TEXTS)
def test_trains_give_the_levels_of_the_doses_one_by_one(text):
    group = draw_group(load_library(), Patient(weight=70, age=40), People(4, 2))
    regimen = Regimen.parse(text)
    times = [0.0, 0.7, 24.0, 24.5, 100.0, regimen.last_dose_end_h + 1]
    dosing = group.dose(regimen.events())
    got = group.levels(["plasma", "metabolite"], dosing, sorted(times))
    summed: dict[tuple[str, str], np.ndarray] = {}
    for event in regimen.events():
        alone = group.levels(["plasma", "metabolite"], group.dose([event]), sorted(times))
        for form, outputs in alone.items():
            for place, curve in outputs.items():
                summed[form, place] = summed.get((form, place), 0) + curve
    assert {(form, place) for form in got for place in got[form]} == set(summed)
    for (form, place), curve in summed.items():
        np.testing.assert_allclose(got[form][place], curve, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("ketamine 40 mg iv over 40 min daily x10", 1),
        ("ketamine 0.5 mg/kg iv over 40 min every 6 h x200", 1),
        ("ketamine 10 mg iv; ketamine 5 mg/h iv for 8 h", 2),
        ("ketamine 10 mg iv; ketamine 10 mg iv", 2),
        ("ketamine 10 mg iv; esketamine 10 mg iv; ketamine HCl 10 mg iv", 3),
        ("ketamine 10 mg oral tablet daily x3 then 10 mg oral daily x3", 2),
    ],
)
def test_equal_doses_at_equal_intervals_are_one_train(text, count):
    assert len(event_trains(Regimen.parse(text).events())) == count


def test_infusions_that_overlap_are_trains_of_their_own():
    """A history may hold what a regimen may not: the same infusion begun again before its end."""
    events = [
        DoseEvent(time_h=time, drug=Drug.KETAMINE, route=Route.IV, amount=10, duration_h=4)
        for time in (0, 2, 4)
    ]
    trains = event_trains(events)
    assert sum(train.count for train in trains) == 3
    group = draw_group(load_library(), Patient(weight=70, age=40), People(4, 1))
    dosing = group.dose(events)
    assert sum(train.amount_mg[0] * train.count for train in dosing.trains["s"]) == 15
