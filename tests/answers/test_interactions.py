"""Do the factors give the ratios that were seen, and the liver what a set of equations gives?"""

from __future__ import annotations

import numpy as np
import pytest

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.population import (
    CORE,
    exposure_ratio,
    first_pass_of,
    fitted_ratio,
    simulate,
    typical_factors,
)

LIBRARY = load_library()
FIRST = first_pass_of(LIBRARY.assembled(CORE))

SEEN = [
    # file, route, lowest and highest ratio that abstracts give for S-ketamine
    ("clarithromycin", "oral", 2.6, 2.6),
    ("grapefruit_juice", "oral", 3.0, 3.0),
    ("ticlopidine", "oral", 2.4, 2.4),
    ("st_johns_wort", "oral", 0.42, 0.42),
    ("rifampicin", "oral", 0.14, 0.14),
    ("rifampicin", "iv", 0.86, 0.90),
]

MISFITS = {
    # ratios that the fit misses by more than 15 %, and by how much, as the files say
    ("clarithromycin", "intranasal"): 0.56,
    ("ticlopidine", "intranasal"): 0.19,
    ("rifampicin", "iv"): -0.18,
    ("cyp2b6_one_six", "sc"): 0.66,
    ("cyp2b6_two_six", "sc"): 2.07,
}


@pytest.mark.parametrize(("id", "route", "lowest", "highest"), SEEN)
def test_ratios_that_were_seen_come_back_within_fifteen_percent(id, route, lowest, highest):
    factors = typical_factors(LIBRARY, LIBRARY.interaction(id))
    ratio = exposure_ratio(FIRST, factors, route)
    assert lowest * 0.85 <= ratio <= highest * 1.15


def test_every_other_ratio_comes_back_or_its_misfit_is_listed():
    for id, one in LIBRARY.interactions.items():
        for ratio in one.measured:
            if ratio.fitted is None:
                continue
            factors = typical_factors(LIBRARY, one)
            assert ratio.fitted == pytest.approx(fitted_ratio(FIRST, factors, ratio), rel=0.01)
            if abs(ratio.misfit) > 0.15:
                assert ratio.misfit == pytest.approx(MISFITS[id, ratio.route], abs=0.02)


def test_no_factor_on_the_gut_wall_alone_explains_grapefruit_juice():
    most = exposure_ratio(FIRST, {"gut": 0}, "oral") or 0
    assert most == pytest.approx(1 / 0.49)
    assert most < 3.0


def areas(intrinsic: float, gut: float) -> tuple[float, float]:
    """Areas in plasma after one unit by mouth and into a vein, from the equations of flow.

    Plasma and liver exchange at the flow of the liver, which loses drug at its
    intrinsic clearance; what passes the gut wall is put into the liver. The
    area is minus the inverse of the rate matrix times the dose; volumes fall out.
    """
    flow, clearance = FIRST.liver_flow, FIRST.clearance
    lost = intrinsic * flow * clearance / (flow - clearance)
    loss = 1 / FIRST.gut_availability - 1
    passed = 1 / (1 + gut * loss)
    matrix = np.array([[-flow, flow], [flow, -flow - lost]])
    by_mouth, into_vein = (-np.linalg.solve(matrix, dose) for dose in ([0, passed], [1, 0]))
    return by_mouth[0], into_vein[0]


@pytest.mark.parametrize("intrinsic", [0.1, 0.5, 1.0, 2.0, 8.0])
@pytest.mark.parametrize("gut", [0.0, 0.3, 1.0, 5.0])
def test_the_liver_gives_what_the_equations_of_flow_give(intrinsic: float, gut: float):
    factors = {"intrinsic": intrinsic, "gut": gut}
    with_it, without = areas(intrinsic, gut), areas(1, 1)
    for place, route in enumerate(("oral", "iv")):
        ratio = exposure_ratio(FIRST, factors, route)
        assert ratio == pytest.approx(with_it[place] / without[place], rel=1e-9)
    assert without[0] / without[1] == pytest.approx(0.181, abs=0.001)


@pytest.mark.parametrize(("id", "lowest", "highest"), [("rifampicin", 0.8, 0.95)])
def test_simulated_people_who_take_it_have_the_ratio_that_was_seen(id, lowest, highest):
    def area(analyte: str, **facts: object) -> float:
        answer = simulate(
            Patient.from_mapping({"age": 30, "weight": 70, **facts}),
            Regimen.parse("esketamine 0.1 mg/kg iv over 30 min"),
            patients=400,
        )
        rows = {(row.analyte, row.metric): row.mean for row in answer.exposures}
        return rows[analyte, "auc_inf"]

    taken = {"medicines": [id]}
    assert lowest <= area("s-ketamine", **taken) / area("s-ketamine") <= highest
    assert 0.35 <= area("s-norketamine", **taken) / area("s-norketamine") <= 0.55


@pytest.mark.parametrize(("id", "route", "lowest", "highest"), SEEN)
def test_people_who_are_simulated_with_it_show_the_ratio(id, route, lowest, highest):
    """The whole way: absorption, gut wall, liver, plasma; in the middle of many people."""
    dose = {"oral": "0.2 mg/kg oral", "iv": "0.1 mg/kg iv over 30 min"}[route]
    medicine = LIBRARY.interaction(id).names[0]

    def area(**facts: object) -> float:
        who = Patient.from_mapping({"age": 25, "weight": 70, **facts})
        answer = simulate(who, Regimen.parse(f"esketamine {dose}"), patients=1000)
        rows = {(row.analyte, row.metric): row.q50 for row in answer.exposures}
        return rows["s-ketamine", "auc_inf"]

    ratio = area(medicines=[medicine]) / area()
    assert lowest * 0.85 <= ratio <= highest * 1.15
