"""What a person types at a terminal, and what they read."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from respite import forecasting, literature, population

_spec = importlib.util.spec_from_file_location(
    "answers", Path(__file__).parents[1] / "rooms" / "report" / "sample_answers.py"
)
answers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(answers)

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
FORECAST = ("forecast", "--regimen", REGIMEN)
COMMANDS = (
    ("forecast",),
    ("simulate",),
    ("records",),
    ("score",),
    ("models", "list"),
    ("models", "show"),
    ("models", "check"),
    ("models", "cite"),
)
A_MODEL = next(iter(literature.load_library().models))


@pytest.fixture(autouse=True)
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
    monkeypatch.setattr(population, "check_anchors", lambda library: (), raising=False)
    return kept


def test_a_greeting_shows_three_examples(typed):
    ended = typed()
    assert ended.status == 0
    assert ended.out.count("\n  respite ") == 3
    assert ended.err == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_examples(typed, command):
    ended = typed(*command, "--help")
    assert ended.status == 0
    assert "Examples:" in ended.out
    assert "--format" in ended.out
    assert "--seed" in ended.out
    assert "--debug" in ended.out
    assert max(map(len, ended.out.splitlines())) <= 80


@pytest.mark.parametrize("command", [(), *COMMANDS])
def test_every_command_answers_its_version(typed, command):
    assert typed(*command, "--version").out.startswith("respite ")


def test_a_forecast_answers_in_its_first_line(typed):
    ended = typed(*FORECAST)
    assert ended.status == 0
    assert "about 27 of 100" in ended.out.splitlines()[0]
    assert ended.err == ""


def test_flags_lie_over_the_file(typed, asked, tmp_path):
    file = tmp_path / "patient.toml"
    file.write_text('age = 60\nweight = 80\ncondition = "crps"\n', encoding="utf-8")
    typed(*FORECAST, "--patient", str(file), "--age", "45", "--medicine", "clarithromycin")
    patient = asked["patient"]
    assert (patient.age, patient.weight) == (45, 80)
    assert patient.medicines == ("clarithromycin",)


def test_every_question_reaches_the_forecast(typed, asked):
    words = "--threshold 50% --confirm-days 5 --horizon 90 --at 0.25h,7d --draws 500 --seed 7"
    typed(*FORECAST, *words.split(), "--start", "2026-03-02")
    assert str(asked["threshold"]) == "50%"
    assert (asked["confirm_days"], asked["horizon_days"]) == (5, 90)
    assert asked["at"] == ("0.25h", "7d")
    assert (asked["draws"], asked["seed"], asked["start"]) == (500, 7, "2026-03-02")


def test_json_is_all_that_is_written(typed):
    ended = typed(*FORECAST, "--format", "json")
    assert json.loads(ended.out)["schema"] == "respite.forecast/1"
    assert ended.err == ""


def test_a_simulation_is_text_json_or_a_table(typed, asked):
    command = ("simulate", "--regimen", REGIMEN, "--site", "arterial", "--patients", "50")
    assert typed(*command).out.startswith("Ketamine peaks near")
    assert (asked["site"], asked["patients"]) == ("arterial", 50)
    assert json.loads(typed(*command, "--format", "json").out)["schema"] == "respite.simulate/1"
    assert typed(*command, "--format", "csv").out.startswith("analyte,site,metric")


def test_the_library_can_be_listed_shown_and_cited(typed):
    assert A_MODEL in typed("models", "list").out
    assert typed("models", "list", "--format", "csv").out.startswith("id,kind,title")
    assert json.loads(typed("models", "list", "--format", "json").out)["models"]
    assert "Numbers" in typed("models", "show", A_MODEL).out
    shown = json.loads(typed("models", "show", A_MODEL, "--format", "json").out)
    assert shown["model"]["id"] == A_MODEL
    assert "@" in typed("models", "cite", A_MODEL).out
    assert json.loads(typed("models", "cite", A_MODEL, "--format", "json").out)["sources"]


def test_a_library_that_breaks_its_own_rules_ends_with_one(typed, monkeypatch):
    broken = (literature.Finding("models/x.toml", "units_are_known", "Unit 'L/furlong'."),)
    monkeypatch.setattr(literature, "check_library", lambda library: broken)
    ended = typed("models", "check")
    assert ended.status == 1
    assert "✗ models/x.toml" in ended.out
    assert json.loads(typed("models", "check", "--format", "json").out)["passed"] is False


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*FORECAST, "--regimn", "x"), "--regimn"),
        (("forcast",), 'Did you mean "forecast"?'),
        ((*FORECAST, "--age", "old"), "--age"),
        ((*FORECAST, "--horizon", "0"), "--horizon"),
        ((*FORECAST, "--format", "xml"), '"text", "json"'),
        ((*FORECAST, "--start", "soon"), "--start"),
        ((*FORECAST, "--threshold", "most"), "threshold"),
        ((*FORECAST, "--sex", "femal"), "female"),
        ((*FORECAST, "--patient", "nowhere.toml"), "nowhere.toml"),
        (("forecast", "--regimen", "ketamin 0.5 mg/kg"), "ketamin"),
        ((*FORECAST, "--report"), "--report"),
        (("models", "show", "nothing_here"), "nothing_here"),
        (("models", "cite", "nothing_here"), "nothing_here"),
        (("simulate", "--regimen", REGIMEN, "--site", "capillary"), "capillary"),
        ((*FORECAST, "--diary", "x.csv"), "x.csv"),
        ((*FORECAST, "--history", "x.csv"), "x.csv"),
    ],
)
def test_what_cannot_be_answered_ends_with_two_and_one_message(typed, words, said):
    ended = typed(*words)
    assert ended.status == 2
    assert ended.out == ""
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert ended.err.count("respite: ") == 1
    assert "  Try: " in ended.err


def test_a_defect_is_owned_up_to(typed, monkeypatch):
    def broken(*_question, **_more):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(forecasting, "forecast", broken)
    ended = typed(*FORECAST)
    assert (ended.status, ended.out) == (1, "")
    assert "defect of Respite (ZeroDivisionError: by zero)" in ended.err
    assert "Traceback" not in ended.err
    assert "Traceback" in typed(*FORECAST, "--debug").err


def test_an_interruption_is_quiet(typed, monkeypatch):
    def interrupted(*_question, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(forecasting, "forecast", interrupted)
    ended = typed(*FORECAST)
    assert (ended.status, ended.out, ended.err) == (130, "", "")


def test_a_report_is_written_beside_the_answer(typed, tmp_path):
    ended = typed(*FORECAST, "--format", "json", "--report", str(tmp_path / "mine"))
    assert ended.status == 0
    assert json.loads(ended.out)
    assert (tmp_path / "mine" / "forecast.html").exists()
    assert "forecast.html" in ended.err


def test_a_report_that_cannot_be_written_leaves_nothing(typed, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("mine")
    ended = typed(*FORECAST, "--report", str(taken))
    assert (ended.status, ended.out) == (2, "")
    assert "it is a file" in ended.err
    assert taken.read_text() == "mine"


def test_a_report_that_breaks_half_way_leaves_nothing(typed, tmp_path, monkeypatch):
    def broken(*_question, **_more):
        raise RuntimeError("half way")

    monkeypatch.setattr("respite.report.html.forecast_page", broken)
    ended = typed(*FORECAST, "--report", str(tmp_path / "a" / "b"))
    assert (ended.status, ended.out) == (1, "")
    assert list(tmp_path.iterdir()) == []


def test_a_report_without_the_libraries_that_draw_it_is_refused(typed, tmp_path, monkeypatch):
    monkeypatch.setattr("respite.report.front.can_draw", lambda: False)
    ended = typed(*FORECAST, "--report", str(tmp_path / "mine"))
    assert ended.status == 2
    assert "matplotlib and Jinja2" in ended.err


def test_the_module_runs_as_the_command_does():
    done = subprocess.run(
        [sys.executable, "-m", "respite", "forcast"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert 'Did you mean "forecast"?' in done.stderr


def test_a_reader_who_leaves_early_is_no_defect():
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "respite", "models", "list"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert done.stderr == ""
    assert done.returncode == 0


def test_a_pipe_gets_no_colour(typed, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    for words in ((), ("--help",), FORECAST):
        assert "\x1b" not in typed(*words).out
