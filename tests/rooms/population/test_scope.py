"""Whom may a model be asked about? Inside, outside, unknown, or refused."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from respite.domain import Condition, OutOfScope, Patient, Regimen, RespiteError, Route
from respite.literature import load_library
from respite.population import CORE, PAIN, refuse_other_site, scope_of, simulate

ADULT: dict[str, Any] = {"age": 45, "weight": 70, "condition": Condition.CRPS}
SHORT = "ketamine 0.5 mg/kg iv over 40 min"


def scope(regimen: str = SHORT, *models: str, **facts: Any):
    library = load_library()
    chosen = [library.assembled(name) for name in models or (CORE, PAIN)]
    return scope_of(chosen, Patient.from_mapping(facts), Regimen.parse(regimen))


def statuses(lines, fact: str) -> set[str]:
    return {line["status"] for line in lines if line["fact"] == fact}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({"age": 8}, "The age is 8 years"),
        ({"age": 91}, "The age is 91 years"),
        ({"weight": 200}, "The weight is 200 kg"),
        ({"weight": 39}, "The weight is 39 kg"),
    ],
)
def test_a_patient_like_whom_nobody_was_seen_is_refused_in_words(facts, found):
    with pytest.raises(OutOfScope, match=found) as refusal:
        scope(**(ADULT | facts))
    assert "Try" in str(refusal.value)


def test_a_route_that_no_model_covers_is_refused_in_words():
    with pytest.raises(OutOfScope, match="The route is im"):
        scope("ketamine 0.5 mg/kg im", "ketamine_clements1981", **ADULT)
    with pytest.raises(OutOfScope, match="The route is intranasal"):
        scope("esketamine 84 mg intranasal twice weekly x2", "s_ketamine_otto2021", **ADULT)
    with pytest.raises(OutOfScope, match="The route is oral tablet"):
        scope("esketamine 20 mg oral tablet", "esketamine_perezruixo2021", **ADULT)


def test_one_route_that_is_not_covered_is_enough_to_refuse():
    with pytest.raises(OutOfScope, match="The route is oral"):
        scope("ketamine 20 mg iv; ketamine 50 mg oral", "ketamine_clements1981", **ADULT)


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.IV])
def test_routes_that_are_our_own_construction_are_flagged(route):
    lines = scope(f"ketamine 20 mg {route}", **ADULT)
    flagged = [line for line in lines if line["fact"] == "route"]
    assert flagged
    assert all(line["status"] == "outside" for line in flagged)
    assert any("our own construction" in line["message"] for line in flagged)


def test_a_drug_that_a_model_does_not_know_is_refused_in_words():
    with pytest.raises(OutOfScope, match="The drug is ketamine"):
        scope(SHORT, "s_ketamine_otto2021", **ADULT)
    with pytest.raises(OutOfScope, match="The drug is esketamine"):
        scope("esketamine 20 mg iv", "ketamine_domino1982", **ADULT)


@pytest.mark.parametrize("condition", list(Condition))
def test_every_condition_that_a_patient_may_have_is_covered(condition):
    lines = scope(**(ADULT | {"condition": condition}))
    assert statuses(lines, "condition") <= {"inside", "outside"}


def test_what_was_studied_is_inside_and_what_is_carried_over_is_outside():
    lines = scope("esketamine 20 mg iv over 40 min", PAIN, **ADULT)
    assert statuses(lines, "condition") == {"inside"}
    assert statuses(lines, "drug") == {"inside"}
    assert statuses(scope(SHORT, PAIN, **ADULT), "drug") == {"outside"}
    assert statuses(scope(**(ADULT | {"condition": "cancer"})), "condition") == {"outside"}


def test_facts_within_and_beyond_a_studied_range_are_told_apart():
    model = "esketamine_perezruixo2021"
    drug = "esketamine 20 mg iv over 40 min"
    assert statuses(scope(drug, model, **(ADULT | {"age": 80})), "age") == {"inside"}
    (line,) = [x for x in scope(drug, model, **(ADULT | {"age": 88})) if x["fact"] == "age"]
    assert line["status"] == "outside"
    assert "extrapolated" in line["message"]


def test_what_is_not_known_is_said_and_never_guessed():
    lines = scope()
    for fact in ("age", "weight", "condition"):
        assert statuses(lines, fact) == {"unknown"}
    assert all(line["message"] for line in lines)


# ------------------------------------------------------------------ what simulate refuses


def test_levels_of_one_site_do_not_stand_for_another():
    adult = Patient.from_mapping(ADULT)
    with pytest.raises(OutOfScope, match="arterial levels are asked for"):
        simulate(adult, Regimen.parse(SHORT), site="arterial", patients=5)
    answer = simulate(adult, Regimen.parse(SHORT), site="venous", patients=5)
    assert {row.site for row in answer.exposures} == {"venous"}


def test_placebo_alone_has_no_levels_to_simulate():
    with pytest.raises(OutOfScope, match="placebo alone"):
        simulate(Patient(), Regimen.parse("placebo iv over 40 min"), patients=5)


def test_a_pain_model_has_no_levels_to_simulate():
    with pytest.raises(OutOfScope, match="model of pain"):
        simulate(Patient(), Regimen.parse(SHORT), model=PAIN, patients=5)


@pytest.mark.parametrize("patients", [0, -1, 100_001])
def test_a_group_of_no_sensible_size_is_refused(patients):
    with pytest.raises(RespiteError, match="--patients"):
        simulate(Patient(), Regimen.parse(SHORT), patients=patients)


def test_a_time_that_cannot_be_read_is_refused():
    with pytest.raises(RespiteError, match="soon"):
        simulate(Patient(), Regimen.parse(SHORT), patients=5, at=["soon"])


def test_curves_of_one_site_are_never_driven_by_levels_of_another():
    library = load_library()
    pain, core = library.assembled(PAIN), library.assembled(CORE)
    refuse_other_site(pain, core)
    arterial = library.assembled("pain_simons2022")
    with pytest.raises(OutOfScope, match="belong to arterial levels") as refused:
        refuse_other_site(arterial, core)
    assert "venous" in refused.value.found
    number = replace(pain.parameters["fast_ec50"], site="arterial")
    mixed = replace(pain, parameters={**pain.parameters, "fast_ec50": number})
    with pytest.raises(OutOfScope, match="belong to arterial levels"):
        refuse_other_site(mixed, core)
