"""Laws of bodies with terms, and of bodies that change: where both ways apply, they agree."""

from __future__ import annotations

from dataclasses import replace

import array_api_strict
import numpy as np
import pytest
from engine_strategies import PROMISED, between, compartments, dose_trains, few, moments, ticks
from hypothesis import given, settings
from hypothesis import strategies as st

from respite.engine import (
    IV,
    Changed,
    Compartments,
    Depot,
    FadingAvailability,
    FedByEffect,
    Growing,
    Saturable,
    Scheme,
    Step,
    Train,
    amplitudes,
    area_under_curve,
    levels_through,
    network_of,
    single,
    solve_modes,
    trajectory,
)

pytestmark = pytest.mark.thorough

PLACES = ("plasma", "metabolite", "site")
ONE = np.ones(1)
some_doses = st.lists(dose_trains(), min_size=1, max_size=2)
law = settings(max_examples=25)


def one(value: float) -> np.ndarray:
    return np.array([value])


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Give one person's drug, its metabolite, an effect site and a depot."""
    drug = draw(compartments())
    gain, ke0, rate = (one(draw(between(1e-1, 1e1))) for _ in range(3))
    return Scheme(
        "plasma",
        drug,
        steps={
            "metabolite": Step(draw(compartments(1)), "plasma", gain),
            "site": Step(single(ONE, ke0), "plasma", ke0),
        },
        depots={"gut": Depot({IV: one(0.3)}, (rate, 2 * rate))},
    )


def few_doses(trains: list[Train]) -> list[Train]:
    """Keep courses short, and let every second train go through the depot."""
    ways = ("iv", "gut")
    return [
        replace(train, count=min(train.count, 3), entry=ways[i % 2])
        for i, train in enumerate(trains)
    ]


def watched(trains: list[Train], times: list[float]) -> list[float]:
    """Add times at which the curves are high, so that errors are held against their maximum."""
    edges = {edge for train in trains for edge in (train.start_h, train.end_h)}
    later = {edge + after for edge in edges for after in np.geomspace(1e-3, 1e3, 40)}
    return sorted(edges | later | set(times))


def assert_agree(got, want, tolerance: float = PROMISED) -> None:
    for name in want:
        highest = np.max(np.abs(want[name]))
        np.testing.assert_allclose(got[name], want[name], atol=tolerance * highest, rtol=0)


TERMS_OF_NOTHING = {
    "no growth": lambda _: (Growing("metabolite", one(0.0)),),
    "nothing to saturate": lambda _: (Saturable("plasma", one(0.0), one(1.0)),),
    "no level that would cost availability": lambda _: (
        FadingAvailability("gut", one(1e9), one(2.0), "plasma"),
        FadingAvailability(IV, one(1e9), one(2.0), "plasma"),
    ),
}


@law
@given(schemes(), some_doses, moments, st.sampled_from(sorted(TERMS_OF_NOTHING)))
def test_a_term_that_does_nothing_changes_nothing(scheme, trains, times, nothing):
    trains = few_doses(trains)
    times = watched(trains, times)
    bent = solve_modes(scheme.with_terms(TERMS_OF_NOTHING[nothing](scheme)))
    assert bent.is_bent
    plain = solve_modes(scheme)
    assert_agree(trajectory(bent, PLACES, trains, times), trajectory(plain, PLACES, trains, times))
    for name in PLACES:
        for until in (None, times[-1]):
            got, want = (area_under_curve(each, name, trains, until) for each in (bent, plain))
            assert got == pytest.approx(want, rel=1e-7, abs=1e-12)


@law
@given(schemes(), some_doses, moments, between(1e-1, 1e2))
def test_elimination_far_from_saturation_is_linear(scheme, trains, times, clearance):
    trains = few_doses(trains)
    times = watched(trains, times)
    km = 1e12
    bent = solve_modes(scheme.with_terms((Saturable("plasma", one(clearance * km), one(km)),)))
    plain = solve_modes(scheme.with_clearance("plasma", one(clearance)))
    assert_agree(trajectory(bent, PLACES, trains, times), trajectory(plain, PLACES, trains, times))


@law
@given(schemes(), some_doses, moments, between(1e-3, 1e1), between(1e-2, 1e2))
def test_what_is_lost_and_what_is_left_add_up_to_what_was_given(scheme, trains, times, km, vmax):
    """Area times clearance, and what saturable elimination took, make the dose.

    What it took is read from a tolerance site that the same curve feeds and
    that never empties within the time that is looked at.
    """
    drug = replace(scheme.drug, losses=0 * scheme.drug.losses)
    trains = [replace(train, entry=IV) for train in few_doses(trains)]
    slow = 1e-9
    counter = Step(single(ONE, one(slow)), "plasma", one(0.0))
    body = solve_modes(
        replace(scheme, drug=drug)
        .with_steps({"counter": counter})
        .with_terms(
            (
                Saturable("plasma", one(vmax), one(km)),
                FedByEffect("counter", one(km), ONE, one(vmax), "plasma"),
            )
        )
    )
    end = max(train.end_h for train in trains) + times[-1]
    area = area_under_curve(body, "plasma", trains, end)[0]
    taken = area_under_curve(body, "counter", trains, end)[0] * slow
    taken += trajectory(body, ["counter"], trains, [end])["counter"][0, 0]
    dose = sum(float(train.amount_mg[0]) * train.count for train in trains)
    held = trajectory(body, ["plasma"], trains, [end])["plasma"][0, 0] * drug.central_volume[0]
    gone = area * drug.clearance[0] + taken
    assert gone + held <= dose * (1 + 1e-7)
    if not drug.flows.shape[1]:
        assert gone + held == pytest.approx(dose, rel=1e-7)


@few
@given(schemes(), some_doses, moments, between(1e-3, 1e-1))
def test_steps_do_not_depend_on_who_asks(scheme, trains, times, rate):
    trains = few_doses(trains)
    whole, apart = (
        solve_modes(scheme.with_terms((Growing("metabolite", one(rate)),))) for _ in range(2)
    )
    together = trajectory(whole, PLACES, trains, times)
    top = np.max(together["metabolite"])
    for place, time in reversed(list(enumerate(times))):
        alone = trajectory(apart, ["metabolite"], trains, [time])["metabolite"][:, 0]
        want = together["metabolite"][:, place]
        # What is long gone is rounding alone, so it is held to the curve's maximum.
        np.testing.assert_allclose(alone, want, rtol=1e-12, atol=1e-12 * top)


@law
@given(schemes(), some_doses, moments, between(1e-3, 1e-1))
def test_growth_of_clearance_only_lowers_levels(scheme, trains, times, rate):
    trains = few_doses(trains)
    times = watched(trains, times)
    bent = solve_modes(scheme.with_terms((Growing("metabolite", one(rate)),)))
    got = trajectory(bent, PLACES, trains, times)
    want = trajectory(solve_modes(scheme), PLACES, trains, times)
    assert_agree({"plasma": got["plasma"]}, {"plasma": want["plasma"]}, 1e-10)
    room = PROMISED * np.max(want["metabolite"])
    assert np.all(got["metabolite"] <= want["metabolite"] + room)
    assert np.all(got["metabolite"] >= -room)


@law
@given(schemes(), some_doses, moments, ticks(0, 100))
def test_a_change_to_the_same_body_changes_nothing(scheme, trains, times, at_h):
    trains = few_doses(trains)
    times = watched(trains, times)
    schemes = [Changed(0, scheme), Changed(at_h, scheme), Changed(at_h + 7, scheme)]
    got = levels_through(schemes, PLACES, trains, times)
    assert_agree(got, trajectory(solve_modes(scheme), PLACES, trains, times))


@law
@given(schemes(), schemes(), some_doses, moments)
def test_a_change_to_come_changes_nothing_before(scheme, other, trains, times):
    trains = few_doses(trains)
    times = watched(trains, times)
    spaces = scheme.drug.flows.shape[1]
    if other.drug.flows.shape[1] != spaces:
        other = scheme.with_clearance("plasma", 3 * scheme.drug.clearance)
    later = levels_through([Changed(0, scheme), Changed(9999, other)], PLACES, trains, times)
    assert_agree(later, levels_through([Changed(0, scheme)], PLACES, trains, times), 1e-14)
    # What changed before the first dose is as if it had always been so.
    before = [replace(train, start_h=train.start_h + 1) for train in trains]
    changed = levels_through([Changed(0, scheme), Changed(0.5, other)], PLACES, before, times)
    assert_agree(changed, levels_through([Changed(0, other)], PLACES, before, times), 1e-14)


@law
@given(schemes())
def test_the_network_of_a_scheme_decays_as_its_modes_do(scheme):
    network = network_of(scheme)
    rates = np.sort(-np.linalg.eigvals(network.matrix[0]).real)
    body = solve_modes(replace(scheme, depots={}))
    own = scheme.depots["gut"].rates
    modes = np.sort([*body.rates[0], *(float(rate[0]) for rate in own)])
    if len(modes) == len(rates):
        np.testing.assert_allclose(rates, modes, rtol=1e-6)
    assert np.all(rates > 0)


def small_scheme() -> Scheme:
    drug = Compartments(
        one(133), one(95), np.array([[23.0]]), np.array([[187.0]]), np.zeros((1, 1))
    )
    step = Step(single(one(98), one(57)), "plasma", one(95))
    return Scheme("plasma", drug, steps={"metabolite": step})


def test_people_split_into_groups_keep_their_levels():
    factor = np.linspace(0.5, 2, 7)
    drug = Compartments(
        133 * factor, 95 / factor, factor[:, None] * 23, factor[:, None] * 187, np.zeros((7, 1))
    )
    step = Step(single(98 * factor, 57 * factor), "plasma", 95 / factor)
    scheme = Scheme("plasma", drug, steps={"metabolite": step}).with_terms(
        (Growing("metabolite", 0.01 * factor), Saturable("plasma", 40 * factor, 0.1 / factor))
    )
    body, trains = solve_modes(scheme), (Train(0, 2, 24, 1, 30 * factor),)
    whole = trajectory(body, PLACES[:2], trains, [1, 5, 30])
    for rows in (slice(0, 3), slice(3, 7)):
        part = trajectory(body.of(rows), PLACES[:2], [each.of(rows) for each in trains], [1, 5, 30])
        for name, curve in part.items():
            np.testing.assert_allclose(curve, whole[name][rows], rtol=PROMISED)
    part = trajectory(
        solve_modes(scheme.of(slice(2, 5))), ["plasma"], [trains[0].of(slice(2, 5))], [5]
    )
    np.testing.assert_allclose(part["plasma"][:, 0], whole["plasma"][2:5, 1], rtol=PROMISED)


def test_what_cannot_be_answered_is_refused():
    scheme = small_scheme()
    bent = scheme.with_terms((Growing("metabolite", one(0.01)),))
    body, train = solve_modes(bent), Train(0, 1, 1, 0, ONE)
    with pytest.raises(ValueError, match="no amplitude"):
        amplitudes(body, [train], 1)
    with pytest.raises(ValueError, match="for ever"):
        trajectory(body, ["plasma"], [replace(train, is_steady=True, interval_h=8)], [1])
    with pytest.raises(ValueError, match="no matrix"):
        network_of(bent)
    wider = replace(scheme, steps={})
    with pytest.raises(ValueError, match="keeps its compartments"):
        levels_through([Changed(0, scheme), Changed(1, wider)], ["plasma"], [train], [2])


def test_before_the_first_dose_there_is_nothing():
    body = solve_modes(small_scheme().with_terms((Growing("metabolite", one(0.01)),)))
    train = (Train(3, 1, 1, 1, ONE),)
    assert np.all(trajectory(body, ["plasma"], train, [0, 1, 2.9])["plasma"] == 0)
    assert np.all(area_under_curve(body, "plasma", train, 2) == 0)
    assert trajectory(body, ["plasma"], train, [])["plasma"].shape == (1, 0)


def test_every_term_runs_on_any_array_library():
    def curves(of) -> list[np.ndarray]:
        vectors = {
            name: of([value, 1.3 * value])
            for name, value in {
                "v": 133.0,
                "cl": 95.0,
                "vm": 98.0,
                "g": 0.01,
                "vmax": 30.0,
                "km": 0.1,
                "half": 0.2,
                "hill": 2.2,
                "rate": 3.0,
                "dose": 30.0,
                "none": 0.0,
            }.items()
        }
        space = of([[23.0], [30.0]])
        drug = Compartments(vectors["v"], vectors["cl"], space, 8 * space, 0 * space)
        steps = {
            "metabolite": Step(single(vectors["vm"], vectors["cl"]), "plasma", vectors["cl"]),
            "tolerance": Step(
                single(vectors["v"] / vectors["v"], vectors["rate"]), "plasma", vectors["none"]
            ),
        }
        depots = {"in": Depot({IV: vectors["half"]}, (vectors["rate"],))}
        plain = Scheme("plasma", drug, steps=steps, depots=depots)
        terms = (
            Growing("metabolite", vectors["g"]),
            Saturable("plasma", vectors["vmax"], vectors["km"]),
            FadingAvailability("in", vectors["half"], vectors["hill"], "plasma"),
            FedByEffect("tolerance", vectors["half"], vectors["hill"], vectors["rate"], "plasma"),
        )  # fmt: skip
        trains = (Train(0, 2, 12, 1, vectors["dose"]), Train(2, 1, 1, 0, vectors["dose"], "in"))
        body, times = solve_modes(plain.with_terms(terms)), [0.5, 3.0, 20.0]
        names = ["plasma", "metabolite", "tolerance"]
        followed = trajectory(body, names, trains, times)
        through = levels_through([Changed(0, plain), Changed(4, plain)], names, trains, times)
        areas = [area_under_curve(body, name, trains) for name in names]
        return [*followed.values(), *through.values(), *areas]

    strict = curves(lambda data: array_api_strict.asarray(np.asarray(data)))
    for got, want in zip(strict, curves(np.asarray), strict=True):
        got = np.asarray(array_api_strict.asarray(got)._array)
        np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-12 * np.max(np.abs(want)))
