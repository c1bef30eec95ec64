"""What is not linear, or changes on the way, against a numerical solver.

The equations are written out here by hand, from numbers of likely size or from
the model files as they are printed; nothing comes from the rooms that are tested.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from respite.domain import Patient, Regimen
from respite.engine import (
    IV,
    Compartments,
    Depot,
    FadingAvailability,
    FedByEffect,
    Growing,
    Saturable,
    Scheme,
    Step,
    Train,
    area_under_curve,
    single,
    solve_modes,
    trajectory,
)
from respite.literature import load_library
from respite.population import CORE, People, draw_group, is_linear, levels_through_changes

PROMISED = 1e-8
WEIGHT, AGE = 85, 40
TIMES = np.unique(np.concatenate([np.linspace(0, 6, 61), np.linspace(6, 260, 128)]))

Derivative = Callable[[float, np.ndarray, float], np.ndarray]
Jump = Callable[[np.ndarray, float], None]


def one(value: float) -> np.ndarray:
    return np.array([float(value)])


def row(*values: float) -> np.ndarray:
    return np.array([values], dtype=float)


def solved(derivative: Derivative, size: int, events, times: np.ndarray, jump: Jump | None = None):
    """Restart the solver at each change: events are (time, instant dose, rate)."""
    state, found = np.zeros(size), []
    for (start, dose, rate), (stop, _, _) in pairwise([*events, (times[-1] + 1, 0.0, 0.0)]):
        if dose and jump is not None:
            jump(state, dose)
        elif dose:
            state[0] += dose
        inside = times[(times >= start) & (times < stop)]
        # The equations are stiff, and the method is not the one that is tested.
        answer = solve_ivp(
            derivative,
            (start, stop),
            state,
            args=(rate,),
            method="LSODA",
            rtol=1e-12,
            atol=1e-14,
            t_eval=np.append(inside, stop),
        )
        found.append(answer.y[:, :-1])
        state = answer.y[:, -1].copy()
    return np.concatenate(found, axis=1)


def assert_near(got: np.ndarray, want: np.ndarray, what: str) -> None:
    error = np.max(np.abs(got - want)) / np.max(want)
    assert error <= PROMISED, f"{what}: {error:.1e}"


PATTERNS = {
    "a push": ([Train(0, 1, 1, 0, one(20))], [(0.0, 20.0, 0.0)]),
    "three days": ([Train(0, 1, 1, 72, one(1800))], [(0.0, 0.0, 25.0), (72.0, 0.0, 0.0)]),
    "ten daily infusions": (
        [Train(0, 10, 24, 2 / 3, one(35))],
        [e for day in range(10) for e in ((24.0 * day, 0.0, 52.5), (24.0 * day + 2 / 3, 0.0, 0.0))],
    ),
}

# What is invented: growth of the metabolite, and saturation of the drug (vmax, km, linear rest).
BODIES = {
    "clearance that grows": (0.0087, 0, 1, 95, 98),
    "a metabolite in a small volume": (0.0087, 0, 1, 95, 1),
    "saturation beside clearance": (0, 30, 0.05, 60, 98),
    "saturation alone": (0, 30, 0.05, 0, 98),
    "saturation that is steep": (0, 6, 0.001, 20, 98),
    "both": (0.02, 30, 0.05, 40, 98),
}


@pytest.mark.thorough
@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("body", BODIES)
def test_clearance_that_grows_or_saturates(body: str, pattern: str) -> None:
    growth, vmax, km, clearance, volume = BODIES[body]
    trains, events = PATTERNS[pattern]
    drug = Compartments(one(133), one(clearance), row(23, 157), row(187, 99), row(0, 0))
    product = Compartments(one(volume), one(57), row(43), row(160), row(0))
    terms = [Saturable("plasma", one(vmax), one(km))] if vmax else []
    terms += [Growing("metabolite", one(growth))] if growth else []
    steps = {"metabolite": Step(product, "plasma", one(40))}
    modes = solve_modes(Scheme("plasma", drug, steps=steps, terms=tuple(terms)))

    def derivative(time: float, y: np.ndarray, rate: float) -> np.ndarray:
        level, turned = y[0] / 133, y[3] / volume
        near, far = 23 * (level - y[1] / 187), 157 * (level - y[2] / 99)
        stored = 43 * (turned - y[4] / 160)
        gone = clearance * level + vmax * level / (km + level)
        cleared = 57 * (1 + growth * time) * turned
        return np.array(
            [rate - gone - near - far, near, far, 40 * level - cleared - stored, stored,
             level, turned]
        )  # fmt: skip

    want = solved(derivative, 7, events, TIMES)
    names = ["plasma", "metabolite"]
    got = trajectory(modes, names, trains, TIMES.tolist())
    assert_near(got["plasma"][0], want[0] / 133, "plasma")
    assert_near(got["metabolite"][0], want[3] / volume, "metabolite")
    for name, place in (("plasma", 5), ("metabolite", 6)):
        area = area_under_curve(modes, name, trains, TIMES[-1])
        assert area[0] == pytest.approx(want[place, -1], rel=PROMISED)


def fading(level: float) -> float:
    return 1 / (1 + (max(level, 0) / 0.4) ** 2.2)


def test_availability_that_fades_and_tolerance_that_builds_up() -> None:
    """Half of what is inhaled at once, half through a depot, pushes and slow doses alike."""
    drug = Compartments(one(12), one(90), row(70, 140), row(170, 40), row(0, 0))
    tolerance = Step(single(one(1), one(0.2)), "plasma", one(0))
    modes = solve_modes(
        Scheme(
            "plasma",
            drug,
            steps={"tolerance": tolerance},
            depots={"now": Depot({IV: one(0.5)}), "later": Depot({IV: one(0.5)}, (one(3),))},
            terms=(
                FadingAvailability("now", one(0.4), one(2.2), "plasma"),
                FadingAvailability("later", one(0.4), one(2.2), "plasma"),
                FedByEffect("tolerance", one(0.1), one(1.5), one(0.7), "plasma"),
            ),
        )
    )
    # Slow doses, then a push while the level is high, over an infusion that is not inhaled.
    trains = [
        Train(0, 1, 1, 30, one(30 * 12)),
        *(Train(1, 3, 4, 0.5, one(50), way) for way in ("now", "later")),
        *(Train(9.25, 1, 1, 0, one(20), way) for way in ("now", "later")),
    ]
    edges = sorted(
        {0.0, 30.0, 9.25, *(1.0 + 4 * i for i in range(3)), *(1.5 + 4 * i for i in range(3))}
    )
    events = [
        (at, 20.0 if at == 9.25 else 0.0, 100.0 if at in (1, 5, 9, 9.25) else 0.0) for at in edges
    ]

    def derivative(time: float, y: np.ndarray, rate: float) -> np.ndarray:
        level = y[0] / 12
        first, second = 70 * (level - y[1] / 170), 140 * (level - y[2] / 40)
        entering = rate * fading(level)
        effect = max(level, 0) ** 1.5 / (max(level, 0) ** 1.5 + 0.1**1.5)
        infused = 12 if time < 30 else 0
        return np.array(
            [
                infused + entering / 2 + 3 * y[3] / 2 - 90 * level - first - second,
                first,
                second,
                entering - 3 * y[3],
                0.7 * effect - 0.2 * y[4],
                level,
            ]
        )

    def inhale(state: np.ndarray, dose: float) -> None:
        share = fading(state[0] / 12)
        state[0] += dose / 2 * share
        state[3] += dose * share

    times = TIMES[TIMES < 60]
    want = solved(derivative, 6, events, times, inhale)
    got = trajectory(modes, ["plasma", "tolerance"], trains, times.tolist())
    assert_near(got["plasma"][0], want[0] / 12, "plasma")
    assert_near(got["tolerance"][0], want[4], "tolerance")
    area = area_under_curve(modes, "plasma", trains, times[-1])[0]
    assert area == pytest.approx(want[5, -1], rel=PROMISED)
    far = area_under_curve(modes, "plasma", trains, 2000)[0]
    assert area_under_curve(modes, "plasma", trains)[0] == pytest.approx(far, rel=PROMISED)


def printed(model: str) -> dict[str, float]:
    """Give the numbers of one file in litres, milligrams and hours."""
    hourly = {"L/min": 60, "1/min": 60, "min": 1 / 60, "ng/mL": 1e-3}
    return {
        name: number.typical.value * hourly.get(number.typical.unit, 1)
        for name, number in load_library().model(model).parameters.items()
    }


def allometric(numbers: dict[str, float]) -> dict[str, float]:
    """Scale numbers per 70 kg to this weight."""
    scaled = dict(numbers)
    for name in numbers:
        if "volume" in name:
            scaled[name] *= WEIGHT / 70
        elif "clearance" in name and not name.endswith("growth"):
            scaled[name] *= (WEIGHT / 70) ** 0.75
    return scaled


def typical_levels(model: str, regimen: str, weight: float = WEIGHT):
    library = load_library()
    group = draw_group(
        library,
        Patient(weight=weight, age=AGE),
        People(1, 1, is_typical=True),
        kinetics=library.assembled(model),
    )
    dosing = group.dose(Regimen.parse(regimen).events())
    return group.levels(["plasma", "metabolite"], dosing, TIMES.tolist())


def test_the_core_over_days_solves_the_equations_of_its_file() -> None:
    n = printed("s_ketamine_otto2021")
    growth = printed("ketamine_respite1_long")["metabolite_clearance_growth"]
    for name in ("clearance", "metabolite_clearance"):
        n[name] *= (WEIGHT / 70) ** 0.75
    for name in ("central_volume", "metabolite_central_volume"):
        n[name] *= WEIGHT / 70
    n |= {"r": growth}

    def derivative(time: float, y: np.ndarray, rate: float) -> np.ndarray:
        level, product = y[0] / n["central_volume"], y[3] / n["metabolite_central_volume"]
        near = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        far = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
        stored = n["metabolite_intercompartmental_clearance"] * (
            product - y[4] / n["metabolite_peripheral_volume"]
        )
        gone = n["clearance"] * level
        cleared = n["metabolite_clearance"] * (1 + n["r"] * time) * product
        return np.array([rate - gone - near - far, near, far, gone - cleared - stored, stored])

    rate = 1.2 * WEIGHT
    got = typical_levels("ketamine_respite1_long", "esketamine 1.2 mg/kg/h iv for 72 h")["s"]
    want = solved(derivative, 5, [(0.0, 0.0, rate), (72.0, 0.0, 0.0)], TIMES)
    assert_near(got["plasma"][0], want[0] / n["central_volume"], "plasma")
    assert_near(got["metabolite"][0], want[3] / n["metabolite_central_volume"], "metabolite")


def test_the_model_of_children_solves_the_equations_of_its_file() -> None:
    n = allometric(printed("s_ketamine_flint2017"))

    def derivative(time: float, y: np.ndarray, rate: float) -> np.ndarray:
        level, product = y[0] / n["central_volume"], y[2] / n["metabolite_central_volume"]
        out = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        gone = n["clearance"] * level
        cleared = n["metabolite_clearance"] * (1 + 0.0087 * time) * product
        return np.array([rate - gone - out, out, gone - cleared])

    got = typical_levels("s_ketamine_flint2017", "esketamine 10 mg/h iv for 96 h")["s"]
    want = solved(derivative, 3, [(0.0, 0.0, 10.0), (96.0, 0.0, 0.0)], TIMES)
    assert_near(got["plasma"][0], want[0] / n["central_volume"], "plasma")
    assert_near(got["metabolite"][0], want[2] / n["metabolite_central_volume"], "metabolite")


@pytest.mark.parametrize(("said", "minutes"), [("", 20), (" over 10 min", 10)])
def test_inhaled_drug_solves_the_equations_of_its_file(said: str, minutes: float) -> None:
    n = allometric(printed("esketamine_simons2022"))
    way = printed("esketamine_jonkman2017")
    chain = 2 / n["formation_mean_transit_time"]
    share = n["metabolite_fraction"] * n["metabolite_mass_ratio"]

    def derivative(_: float, y: np.ndarray, rate: float) -> np.ndarray:
        level, product = y[0] / n["central_volume"], y[5] / n["central_volume"]
        near = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        far = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
        gone = n["clearance"] * level
        stored = n["metabolite_intercompartmental_clearance"] * (
            product - y[6] / n["metabolite_peripheral_volume"]
        )
        # Half the level of half loss means a loss of one in 1 + 2 to the power of the steepness.
        over = (max(level, 0) / way["inhaled_half_loss_level"]) ** way["inhaled_loss_hill"]
        entering = rate * way["inhaled_available"] / (1 + over)
        slow = way["inhaled_rate"] * y[7]
        return np.array(
            [
                way["inhaled_at_once"] * entering + slow - gone - near - far,
                near,
                far,
                gone - chain * y[3],
                chain * (y[3] - y[4]),
                chain * share * y[4] - n["metabolite_clearance"] * product - stored,
                stored,
                (1 - way["inhaled_at_once"]) * entering - slow,
            ]
        )

    length = minutes / 60
    got = typical_levels("esketamine_jonkman2017", f"esketamine 100 mg inhaled{said} daily x2")["s"]
    events = [e for day in (0, 24) for e in ((day, 0, 100 / length), (day + length, 0, 0))]
    want = solved(derivative, 8, events, TIMES)
    assert_near(got["plasma"][0], want[0] / n["central_volume"], "plasma")
    assert_near(got["metabolite"][0], want[5] / n["central_volume"], "metabolite")


def test_every_kinetic_model_that_is_not_linear_is_solved_here() -> None:
    library = load_library()
    kinetic = {name for name, model in library.models.items() if model.kind == "kinetics"}
    bent = {name for name in kinetic if not is_linear(library.assembled(name))}
    solved_here = {"ketamine_respite1_long", "s_ketamine_flint2017", "esketamine_jonkman2017"}
    assert bent == solved_here


def test_a_body_that_grows_heavier_on_the_way_solves_its_equations() -> None:
    """The weight doubles in an infusion, so clearances and some volumes change and amounts stay."""
    printed_numbers = printed("s_ketamine_otto2021")

    def numbers(weight: float) -> dict[str, float]:
        n = dict(printed_numbers)
        for name in ("clearance", "metabolite_clearance"):
            n[name] *= (weight / 70) ** 0.75
        for name in ("central_volume", "metabolite_central_volume"):
            n[name] *= weight / 70
        return n

    changed_h = 30.0

    def at(time: float) -> dict[str, float]:
        return numbers(50 if time < changed_h else 100)

    def equations(n: dict[str, float]) -> Derivative:
        def derivative(_: float, y: np.ndarray, rate: float) -> np.ndarray:
            level, product = y[0] / n["central_volume"], y[3] / n["metabolite_central_volume"]
            near = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
            far = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
            stored = n["metabolite_intercompartmental_clearance"] * (
                product - y[4] / n["metabolite_peripheral_volume"]
            )
            gone = n["clearance"] * level
            return np.array(
                [rate - gone - near - far, near, far,
                 gone - n["metabolite_clearance"] * product - stored, stored]
            )  # fmt: skip

        return derivative

    light, heavy = (equations(numbers(weight)) for weight in (50, 100))

    def derivative(time: float, y: np.ndarray, rate: float) -> np.ndarray:
        return (light if time < changed_h else heavy)(time, y, rate)

    library = load_library()
    found = levels_through_changes(
        library,
        [(0, Patient(weight=50, age=AGE)), (changed_h, Patient(weight=100, age=AGE))],
        Regimen.parse("esketamine 20 mg/h iv for 48 h").events(),
        TIMES.tolist(),
        People(1, 1, is_typical=True),
        kinetics=library.assembled("s_ketamine_otto2021"),
    )
    # The solver starts afresh at the change, so that it steps over no edge.
    events = [(0.0, 0.0, 20.0), (changed_h, 0.0, 20.0), (48.0, 0.0, 0.0)]
    want = solved(derivative, 5, events, TIMES)
    central = np.array([at(time)["central_volume"] for time in TIMES])
    product = np.array([at(time)["metabolite_central_volume"] for time in TIMES])
    assert_near(found["s-ketamine"][0], want[0] / central, "plasma")
    assert_near(found["s-norketamine"][0], want[3] / product, "metabolite")
    assert set(found) >= {"ketamine", "norketamine"}


def test_the_core_is_what_changes_are_followed_in_by_default() -> None:
    first, second = (
        Regimen.parse(each).events()[0]
        for each in ("ketamine 0.5 mg/kg iv over 40 min", "ketamine 50 mg oral")
    )
    events = [first, replace(second, time_h=24)]
    patient, people = Patient(weight=70, age=60), People(3, 4)
    times = [0.5, 2.0, 25.0, 30.0]
    library = load_library()
    steady = levels_through_changes(
        library, [(0, patient), (1, patient), (26, patient)], events, times, people
    )
    group = draw_group(library, patient, people, kinetics=library.assembled(CORE))
    plain = group.levels(["plasma", "metabolite"], group.dose(events), times)
    for analyte, output in (("ketamine", "plasma"), ("norketamine", "metabolite")):
        both = plain["s"][output] + plain["r"][output]
        np.testing.assert_allclose(steady[analyte], both, rtol=1e-7)
