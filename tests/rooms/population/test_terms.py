"""Models that are no sums of decays, and people whose facts change on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from respite.domain import OutOfScope, Patient, Regimen, RespiteError
from respite.literature import load_library
from respite.population import (
    CORE,
    Group,
    People,
    draw_group,
    is_linear,
    levels_through_changes,
    simulate,
)

LIBRARY = load_library()
LONG, INHALED = "ketamine_respite1_long", "esketamine_jonkman2017"
PATIENT = Patient(weight=70, age=45)
SAME = 1e-7
"""Two ways to the same numbers, each promised to 1e-8 of the highest level."""


def group_of(model: str, count: int = 3, patient: Patient = PATIENT) -> Group:
    return draw_group(LIBRARY, patient, People(6, count), kinetics=LIBRARY.assembled(model))


def exposures(model: str, regimen: str, patients: int = 20) -> dict[tuple[str, str], float]:
    answer = simulate(PATIENT, Regimen.parse(regimen), patients=patients, model=model, seed=6)
    return {(row.analyte, row.metric): row.mean for row in answer.exposures}


def test_a_model_on_a_base_on_a_base_has_the_numbers_of_all_three():
    assert LIBRARY.bases(LONG) == (CORE, "s_ketamine_otto2021")
    long, core = LIBRARY.assembled(LONG), LIBRARY.assembled(CORE)
    assert {*long.parameters} == {*core.parameters, "metabolite_clearance_growth"}
    for name, number in core.parameters.items():
        assert long.parameters[name].value == number.value
        assert long.parameters[name].between_studies_sd == number.between_studies_sd
    assert long.parameters["clearance"].source == core.parameters["clearance"].source
    assert not is_linear(long)
    assert is_linear(core)


def test_growth_lowers_norketamine_and_leaves_ketamine_alone():
    regimen = "ketamine 1.2 mg/kg/h iv for 72 h"
    long, core = (exposures(model, regimen) for model in (LONG, CORE))
    for metric in ("cmax", "auc_inf", "auc_last"):
        assert long["ketamine", metric] == pytest.approx(core["ketamine", metric], rel=SAME)
        assert long["norketamine", metric] < core["norketamine", metric]
    assert long["norketamine", "auc_last"] < long["norketamine", "auc_inf"]


def test_after_one_short_dose_growth_hardly_counts():
    long, core = (exposures(model, "ketamine 10 mg iv") for model in (LONG, CORE))
    assert long["norketamine", "cmax"] == pytest.approx(core["norketamine", "cmax"], rel=0.02)


def test_less_of_a_larger_dose_is_inhaled():
    one, two = (exposures(INHALED, f"esketamine {mg} mg inhaled") for mg in (50, 100))
    assert one["s-ketamine", "auc_inf"] < two["s-ketamine", "auc_inf"]
    assert two["s-ketamine", "auc_inf"] < 2 * one["s-ketamine", "auc_inf"] * 0.9


def test_a_slow_dose_is_inhaled_more_fully():
    fast, slow = (exposures(INHALED, f"esketamine 50 mg inhaled over {m} min") for m in (5, 60))
    assert fast["s-ketamine", "auc_inf"] < slow["s-ketamine", "auc_inf"]


def test_what_enters_by_a_vein_is_that_of_the_base():
    regimen = "esketamine 20 mg iv over 20 min"
    inhaled, base = (exposures(model, regimen) for model in (INHALED, "esketamine_simons2022"))
    assert inhaled == base


def test_the_same_people_are_followed_whatever_their_number():
    regimen, times = Regimen.parse("ketamine 20 mg/h iv for 30 h"), [10.0, 40.0]
    few, many = (group_of(LONG, count) for count in (2, 7))
    one, other = (
        each.levels(["metabolite"], each.dose(regimen.events()), times) for each in (few, many)
    )
    for form, levels in one.items():
        np.testing.assert_allclose(levels["metabolite"], other[form]["metabolite"][:2], rtol=SAME)


def test_forecasts_do_not_follow_what_is_not_linear():
    model = LIBRARY.assembled(LONG)
    with pytest.raises(OutOfScope, match="not linear"):
        draw_group(LIBRARY, PATIENT, People(1, 1), kinetics=model, condition="crps")


def test_more_than_the_memory_holds_is_refused():
    with pytest.raises(RespiteError, match="not linear"):
        simulate(PATIENT, Regimen.parse("ketamine 35 mg iv"), patients=50_000, model=LONG)


EVENTS = (
    *Regimen.parse("ketamine 0.5 mg/kg iv over 40 min; esketamine 28 mg intranasal").events(),
    *(
        replace(event, time_h=event.time_h + 10)
        for event in Regimen.parse("ketamine 50 mg oral every 8 h x3").events()
    ),
)
TIMES = [0.5, 3.0, 9.0, 12.0, 27.0, 40.0]


def through(*facts: tuple[float, Patient]) -> dict[str, np.ndarray]:
    return dict(levels_through_changes(LIBRARY, facts, EVENTS, TIMES, People(6, 3)))


def test_facts_that_stay_the_same_change_nothing():
    group = group_of(CORE)
    plain = group.levels(["plasma", "metabolite"], group.dose(EVENTS), TIMES)
    for facts in ([(0, PATIENT)], [(0, PATIENT), (4, PATIENT), (11, PATIENT)]):
        found = through(*facts)
        for form in ("s", "r"):
            np.testing.assert_allclose(found[f"{form}-ketamine"], plain[form]["plasma"], rtol=SAME)
        summed = plain["s"]["metabolite"] + plain["r"]["metabolite"]
        np.testing.assert_allclose(found["norketamine"], summed, rtol=SAME)


def test_what_changes_later_changes_nothing_before():
    heavy = Patient(weight=110, age=45)
    before, after = through((0, PATIENT)), through((0, PATIENT), (20, heavy))
    for analyte, levels in before.items():
        np.testing.assert_allclose(after[analyte][:, :4], levels[:, :4], rtol=1e-9)
        assert np.all(after[analyte][:, 4:] != levels[:, 4:])


def test_a_dose_for_each_kilogram_follows_the_weight_when_it_is_given():
    later = [replace(EVENTS[0], time_h=30)]
    light, heavy = Patient(weight=50, age=45), Patient(weight=100, age=45)
    people = People(6, 3)
    found = levels_through_changes(LIBRARY, [(0, light), (24, heavy)], later, [31], people)
    plain = levels_through_changes(LIBRARY, [(0, heavy)], later, [31], people)
    np.testing.assert_allclose(found["ketamine"], plain["ketamine"], rtol=1e-9)


def test_a_medicine_that_is_started_lowers_levels_from_then_on():
    treated = replace(PATIENT, medicines=("rifampicin",))
    before, after = through((0, PATIENT)), through((0, PATIENT), (9.5, treated))
    np.testing.assert_allclose(after["norketamine"][:, :3], before["norketamine"][:, :3], rtol=1e-9)
    assert np.all(after["ketamine"][:, 3:] < before["ketamine"][:, 3:])


def test_changes_are_refused_for_what_is_not_linear_and_out_of_order():
    model = LIBRARY.assembled(LONG)
    with pytest.raises(OutOfScope, match="changes on the way"):
        levels_through_changes(LIBRARY, [(0, PATIENT)], EVENTS, TIMES, People(1, 1), kinetics=model)
    with pytest.raises(ValueError, match="order"):
        through((5, PATIENT), (1, PATIENT))
