"""NumPy and JAX give the same people the same answers, and JAX also gives derivatives.

Runs on the processor. Every shape is compiled once, so shapes are few.
"""

from __future__ import annotations

from dataclasses import replace

import jax
import numpy as np
import pytest

from respite.domain import Patient, Regimen
from respite.engine import (
    IV,
    Compartments,
    Depot,
    Grid,
    Scheme,
    Train,
    add_stage,
    area_under_curve,
    disposition_modes,
    effect_site,
    effect_site_step,
    levels_on_grid,
    single,
    solve_modes,
    trajectory,
)
from respite.literature import load_library
from respite.population import (
    People,
    array_library,
    compiled,
    draw_group,
    follow_on_grid,
    is_linear,
    simulate_on_grid,
    simulate_pain,
)

pytestmark = pytest.mark.thorough

SAME = 1e-12
"""Both libraries round alike; only the order of a sum and the last bit of ``exp`` differ."""

LIBRARY = load_library()
MODELS = sorted(name for name, model in LIBRARY.models.items() if model.kind == "kinetics")
LINEAR = [model for model in MODELS if is_linear(LIBRARY.assembled(model))]
"""What bends is followed by steps whose number depends on numbers: NumPy is its place."""

GRID = Grid(1, 60)
TIMES = [0.0, 0.5, 1.0, 8.25, 20.0]


@pytest.fixture(scope="module")
def jnp():
    return array_library("jax")


def assert_same(got, expected) -> None:
    for name, plain in expected.items():
        top = np.max(np.abs(plain), axis=-1, keepdims=True)
        assert np.all(np.abs(np.asarray(got[name]) - plain) <= SAME * top), name


def two_people(model: str):
    return draw_group(LIBRARY, Patient(), People(3, 2), kinetics=LIBRARY.assembled(model))


def doses_by_every_route(model: str):
    """Give a dose by each route that the model has, and an infusion."""
    assembled = LIBRARY.assembled(model)
    drug = assembled.drug
    parts = [f"{drug} 20 mg {route}" for route in assembled.routes]
    parts.append(f"{drug} 5 mg/h iv for 6 h")
    return Regimen.parse("; ".join(parts)).events()


def places_of(dosing) -> list[str]:
    bodies = dosing.bodies.values()
    return [name for name in ("plasma", "metabolite") if all(name in b.outputs for b in bodies)]


@pytest.mark.parametrize("model", LINEAR)
def test_every_model_and_route_gives_the_same_levels(model, jnp):
    group = two_people(model)
    moved = group.on(jnp)
    for event in doses_by_every_route(model):
        plain, other = group.dose([event]), moved.dose([event])
        for form, trains in plain.trains.items():
            places = places_of(plain)
            expected = trajectory(plain.bodies[form], places, trains, TIMES)
            got = trajectory(other.bodies[form], places, other.trains[form], TIMES)
            assert isinstance(got["plasma"], jax.Array)
            assert_same(got, expected)


@pytest.mark.parametrize("model", LINEAR)
def test_every_model_gives_the_same_levels_compiled(model, jnp):
    dosing = two_people(model).dose(doses_by_every_route(model))

    def levels(its):
        return {
            form: levels_on_grid(its.bodies[form], places_of(its), trains, GRID)
            for form, trains in its.trains.items()
        }

    got = compiled(levels, dosing)(dosing)
    for form, expected in levels(dosing).items():
        assert_same(got[form], expected)


@pytest.fixture(scope="module")
def responding():
    """Give people of whom some respond to each part, and one keeps relief."""
    group = draw_group(LIBRARY, Patient(weight=70), People(1, 24), condition="crps")
    assert np.any(group.needs.persists)
    return group


EVENTS = Regimen.parse("ketamine 25 mg sublingual every 8 h x4").events()
COURSE_H = [0.0, 1.0, 8.0, 9.0, 26.0, 200.0]


def parts_of(group):
    courses = simulate_pain(group, EVENTS, COURSE_H)
    return {
        "drug": courses.left_by_drug,
        "placebo": courses.left_by_placebo,
        "slow": courses.slow,
        "pain": courses.pain(),
    }


def test_pain_is_the_same(responding, jnp):
    assert_same(parts_of(responding.on(jnp)), parts_of(responding))


def test_pain_is_the_same_compiled(responding, jnp):
    assert_same(compiled(parts_of, responding)(responding), parts_of(responding))


def test_a_group_on_a_grid_is_the_same_compiled(responding):
    plain = simulate_on_grid(responding, EVENTS, GRID)

    def curves(its):
        needs, dosing = its
        return follow_on_grid(needs, dosing, GRID)

    people = (responding.needs, responding.dose(EVENTS))
    ketamine, relief = compiled(curves, people)(people)
    assert_same({"k": ketamine, "r": relief}, {"k": plain.ketamine, "r": plain.relief})


# What derivatives are taken by: clearance, volumes, flow, absorption, delay, amount, length.
PARAMETERS = np.array([80.0, 70.0, 150.0, 60.0, 1.3, 3.5, 25.0, 0.75])


def answers(parameters, xp):
    """Give levels and areas of one person as a function of all parameters."""
    clearance, volume, space, flow, ka, ke0, amount, length = (
        parameters[place : place + 1] for place in range(8)
    )
    drug = Compartments(volume, clearance, flow[:, None], space[:, None], 0 * flow[:, None])
    scheme = Scheme(
        "plasma",
        drug,
        steps={"site": effect_site_step(ke0, fed_by="plasma")},
        depots={"mouth": Depot({IV: 0 * ka + 0.5}, (ka,))},
    )
    body = solve_modes(scheme)
    trains = [
        Train(0, 3, 8, 0.75, amount, length_h=length),
        Train(1, 2, 6, 0, 2 * amount, entry="mouth"),
    ]
    levels = trajectory(body, ["plasma", "site"], trains, [0.5, 0.75, 3.0, 8.25, 20.0])
    areas = [area_under_curve(body, "plasma", trains, until) for until in (0.25, 10.0, None)]
    return xp.concat([levels["plasma"][0], levels["site"][0], *areas])


def test_derivatives_are_those_of_small_differences(jnp):
    got = jax.jit(jax.jacfwd(lambda its: answers(its, jnp)))(jnp.asarray(PARAMETERS))
    step = 1e-4
    for place, value in enumerate(PARAMETERS):
        shift = np.zeros_like(PARAMETERS)
        shift[place] = step * value
        near = (answers(PARAMETERS + shift, np) - answers(PARAMETERS - shift, np)) / 2
        far = (answers(PARAMETERS + 2 * shift, np) - answers(PARAMETERS - 2 * shift, np)) / 4
        # Richardson's step: what is left is of fourth order in the shift.
        expected = (4 * near - far) / 3 / shift[place]
        np.testing.assert_allclose(
            got[:, place], expected, rtol=0, atol=1e-8 * np.max(np.abs(answers(PARAMETERS, np)))
        )


def test_relief_has_derivatives_by_the_size_of_the_dose(responding, jnp):
    """Through doses, kinetics, effect sites, both curves and placebo, to expected relief."""
    people, dosing = responding.on(jnp).needs, responding.on(jnp).dose(EVENTS)

    def mean_relief(factor):
        trains = {
            form: tuple(replace(train, amount_mg=factor * train.amount_mg) for train in its)
            for form, its in dosing.trains.items()
        }
        return jnp.mean(follow_on_grid(people, replace(dosing, trains=trains), GRID)[1])

    value = jax.jit(jax.value_and_grad(mean_relief))
    step = 1e-4
    difference = (value(1 + step)[0] - value(1 - step)[0]) / (2 * step)
    assert value(1.0)[1] == pytest.approx(float(difference), rel=1e-6)
    assert value(1.0)[1] > 0


def test_a_derivative_stands_where_two_rates_are_equal(jnp):
    r"""At :math:`k_{e0} = k` it is :math:`e^{-kt}(t - k t^2/2)` of the starting level."""
    rate, times = 0.7, np.array([0.5, 2.0, 7.0])

    def site(ke0):
        one = single(jnp.ones(1), jnp.ones(1) * rate)
        body = disposition_modes(one).body("plasma")
        body = add_stage(body, "site", effect_site(ke0[None]), fed_by="plasma")
        return trajectory(body, ["site"], [Train(0, 1, 1, 0, jnp.ones(1))], times.tolist())["site"]

    got = jax.jacfwd(site)(jnp.asarray(rate))[0]
    expected = np.exp(-rate * times) * (times - rate * times**2 / 2)
    np.testing.assert_allclose(got, expected, rtol=0, atol=1e-7)


def plasma_with_spaces(jnp, spaces: int):
    """Give plasma as a function of the volumes of spaces that are all alike."""

    def plasma(volumes):
        alike = jnp.ones((1, spaces))
        drug = Compartments(
            jnp.ones(1) * 70, jnp.ones(1) * 80, 50 * alike, volumes[None, :], 0 * alike
        )
        body = disposition_modes(drug).body("plasma")
        return trajectory(body, ["plasma"], [Train(0, 1, 1, 0, jnp.ones(1))], [1.0, 5.0])["plasma"][
            0
        ]

    return plasma


def test_two_equal_spaces_keep_their_derivatives(jnp):
    plasma, volumes = plasma_with_spaces(jnp, 2), jnp.asarray([100.0, 100.0])
    got = jax.jacfwd(plasma)(volumes)
    shift = jnp.asarray([1e-2, 0])
    expected = (plasma(volumes + shift) - plasma(volumes - shift)) / 2e-2
    np.testing.assert_allclose(got[:, 0], expected, rtol=1e-6)
    np.testing.assert_allclose(got[:, 1], expected, rtol=1e-6)


def test_three_equal_spaces_have_a_level_but_no_derivative(jnp):
    """A limit: two rates are then one, and no number is better than a wrong one."""
    plasma, volumes = plasma_with_spaces(jnp, 3), jnp.asarray([100.0, 100.0, 100.0])
    assert np.all(np.isfinite(plasma(volumes)))
    assert np.any(np.isnan(jax.jacfwd(plasma)(volumes)))
