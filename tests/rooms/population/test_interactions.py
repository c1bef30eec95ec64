"""Medicines, liver, kidney and genotype: who has what, what is drawn, and what is said."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from respite.domain import Patient, PatientNotUnderstood, Regimen
from respite.forecasting import forecast
from respite.literature import load_library
from respite.population import (
    CORE,
    People,
    clearance_factors,
    describe_factors,
    interactions_of,
    simulate,
    typical_factors,
)

LIBRARY = load_library()
DRIP = "esketamine 20 mg iv over 40 min"
FACTORS = ("intrinsic", "gut", "metabolite")


def patient(**facts: object) -> Patient:
    return Patient.from_mapping(facts)


def ids(**facts: object) -> list[str]:
    return [one.id for one in interactions_of(LIBRARY, patient(**facts))]


def lines(regimen: str = DRIP, model: str = CORE, **facts: object):
    return describe_factors(
        LIBRARY, LIBRARY.assembled(model), patient(**facts), Regimen.parse(regimen)
    )


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Clarithromycin 500 mg", "clarithromycin"),
        ("St John\N{RIGHT SINGLE QUOTATION MARK}s Wort", "st_johns_wort"),
        ("st-johns-wort", "st_johns_wort"),
        ("rifampin", "rifampicin"),
        ("rifampicin/isoniazid", "rifampicin"),
        ("grapefruit", "grapefruit_juice"),
        ("phenobarbitone", "phenobarbital"),
    ],
)
def test_a_medicine_is_recognised_as_people_write_it(typed: str, id: str):
    assert ids(medicines=[typed]) == [id]


@given(typed=st.text(min_size=1, max_size=40))
def test_whatever_is_typed_is_recognised_or_said_not_to_be(typed: str):
    try:
        who = patient(medicines=[typed])
    except PatientNotUnderstood:
        return
    told = lines(medicines=[typed])
    assert told or not who.medicines
    factors = clearance_factors(LIBRARY, who, People(1, 3))
    assert all(np.all(getattr(factors, name) > 0) for name in FACTORS)


@pytest.mark.parametrize(
    ("facts", "id"),
    [
        ({"liver": "child-pugh-b"}, "liver_child_pugh_b"),
        ({"egfr": 60}, "kidney_mild"),
        ({"egfr": 59.9}, "kidney_moderate_or_severe"),
        ({"egfr": 5}, "kidney_moderate_or_severe"),
        ({"cyp2b6": "*6/*1"}, "cyp2b6_one_six"),
        ({"cyp2b6": "*6/*6"}, "cyp2b6_two_six"),
    ],
)
def test_a_trait_belongs_to_those_who_have_it(facts, id):
    assert ids(**facts) == [id]


@pytest.mark.parametrize(
    "facts", [{}, {"liver": "normal"}, {"egfr": 78}, {"cyp2b6": "*1/*1"}, {"sex": "female"}]
)
def test_nobody_else_is_given_a_factor(facts):
    assert ids(**facts) == []
    assert lines(**facts) == ()
    drawn = clearance_factors(LIBRARY, patient(**facts), People(1, 5))
    for name in FACTORS:
        assert np.array_equal(getattr(drawn, name), np.ones(5))


@pytest.mark.parametrize("id", [id for id, one in LIBRARY.interactions.items() if one.names])
def test_factors_are_drawn_around_what_the_file_says(id: str):
    one = LIBRARY.interaction(id)
    people = People(1, 4000)
    drawn = clearance_factors(LIBRARY, patient(medicines=[one.names[0]]), people)
    typical = typical_factors(LIBRARY, one)
    for name in FACTORS:
        values = getattr(drawn, name)
        expected = typical.get(name, 1)
        assert np.exp(np.mean(np.log(values))) == pytest.approx(expected, rel=0.06)
        assert (np.std(values) > 0) == (name in typical)


def test_typical_people_have_the_typical_factors():
    who = patient(medicines=["rifampicin"])
    drawn = clearance_factors(LIBRARY, who, People(1, 2, is_typical=True))
    typical = typical_factors(LIBRARY, LIBRARY.interaction("rifampicin"))
    assert {name: getattr(drawn, name)[0] for name in FACTORS} == pytest.approx(typical)


def test_what_one_study_left_open_is_shared_by_the_people_of_a_trial():
    who = patient(medicines=["clarithromycin"])
    trial = clearance_factors(LIBRARY, who, People(1, 50, trial=2))
    assert len(set(trial.intrinsic)) == 1
    apart = clearance_factors(LIBRARY, who, People(1, 50))
    assert len(set(apart.intrinsic)) == 50


def test_liver_and_gut_move_as_the_fit_says():
    who = patient(medicines=["clarithromycin"])
    drawn = clearance_factors(LIBRARY, who, People(1, 4000))
    seen = np.corrcoef(np.log(drawn.intrinsic), np.log(drawn.gut))[0, 1]
    (pair,) = LIBRARY.interaction("clarithromycin").correlations
    assert seen == pytest.approx(pair.correlation, abs=0.01)


def test_what_stands_in_for_a_measurement_is_wider_and_keeps_its_middle():
    def logs(name: str):
        return np.log(
            clearance_factors(LIBRARY, patient(medicines=[name]), People(1, 4000)).intrinsic
        )

    measured, carried = logs("rifampicin"), logs("efavirenz")
    assert np.std(carried) > np.std(measured)
    half = LIBRARY.interaction("liver_child_pugh_a")
    whole = LIBRARY.interaction("liver_child_pugh_b")
    assert typical_factors(LIBRARY, half)["intrinsic"] ** 2 == pytest.approx(
        typical_factors(LIBRARY, whole)["intrinsic"]
    )


# ------------------------------------------------------------------ what is said


def test_what_was_measured_by_mouth_is_said_with_what_it_does_by_this_route():
    (line,) = lines(medicines=["clarithromycin"])
    assert line["status"] == "outside"
    assert "exposure ×2.6 by mouth in 10 people" in line["message"]
    assert "×1.39 of ketamine into a vein" in line["message"]
    assert "recalled" in line["message"]


def test_what_was_measured_by_the_route_asked_for_is_inside():
    (line,) = lines(medicines=["rifampicin"])
    assert line["status"] == "inside"
    (muscle,) = lines("esketamine 20 mg im", medicines=["rifampicin"])
    assert "into a muscle" in muscle["message"]


def test_what_is_carried_over_or_not_known_is_marked():
    by_word = {line["message"].split(":")[0]: line for line in lines(
        medicines=["carbamazepine", "diazepam", "itraconazole", "amitriptyline"], cyp2b6="*4/*18"
    )}  # fmt: skip
    assert by_word["carbamazepine"]["status"] == "outside"
    assert "rifampicin" in by_word["carbamazepine"]["message"]
    assert by_word["diazepam"]["status"] == "unknown"
    assert by_word["itraconazole"]["status"] == "inside"
    assert "no change" in by_word["itraconazole"]["message"]
    assert by_word["amitriptyline"]["status"] == "unknown"
    assert by_word["CYP2B6 *4/*18"]["fact"] == "genotype"


def test_several_at_once_are_said_to_be_multiplied():
    told = lines(medicines=["clarithromycin"], liver="child-pugh-b")
    assert "their factors are multiplied" in told[-1]["message"]


def test_a_model_without_a_first_pass_says_that_it_changes_nothing():
    (line,) = lines(model="esketamine_perezruixo2021", medicines=["rifampicin"])
    assert "changes nothing here" in line["message"]
    who = {"age": 45, "weight": 70}
    plain, taken = (
        simulate(
            patient(**who, **more), Regimen.parse(DRIP), patients=20,
            model="esketamine_perezruixo2021",
        )
        for more in ({}, {"medicines": ["rifampicin"]})
    )  # fmt: skip
    assert plain.exposures == taken.exposures


def test_a_route_that_nobody_measured_is_worked_out_and_marked():
    (line,) = lines("ketamine 25 mg sublingual", medicines=["clarithromycin"])
    assert line["status"] == "outside"
    told = re.search(r"×([0-9.]+) of ketamine under the tongue", line["message"])
    assert told
    # Between an infusion, which the liver alone touches, and a swallowed dose.
    assert 1.39 < float(told[1]) < 2.55


def test_both_answers_carry_the_evidence_and_its_sources():
    who = patient(age=45, weight=70, condition="crps", medicines=["clarithromycin"])
    regimen = Regimen.parse(DRIP)
    for answer in (
        simulate(who, regimen, patients=20),
        forecast(who, regimen, draws=100, horizon_days=10),
    ):
        told = [line for line in answer.scope if line["fact"] == "medicine"]
        assert "×2.6" in told[0]["message"]
        assert any(text.startswith("clarithromycin, factor") for text in answer.assumed)
        assert "hagelberg2010" in answer.provenance["sources"]
        assert len(set(answer.provenance["sources"])) == len(answer.provenance["sources"])
