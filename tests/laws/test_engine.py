"""Laws of the engine: what holds for any body and any doses, however extreme."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.linalg import expm

from respite.engine import (
    Body,
    Compartments,
    Disposition,
    Output,
    Stage,
    Train,
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
from respite.engine.arrays import running_maximum
from respite.engine.modes import twin

law = settings(max_examples=60)
few = settings(max_examples=25)

ROUNDING = 1e-11
"""Sums of some dozen terms, each rounded to about 1e-16 and none cancelling much."""

PROMISED = 1e-8
"""What the engine promises of each curve's maximum, however close two rates lie."""

TICK = 1 / 1024
"""Times are whole numbers of ticks, so that sums and differences of times are exact."""


def between(lowest: float, highest: float) -> st.SearchStrategy[float]:
    """Give positive numbers of every size between two bounds."""
    return st.floats(math.log(lowest), math.log(highest)).map(math.exp)


def ticks(lowest_h: float, highest_h: float) -> st.SearchStrategy[float]:
    return st.integers(round(lowest_h / TICK), round(highest_h / TICK)).map(TICK.__mul__)


def column(values: list[float]) -> np.ndarray:
    return np.array([values])


@st.composite
def compartments(draw: st.DrawFn, spaces: int | None = None, *, losing: bool = True):
    """Give one person's compartments: sizes from a thimble to a swimming pool."""
    count = draw(st.integers(0, 3)) if spaces is None else spaces
    some = st.lists(between(1e-2, 1e3), min_size=count, max_size=count)
    zeros = st.just([0.0] * count)
    return Compartments(
        central_volume=np.array([draw(between(1e-1, 1e3))]),
        clearance=np.array([draw(between(1e-2, 1e3))]),
        flows=column(draw(some)),
        volumes=column(draw(st.lists(between(1e-1, 1e3), min_size=count, max_size=count))),
        losses=column(draw(zeros | some if losing else zeros)),
    )


def plasma_of(modes: Disposition) -> Body:
    columns = tuple(range(modes.rates.shape[1]))
    return Body(modes.rates, {"plasma": Output(columns, modes.central)})


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """Give one person's body: a drug, its metabolite, and a fast and a slow effect site."""
    body = plasma_of(disposition_modes(draw(compartments())))
    metabolite = disposition_modes(draw(compartments(1)))
    gain = np.array([draw(between(1e-2, 1e2))])
    body = add_stage(body, "metabolite", metabolite.stage.with_gain(gain), fed_by="plasma")
    for site, ke0 in (("fast", between(1e-1, 1e2)), ("slow", between(1e-4, 1e-1))):
        body = add_stage(body, site, effect_site(np.array([draw(ke0)])), fed_by="plasma")
    return body


PLACES = ("plasma", "metabolite", "fast", "slow")


@st.composite
def dose_trains(draw: st.DrawFn) -> Train:
    duration = draw(st.just(0.0) | ticks(0.01, 30))
    return Train(
        start_h=draw(ticks(0, 50)),
        count=draw(st.integers(1, 12)),
        interval_h=duration + draw(ticks(0.01, 100)),
        duration_h=duration,
        amount_mg=np.array([draw(between(1e-3, 1e3))]),
    )


doses = st.lists(dose_trains(), min_size=1, max_size=3)
moments = st.lists(ticks(0, 1500), min_size=1, max_size=12, unique=True).map(sorted)


def one_by_one(train: Train) -> list[Train]:
    """Write every dose of a train out as a train of one."""
    return [
        replace(train, start_h=train.start_h + i * train.interval_h, count=1, interval_h=1)
        for i in range(train.count)
    ]


def scale_of(body: Body, name: str, trains: list[Train]) -> float:
    """Give a bound on the curve: all doses at once, on modes that nothing cancels."""
    total = sum(float(train.amount_mg[0]) * train.count for train in trains)
    return total * float(np.sum(np.abs(body.outputs[name].heights)))


def assert_same_curves(got, expected, body: Body, trains: list[Train]) -> None:
    for name in PLACES:
        error = np.max(np.abs(got[name] - expected[name]))
        assert error <= ROUNDING * scale_of(body, name, trains), name


# ------------------------------------------------------------------ one body


@law
@given(compartments())
def test_heights_of_the_centre_are_never_negative_and_add_up_to_one_over_its_volume(body):
    modes = disposition_modes(body)
    assert np.all(modes.central >= 0)
    assert np.all(modes.rates > 0)
    assert np.sum(modes.central) * body.central_volume[0] == pytest.approx(1, rel=1e-13)


@law
@given(compartments())
def test_a_dose_into_the_centre_finds_the_other_spaces_empty(body):
    modes = disposition_modes(body)
    assert np.all(
        np.abs(np.sum(modes.spaces, axis=2)) <= ROUNDING * (1 + np.abs(modes.spaces).sum())
    )


@law
@given(compartments(losing=False), dose_trains())
def test_the_whole_area_is_dose_over_clearance(compartment, train):
    area = area_under_curve(plasma_of(disposition_modes(compartment)), "plasma", [train])
    dose = train.amount_mg * train.count
    assert area == pytest.approx(dose / compartment.clearance, rel=1e-9)


@law
@given(compartments(), doses, ticks(0, 1500))
def test_what_was_given_is_held_or_lost(compartment, trains, now):
    """Held in centre and spaces, or lost from any of them: nothing else can happen to drug."""
    modes = disposition_modes(compartment)
    body = plasma_of(modes)
    columns = body.outputs["plasma"].columns
    held = compartment.central_volume * trajectory(body, ["plasma"], trains, [now])["plasma"][:, 0]
    lost = compartment.clearance * area_under_curve(body, "plasma", trains, now)
    for i in range(compartment.flows.shape[1]):
        body = body.with_output("space", Output(columns, modes.spaces[:, i, :]))
        held = held + trajectory(body, ["space"], trains, [now])["space"][:, 0]
        lost = lost + compartment.losses[:, i] * area_under_curve(body, "space", trains, now)
    assert held + lost == pytest.approx(given_mg(trains, now, held), rel=1e-9, abs=1e-12)


@few
@given(compartments(2), st.permutations([0, 1]), doses, moments)
def test_the_order_of_the_spaces_changes_nothing(compartment, order, trains, times):
    other = replace(
        compartment,
        flows=compartment.flows[:, order],
        volumes=compartment.volumes[:, order],
        losses=compartment.losses[:, order],
    )
    one, two = (plasma_of(disposition_modes(each)) for each in (compartment, other))
    got, want = (trajectory(each, ["plasma"], trains, times)["plasma"] for each in (one, two))
    assert np.max(np.abs(got - want)) <= 1e-9 * scale_of(one, "plasma", trains)


@few
@given(compartments(2), doses, moments, st.integers(-6, 6))
def test_the_unit_of_time_changes_no_level(compartment, trains, times, power):
    """A body that does everything faster, dosed faster, has the same levels at sooner times."""
    factor = 2.0**power
    faster = replace(
        compartment,
        clearance=compartment.clearance * factor,
        flows=compartment.flows * factor,
        losses=compartment.losses * factor,
    )
    sooner = [
        replace(
            train,
            start_h=train.start_h / factor,
            interval_h=train.interval_h / factor,
            duration_h=train.duration_h / factor,
        )
        for train in trains
    ]
    body, other = (plasma_of(disposition_modes(each)) for each in (compartment, faster))
    got = trajectory(other, ["plasma"], sooner, [time / factor for time in times])["plasma"]
    want = trajectory(body, ["plasma"], trains, times)["plasma"]
    assert np.max(np.abs(got - want)) <= 1e-9 * scale_of(body, "plasma", trains)


@few
@given(compartments(2), doses, moments, between(1e-3, 1e3))
def test_a_larger_body_given_more_has_the_same_levels(compartment, trains, times, size):
    larger = Compartments(
        compartment.central_volume * size,
        compartment.clearance * size,
        compartment.flows * size,
        compartment.volumes * size,
        compartment.losses,
    )
    more = [replace(train, amount_mg=train.amount_mg * size) for train in trains]
    body, other = (plasma_of(disposition_modes(each)) for each in (compartment, larger))
    got = trajectory(other, ["plasma"], more, times)["plasma"]
    want = trajectory(body, ["plasma"], trains, times)["plasma"]
    assert np.max(np.abs(got - want)) <= 1e-9 * scale_of(body, "plasma", trains)


# ------------------------------------------------------------------ doses


@law
@given(bodies(), doses, doses, moments)
def test_doses_add(body, some, others, times):
    both = trajectory(body, PLACES, [*some, *others], times)
    one, two = (trajectory(body, PLACES, each, times) for each in (some, others))
    summed = {name: one[name] + two[name] for name in PLACES}
    assert_same_curves(both, summed, body, [*some, *others])


@few
@given(bodies(), doses, moments, between(1e-3, 1e3))
def test_twice_the_dose_is_twice_the_level(body, trains, times, factor):
    more = [replace(train, amount_mg=train.amount_mg * factor) for train in trains]
    got = trajectory(body, PLACES, more, times)
    want = {name: factor * y for name, y in trajectory(body, PLACES, trains, times).items()}
    assert_same_curves(got, want, body, more)


@few
@given(bodies(), doses, moments, ticks(0, 5000))
def test_a_course_given_later_has_the_same_levels_later(body, trains, times, delay):
    later = [replace(train, start_h=train.start_h + delay) for train in trains]
    got = trajectory(body, PLACES, later, [time + delay for time in times])
    assert_same_curves(got, trajectory(body, PLACES, trains, times), body, trains)


@law
@given(bodies(), dose_trains(), moments)
def test_a_train_is_its_doses_one_by_one(body, train, times):
    got = trajectory(body, PLACES, [train], times)
    assert_same_curves(got, trajectory(body, PLACES, one_by_one(train), times), body, [train])
    until = times[-1]
    for name in PLACES:
        whole, parts = (
            area_under_curve(body, name, each, until) for each in ([train], one_by_one(train))
        )
        assert whole == pytest.approx(parts, rel=1e-6, abs=1e-9 * abs(parts[0]) + 1e-12)


@law
@given(bodies(), ticks(0.1, 100), st.floats(0.01, 0.99), between(1e-2, 1e3), moments)
def test_an_infusion_is_its_two_parts_in_sequence(body, length, share, amount, times):
    first = max(round(share * length / TICK), 1) * TICK
    assume(first < length)
    whole = [Train(0, 1, 1, length, np.array([amount]))]
    parts = [
        Train(0, 1, 1, first, np.array([amount * first / length])),
        Train(first, 1, 1, length - first, np.array([amount * (length - first) / length])),
    ]
    got = trajectory(body, PLACES, parts, times)
    assert_same_curves(got, trajectory(body, PLACES, whole, times), body, whole)


@few
@given(bodies(), st.lists(st.tuples(ticks(0.1, 60), between(1e-2, 1e2)), min_size=2, max_size=5))
def test_rates_in_sequence_are_solved_step_by_step(body, steps):
    """Each mode alone: decay of what is there, and build-up at the rate that runs."""
    trains, clock, state = [], 0.0, np.zeros_like(body.rates)
    for length, rate in steps:
        trains.append(Train(clock, 1, 1, length, np.array([rate * length])))
        clock += length
        kept = np.exp(-body.rates * length)
        state = state * kept + rate * -np.expm1(-body.rates * length) / body.rates
    np.testing.assert_allclose(amplitudes(body.rates, trains, clock), state, rtol=1e-11)


@few
@given(bodies(), ticks(0.5, 20), ticks(0, 50))
def test_an_infusion_is_the_limit_of_many_small_doses(body, length, wait):
    """Doses in the middle of n equal steps err by (d L / n)^2 / 24 on each mode."""
    steps = 512
    whole = [Train(0, 1, 1, length, np.array([1.0]))]
    small = [Train(length / steps / 2, steps, length / steps, 0, np.array([1.0 / steps]))]
    now = length + wait
    reach = body.rates * length / steps
    kept = reach < 1
    got, want = (amplitudes(body.rates, each, now) for each in (small, whole))
    error = np.abs(got - want)
    assert np.all(error[kept] <= (reach**2 / 20 * want + 1e-12)[kept])


@few
@given(bodies(), doses, moments)
def test_nothing_is_there_before_the_first_dose_and_never_less_than_nothing(body, trains, times):
    first = min(train.start_h for train in trains)
    for name, curve in trajectory(body, PLACES, trains, times).items():
        before = np.array(times) < first
        assert np.all(curve[:, before] == 0)
        assert np.all(curve >= -1e-9 * scale_of(body, name, trains))
    assert np.all(trajectory(body, ["plasma"], trains, times)["plasma"] >= 0)


# ------------------------------------------------------------------ areas


@few
@given(bodies(), dose_trains(), ticks(1, 300))
def test_an_area_is_what_adding_up_the_curve_gives(body, train, until):
    """Gauss-Legendre sums of the curve between all changes of input; nothing closed about them."""
    assume(float(np.max(body.rates)) < 1e2)
    nodes, weights = np.polynomial.legendre.leggauss(20)
    edges = {0.0, until}
    for dose in one_by_one(train):
        edges |= {dose.start_h, dose.end_h}
    cuts = sorted(edge for edge in edges if edge <= until)
    grid = [np.linspace(a, b, 2 + int(4 * (b - a))) for a, b in pairwise(cuts)]
    assume(sum(map(len, grid)) < 2000)
    areas = dict.fromkeys(PLACES, 0.0)
    for fine in grid:
        # Steps shrink towards the left edge, where the curve is steepest.
        fine = fine[0] + (fine - fine[0]) ** 3 / max(fine[-1] - fine[0], TICK) ** 2
        half = np.diff(fine) / 2
        at = ((fine[:-1] + half)[:, None] + half[:, None] * nodes[None, :]).ravel()
        curves = trajectory(body, PLACES, [train], at.tolist())
        for name in PLACES:
            parts = curves[name].reshape(-1, len(nodes)) @ weights
            areas[name] += float(parts @ half)
    for name in PLACES:
        got = area_under_curve(body, name, [train], until)[0]
        scale = scale_of(body, name, [train]) * until
        assert got == pytest.approx(areas[name], rel=1e-6, abs=1e-10 * scale), name


@law
@given(bodies(), doses, ticks(0, 2000))
def test_the_area_so_far_and_the_area_to_come_are_the_whole_area(body, trains, wait):
    now = max(train.end_h for train in trains) + wait
    state = amplitudes(body.rates, trains, now)
    for name in PLACES:
        output = body.outputs[name]
        columns = list(output.columns)
        to_come = np.sum(output.heights * state[:, columns] / body.rates[:, columns], axis=1)
        whole = area_under_curve(body, name, trains)
        terms = np.sum(np.abs(output.heights / body.rates[:, columns])) * given_mg(
            trains, now, state[:, 0]
        )
        error = np.abs(area_under_curve(body, name, trains, now) + to_come - whole)
        assert np.all(error <= ROUNDING * terms)


@law
@given(compartments(), between(1e-4, 1e3), doses)
def test_an_effect_site_sees_the_same_total_exposure_as_plasma(compartment, ke0, trains):
    body = plasma_of(disposition_modes(compartment))
    body = add_stage(body, "site", effect_site(np.array([ke0])), fed_by="plasma")
    plasma, site = (area_under_curve(body, name, trains) for name in ("plasma", "site"))
    # The last digits that nearly equal rates may cost: see engine.settings.
    assert site == pytest.approx(plasma, rel=1e-9)


# ------------------------------------------------------------------ effect sites


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
    body = Body(np.array([[rate]]), {"plasma": Output((0,), np.array([[1.0]]))})
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
def test_twins_lie_evenly_about_the_rate_they_stand_for(rates, next_rates, data):
    near = data.draw(st.sampled_from(rates)) * (1 + data.draw(st.floats(-1e-6, 1e-6)))
    wanted = column([near, *next_rates])
    pairs = twin(wanted, column(rates))
    slower, faster = np.split(pairs, 2, axis=1)
    np.testing.assert_allclose((slower + faster) / 2, wanted, rtol=1e-15)
    assert np.all(slower < faster)
    gaps = np.min(np.abs(pairs[:, :, None] - column(rates)[:, None, :]), axis=2)
    assert np.all(gaps >= 1e-6 * np.concatenate([wanted, wanted], axis=1))


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
        product = disposition_modes(self.metabolite).stage.with_gain(self.drug.clearance)
        body = add_stage(plasma_of(modes), "metabolite", product, fed_by="plasma")
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
    state = amplitudes(body.rates, trains, end)
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
        body = Body(rates[rows], {"plasma": Output((0, 1), heights[rows])})
        chosen = Stage(stage.rates[rows], stage.heights[rows])
        body = add_stage(body, "site", chosen, fed_by="plasma", twins=True)
        mine = [replace(train, amount_mg=train.amount_mg[rows]) for train in trains]
        return trajectory(body, ["site"], mine, times)["site"]

    together = curve([0, 1, 2])
    for row in range(3):
        np.testing.assert_array_equal(curve([row])[0], together[row])
