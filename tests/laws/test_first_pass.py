"""What holds for any liver and any gut wall."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from respite.domain import Patient, Regimen, Route
from respite.literature import load_library
from respite.population import (
    CORE,
    SWALLOWED_AVAILABILITY,
    ClearanceFactors,
    People,
    after_first_pass,
    clearance_ratio,
    draw_group,
    exposure_ratio,
    first_pass_of,
    gut_availability,
    simulate,
    well_stirred,
)

LIBRARY = load_library()
FIRST = first_pass_of(LIBRARY.assembled(CORE))
DRIP = "ketamine 0.5 mg/kg iv over 40 min"

shares = st.floats(min_value=0.01, max_value=0.99)
factors = st.floats(min_value=0.01, max_value=100)
flows = st.floats(min_value=1, max_value=500)


@given(share=shares, flow=flows)
def test_a_factor_of_one_gives_clearance_back_to_the_last_bit(share: float, flow: float):
    clearance, extraction = well_stirred(share * flow, flow, 1)
    assert clearance == share * flow
    assert extraction == pytest.approx(share, rel=1e-12)


@given(share=shares, flow=flows, factor=factors, of_flow=factors)
def test_clearance_is_above_zero_and_never_above_the_flow(share, flow, factor, of_flow):
    clearance, extraction = well_stirred(share * flow, flow, factor, of_flow)
    assert 0 < clearance <= of_flow * flow * (1 + 1e-12)
    assert 0 < extraction <= 1
    assert clearance == pytest.approx(extraction * of_flow * flow, rel=1e-9)


@given(share=shares, flow=flows, factor=factors, more=st.floats(min_value=1.001, max_value=10))
def test_more_enzyme_or_more_flow_clears_more(share, flow, factor, more):
    clearance, extraction = well_stirred(share * flow, flow, factor)
    assert well_stirred(share * flow, flow, factor * more)[0] > clearance
    faster, thinner = well_stirred(share * flow, flow, factor, more)
    assert faster > clearance
    assert thinner < extraction


@given(share=shares, flow=flows, one=factors, other=factors)
def test_two_factors_one_after_the_other_are_their_product(share, flow, one, other):
    first, _ = well_stirred(share * flow, flow, one)
    both, _ = well_stirred(first, flow, other)
    assert both == pytest.approx(float(well_stirred(share * flow, flow, one * other)[0]), rel=1e-9)


@given(share=shares, one=factors, other=factors)
def test_the_gut_wall_lets_through_a_share_and_factors_multiply(share, one, other):
    passed = gut_availability(share, one)
    assert 0 < passed < 1
    assert gut_availability(share, 1) == pytest.approx(share, rel=1e-12)
    assert gut_availability(share, 0) == 1
    assert gut_availability(passed, other) == pytest.approx(
        gut_availability(share, one * other), rel=1e-9
    )


@given(intrinsic=factors, gut=factors)
def test_by_mouth_exposure_depends_on_the_gut_and_the_enzymes_alone(intrinsic, gut):
    passed = gut_availability(FIRST.gut_availability, gut) / FIRST.gut_availability
    ratio = exposure_ratio(FIRST, {"intrinsic": intrinsic, "gut": gut}, Route.ORAL)
    assert ratio == pytest.approx(passed / intrinsic, rel=1e-9)


@given(intrinsic=factors)
def test_into_a_vein_exposure_is_bounded_by_the_flow_of_the_liver(intrinsic):
    extraction = FIRST.clearance / FIRST.liver_flow
    ratio = exposure_ratio(FIRST, {"intrinsic": intrinsic}, Route.IV)
    assert ratio is not None
    assert ratio >= extraction
    assert ratio * clearance_ratio(FIRST, {"intrinsic": intrinsic}) == pytest.approx(1)


@given(intrinsic=factors, gut=factors, more=st.floats(min_value=1.01, max_value=10))
def test_every_route_loses_exposure_as_a_factor_grows(intrinsic, gut, more):
    def ratios(liver: float, wall: float) -> list[float]:
        both = {"intrinsic": liver, "gut": wall}
        return [exposure_ratio(FIRST, both, route) or 0 for route in ("iv", "intranasal", "oral")]

    here = ratios(intrinsic, gut)
    assert all(np.array(ratios(intrinsic * more, gut)) < here)
    into_vein, nasal, oral = ratios(intrinsic, gut * more)
    assert into_vein == here[0]
    assert nasal < here[1]
    assert oral < here[2]


@given(
    intrinsic=factors,
    gut=factors,
    person=st.floats(min_value=0.2, max_value=5),
    of_flow=st.floats(min_value=0.3, max_value=1),
    form=st.floats(min_value=0.5, max_value=1.2),
)
def test_what_a_swallowed_dose_keeps_is_a_share_and_nobody_outclears_the_flow(
    intrinsic, gut, person, of_flow, form
):
    model = LIBRARY.assembled(CORE)
    flow, share = FIRST.liver_flow, FIRST.gut_availability
    of_s = {
        "clearance": np.array([FIRST.clearance * person]),
        "liver_flow": np.array([flow * of_flow]),
        "gut_availability": np.array([share]),
        "metabolite_clearance": np.array([50.0]),
    }
    numbers = {**of_s, "clearance": of_s["clearance"] * form}
    multiply = ClearanceFactors(*(np.array([each]) for each in (intrinsic, gut, 3.0)))
    after = after_first_pass(model, numbers, of_s, {"liver_flow": np.array([flow])}, multiply)
    kept = after[SWALLOWED_AVAILABILITY]
    assert 0 <= kept < 1
    assert after["clearance"] < person * flow * of_flow * (1 + 1e-12)
    assert after["metabolite_clearance"] == 150
    # Whatever the flow, exposure by mouth is what the gut lets through over the enzymes.
    enzymes = 1 / (1 / (FIRST.clearance * form) - 1 / flow)
    expected = gut_availability(share, gut) / (person * intrinsic * enzymes)
    assert kept / after["clearance"] == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("facts", [{}, {"age": 45}, {"age": 60}, {"medicines": ()}])
def test_who_has_nothing_that_acts_has_the_clearance_that_was_drawn(facts: dict[str, Any]):
    model = LIBRARY.assembled(CORE)
    without = {part: name for part, name in model.structure.items() if part != "first_pass"}
    plain = replace(model, structure=without)
    # Nobody who is drawn is old enough for the flow to the liver to have fallen.
    patient = Patient.from_mapping({"age": 45, **facts})
    people = People(3, 200)
    new, old = (
        draw_group(LIBRARY, patient, people, kinetics=one).kinetics.bodies for one in (model, plain)
    )
    for form in ("s", "r"):
        assert np.array_equal(new[form].rates, old[form].rates)
        for name, output in new[form].outputs.items():
            assert np.array_equal(output.heights, old[form].outputs[name].heights)


def area(**facts: object) -> float:
    answer = simulate(
        Patient.from_mapping({"age": 45, "weight": 70, **facts}),
        Regimen.parse(DRIP),
        patients=300,
    )
    (row,) = [
        one for one in answer.exposures if (one.analyte, one.metric) == ("ketamine", "auc_inf")
    ]
    return row.q50


def test_age_above_sixty_lowers_clearance_by_the_flow_to_the_liver():
    at = {age: area(age=age) for age in (30, 60, 70, 85)}
    assert at[30] == at[60] < at[70] < at[85]


def test_a_medicine_taken_twice_under_two_names_counts_once():
    once = area(medicines=["rifampicin"])
    assert area(medicines=["rifampin 600 mg", "Rifampicin"]) == once
    assert once < area()


def test_what_no_file_is_about_changes_nothing():
    assert area(medicines=["amitriptyline", "diazepam", "itraconazole"]) == area()
    assert area(cyp2b6="*1/*1", liver="normal", egfr=95) == area()
