"""Several models on one question: who is asked, who is not, and how far they lie apart."""

from __future__ import annotations

import math

import pytest

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.population import CORE, Beside, beside_other_models, simulate

ADULT = Patient(weight=70, age=40)
DRIP = "ketamine 0.5 mg/kg iv over 40 min"
SPRAY = "esketamine 56 mg intranasal"
FILM = "esketamine 50 mg buccal"


def asked(regimen: str, model: str = CORE) -> Beside:
    given = Regimen.parse(regimen)
    answer = simulate(ADULT, given, patients=60, model=model)
    beside = beside_other_models(answer, ADULT, given).beside
    assert beside is not None
    return beside


@pytest.mark.parametrize("regimen", [DRIP, SPRAY, FILM])
def test_every_kinetic_model_is_asked_or_named_with_a_reason(regimen: str) -> None:
    beside = asked(regimen)
    kinetic = {name for name, model in load_library().models.items() if model.kind == "kinetics"}
    shown = {row.model for row in beside.exposures}
    left_out = {row["model"] for row in beside.left_out}
    assert shown | left_out == kinetic
    assert not shown & left_out
    assert all(row["because"].strip() for row in beside.left_out)


def test_what_a_model_gives_beside_is_what_it_gives_alone() -> None:
    (beside_row,) = [
        row
        for row in asked(SPRAY).exposures
        if (row.model, row.analyte, row.metric) == ("esketamine_perezruixo2021", "ketamine", "cmax")
    ]
    alone = simulate(ADULT, Regimen.parse(SPRAY), patients=60, model="esketamine_perezruixo2021")
    (row,) = [row for row in alone.exposures if (row.analyte, row.metric) == ("ketamine", "cmax")]
    assert (beside_row.q05, beside_row.q50, beside_row.q95) == (row.q05, row.q50, row.q95)


def test_arterial_levels_are_never_compared_with_venous_ones() -> None:
    beside = asked(FILM)
    assert {row.site for row in beside.exposures} == {"venous", "arterial"}
    # One model of each site: nothing to compare.
    assert beside.spreads == ()


def test_a_model_and_what_it_is_built_on_are_one_opinion() -> None:
    for model, other in ((CORE, "s_ketamine_otto2021"), ("s_ketamine_otto2021", CORE)):
        reasons = {
            row["model"]: row["because"] for row in asked("esketamine 10 mg iv", model).left_out
        }
        assert "no second opinion" in reasons[other]


def test_people_in_intensive_care_are_left_out_unless_asked_for() -> None:
    reasons = {row["model"]: row["because"] for row in asked(DRIP).left_out}
    assert "intensive care" in reasons["ketamine_hijazi2003"]
    shown = {row.model for row in asked(DRIP, "ketamine_hijazi2003").exposures}
    assert "ketamine_hijazi2003" in shown


def test_the_spread_is_that_of_the_medians() -> None:
    beside = asked(DRIP)
    (spread,) = [row for row in beside.spreads if (row.analyte, row.metric) == ("ketamine", "cmax")]
    middles = [
        row.q50
        for row in beside.exposures
        if (row.site, row.analyte, row.metric) == ("venous", "ketamine", "cmax")
    ]
    assert spread.models == len(middles) == 3
    assert spread.fold == pytest.approx(max(middles) / min(middles))
    logs = [math.log(middle) for middle in middles]
    mean = sum(logs) / len(logs)
    squares = sum((value - mean) ** 2 for value in logs)
    assert spread.log_sd == pytest.approx(math.sqrt(squares / (len(logs) - 1)))
