"""Every kinetic model of the library against a numerical solver.

The equations are written here from the numbers as each model file prints
them, with units, weight and age worked out by hand: nothing is taken from the
room that does the same for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.population import People, check_anchors, draw_group, is_linear

WEIGHT, AGE = 85, 70
HOURLY = {"L": 1, "L/h": 1, "1/h": 1, "L/kg": WEIGHT, "1/min": 60, "fraction": 1, "ratio": 1}
HOURLY |= {"L/min": 60, "min": 1 / 60, "h": 1, "mg": 1}
PROMISED = 1e-8

Derivative = Callable[[np.ndarray, float], np.ndarray]


def printed(model: str) -> dict[str, float]:
    """Give the numbers of one file for a person of this weight, in litres and hours."""
    numbers = load_library().model(model).parameters
    return {
        name: number.typical.value * HOURLY[number.typical.unit] for name, number in numbers.items()
    }


def left_at_this_age(clearance: float) -> float:
    """Share of clearance that is left as the flow to the liver falls above 60 years.

    Flow and enzymes resist one after the other, so their inverses add up.
    """
    flow = printed("ketamine_respite1")["liver_flow"]
    by_enzymes = 1 / (1 / clearance - 1 / flow)
    return 1 / (1 / (flow - 2.19 * (AGE - 60)) + 1 / by_enzymes) / clearance


def otto(
    r_ratios: dict[str, float] | None = None, *, in_core: bool = False
) -> tuple[Derivative, float, float]:
    n = printed("s_ketamine_otto2021")
    if in_core:
        r_to_s = 1 if r_ratios is None else r_ratios["r_to_s_clearance"]
        n["clearance"] *= left_at_this_age(n["clearance"] * r_to_s)
    n["clearance"] *= (WEIGHT / 70) ** 0.75
    n["metabolite_clearance"] *= (WEIGHT / 70) ** 0.75
    n["central_volume"] *= WEIGHT / 70
    n["metabolite_central_volume"] *= WEIGHT / 70
    if r_ratios is not None:
        n["clearance"] *= r_ratios["r_to_s_clearance"]
        n["metabolite_clearance"] *= r_ratios["r_to_s_metabolite_clearance"]
        for volume in ("central_volume", "peripheral_volume_1", "peripheral_volume_2"):
            n[volume] *= r_ratios["r_to_s_volume"]
        for volume in ("metabolite_central_volume", "metabolite_peripheral_volume"):
            n[volume] *= r_ratios["r_to_s_metabolite_volume"]

    def derivative(y: np.ndarray, rate: float) -> np.ndarray:
        level = y[0] / n["central_volume"]
        first = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        second = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
        gone = n["clearance"] * level
        product = y[3] / n["metabolite_central_volume"]
        stored = n["metabolite_intercompartmental_clearance"] * (
            product - y[4] / n["metabolite_peripheral_volume"]
        )
        return np.array(
            [
                rate - gone - first - second,
                first,
                second,
                gone - n["metabolite_clearance"] * product - stored,
                stored,
            ]
        )

    return derivative, n["central_volume"], n["metabolite_central_volume"]


def r_form() -> tuple[Derivative, float, float]:
    return otto(printed("ketamine_respite1"), in_core=True)


def by_rates(model: str, spaces: int) -> tuple[Derivative, float, float]:
    n = printed(model)

    def derivative(y: np.ndarray, rate: float) -> np.ndarray:
        out = [n[f"rate_to_peripheral_{i}"] * y[0] for i in range(1, spaces + 1)]
        back = [n[f"rate_from_peripheral_{i}"] * y[i] for i in range(1, spaces + 1)]
        centre = rate - n["elimination_rate"] * y[0] - sum(out) + sum(back)
        return np.array([centre, *(o - b for o, b in zip(out, back, strict=True)), 0])

    return derivative, n["central_volume"], 1


def perez_ruixo() -> tuple[Derivative, float, float]:
    n = printed("esketamine_perezruixo2021")
    flow = n["liver_flow"] - 2.19 * (AGE - 60)

    def derivative(y: np.ndarray, rate: float) -> np.ndarray:
        level, liver = y[0] / n["central_volume"], y[3]
        first = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        second = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
        to_liver = flow * (level - liver / n["liver_volume"])
        formed = n["liver_metabolism_rate"] * liver
        product = y[4] / n["metabolite_central_volume"]
        stored = n["metabolite_intercompartmental_clearance"] * (
            product - y[5] / n["metabolite_peripheral_volume"]
        )
        return np.array(
            [
                rate - first - second - to_liver,
                first,
                second,
                to_liver - n["liver_elimination_rate"] * liver - formed,
                formed - n["metabolite_clearance"] * product - stored,
                stored,
            ]
        )

    return derivative, n["central_volume"], n["metabolite_central_volume"]


def simons() -> tuple[Derivative, float, float]:
    """Nine places in a row of three drugs; chains hold amounts of what enters them."""
    n = printed("esketamine_simons2022")
    for name in n:
        if "volume" in name:
            n[name] *= WEIGHT / 70
        elif "clearance" in name:
            n[name] *= (WEIGHT / 70) ** 0.75
    first, second = (2 / n[f"{part}formation_mean_transit_time"] for part in ("", "second_"))
    becomes_nk = n["metabolite_fraction"] * n["metabolite_mass_ratio"]
    becomes_hnk = n["second_metabolite_fraction"] * n["second_metabolite_mass_ratio"]

    def derivative(y: np.ndarray, rate: float) -> np.ndarray:
        level = y[0] / n["central_volume"]
        near = n["intercompartmental_clearance_1"] * (level - y[1] / n["peripheral_volume_1"])
        far = n["intercompartmental_clearance_2"] * (level - y[2] / n["peripheral_volume_2"])
        gone = n["clearance"] * level
        product = y[5] / n["central_volume"]
        stored = n["metabolite_intercompartmental_clearance"] * (
            product - y[6] / n["metabolite_peripheral_volume"]
        )
        turned = n["metabolite_clearance"] * product
        last = y[9] / n["second_metabolite_central_volume"]
        kept = n["second_metabolite_intercompartmental_clearance"] * (
            last - y[10] / n["second_metabolite_peripheral_volume"]
        )
        return np.array(
            [
                rate - gone - near - far,
                near,
                far,
                gone - first * y[3],
                first * (y[3] - y[4]),
                becomes_nk * first * y[4] - turned - stored,
                stored,
                turned - second * y[7],
                second * (y[7] - y[8]),
                becomes_hnk * second * y[8] - n["second_metabolite_clearance"] * last - kept,
                kept,
            ]
        )

    return derivative, n["central_volume"], n["central_volume"]


EQUATIONS = {
    # Model and form: equations, number of states, place of the metabolite.
    ("s_ketamine_otto2021", "s"): (otto, 5, 3),
    ("ketamine_respite1", "s"): (lambda: otto(in_core=True), 5, 3),
    ("ketamine_respite1", "r"): (r_form, 5, 3),
    ("ketamine_domino1982", "racemate"): (lambda: by_rates("ketamine_domino1982", 2), 4, None),
    ("ketamine_clements1981", "racemate"): (lambda: by_rates("ketamine_clements1981", 1), 3, None),
    ("ketamine_hijazi2003", "racemate"): (lambda: by_rates("ketamine_hijazi2003", 1), 3, None),
    ("esketamine_perezruixo2021", "s"): (perez_ruixo, 6, 4),
    ("esketamine_simons2022", "s"): (simons, 11, 5),
}

PATTERNS = {
    # What is written, and what it means: time [h], instant dose [mg], rate [mg/h].
    "20 mg iv": [(0.0, 20.0, 0.0)],
    "0.5 mg/kg iv over 40 min": [(0.0, 0.0, 0.5 * WEIGHT * 1.5), (2 / 3, 0.0, 0.0)],
    "5 mg/h iv for 24 h, 10 mg/h for 24 h, 20 mg/h for 52 h": [
        (0.0, 0.0, 5.0),
        (24.0, 0.0, 10.0),
        (48.0, 0.0, 20.0),
        (100.0, 0.0, 0.0),
    ],
    "30 mg iv over 40 min daily x10": [
        event
        for day in range(10)
        for event in ((24.0 * day, 0.0, 45.0), (24.0 * day + 2 / 3, 0.0, 0.0))
    ],
}


def solved(derivative: Derivative, size: int, share: float, pattern: str, times: np.ndarray):
    """Restart the solver at each change of input."""
    state, found = np.zeros(size), []
    # The equations are linear, so the solver may know their exact Jacobian.
    jacobian = np.stack([derivative(unit, 0) for unit in np.eye(size)], axis=1)
    for (start, dose, rate), (stop, _, _) in pairwise([*PATTERNS[pattern], (1000.0, 0.0, 0.0)]):
        state[0] += dose * share
        inside = times[(times >= start) & (times < stop)]
        stop = min(stop, times[-1] + 1)
        answer = solve_ivp(
            lambda _, y, rate=rate: derivative(y, rate * share),
            (start, stop),
            state,
            method="LSODA",
            rtol=1e-11,
            atol=1e-12,
            jac=lambda _, __: jacobian,
            t_eval=np.append(inside, stop),
        )
        found.append(answer.y[:, :-1])
        state = answer.y[:, -1].copy()
    return np.concatenate(found, axis=1)


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(("model", "form"), EQUATIONS)
def test_every_model_solves_the_equations_of_its_file(model: str, form: str, pattern: str) -> None:
    library = load_library()
    assembled = library.assembled(model)
    group = draw_group(
        library,
        Patient(weight=WEIGHT, age=AGE),
        People(1, 1, is_typical=True),
        kinetics=assembled,
    )
    dosing = group.dose(Regimen.parse(f"{assembled.drug} {pattern}").events())
    times = np.unique(np.concatenate([np.linspace(0, 6, 61), np.linspace(6, 260, 128)]))
    make, size, metabolite = EQUATIONS[(model, form)]
    derivative, central, product = make()
    is_half = assembled.id == "ketamine_respite1"
    want = solved(derivative, size, 0.5 if is_half else 1, pattern, times)
    curves = {"plasma": want[0] / central}
    if metabolite is not None:
        curves["metabolite"] = want[metabolite] / product
    got = group.levels(list(curves), dosing, times.tolist())[form]
    for name, curve in curves.items():
        error = np.max(np.abs(got[name][0] - curve))
        assert error <= PROMISED * np.max(curve), f"{name}: {error / np.max(curve):.1e}"


def test_every_linear_kinetic_model_is_solved_here() -> None:
    """The others are solved in the file about what is not linear."""
    library = load_library()
    kinetic = {
        name
        for name, model in library.models.items()
        if model.kind == "kinetics" and is_linear(library.assembled(name))
    }
    assert {model for model, _ in EQUATIONS} == kinetic


@cache
def anchors():
    return check_anchors(load_library())


def test_every_model_reproduces_what_its_own_paper_reports() -> None:
    missed = [
        f"{each.model}: {each.what}: {each.got:.4g} {each.unit}, expected {each.expected:g}"
        for each in anchors()
        if not each.met
    ]
    assert not missed, "\n".join(missed)


def test_no_kinetic_model_goes_without_an_anchor() -> None:
    library = load_library()
    kinetic = {name for name, model in library.models.items() if model.kind == "kinetics"}
    assert {each.model for each in anchors()} == kinetic
