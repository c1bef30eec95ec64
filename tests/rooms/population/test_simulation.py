"""What a simulation says of levels hangs together, and with the curves it comes from."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from respite.domain import Patient, Regimen
from respite.literature import load_library
from respite.population import (
    CORE,
    AnchorResult,
    Group,
    People,
    Simulation,
    check_anchors,
    draw_group,
    level_curves,
    simulate,
)
from respite.population.analytes import analytes_of
from respite.population.simulation import levels_at, peak_of, watch_times

PATIENT = Patient(weight=70, age=45)
REGIMENS = [
    "ketamine 20 mg iv",
    "ketamine 0.5 mg/kg iv over 40 min",
    "ketamine 0.5 mg/kg iv over 40 min daily x10",
    "ketamine 14 mg iv; ketamine 10 mg/h iv for 8 h",
    "esketamine 5 mg/h iv for 24 h, 10 mg/h for 24 h, 20 mg/h for 52 h",
    "esketamine 20 mg iv over 40 min twice weekly for 3 weeks",
    "ketamine 40 mg iv every 4 weeks x3",
]


def found(answer: Simulation, analyte: str, metric: str, time_h: float | None = None):
    (row,) = (
        row
        for row in answer.exposures
        if (row.analyte, row.metric, row.time_h) == (analyte, metric, time_h)
    )
    return row


def group_of(count: int, *, is_typical: bool = False, kinetics: str = CORE) -> Group:
    library = load_library()
    people = People(6, count, is_typical=is_typical)
    return draw_group(library, PATIENT, people, kinetics=library.assembled(kinetics))


@pytest.mark.parametrize("regimen", REGIMENS)
def test_the_exposures_of_one_simulation_agree_with_each_other(regimen):
    answer = simulate(PATIENT, Regimen.parse(regimen), patients=60)
    analytes = {row.analyte for row in answer.exposures}
    for analyte in analytes:
        part, whole = (found(answer, analyte, metric) for metric in ("auc_last", "auc_inf"))
        average = found(answer, analyte, "cavg")
        for number in ("mean", "sd", "q05", "q50", "q95"):
            rest = getattr(average, number) * answer.window_h
            assert rest == pytest.approx(getattr(part, number), rel=1e-12)
        assert part.mean <= whole.mean
        assert found(answer, analyte, "cmax").mean >= average.mean
    for row in answer.exposures:
        assert 0 <= row.q05 <= row.q50 <= row.q95
        assert row.q05 <= row.mean or row.sd > 0
        assert all(math.isfinite(x) for x in (row.mean, row.sd, row.q05, row.q50, row.q95))
    for total, forms in (
        ("ketamine", ("s-ketamine", "r-ketamine")),
        ("norketamine", ("s-norketamine", "r-norketamine")),
    ):
        for form in analytes & set(forms):
            # Peaks between two looks come from a parabola, hence the last digits.
            assert found(answer, total, "cmax").mean >= found(answer, form, "cmax").mean * 0.9999
        summed = sum(found(answer, form, "auc_inf").mean for form in analytes & set(forms))
        assert found(answer, total, "auc_inf").mean == pytest.approx(summed, rel=1e-12)


def test_esketamine_gives_no_r_form():
    answer = simulate(PATIENT, Regimen.parse("esketamine 20 mg iv over 40 min"), patients=5)
    analytes = {row.analyte for row in answer.exposures}
    assert analytes == {"ketamine", "norketamine", "s-ketamine", "s-norketamine"}


def test_racemic_ketamine_gives_both_forms():
    answer = simulate(PATIENT, Regimen.parse("ketamine 20 mg iv over 40 min"), patients=5)
    assert {row.analyte for row in answer.exposures} == {
        "ketamine",
        "norketamine",
        "s-ketamine",
        "r-ketamine",
        "s-norketamine",
        "r-norketamine",
    }


def test_the_whole_area_of_the_typical_person_is_dose_over_clearance():
    library = load_library()
    for name, drug in (
        ("s_ketamine_otto2021", "esketamine"),
        ("ketamine_domino1982", "ketamine"),
        ("ketamine_clements1981", "ketamine"),
    ):
        model = library.assembled(name)
        group = group_of(1, is_typical=True, kinetics=name)
        answer = group.dose(Regimen.parse(f"{drug} 35 mg iv over 40 min daily x3").events())
        numbers = model.parameters
        clearance = (
            numbers["clearance"].value
            if "clearance" in numbers
            else numbers["elimination_rate"].value * numbers["central_volume"].value * 70
        )
        (form,) = answer.trains
        area = sum(
            float(train.amount_mg[0]) * train.count / clearance for train in answer.trains[form]
        )
        body = group.kinetics.bodies[form]
        output = body.response("plasma")
        whole = 3 * 35 * np.sum(output.heights / body.rates[:, list(output.columns)])
        assert area == pytest.approx(3 * 35 / clearance)
        assert whole == pytest.approx(area, rel=1e-9)


def test_the_whole_area_is_dose_over_clearance_in_words_of_the_answer():
    """Clearance of the typical weight, from the median of people who differ about it."""
    answer = simulate(
        PATIENT, Regimen.parse("esketamine 100 mg iv"), patients=4000, model="s_ketamine_otto2021"
    )
    clearance = load_library().model("s_ketamine_otto2021").parameters["clearance"]
    middle = found(answer, "s-ketamine", "auc_inf").q50
    # The median of 4000 draws with a log SD of 0.16 has a standard error of 0.3 %.
    assert middle == pytest.approx(100 / clearance.value * 1000, rel=0.015)


def test_levels_at_a_time_are_those_of_the_curve():
    regimen = Regimen.parse(REGIMENS[2])
    answer = simulate(PATIENT, regimen, patients=50, at=["0.5h", "40min", "9d"], seed=6)
    group = group_of(50)
    dosing = group.dose(regimen.events())
    for analyte, parts in analytes_of(group, dosing).items():
        for time_h in (0.5, 2 / 3, 216.0):
            row = next(
                row
                for row in answer.exposures
                if row.analyte == analyte
                and row.metric == "concentration"
                and row.time_h == pytest.approx(time_h)
            )
            curve = levels_at(group, dosing, parts, [time_h])[:, 0]
            assert row.mean == pytest.approx(np.mean(curve), rel=1e-12)
            assert row.q95 == pytest.approx(np.quantile(curve, 0.95), rel=1e-12)


@pytest.mark.parametrize("regimen", REGIMENS)
def test_peaks_are_those_of_a_dense_grid(regimen):
    """Within 0.1 % of the highest of many thousand looks, in every analyte and person."""
    group = group_of(12)
    plan = Regimen.parse(regimen)
    dosing = group.dose(plan.events())
    window = plan.last_dose_end_h + 24
    edges = [edge for event in plan.events() for edge in (event.time_h, event.end_h)]
    dense = sorted({*np.linspace(0, window, 20_000).tolist(), *edges})
    for analyte, parts in analytes_of(group, dosing).items():
        peak, time = peak_of(group, dosing, parts, window)
        curves = levels_at(group, dosing, parts, dense)
        np.testing.assert_allclose(peak, np.max(curves, axis=1), rtol=1e-3, err_msg=analyte)
        at_peak = [
            levels_at(group, dosing, parts, [float(each)])[row, 0] for row, each in enumerate(time)
        ]
        np.testing.assert_allclose(at_peak, peak, rtol=1e-3, err_msg=analyte)


@pytest.mark.parametrize("regimen", REGIMENS)
def test_watched_times_hold_every_edge_of_a_dose(regimen):
    plan = Regimen.parse(regimen)
    times = watch_times(plan.events(), plan.last_dose_end_h + 24)
    assert times == sorted(set(times))
    for event in plan.events():
        assert event.time_h in times
        assert event.end_h in times


def test_curves_are_quantiles_in_order_from_the_first_dose_on():
    curves = level_curves(group_of(100), Regimen.parse(REGIMENS[2]).events())
    assert [curve.analyte for curve in curves] == ["ketamine", "norketamine"]
    for curve in curves:
        assert curve.time_h[0] == 0
        assert list(curve.time_h) == sorted(curve.time_h)
        low, middle, high = (np.array(band) for band in (curve.q05, curve.q50, curve.q95))
        assert np.all((low <= middle) & (middle <= high))
        assert np.all(low >= -1e-9)


def test_the_same_seed_gives_the_same_answer_and_another_does_not():
    regimen = Regimen.parse(REGIMENS[1])
    one, two, other = (
        simulate(PATIENT, regimen, patients=20, seed=seed).to_dict() for seed in (3, 3, 4)
    )
    assert one == two
    assert one["exposures"] != other["exposures"]


def test_an_answer_is_plain_data_with_the_promised_keys():
    answer = simulate(Patient(), Regimen.parse(REGIMENS[1]), patients=1).to_dict()
    text = json.dumps(answer, allow_nan=False)
    assert json.loads(text)["schema"] == "respite.simulate/1"
    assert {"regimen", "patients", "model", "seed", "exposures", "provenance"} <= answer.keys()
    assert set(answer["exposures"][0]) == {
        "analyte", "site", "metric", "time_h", "unit", "mean", "sd", "q05", "q50", "q95",
    }  # fmt: skip
    assert {row["metric"] for row in answer["exposures"]} == {
        "cmax", "tmax", "auc_inf", "auc_last", "cavg",
    }  # fmt: skip


def test_an_answer_says_what_it_rests_on():
    answer = simulate(Patient(weight=70), Regimen.parse(REGIMENS[1]), patients=5)
    assert any("R- against S-norketamine" in line for line in answer.assumed)
    assert "age drawn from" in answer.people
    assert answer.provenance["models"] == [CORE]
    assert len(answer.provenance["library_digest"]) >= 8


def test_anchors_tell_by_how_much_they_were_met():
    results = check_anchors(load_library())
    assert results
    for each in results:
        assert isinstance(each, AnchorResult)
        off = abs(each.got - each.expected) / abs(each.expected) * 100
        assert each.met == (off <= each.within_percent)
