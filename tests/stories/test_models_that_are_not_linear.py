"""A person asks for levels by the models that are followed in steps."""

from __future__ import annotations

import json

QUESTION = ("--weight", "70", "--age", "45", "--patients", "40", "--format", "json")


def simulated(typed, model: str, regimen: str):
    ended = typed("simulate", "--model", model, "--regimen", regimen, *QUESTION)
    assert ended.status == 0, ended.err
    answer = json.loads(ended.out)
    return answer, {(row["analyte"], row["metric"]): row for row in answer["exposures"]}


def test_norketamine_in_an_infusion_over_days(typed):
    regimen = "ketamine 25 mg/h iv for 3 days"
    answer, long = simulated(typed, "ketamine_respite1_long", regimen)
    assert answer["model"] == "ketamine_respite1_long"
    assert "flint2017" in answer["provenance"]["sources"]
    _, core = simulated(typed, "ketamine_respite1", regimen)
    key = ("norketamine", "auc_last")
    assert long[key]["q50"] < core[key]["q50"]


def test_inhaled_drug(typed):
    answer, found = simulated(typed, "esketamine_jonkman2017", "esketamine 50 mg inhaled")
    assert found["s-ketamine", "cmax"]["site"] == "arterial"
    assert found["s-ketamine", "tmax"]["q50"] * 60 == 20
    assert any("half is taken" in line for line in answer["assumed"])
    shares = [row["q50"] for row in found.values()]
    assert all(value > 0 for value in shares)


def test_a_child_may_be_asked_about_and_a_grown_person_not(typed):
    regimen = ("--regimen", "esketamine 0.5 mg/kg/h iv for 48 h", "--patients", "20")
    model = ("--model", "s_ketamine_flint2017")
    child = typed("simulate", *model, *regimen, "--age", "2", "--weight", "12")
    assert child.status == 0
    grown = typed("simulate", *model, *regimen, "--age", "45", "--weight", "70")
    assert grown.status != 0
    assert "only the children studied" in " ".join(grown.err.split())
