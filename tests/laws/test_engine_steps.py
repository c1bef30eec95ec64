"""Laws of what a body feeds: metabolites, effect sites, and the curves on top of them."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from engine_strategies import (
    PLACES,
    PROMISED,
    assert_same_curves,
    between,
    bodies,
    column,
    compartments,
    doses,
    few,
    law,
    moments,
    plasma_of,
)
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from respite.engine import (
    IV,
    Body,
    Compartments,
    Entry,
    Output,
    Stage,
    Train,
    add_stage,
    amplitudes,
    decay_from,
    disposition_modes,
    effect_site,
    fading_maximum,
    sigmoid,
    trajectory,
)
from respite.engine.arrays import running_maximum
from respite.engine.settings import WEIGHTS
from respite.engine.twins import spread_apart

# ------------------------------------------------------------------ effect sites


def plain(rates: np.ndarray, heights: np.ndarray) -> Body:
    """Give a body of separate modes, each of which a dose sets to one."""
    columns = tuple(range(rates.shape[1]))
    entry = Entry(columns, np.ones_like(rates))
    return Body(rates, {"plasma": Output(columns, heights)}, {IV: entry})


@law
@given(compartments(), between(1e-3, 1e2), between(1.2, 1e3))
def test_an_effect_site_peaks_lower_and_later_than_plasma_and_more_so_the_slower_it_is(
    compartment, slower, times_faster
):
    body = plasma_of(disposition_modes(compartment))
    rates = {"slow": slower, "fast": slower * times_faster}
    for name, ke0 in rates.items():
        body = add_stage(body, name, effect_site(np.array([ke0])), fed_by="plasma")
    times = [0.0, *np.geomspace(1e-6, 1e5, 400).tolist()]
    curves = trajectory(
        body, ["plasma", "fast", "slow"], [Train(0, 1, 1, 0, np.array([1.0]))], times
    )
    plasma, fast, slow = (curves[name][0] for name in ("plasma", "fast", "slow"))
    assert np.argmax(plasma) == 0
    assert np.max(slow) <= np.max(fast) * (1 + PROMISED) <= np.max(plasma) * (1 + PROMISED) ** 2
    assert 0 < np.argmax(fast) <= np.argmax(slow)


@law
@given(between(1e-3, 1e2), between(1e-16, 1e-2), st.sampled_from([-1, 0, 1]))
def test_rates_that_nearly_meet_cost_no_accuracy(rate, distance, side):
    """Against t exp(-k t) and its neighbours, in a form without any difference of rates."""
    ke0 = rate * (1 + side * distance)
    apart = np.longdouble(ke0) - np.longdouble(rate)
    body = plain(np.array([[rate]]), np.array([[1.0]]))
    body = add_stage(body, "site", effect_site(np.array([ke0])), fed_by="plasma")
    times = np.linspace(0, 12, 61) / rate
    got = trajectory(body, ["site"], [Train(0, 1, 1, 0, np.array([1.0]))], times.tolist())["site"]
    grown = apart * times.astype(np.longdouble)
    # (1 - exp(-x)) / x, which is one where x is zero.
    mean = np.where(grown == 0, 1, -np.expm1(-grown) / np.where(grown == 0, 1, grown))
    want = ke0 * times * np.exp(-np.longdouble(rate) * times) * mean
    assert np.max(np.abs(got[0] - want)) <= PROMISED * np.max(want)


@law
@given(
    st.lists(between(1e-3, 1e2), min_size=1, max_size=4),
    st.lists(between(1e-3, 1e2), min_size=1, max_size=2),
    st.data(),
)
def test_four_rates_lie_evenly_about_the_rate_they_stand_for(rates, next_rates, data):
    near = data.draw(st.sampled_from(rates)) * (1 + data.draw(st.floats(-1e-5, 1e-5)))
    wanted = column([near, *next_rates])
    four = spread_apart(wanted, column(rates))
    weights = np.array(WEIGHTS)
    assert np.sum(weights) == pytest.approx(1, abs=1e-15)
    for power in (1, 2, 3):
        moment = np.sum(weights * (four / wanted[:, :, None] - 1) ** power, axis=2)
        np.testing.assert_allclose(moment, 0, atol=1e-15)
    gaps = np.min(np.abs(four[..., None] - column(rates)[:, None, None, :]), axis=3)
    assert np.all(gaps >= 1e-5 * wanted[:, :, None])


@few
@given(bodies(), moments)
def test_room_for_four_rates_changes_no_number(body, times):
    site = effect_site(np.array([0.7]))
    plain, roomy = (
        add_stage(body, "site", site, fed_by="plasma", twins=twins) for twins in (None, True)
    )
    dose = [Train(0, 1, 1, 0, np.array([1.0]))]
    got, want = (trajectory(each, ["site"], dose, times)["site"] for each in (roomy, plain))
    np.testing.assert_allclose(got, want, rtol=1e-12, atol=1e-15 * np.max(np.abs(want)))


@dataclass(frozen=True)
class Chain:
    """A drug, its metabolite and an effect site, as one matrix of rates of amounts."""

    drug: Compartments
    metabolite: Compartments
    ke0: float

    def matrix(self) -> np.ndarray:
        """Give rates of change: centre, spaces, metabolite and its space, concentration at site."""
        spaces = self.drug.flows.shape[1]
        size = spaces + 4
        rates = np.zeros((size, size))
        self._fill(rates, self.drug, 0)
        self._fill(rates, self.metabolite, spaces + 1)
        volume = self.drug.central_volume[0]
        rates[spaces + 1, 0] += self.drug.clearance[0] / volume
        rates[-1, 0], rates[-1, -1] = self.ke0 / volume, -self.ke0
        return rates

    @staticmethod
    def _fill(rates: np.ndarray, body: Compartments, first: int) -> None:
        volume = body.central_volume[0]
        rates[first, first] -= body.clearance[0] / volume
        for i, (flow, space, loss) in enumerate(
            zip(body.flows[0], body.volumes[0], body.losses[0], strict=True), first + 1
        ):
            rates[first, first] -= flow / volume
            rates[i, first] += flow / volume
            rates[first, i] += flow / space
            rates[i, i] -= flow / space + loss

    def body(self) -> Body:
        modes = disposition_modes(self.drug)
        product, gain = disposition_modes(self.metabolite).stage, self.drug.clearance
        body = add_stage(plasma_of(modes), "metabolite", product, fed_by="plasma", gain=gain)
        return add_stage(body, "site", effect_site(np.array([self.ke0])), fed_by="plasma")


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    """Give chains; in some the rates of a later step are those of an earlier one."""
    drug = draw(compartments(draw(st.integers(1, 2))))
    metabolite = draw(compartments(1))
    if drug.flows.shape[1] == 1 and draw(st.booleans()):
        metabolite = drug
    rates = disposition_modes(drug).rates[0].tolist()
    ke0 = draw(between(1e-3, 1e2) | st.sampled_from(rates))
    return Chain(drug, metabolite, ke0)


@law
@given(chains(), between(1e-1, 1e1))
def test_a_chain_of_steps_is_the_exponential_of_its_matrix(chain, typical_times):
    matrix = chain.matrix()
    fastest = float(np.max(np.abs(matrix)))
    # The exponential of a matrix is itself exact only where its norm is moderate.
    step = typical_times / fastest
    one_step = expm(matrix * step)
    state, states = np.eye(len(matrix))[:, 0], []
    for _ in range(60):
        states.append(state)
        state = one_step @ state
    want = np.array(states)
    times = [i * step for i in range(60)]
    body, dose = chain.body(), [Train(0, 1, 1, 0, np.array([1.0]))]
    got = trajectory(body, list(body.outputs), dose, times)
    # The window may be short, and what is promised is a share of the whole curve's maximum.
    whole = trajectory(body, list(body.outputs), dose, np.geomspace(1e-5, 1e6, 300).tolist())
    volumes = {"plasma": chain.drug.central_volume[0], "site": 1.0}
    volumes["metabolite"] = chain.metabolite.central_volume[0]
    places = {"plasma": 0, "metabolite": len(matrix) - 3, "site": len(matrix) - 1}
    for name, place in places.items():
        exact = want[:, place] / volumes[name]
        highest = max(np.max(exact), np.max(whole[name]))
        assert np.max(np.abs(got[name][0] - exact)) <= PROMISED * highest, name


@few
@given(bodies(), doses, moments)
def test_after_the_last_dose_everything_only_decays(body, trains, ages):
    end = max(train.end_h for train in trains)
    state = amplitudes(body, trains, end)
    got = decay_from(body, PLACES, state, np.array([ages]))
    want = trajectory(body, PLACES, trains, [end + age for age in ages])
    assert_same_curves(got, want, body, trains)


# ------------------------------------------------------------------ curves


@law
@given(
    st.lists(st.just(0.0) | between(1e-9, 1e9), min_size=1, max_size=20).map(sorted),
    between(1e-6, 1e6),
    between(0.5, 20),
)
def test_a_sigmoid_rises_from_zero_to_one_and_is_half_at_its_middle(levels, ec50, hill):
    middle, steep = np.array(ec50), np.array(hill)
    effects = sigmoid(np.array(levels), middle, steep)
    assert np.all((effects >= 0) & (effects <= 1))
    assert np.all(np.diff(effects) >= 0)
    assert sigmoid(middle, middle, steep) == pytest.approx(0.5, abs=1e-13)
    assert sigmoid(np.array(0.0), middle, steep) < 1e-12
    is_plain = (np.array(levels) > ec50 / 10) & (np.array(levels) < ec50 * 10)
    powers = (np.array(levels)[is_plain] / ec50) ** hill
    np.testing.assert_allclose(effects[is_plain], powers / (1 + powers), rtol=1e-10, atol=1e-14)


rows = st.lists(st.just(0.0) | between(1e-6, 1e3), min_size=1, max_size=70)


@law
@given(rows, st.floats(0, 1), st.data())
def test_a_fading_maximum_is_the_highest_of_all_faded_values(values, fade, data):
    gaps = data.draw(st.lists(st.floats(1e-3, 50), min_size=len(values), max_size=len(values)))
    times = np.cumsum(gaps)
    got = fading_maximum(np.array([values]), times, np.array([fade]))[0]
    want = [
        max(values[s] * math.exp(-fade * (times[t] - times[s])) for s in range(t + 1))
        for t in range(len(values))
    ]
    np.testing.assert_allclose(got, want, rtol=1e-11, atol=1e-290)


@law
@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=130), st.integers(1, 3))
def test_a_running_maximum_is_the_highest_so_far(values, people):
    table = np.array([np.roll(values, shift) for shift in range(people)])
    np.testing.assert_array_equal(running_maximum(table), np.maximum.accumulate(table, axis=1))


# ------------------------------------------------------------------ what is no train


@pytest.mark.parametrize(
    ("count", "interval_h", "duration_h"), [(0, 1, 0), (1, 1, -1), (2, 1, 2), (2, 0, 0)]
)
def test_what_is_no_train_of_doses_is_refused(count, interval_h, duration_h):
    with pytest.raises(ValueError, match="train"):
        Train(0, count, interval_h, duration_h, np.array([1.0]))


def test_a_step_for_everybody_is_the_step_for_each():
    """People are rows: nobody's curve depends on who else is in the array."""
    rates = np.array([[3.0, 0.4], [2.0, 2.0 * (1 + 1e-9)], [0.1, 5.0]])
    heights = np.ones_like(rates)
    stage = Stage(np.array([[1.0], [2.0], [0.1]]), np.array([[1.0], [2.0], [0.1]]))
    trains = [Train(0, 3, 24, 1, np.array([1.0, 2.0, 3.0]))]
    times = [0.0, 0.5, 1.0, 30.0, 80.0]

    def curve(rows: list[int]) -> np.ndarray:
        body = plain(rates[rows], heights[rows])
        chosen = Stage(stage.rates[rows], stage.heights[rows])
        body = add_stage(body, "site", chosen, fed_by="plasma", twins=True)
        mine = [replace(train, amount_mg=train.amount_mg[rows]) for train in trains]
        return trajectory(body, ["site"], mine, times)["site"]

    together = curve([0, 1, 2])
    for row in range(3):
        np.testing.assert_array_equal(curve([row])[0], together[row])
