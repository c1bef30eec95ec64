"""The engine against an independent answer: a numerical solver of the same equations."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from respite.engine import (
    Body,
    Compartments,
    Train,
    add_stage,
    disposition_modes,
    effect_site,
    trajectory,
)


def one(value: float) -> np.ndarray:
    return np.array([value])


def row(*values: float) -> np.ndarray:
    return np.array([values])


def three_compartment_body(ke0: float, slow: float, metabolite_clearance: float) -> Body:
    """Invented numbers of a likely size: a drug, its metabolite and two effect sites."""
    drug = disposition_modes(Compartments(one(133), one(95), row(23, 157), row(187, 99), row(0, 0)))
    metabolite = disposition_modes(
        Compartments(one(98), one(metabolite_clearance), row(43), row(160), row(0))
    )
    body = drug.body("plasma")
    body = add_stage(body, "metabolite", metabolite.stage, fed_by="plasma", gain=one(95))
    body = add_stage(body, "fast", effect_site(one(ke0)), fed_by="plasma")
    return add_stage(body, "slow", effect_site(one(slow)), fed_by="plasma")


def right_hand_side(ke0: float, slow: float, metabolite_clearance: float):
    def derivative(_: float, y: np.ndarray, rate: float) -> np.ndarray:
        centre, near, far, product, store, fast, late = y
        plasma = centre / 133
        exchange_near = 23 * (plasma - near / 187)
        exchange_far = 157 * (plasma - far / 99)
        exchange_store = 43 * (product / 98 - store / 160)
        return np.array(
            [
                rate - 95 * plasma - exchange_near - exchange_far,
                exchange_near,
                exchange_far,
                95 * plasma - metabolite_clearance * product / 98 - exchange_store,
                exchange_store,
                ke0 * (plasma - fast),
                slow * (plasma - late),
            ]
        )

    return derivative


def solve(derivative, events: list[tuple[float, float, float]], times: np.ndarray) -> np.ndarray:
    """Restart the solver at each change of input; events are (time, instant dose, rate)."""
    state = np.zeros(7)
    edges = [*events, (times[-1] + 1, 0.0, 0.0)]
    found = []
    for (start, dose, rate), (stop, _, _) in pairwise(edges):
        state[0] += dose
        inside = times[(times >= start) & (times < stop)]
        answer = solve_ivp(
            derivative,
            (start, stop),
            state,
            args=(rate,),
            method="LSODA",
            rtol=1e-11,
            atol=1e-14,
            t_eval=np.append(inside, stop),
        )
        found.append(answer.y[:, :-1])
        state = answer.y[:, -1].copy()
    return np.concatenate(found, axis=1)


PATTERNS = {
    "one instant dose": ([Train(0, 1, 1, 0, one(20))], [(0.0, 20.0, 0.0)]),
    "a short infusion": (
        [Train(0, 1, 1, 2 / 3, one(35))],
        [(0.0, 0.0, 52.5), (2 / 3, 0.0, 0.0)],
    ),
    "four days at rising rates": (
        [
            Train(0, 1, 1, 24, one(120)),
            Train(24, 1, 1, 24, one(240)),
            Train(48, 1, 1, 52, one(1040)),
        ],
        [(0.0, 0.0, 5.0), (24.0, 0.0, 10.0), (48.0, 0.0, 20.0), (100.0, 0.0, 0.0)],
    ),
    "ten daily infusions": (
        [Train(0, 10, 24, 2 / 3, one(35))],
        [e for day in range(10) for e in ((24.0 * day, 0.0, 52.5), (24.0 * day + 2 / 3, 0.0, 0.0))],
    ),
    "a bolus under an infusion": (
        [Train(0, 1, 1, 0, one(14)), Train(0, 1, 1, 8, one(80))],
        [(0.0, 14.0, 10.0), (8.0, 0.0, 0.0)],
    ),
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize(("ke0", "slow"), [(3.5, 0.00265), (0.1, 0.03)])
def test_every_curve_agrees_with_the_solver(pattern: str, ke0: float, slow: float) -> None:
    trains, events = PATTERNS[pattern]
    times = np.unique(np.concatenate([np.linspace(0, 12, 97), np.linspace(12, 400, 98)]))
    body = three_compartment_body(ke0, slow, 57)
    got = trajectory(body, ["plasma", "metabolite", "fast", "slow"], trains, list(times))
    expected = solve(right_hand_side(ke0, slow, 57), events, times)
    for name, volume, state in (
        ("plasma", 133, 0),
        ("metabolite", 98, 3),
        ("fast", 1, 5),
        ("slow", 1, 6),
    ):
        want = expected[state] / volume
        np.testing.assert_allclose(got[name][0], want, atol=1e-8 * np.max(want), rtol=0)


@pytest.mark.parametrize("distance", [0, 1e-13, 1e-10, 1e-8, 1e-7, 1e-6, 1e-5, 1e-3])
def test_rates_that_nearly_meet_cost_no_accuracy(distance: float) -> None:
    fastest = float(three_compartment_body(3.5, 0.0026, 57).rates[0, 2])
    ke0 = fastest * (1 + distance)
    times = np.linspace(0, 6, 121)
    body = three_compartment_body(ke0, 0.00265, 57)
    got = trajectory(body, ["fast"], [Train(0, 1, 1, 0, one(20))], list(times))["fast"][0]
    want = solve(right_hand_side(ke0, 0.00265, 57), [(0.0, 20.0, 0.0)], times)[5]
    assert math.isfinite(got.sum())
    np.testing.assert_allclose(got, want, atol=1e-8 * np.max(want), rtol=0)
