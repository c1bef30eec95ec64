"""Every route of every model that has one, against a numerical solver.

What a dose does before it reaches the body is written out here by hand, from
the numbers as the files print them: shares, times of release, rates, delays.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.population import CORE, People, draw_group, is_linear

PROMISED = 1e-8
AMOUNT = 56.0
PATTERNS = {"": [0.0], "every 8 h x5": [0.0, 8.0, 16.0, 24.0, 32.0]}
HOURLY = {"L": 1, "L/h": 1, "1/h": 1, "1/min": 60, "fraction": 1, "ratio": 1, "mg": 1}
HOURLY |= {"L/min": 60, "min": 1 / 60, "h": 1}
WEIGHT, AGE = 70.0, 45.0
"""The reference person of each file, so that nothing needs scaling."""


@dataclass
class Part:
    """One part of a dose: how much, how long it is let go, what it passes, where it ends."""

    share: float
    duration: float
    rates: list[float]
    into: dict[str, float]


def printed(model: str) -> dict[str, float]:
    numbers = load_library().assembled(model).parameters
    return {
        name: number.typical.value * HOURLY[number.typical.unit]
        for name, number in numbers.items()
        if number.typical.unit in HOURLY
    }


def core_numbers(form: str) -> dict[str, float]:
    n = printed(CORE)
    if form == "r":
        n["clearance"] *= n["r_to_s_clearance"]
        for name in ("central_volume", "peripheral_volume_1", "peripheral_volume_2"):
            n[name] *= n["r_to_s_volume"]
    return n


def nasal_share(n: dict[str, float]) -> float:
    """Two devices: the second absorbs a part of what the first does."""
    return n["intranasal_direct"] * (1 + n["intranasal_further_devices"]) / 2


def core_parts(route: str, form: str) -> list[Part]:
    n = core_numbers(form)
    through = n["gut_availability"] * (1 - n["clearance"] / n["liver_flow"])
    first_pass = {
        "plasma": through,
        "metabolite": (1 - through) * n["first_pass_metabolite_fraction"],
    }
    straight = {"plasma": 1.0}
    nasal, mucosal = nasal_share(n), n["mucosal_direct"]
    mouth = [
        Part(mucosal, n["mucosal_time"], [n["mucosal_rate"]], straight),
        Part(1 - mucosal, n["mucosal_swallowing_time"], [n["mucosal_swallowed_rate"]], first_pass),
    ]
    return {
        "im": [Part(n["im_available"], 0, [n["im_absorption_rate"]], straight)],
        "sc": [Part(n["sc_available"], 0, [n["sc_absorption_rate"]], straight)],
        "intranasal": [
            Part(nasal, 0, [n["intranasal_absorption_rate"]], straight),
            Part(
                1 - nasal,
                n["intranasal_swallowing_time"],
                [n["intranasal_swallowed_rate"]],
                first_pass,
            ),
        ],
        "oral": [Part(1, 0, [n["oral_rate"]], first_pass)],
        "oral tablet": [Part(1, 0, [n["oral_rate"]], first_pass)],
        "oral solution": [Part(1, n["oral_solution_time"], [n["oral_solution_rate"]], first_pass)],
        "oral controlled-release": [
            Part(1, n["controlled_release_time"], [n["oral_rate"]], first_pass)
        ],
        "sublingual": mouth,
        "buccal": mouth,
        "rectal": [
            Part(n["rectal_direct"], 0, [n["rectal_rate"]], straight),
            Part(1 - n["rectal_direct"], 0, [n["rectal_rate"]], first_pass),
        ],
        "inhaled": [
            Part(n["inhaled_at_once"], 0, [], straight),
            Part(n["inhaled_slowly"], 0, [n["inhaled_rate"]], straight),
        ],
    }[route]


def core_matrix(form: str) -> tuple[np.ndarray, dict[str, int], dict[str, float]]:
    n = core_numbers(form)
    places = {"plasma": 0, "metabolite": 3}
    matrix = np.zeros((5, 5))
    exchange(
        matrix,
        0,
        1,
        n["intercompartmental_clearance_1"],
        n,
        "central_volume",
        "peripheral_volume_1",
    )
    exchange(
        matrix,
        0,
        2,
        n["intercompartmental_clearance_2"],
        n,
        "central_volume",
        "peripheral_volume_2",
    )
    metabolite = n["metabolite_intercompartmental_clearance"]
    exchange(
        matrix, 3, 4, metabolite, n, "metabolite_central_volume", "metabolite_peripheral_volume"
    )
    matrix[0, 0] -= n["clearance"] / n["central_volume"]
    matrix[3, 0] += n["clearance"] / n["central_volume"]
    matrix[3, 3] -= n["metabolite_clearance"] / n["metabolite_central_volume"]
    volumes = {"plasma": n["central_volume"], "metabolite": n["metabolite_central_volume"]}
    return matrix, places, volumes


def perez_parts(route: str, _form: str) -> list[Part]:
    n = printed("esketamine_perezruixo2021")
    liver = {"liver": n["gut_availability"]}
    if route.startswith("oral"):
        return [Part(1, n["oral_time"], [n["oral_rate"]], liver)]
    nasal = nasal_share(n)
    return [
        Part(nasal, 0, [n["intranasal_absorption_rate"]], {"plasma": 1.0}),
        Part(1 - nasal, n["swallowing_time"], [n["swallowed_rate"]], liver),
    ]


def perez_matrix(_form: str) -> tuple[np.ndarray, dict[str, int], dict[str, float]]:
    n = printed("esketamine_perezruixo2021")
    matrix = np.zeros((6, 6))
    for place, flow, volume in (
        (1, "intercompartmental_clearance_1", "peripheral_volume_1"),
        (2, "intercompartmental_clearance_2", "peripheral_volume_2"),
        (3, "liver_flow", "liver_volume"),
    ):
        exchange(matrix, 0, place, n[flow], n, "central_volume", volume)
    metabolite = n["metabolite_intercompartmental_clearance"]
    exchange(
        matrix, 4, 5, metabolite, n, "metabolite_central_volume", "metabolite_peripheral_volume"
    )
    matrix[3, 3] -= n["liver_elimination_rate"] + n["liver_metabolism_rate"]
    matrix[4, 3] += n["liver_metabolism_rate"]
    matrix[4, 4] -= n["metabolite_clearance"] / n["metabolite_central_volume"]
    volumes = {"plasma": n["central_volume"], "metabolite": n["metabolite_central_volume"]}
    return matrix, {"plasma": 0, "liver": 3, "metabolite": 4}, volumes


def simons_parts(_route: str, _form: str) -> list[Part]:
    n = printed("esketamine_simons2022")
    swallowed = [n["swallowed_rate"], 1 / n["swallowed_delay"]]
    return [
        Part(n["mucosal_share"], n["mucosal_time"], [n["mucosal_rate"]], {"plasma": 1.0}),
        Part(n["swallowed_share"], n["swallowed_time"], swallowed, {"formation": 1.0}),
    ]


def simons_matrix(_form: str) -> tuple[np.ndarray, dict[str, int], dict[str, float]]:
    n = printed("esketamine_simons2022")
    matrix = np.zeros((7, 7))
    exchange(
        matrix,
        0,
        1,
        n["intercompartmental_clearance_1"],
        n,
        "central_volume",
        "peripheral_volume_1",
    )
    exchange(
        matrix,
        0,
        2,
        n["intercompartmental_clearance_2"],
        n,
        "central_volume",
        "peripheral_volume_2",
    )
    metabolite = n["metabolite_intercompartmental_clearance"]
    exchange(matrix, 5, 6, metabolite, n, "central_volume", "metabolite_peripheral_volume")
    link = 2 / n["formation_mean_transit_time"]
    matrix[0, 0] -= n["clearance"] / n["central_volume"]
    matrix[3, 0] += n["clearance"] / n["central_volume"]
    matrix[3, 3], matrix[4, 3], matrix[4, 4] = -link, link, -link
    matrix[5, 4] = link * n["metabolite_fraction"] * n["metabolite_mass_ratio"]
    matrix[5, 5] -= n["metabolite_clearance"] / n["central_volume"]
    volumes = {"plasma": n["central_volume"], "metabolite": n["central_volume"]}
    return matrix, {"plasma": 0, "formation": 3, "metabolite": 5}, volumes


def exchange(matrix, one, other, flow, n, first, second) -> None:  # noqa: PLR0913
    matrix[one, one] -= flow / n[first]
    matrix[other, one] += flow / n[first]
    matrix[one, other] += flow / n[second]
    matrix[other, other] -= flow / n[second]


SYSTEMS = {
    (CORE, "s"): (core_matrix, core_parts, "esketamine"),
    (CORE, "r"): (core_matrix, core_parts, "ketamine"),
    ("esketamine_perezruixo2021", "s"): (perez_matrix, perez_parts, "esketamine"),
    ("esketamine_simons2022", "s"): (simons_matrix, simons_parts, "esketamine"),
}

CASES = [
    (model, form, route, pattern)
    for model, form in SYSTEMS
    for route in load_library().assembled(model).routes
    for pattern in PATTERNS
]


def whole_system(
    matrix: np.ndarray, places: dict[str, int], parts: list[Part]
) -> tuple[np.ndarray, list[dict[int, float]]]:
    """Put the waiting places of each part before the body; say where each part goes in."""
    size = len(matrix) + sum(len(part.rates) for part in parts)
    whole = np.zeros((size, size))
    whole[: len(matrix), : len(matrix)] = matrix
    first, doors = len(matrix), []
    for part in parts:
        ends = {places[name]: share for name, share in part.into.items()}
        chain = range(first, first + len(part.rates))
        for here, rate in zip(chain, part.rates, strict=True):
            whole[here, here] = -rate
            for place, share in ({here + 1: 1.0} if here + 1 in chain else ends).items():
                whole[place, here] += rate * share
        doors.append({first: 1.0} if part.rates else ends)
        first += len(part.rates)
    return whole, doors


def solved(
    matrix: np.ndarray,
    places: dict[str, int],
    parts: list[Part],
    given: list[tuple[float, float]],
    times: np.ndarray,
) -> np.ndarray:
    """Restart the solver at each start and end of what enters."""
    whole, doors = whole_system(matrix, places, parts)
    starts = {start for start, _ in given}
    ends = {start + part.duration for start, _ in given for part in parts if part.duration}
    edges = sorted({*starts, *ends, times[-1] + 1})
    state, found = np.zeros(len(whole)), []
    for start, stop in pairwise(edges):
        rates = np.zeros(len(whole))
        for part, door in zip(parts, doors, strict=True):
            for place, share in door.items():
                for at, amount in given:
                    if not part.duration and at == start:
                        state[place] += amount * part.share * share
                    elif part.duration and at <= start < at + part.duration - 1e-12:
                        rates[place] += amount * part.share * share / part.duration
        inside = times[(times >= start) & (times < stop)]
        answer = solve_ivp(
            lambda _, y, rates=rates: whole @ y + rates,
            (start, stop),
            state,
            method="LSODA",
            rtol=1e-11,
            atol=1e-12,
            jac=lambda _, __: whole,
            t_eval=np.append(inside, stop),
        )
        found.append(answer.y[:, :-1])
        state = answer.y[:, -1].copy()
    return np.concatenate(found, axis=1)


@pytest.mark.parametrize(("model", "form", "route", "pattern"), CASES)
def test_every_route_solves_the_equations_of_its_file(model, form, route, pattern) -> None:
    library = load_library()
    make, split, drug = SYSTEMS[(model, form)]
    matrix, places, volumes = make(form)
    parts = split(route, form)
    half = 0.5 if drug == "ketamine" else 1.0
    given = [(start, AMOUNT * half) for start in PATTERNS[pattern]]
    times = np.unique(np.concatenate([np.linspace(0, 12, 97), np.linspace(12, 80, 137)]))
    want = solved(matrix, places, parts, given, times)
    group = draw_group(
        library,
        Patient(weight=WEIGHT, age=AGE),
        People(1, 1, is_typical=True),
        kinetics=library.assembled(model),
    )
    dosing = group.dose(Regimen.parse(f"{drug} {AMOUNT:g} mg {route} {pattern}").events())
    got = group.levels(list(volumes), dosing, times.tolist())[form]
    for name, volume in volumes.items():
        curve = want[places[name]] / volume
        error = np.max(np.abs(got[name][0] - curve))
        assert error <= PROMISED * np.max(curve), f"{name}: {error / np.max(curve):.1e}"


def test_every_linear_model_with_routes_is_solved_here() -> None:
    """The others are solved in the file about what is not linear."""
    library = load_library()
    models = {name: library.assembled(name) for name in library.models}
    with_routes = {name for name, model in models.items() if model.routes and is_linear(model)}
    assert {model for model, _ in SYSTEMS} == with_routes
