"""The front door: light, lazy, and the same answers for a prompt and a terminal."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import sample_answers as answers

import respite
from respite import forecasting, literature, population
from respite.domain import Patient, Regimen
from respite.report import show_forecast, show_simulation, write_report

LOADED = "import sys; import {module}; print(*sys.modules)"
HEAVY = {"numpy", "matplotlib", "jinja2", "jax", "rich"}


@pytest.fixture
def asked(monkeypatch):
    """Answer without computing, and keep what was asked."""
    kept = {}

    def forecast(patient, regimen, **question):
        kept.update(patient=patient, regimen=regimen, **question)
        return answers.forecast()

    def simulate(patient, regimen, **question):
        kept.update(patient=patient, regimen=regimen, **question)
        return answers.simulation()

    monkeypatch.setattr(forecasting, "forecast", forecast, raising=False)
    monkeypatch.setattr(population, "simulate", simulate, raising=False)
    return kept


@pytest.mark.parametrize("module", ["respite", "respite.report", "respite.cli"])
def test_importing_loads_nothing_heavy(module):
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(module=module)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert not HEAVY & set(done.stdout.split())


def test_the_front_door_offers_what_it_lists():
    assert set(respite.__all__) <= set(dir(respite))
    assert respite.Patient is Patient
    assert respite.Regimen is Regimen
    assert isinstance(respite.__version__, str)


def test_the_front_door_refuses_a_name_it_does_not_have():
    with pytest.raises(AttributeError, match="no attribute 'prescribe'"):
        _ = respite.prescribe


def test_plain_facts_and_text_become_a_patient_and_a_regimen(asked):
    answer = respite.forecast({"age": 45}, "ketamine 0.5 mg/kg iv over 40 min", at=["1d"])
    assert asked["patient"] == Patient(age=45)
    assert asked["regimen"] == Regimen.parse("ketamine 0.5 mg/kg iv over 40 min")
    assert asked["at"] == ("1d",)
    assert str(asked["threshold"]) == "30%"
    assert answer == answers.forecast()


def test_a_notebook_draws_both_answers(asked):
    regimen = "ketamine 0.5 mg/kg iv over 40 min"
    assert "data:image/png" in respite.forecast({}, regimen)._repr_html_()
    assert "data:image/png" in respite.simulate({}, regimen)._repr_html_()


def test_a_notebook_without_figures_gets_the_words(asked, monkeypatch):
    monkeypatch.setattr("respite.report.front.can_draw", lambda: False)
    drawn = respite.forecast({}, "ketamine 0.5 mg/kg iv over 40 min")._repr_html_()
    assert drawn.startswith("<pre>")
    assert "about 27 of 100" in drawn


def test_json_is_the_plain_form_and_has_no_nan():
    answer = answers.forecast()
    assert json.loads(show_forecast(answer, "json")) == json.loads(json.dumps(answer.to_dict()))
    one = answers.simulation(exposures=(vars_changed(answers.simulation().exposures[0]),))
    shown = show_simulation(one, "json")
    assert "NaN" not in shown
    assert json.loads(shown)["exposures"][0]["sd"] is None


def vars_changed(exposure):
    return type(exposure)(**{**vars(exposure), "sd": float("nan")})


def test_csv_has_one_line_for_each_exposure(simulation):
    head, *rows = show_simulation(simulation, "csv").splitlines()
    assert head == "analyte,site,metric,time_h,unit,mean,sd,q05,q50,q95"
    assert len(rows) == len(simulation.exposures)


def test_a_report_is_a_page_with_its_figures(forecast, tmp_path):
    page = write_report(forecast, tmp_path / "report")
    names = {path.name for path in page.parent.iterdir()}
    assert {"forecast.html", "pain.png", "relief.png", "levels.png"} <= names


def test_a_report_counts_the_numbers_of_the_models_it_used(forecast, tmp_path):
    name = next(iter(literature.load_library().models))
    answer = answers.forecast(provenance={**forecast.provenance, "models": [name]})
    write_report(answer, tmp_path / "report")
    assert (tmp_path / "report" / "sources.png").exists()
