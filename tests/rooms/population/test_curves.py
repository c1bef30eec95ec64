"""Whole curves are those of the same people, at the same levels and with the same pain."""

from __future__ import annotations

import numpy as np
import pytest

from respite.domain import OutOfScope, Patient, Regimen, RespiteError
from respite.literature import load_library
from respite.population import (
    CORE,
    PAIN,
    Curves,
    People,
    draw_group,
    simulate,
    simulate_curves,
    simulate_pain,
)

PLAN = Regimen.parse("ketamine 0.5 mg/kg iv over 40 min daily x3")
PATIENT = Patient(weight=70, condition="crps")


def together(curves: Curves) -> dict[str, np.ndarray]:
    chunks = list(curves)
    return {
        column.name: np.concatenate([chunk.columns[column.name] for chunk in chunks])
        for column in curves.columns
    }


def test_levels_are_those_that_a_simulation_answers():
    answer = simulate(PATIENT, PLAN, patients=40, at=["30min", "2h", "50h"], seed=5)
    curves = simulate_curves(PATIENT, PLAN, patients=40, seed=5)
    values = together(curves)
    for row in answer.exposures:
        if row.metric == "concentration":
            column = curves.times_h.tolist().index(row.time_h)
            levels = values[row.analyte.replace("-", "_")][:, column]
            assert np.mean(levels) == pytest.approx(row.mean, rel=1e-12)
            assert np.quantile(levels, 0.95) == pytest.approx(row.q95, rel=1e-12)


def test_an_area_by_trapezes_is_the_exact_one():
    answer = simulate(PATIENT, PLAN, patients=10)
    curves = simulate_curves(PATIENT, PLAN, patients=10, every="1min")
    values = together(curves)
    for row in answer.exposures:
        if row.metric == "auc_last":
            area = np.trapezoid(values[row.analyte.replace("-", "_")], curves.times_h, axis=1)
            # The window ends at 40 minutes past a whole hour, which is a whole minute.
            assert np.mean(area) == pytest.approx(row.mean, rel=2e-3)


def test_pain_is_that_of_the_pain_model_for_the_same_people():
    curves = simulate_curves(PATIENT, PLAN, patients=30, every="1h", until="10d", seed=2)
    values = together(curves)
    group = draw_group(load_library(), PATIENT, People(2, 30), condition="crps")
    dense = sorted({*curves.times_h.tolist(), *np.linspace(0, 240, 5000).tolist()})
    courses = simulate_pain(group, PLAN.events(), dense)
    places = np.searchsorted(dense, curves.times_h)
    np.testing.assert_allclose(values["pain"], courses.pain()[:, places], atol=0.02)
    relief = courses.relief(with_placebo=True)[:, places]
    np.testing.assert_allclose(values["relief"], relief, atol=0.002)


def test_relief_by_the_drug_is_never_more_than_relief():
    values = together(simulate_curves(PATIENT, PLAN, patients=60, every="2h", until="30d"))
    assert np.all(values["relief_by_drug"] <= values["relief"] + 1e-12)
    assert np.all((values["pain"] >= 0) & (values["pain"] <= 10))
    assert np.all(values["pain"] <= values["pain"][:, :1] + 1e-12)


def test_pain_follows_only_a_known_condition_and_the_model_it_was_built_on():
    def names(patient: Patient, **question: str) -> set[str]:
        return {column.name for column in simulate_curves(patient, PLAN, **question).columns}

    with_pain = names(PATIENT)
    assert {"pain", "relief", "relief_by_drug"} <= with_pain
    assert names(Patient(weight=70)) == with_pain - {"pain", "relief", "relief_by_drug"}
    assert names(PATIENT, model="ketamine_domino1982") == {"ketamine"}


def test_every_column_says_what_it_is_and_where_it_comes_from():
    curves = simulate_curves(PATIENT, PLAN)
    sources = load_library().sources
    for column in curves.columns:
        assert column.words
        assert column.sources
        assert set(column.sources) <= set(sources)
        assert (column.site, column.unit) in {("venous", "ng/mL"), (None, "1")}
    assert curves.provenance["models"] == [CORE, PAIN]
    assert curves.assumed
    assert curves.people.startswith("70 kg, CRPS")


@pytest.mark.parametrize(
    ("every", "until", "count", "last"),
    [
        ("15min", None, 193, 48),
        ("20min", "7d", 505, 168),
        ("7d", "1d", 1, 0),
        ("1h", "0h", 1, 0),
    ],
)
def test_times_are_evenly_spaced_up_to_the_last(every, until, count, last):
    plan = Regimen.parse("ketamine 20 mg iv daily x2")
    times = simulate_curves(PATIENT, plan, every=every, until=until).times_h
    assert (len(times), times[0]) == (count, 0)
    assert times[-1] == pytest.approx(last)
    np.testing.assert_allclose(np.diff(times), np.full(count - 1, times[1] if count > 1 else 0))


@pytest.mark.parametrize(
    ("question", "error", "said"),
    [
        ({"every": "0h"}, RespiteError, "0h apart"),
        ({"every": "often"}, RespiteError, "often"),
        ({"until": "later"}, RespiteError, "later"),
        ({"every": "1min", "until": "200d"}, RespiteError, "288001 times"),
        ({"patients": 0}, RespiteError, "--patients"),
        ({"site": "arterial"}, OutOfScope, "arterial"),
        ({"model": PAIN}, OutOfScope, "model of pain"),
    ],
)
def test_what_cannot_be_followed_is_refused_at_once(question, error, said):
    with pytest.raises(error, match=said):
        simulate_curves(PATIENT, PLAN, **question)


def test_placebo_alone_has_no_levels():
    with pytest.raises(OutOfScope, match="placebo"):
        simulate_curves(PATIENT, Regimen.parse("placebo iv over 40 min"))


def test_progress_rises_to_one(monkeypatch):
    monkeypatch.setattr("respite.population.curves.ROWS_AT_ONCE", 500)
    told: list[float] = []
    for _ in simulate_curves(PATIENT, PLAN, patients=20).chunks(told.append):
        pass
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == 1
    told.clear()
    simulate(PATIENT, PLAN, patients=20, at=["1h"], progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
