"""Laws of the ways in: depots, shares, chains and doses that have been given for ever."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_strategies import (
    PLACES,
    PROMISED,
    assert_same_curves,
    between,
    bodies,
    compartments,
    few,
    law,
    moments,
    plasma_of,
    ticks,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

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
    disposition_modes,
    effect_site,
    trajectory,
)

ONE = np.array([1.0])
INSTANT = Train(0, 1, 1, 0, ONE)


def links_of(rate: float, count: int = 1) -> tuple[np.ndarray, ...]:
    return (np.array([rate]),) * count


shares = st.floats(0.01, 1).map(lambda share: np.array([share]))


@law
@given(compartments(losing=False), between(1e-2, 1e2), shares, st.integers(1, 2))
def test_what_enters_leaves_whatever_the_way(compartment, rate, share, links):
    body = plasma_of(disposition_modes(compartment))
    body = add_entry(body, "gut", Depot({IV: share}, links_of(rate, links)))
    area = area_under_curve(body, "plasma", [replace(INSTANT, entry="gut")])
    assert area == pytest.approx(share / compartment.clearance, rel=1e-8)


@few
@given(bodies(), between(1e-2, 1e1), moments)
def test_a_way_in_changes_no_other(body, rate, times):
    other = add_entry(body, "gut", Depot({IV: ONE}, links_of(rate)))
    got, want = (trajectory(each, PLACES, [INSTANT], times) for each in (other, body))
    for name in PLACES:
        np.testing.assert_array_equal(got[name], want[name])


@few
@given(bodies(), shares, moments)
def test_shares_of_a_dose_add_up(body, share, times):
    body = add_entry(body, "mixed", Depot({IV: share}))
    body = add_entry(body, "rest", Depot({IV: 1 - share}))
    parts = [replace(INSTANT, entry="mixed"), replace(INSTANT, entry="rest")]
    got, want = (trajectory(body, PLACES, trains, times) for trains in (parts, [INSTANT]))
    assert_same_curves(got, want, body, [INSTANT])


def depots(rate: float, body: Body) -> st.SearchStrategy[float]:
    """Give rates of a depot, some of them equal to a rate of the body or nearly so."""
    own = st.sampled_from(body.rates[0].tolist())
    return st.just(rate) | own | own.map(lambda rate: rate * (1 + 1e-9))


@pytest.mark.thorough
@law
@given(compartments(), compartments(1), between(1e-2, 1e2), st.integers(1, 2), st.data())
def test_a_depot_before_a_body_is_the_exponential_of_its_matrix(drug, product, rate, links, data):
    """Swallowed drug: a part reaches plasma, a part the metabolite, whatever the rates."""
    body = plasma_of(disposition_modes(drug))
    body = add_stage(
        body,
        "metabolite",
        disposition_modes(product).stage,
        fed_by="plasma",
        gain=drug.clearance,
        is_dosed=True,
    )
    rate = data.draw(depots(rate, body))
    into = {IV: np.array([0.2]), "metabolite": np.array([0.5])}
    body = add_entry(body, "gut", Depot(into, links_of(rate, links)))
    spaces = drug.flows.shape[1]
    size = spaces + 3
    matrix = np.zeros((size + links, size + links))
    fill(matrix, drug, 0)
    fill(matrix, product, spaces + 1)
    matrix[spaces + 1, 0] += drug.clearance[0] / drug.central_volume[0]
    for link in range(size, size + links):
        matrix[link, link] = -rate
        if link + 1 < size + links:
            matrix[link + 1, link] = rate
    matrix[0, -1], matrix[spaces + 1, -1] = 0.2 * rate, 0.5 * rate
    step = 1 / float(np.max(np.abs(matrix)))
    one_step, state = expm(matrix * step), np.eye(len(matrix))[:, size]
    states = []
    for _ in range(60):
        states.append(state)
        state = one_step @ state
    want = np.array(states)
    dose = [replace(INSTANT, entry="gut")]
    got = trajectory(body, ["plasma", "metabolite"], dose, [i * step for i in range(60)])
    whole = trajectory(body, ["plasma", "metabolite"], dose, np.geomspace(1e-5, 1e6, 300).tolist())
    volumes = {
        "plasma": (0, drug.central_volume),
        "metabolite": (spaces + 1, product.central_volume),
    }
    for name, (place, volume) in volumes.items():
        exact = want[:, place] / volume
        highest = max(np.max(exact), np.max(whole[name]))
        assert np.max(np.abs(got[name][0] - exact)) <= PROMISED * highest, name


def fill(matrix: np.ndarray, body: Compartments, first: int) -> None:
    volume = body.central_volume[0]
    matrix[first, first] -= body.clearance[0] / volume
    for i, (flow, space, loss) in enumerate(
        zip(body.flows[0], body.volumes[0], body.losses[0], strict=True), first + 1
    ):
        matrix[first, first] -= flow / volume
        matrix[i, first] += flow / volume
        matrix[first, i] += flow / space
        matrix[i, i] -= flow / space + loss


@few
@given(compartments(), between(1e-1, 1e1), between(1e-2, 1e1), moments)
def test_a_site_sees_the_depot_whichever_was_added_first(compartment, rate, ke0, times):
    plain = plasma_of(disposition_modes(compartment))
    site, depot = effect_site(np.array([ke0])), Depot({IV: ONE}, links_of(rate))
    early = add_entry(add_stage(plain, "site", site, fed_by="plasma"), "gut", depot)
    late = add_stage(add_entry(plain, "gut", depot), "site", site, fed_by="plasma")
    dose = [replace(INSTANT, entry="gut")]
    curves = [trajectory(body, ["site"], dose, times)["site"] for body in (early, late)]
    whole = np.max(trajectory(late, ["site"], dose, np.geomspace(1e-4, 1e5, 200).tolist())["site"])
    assert np.max(np.abs(curves[0] - curves[1])) <= PROMISED * whole


@few
@given(bodies(), ticks(0.1, 40), ticks(0, 30), ticks(0, 5), between(1e-2, 1e1))
def test_a_steady_state_is_what_very_many_doses_come_to(body, length, rest, wait, rate):
    body = add_entry(body, "gut", Depot({IV: ONE}, links_of(rate)))
    interval = length + rest + 0.5
    slowest = float(np.min(body.rates))
    many = int(40 / (slowest * interval)) + 2
    for entry in (IV, "gut"):
        steady = Train(0, 3, interval, length, ONE, entry, is_steady=True)
        explicit = Train(-many * interval, many + 3, interval, length, ONE, entry)
        for now in (wait, 2 * interval + wait, 9 * interval + wait):
            got, want = (amplitudes(body, [train], now) for train in (steady, explicit))
            np.testing.assert_allclose(got, want, rtol=1e-9, atol=1e-14 * np.max(np.abs(want)))


def test_what_was_given_for_ever_has_no_area():
    body = plasma_of(
        disposition_modes(Compartments(ONE, ONE, ONE[:, None], ONE[:, None], ONE[:, None]))
    )
    with pytest.raises(ValueError, match="for ever"):
        area_under_curve(body, "plasma", [replace(INSTANT, is_steady=True)], 3)
