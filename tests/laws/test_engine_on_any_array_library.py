"""The engine asks an array library for nothing beyond the array API standard.

The strict namespace refuses whatever the standard does not promise: what runs
on it, and gives the same numbers, runs on any library that keeps the standard.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import array_api_strict
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.domain import classify, find_pain_return
from respite.engine import (
    IV,
    Body,
    Compartments,
    Depot,
    Train,
    add_entry,
    add_stage,
    amplitudes,
    area_under_curve,
    decay_from,
    disposition_modes,
    effect_site,
    fading_maximum,
    given_mg,
    sigmoid,
    trajectory,
)

SAME = 1e-12
"""Both libraries round alike; only the order of a sum may differ."""

PEOPLE = 3
TIMES = [0.0, 0.25, 2 / 3, 1.0, 23.0, 24.0, 24.5, 60.0, 75.0, 400.0]

law = settings(max_examples=25)
sizes = st.lists(st.floats(0.1, 100), min_size=PEOPLE, max_size=PEOPLE)

Arrays = Callable[[Any], Any]


def both(compute: Callable[[ModuleType, Arrays], Any]) -> tuple[np.ndarray, np.ndarray]:
    """Compute on the strict library and on NumPy."""
    strict = compute(array_api_strict, lambda data: array_api_strict.asarray(np.asarray(data)))
    plain = compute(np, np.asarray)
    return np.asarray(array_api_strict.asarray(strict)._array), plain


def assert_same(compute: Callable[[ModuleType, Arrays], Any]) -> None:
    strict, plain = both(compute)
    np.testing.assert_allclose(strict, plain, rtol=SAME, atol=SAME * np.max(np.abs(plain)))


def body_of(of: Arrays, central: list[float], clearance: list[float], gap: float) -> Body:
    flows = of([[23.0, 157.0], [10.0, 80.0], [40.0, 20.0]])
    volumes = of([[187.0, 99.0], [100.0, 300.0], [50.0, 20.0]])
    modes = disposition_modes(
        Compartments(of(central), of(clearance), flows, volumes, of(np.zeros((PEOPLE, 2))))
    )
    body = modes.body("plasma")
    # A gap of nothing asks for twins, a gap of a half does not.
    body = add_stage(body, "fast", effect_site(modes.rates[:, 1] * (1 + gap)), fed_by="plasma")
    gain = of(clearance)
    body = add_stage(
        body, "metabolite", modes.stage, fed_by="plasma", gain=gain, is_dosed=True, twins=True
    )
    shares = {IV: gain * 0 + 0.25, "metabolite": gain * 0 + 0.5}
    link = of([3.0, 5.0, 2.5])
    body = add_entry(body, "gut", Depot(shares, (link, link)))
    return add_stage(body, "slow", effect_site(of([0.0026, 0.01, 0.0005])), fed_by="plasma")


def trains_of(of: Arrays, amounts: list[float]) -> list[Train]:
    return [
        Train(0, 3, 24, 2 / 3, of(amounts)),
        Train(0.25, 1, 1, 0, of(amounts) * 0.1),
        Train(60, 1, 1, 15, of(amounts) * 3.0),
        Train(2.0, 4, 8, 0.5, of(amounts), entry="gut"),
    ]


PLACES = ["plasma", "fast", "metabolite", "slow"]


@law
@given(sizes, sizes)
def test_modes_are_the_same(central, clearance):
    for part in ("rates", "central", "volumes"):

        def modes(xp: ModuleType, of: Arrays, part: str = part) -> Any:
            flows, volumes = of([[23.0], [10.0], [40.0]]), of([[187.0], [100.0], [50.0]])
            losses = of([[0.0], [1.0], [2.0]])
            found = disposition_modes(
                Compartments(of(central), of(clearance), flows, volumes, losses)
            )
            return getattr(found, part)

        assert_same(modes)


@pytest.mark.thorough
@settings(max_examples=8)
@given(sizes, sizes, sizes, st.sampled_from([0, 0.5]))
def test_levels_and_areas_are_the_same(central, clearance, amounts, gap):
    def curves(xp: ModuleType, of: Arrays) -> Any:
        body = body_of(of, central, clearance, gap)
        levels = trajectory(body, PLACES, trains_of(of, amounts), TIMES)
        return xp.stack([levels[place] for place in PLACES])

    def areas(xp: ModuleType, of: Arrays) -> Any:
        body, trains = body_of(of, central, clearance, gap), trains_of(of, amounts)
        so_far = [area_under_curve(body, place, trains, 61.5) for place in PLACES]
        return xp.stack([*so_far, *(area_under_curve(body, place, trains) for place in PLACES)])

    # Places differ in size, so each is held to its own maximum.
    for compute in (curves, areas):
        for strict, plain in zip(*both(compute), strict=True):
            np.testing.assert_allclose(strict, plain, rtol=SAME, atol=SAME * np.max(np.abs(plain)))


@law
@given(sizes, sizes, sizes)
def test_what_is_left_after_the_last_dose_is_the_same(central, clearance, amounts):
    def after(xp: ModuleType, of: Arrays) -> Any:
        body, trains = body_of(of, central, clearance, 0.5), trains_of(of, amounts)
        state = amplitudes(body, trains, 75.0)
        ages = of([[0.0, 1.0], [2.0, 30.0], [0.5, 900.0]])
        return decay_from(body, PLACES, state, ages)["slow"]

    def given_so_far(xp: ModuleType, of: Arrays) -> Any:
        return given_mg(trains_of(of, amounts), 66.6, of(amounts))

    assert_same(after)
    assert_same(given_so_far)


@law
@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=20), st.floats(1e-3, 1e3), sizes)
def test_effects_are_the_same(levels, ec50, fades):
    def effect(xp: ModuleType, of: Arrays) -> Any:
        return sigmoid(of([levels]), of([[ec50]]), of([[2.5]]))

    def held(xp: ModuleType, of: Arrays) -> Any:
        values = of([levels, levels[::-1], [1.0] * len(levels)])
        times = of(np.arange(len(levels), dtype=np.float64) * 6)
        return fading_maximum(values, times, of(fades) / 1000)

    assert_same(effect)
    assert_same(held)


@pytest.mark.parametrize("part", ["index", "ever"])
def test_pain_return_is_found_the_same(part):
    relief = [[0.5, 0.4, 0.2, 0.1, 0.0], [0.1, 0.6, 0.1, 0.5, 0.1], [0.0] * 5]

    def found(xp: ModuleType, of: Arrays) -> Any:
        days = [0.0, 1.0, 5.0, 6.0, 12.0]
        had_relief = of([True, False, False])
        return getattr(find_pain_return(of(relief), of([0.3] * 3), had_relief, days, 3), part)

    assert_same(found)


def test_outcomes_are_sorted_the_same():
    def sorted_out(xp: ModuleType, of: Arrays) -> Any:
        days, ever = of([0.0, 0.5, 9.0, np.inf, 0.0]), of([True, True, True, True, False])
        kinds = classify(days, ever, ever, 30)
        return xp.stack([xp.astype(kinds[kind], xp.int64) for kind in sorted(kinds)])

    assert_same(sorted_out)
