"""What a model gives where a study measured: against a body that can be worked out by hand."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from respite.domain import OutOfScope, convert
from respite.literature import (
    Model,
    Observation,
    ObservationRow,
    Observed,
    ObservedArm,
    ObservedStudy,
    Quantity,
    load_library,
)
from respite.population import (
    CORE,
    Comparison,
    compare_with_observations,
    metric_words,
    predict_observation,
    why_not_covered,
)

LIBRARY = load_library()
VOLUME_L, RATE, DOSE_MG = 2.0 * 70, 0.5, 70.0


def one_space() -> Model:
    """Give a model with one space of 2 L/kg, left at 0.5/h, and next to no second space."""
    model = LIBRARY.assembled("ketamine_clements1981")
    numbers = {
        "central_volume": (2, "L/kg"),
        "elimination_rate": (RATE, "1/h"),
        "rate_to_peripheral_1": (1e-12, "1/h"),
        "rate_from_peripheral_1": (1.0, "1/h"),
    }
    parameters = {
        name: replace(
            model.parameters[name],
            typical=replace(model.parameters[name].typical, value=value, unit=unit),
        )
        for name, (value, unit) in numbers.items()
    }
    return replace(model, parameters=parameters)


def row_of(
    *, regimen: str = "ketamine 70 mg iv", people: Observed | None = None, **seen: Any
) -> ObservationRow:
    """Give one figure of a study that gave 70 mg at once to people of 70 kg."""
    facts: dict[str, Any] = {
        "analyte": "ketamine", "metric": "cmax", "value": 1.0, "unit": "mg/L",
        "status": "published", "at": "here",
    }  # fmt: skip
    observation = Observation(**(facts | seen))
    drug, route = ("esketamine" if "esketamine" in regimen else "ketamine"), "iv"
    for other in ("im", "oral", "sublingual", "intranasal"):
        route = other if f" {other}" in regimen else route
    arm = ObservedArm(
        name="arm", drug=drug, route=route, regimen=regimen, observations=(observation,)
    )
    study = ObservedStudy(
        id="study",
        title="A study",
        source="wang2019",
        read="abstract",
        population="people",
        people=people or Observed(condition="healthy", weight=Quantity(70, "kg")),
        arms=(arm,),
    )
    return ObservationRow(study, arm, observation)


def predicted(row: ObservationRow, model: Model | None = None) -> float:
    return predict_observation(LIBRARY, model or one_space(), row).predicted


CLEARANCE = VOLUME_L * RATE
BY_HAND = [
    ({"metric": "cmax"}, DOSE_MG / VOLUME_L),
    ({"metric": "cmax", "from_h": 2}, DOSE_MG / VOLUME_L * math.exp(-RATE * 2)),
    ({"metric": "concentration", "time_h": 3}, DOSE_MG / VOLUME_L * math.exp(-RATE * 3)),
    ({"metric": "auc_inf", "unit": "mg·h/L"}, DOSE_MG / CLEARANCE),
    ({"metric": "auc_inf", "unit": "h/L"}, 1 / CLEARANCE),
    (
        {"metric": "auc_last", "unit": "mg·h/L", "until_h": 4},
        DOSE_MG / CLEARANCE * -math.expm1(-RATE * 4),
    ),
    ({"metric": "clearance", "unit": "L/h"}, CLEARANCE),
    ({"metric": "clearance", "unit": "mL/min/kg"}, CLEARANCE / 70 * 1000 / 60),
    ({"metric": "vss", "unit": "L"}, VOLUME_L),
    ({"metric": "vss", "unit": "L/70kg"}, VOLUME_L),
    ({"metric": "half_life", "unit": "h"}, math.log(2) / RATE),
    ({"metric": "half_life", "unit": "min", "until_h": 6}, math.log(2) / RATE * 60),
    ({"metric": "bioavailability", "unit": "%"}, 100),
    ({"metric": "bioavailability", "unit": "fraction", "until_h": 2}, 1),
]


@pytest.mark.parametrize(("seen", "expected"), BY_HAND, ids=lambda one: str(one)[:60])
def test_a_body_of_one_space_gives_what_is_worked_out_by_hand(seen, expected):
    # The second space holds a millionth of a millionth, so only rounding is left.
    assert predicted(row_of(**seen)) == pytest.approx(expected, rel=1e-6)


def test_an_infusion_peaks_at_its_end():
    row = row_of(regimen="ketamine 70 mg iv over 2 h", metric="tmax", unit="min")
    assert predicted(row) == pytest.approx(120)


@pytest.mark.parametrize("summary", ["mean", "median", "geometric_mean", "model", "not_reported"])
def test_people_who_do_not_differ_are_summed_up_as_the_typical_person(summary):
    row = row_of(summary=summary, metric="concentration", time_h=1)
    assert predicted(row) == pytest.approx(DOSE_MG / VOLUME_L * math.exp(-RATE), rel=1e-6)


def test_people_who_differ_have_a_mean_above_their_median():
    core = LIBRARY.assembled(CORE)
    mean, median, middle = (
        predicted(row_of(summary=summary, metric="auc_inf", unit="mg·h/L"), core)
        for summary in ("mean", "median", "geometric_mean")
    )
    assert mean > middle
    # With 500 people and a log SD of 0.22 both differ from the truth by about 1 %.
    assert median == pytest.approx(middle, rel=0.04)


def test_one_enantiomer_is_measured_against_its_own_dose():
    core = LIBRARY.assembled(CORE)
    numbers = core.parameters
    clearance = numbers["clearance"].value
    for analyte, expected in (
        ("s-ketamine", clearance),
        ("r-ketamine", clearance * numbers["r_to_s_clearance"].value),
    ):
        row = row_of(analyte=analyte, metric="clearance", unit="L/h")
        assert predicted(row, core) == pytest.approx(expected, rel=1e-9)


@given(
    value=st.floats(1e-3, 1e3),
    unit=st.sampled_from(["mg/L", "ng/mL", "ug/mL", "ug/L"]),
    dose=st.sampled_from([1, 10, 70]),
)
def test_the_unit_and_the_size_of_the_dose_leave_the_ratio_alone(value, unit, dose):
    # Ratio of a figure that grows with the dose, printed in whatever unit.
    row = row_of(
        regimen=f"ketamine {dose} mg iv", value=convert(value * dose, "mg/L", unit), unit=unit
    )
    found = predict_observation(LIBRARY, one_space(), row)
    assert found.ratio == pytest.approx(1 / VOLUME_L / value, rel=1e-9)
    assert found.fold >= 1
    assert found.fold in (pytest.approx(found.ratio), pytest.approx(1 / found.ratio))


# ------------------------------------------------------------------ who may be asked what

PEREZ = "esketamine_perezruixo2021"
REFUSED = [
    (CORE, {"site": "arterial"}, "arterial levels"),
    (CORE, {"status": "assumed", "because": "recalled"}, "never counted"),
    (CORE, {"metric": "auc_ratio", "unit": "ratio"}, "interactions page"),
    (CORE, {"metric": "volume_beta", "unit": "L"}, "not computed"),
    (CORE, {"value": "not_reported", "summary": "range"}, "a range"),
    (CORE, {"analyte": "s-hydroxynorketamine"}, "does not follow"),
    ("ketamine_clements1981", {"analyte": "norketamine"}, "does not follow"),
    (CORE, {"metric": "tmax", "unit": "h"}, "highest at once"),
    (PEREZ, {}, "The drug is ketamine"),
    (CORE, {"people": Observed(condition="icu")}, "not for people like these"),
    (CORE, {"people": Observed(condition="healthy", are_children=True)}, "is for adults"),
    (CORE, {"people": Observed(condition="healthy", age=Quantity(9, "year"))}, "The age is 9"),
    (CORE, {"people": Observed(condition="healthy", weight=Quantity(200, "kg"))}, "200 kg"),
]


@pytest.mark.parametrize(("model", "seen", "reason"), REFUSED, ids=lambda one: str(one)[:50])
def test_what_a_model_does_not_cover_is_refused_with_the_reason(model, seen, reason):
    row, whole = row_of(**seen), LIBRARY.assembled(model)
    assert reason in why_not_covered(LIBRARY, whole, row)
    with pytest.raises(OutOfScope, match="cannot be compared"):
        predict_observation(LIBRARY, whole, row)


@pytest.mark.parametrize(
    "seen",
    [
        {},
        {"people": Observed(condition="other")},
        {"people": Observed(condition="not_reported")},
        {"people": Observed(condition="healthy", ancestry=("white",))},
        {"metric": "tmax", "unit": "h", "analyte": "norketamine"},
        {"regimen": "ketamine 20 mg iv over 40 min", "metric": "tmax", "unit": "h"},
    ],
    ids=str,
)
def test_what_a_model_covers_is_predicted(seen):
    row, core = row_of(**seen), LIBRARY.assembled(CORE)
    assert why_not_covered(LIBRARY, core, row) == ""
    assert predict_observation(LIBRARY, core, row).predicted > 0


def test_blood_of_no_reported_site_is_venous_and_it_is_said():
    core = LIBRARY.assembled(CORE)
    notes = predict_observation(LIBRARY, core, row_of(site="not_reported")).notes
    assert any("venous" in note for note in notes)
    assert predict_observation(LIBRARY, core, row_of(site="venous")).notes == ()


def test_every_metric_has_its_words():
    metrics = {
        row.observation.metric for key in LIBRARY.observations for row in LIBRARY.observed(key)
    }
    assert all(metric_words(metric) for metric in metrics)


# ------------------------------------------------------------------ the shipped library


@cache
def shipped_comparison() -> Comparison:
    return compare_with_observations(LIBRARY)


@pytest.mark.thorough
def test_every_figure_of_the_library_is_covered_or_says_why_not():
    comparison = shipped_comparison()
    rows = [row for key in LIBRARY.observations for row in LIBRARY.observed(key)]
    covered = {id(each.row.observation) for each in comparison.predictions}
    left = {id(row.observation) for row, _reason in comparison.uncovered}
    assert covered.isdisjoint(left)
    assert len(covered | left) == len(rows)
    assert all(reason for _row, reason in comparison.uncovered)


@pytest.mark.thorough
def test_a_figure_of_the_models_own_source_is_no_check():
    comparison = shipped_comparison()
    roles = {
        (each.row.study.id, each.model): each.role
        for each in comparison.predictions
        if each.row.study.id in ("otto2021", "zarate2006")
    }
    assert roles["otto2021", "s_ketamine_otto2021"] == "built on"
    assert roles["otto2021", CORE] == "built on"
    assert roles["otto2021", PEREZ] == "check"
    assert roles["zarate2006", CORE] == "built on"
    assert roles["zarate2006", "ketamine_domino1982"] == "check"


@pytest.mark.thorough
def test_a_model_that_changes_metabolites_alone_repeats_nothing_of_its_base():
    long = [each for each in shipped_comparison().predictions if each.model.endswith("_long")]
    assert long
    assert {each.row.observation.analyte for each in long} <= {"norketamine", "s-norketamine"}
