"""Plans side by side, days with relief against what is given, and mood, as typed."""

from __future__ import annotations

import csv
import io
import json

import pytest

A, B = "ketamine 0.5 mg/kg iv over 40 min daily x5", "placebo iv over 40 min daily x5"
QUICK = ("--draws", "200", "--horizon", "60")
FEW = ("--studies", "10", "--people", "10", "--horizon", "60")


def test_two_plans_stand_side_by_side(typed):
    ended = typed("compare", "--condition", "crps", "--regimen", A, "--regimen", B, *QUICK)
    assert ended.status == 0, ended.err
    assert max(map(len, ended.out.splitlines())) <= 100
    assert "Side by side" in ended.out
    assert ended.out.count(A) == 1


def test_a_comparison_for_a_program_has_what_is_promised(typed):
    ended = typed("compare", "--regimen", A, "--regimen", B, *QUICK, "--format", "json")
    answer = json.loads(ended.out)
    assert answer["schema"] == "respite.compare/1"
    assert len(answer["plans"]) == len(answer["better"]) == 2
    for plan in answer["plans"]:
        assert plan["schema"] == "respite.forecast/1"
        assert "pain" not in plan
        assert plan["mood"] is None
    drug, placebo = answer["plans"]
    assert {one["effect"] for one in drug["adverse_effects"]} > {"dissociation", "systolic"}
    assert "adverse_effects" not in drug["missing"]
    assert placebo["adverse_effects"] is None
    assert placebo["missing"]["adverse_effects"] == "no drug is given"
    assert {row["metric"] for row in answer["plans"][0]["exposures"]} >= {"cmax", "auc_inf"}


@pytest.mark.parametrize(
    "plans", [(), (A,), (A, A), (A, B, *(f"{A[:-1]}{n}" for n in range(6, 12)))]
)
def test_too_few_too_many_or_the_same_plans_are_refused(typed, plans):
    ended = typed("compare", *(word for plan in plans for word in ("--regimen", plan)))
    assert ended.status == 2
    assert ended.out == ""


def test_a_report_of_a_comparison_has_its_figure(typed, tmp_path):
    folder = tmp_path / "report"
    ended = typed("compare", "--regimen", A, "--regimen", B, *QUICK, "--report", str(folder))
    assert ended.status == 0, ended.err
    assert {file.name for file in folder.iterdir()} == {"compare.html", "plans.png"}


@pytest.mark.thorough
def test_days_against_what_is_given_as_text_table_and_page(typed, tmp_path):
    said = typed("evidence", "dose-duration", "--condition", "crps", *FEW)
    assert said.status == 0, said.err
    assert "What doubling buys" in said.out
    folder = tmp_path / "report"
    table = typed("evidence", "dose-duration", *FEW, "--format", "csv", "--report", str(folder))
    rows = list(csv.DictReader(io.StringIO(table.out)))
    assert {row["way"] for row in rows} == {
        "dose", "hours", "slower", "sessions", "interval", "route",
    }  # fmt: skip
    assert {file.name for file in folder.iterdir()} == {
        "dose-duration.html", "dose-duration.png", "dose-duration.csv",
    }  # fmt: skip


@pytest.mark.thorough
def test_one_long_infusion_says_what_cannot_be_varied(typed):
    ended = typed(
        "evidence", "dose-duration", *FEW, "--base", "ketamine 10 mg/h iv for 2 days",
        "--format", "json",
    )  # fmt: skip
    answer = json.loads(ended.out)
    assert answer["schema"] == "respite.dose-duration/1"
    assert "interval" in {one["way"] for one in answer["left_out"]}
    assert all(one["because"] for one in answer["left_out"])
    assert {one["way"] for one in answer["doubling"]} >= {"rate", "hours"}


@pytest.mark.parametrize(
    "words", [("--base", "placebo iv over 40 min"), ("--studies", "2"), ("--people", "100000")]
)
def test_what_cannot_be_varied_is_refused(typed, words):
    ended = typed("evidence", "dose-duration", *words)
    assert ended.status == 2
    assert ended.out == ""


@pytest.mark.thorough
def test_mood_stands_beside_pain_where_depression_is_told(typed, tmp_path):
    folder = tmp_path / "report"
    ended = typed(
        "forecast", "--regimen", A, "--depression", "18", "--draws", "200", "--report", str(folder)
    )
    assert ended.status == 0, ended.err
    assert "Depression beside pain" in ended.out
    assert "risk of" in ended.out
    assert "suicide" in ended.out
    assert (folder / "mood.png").is_file()
    assert "Depression beside pain" in (folder / "forecast.html").read_text("utf-8")


def test_mood_is_null_where_nobody_asked(typed):
    ended = typed("forecast", "--regimen", A, "--draws", "200", "--format", "json")
    assert json.loads(ended.out)["mood"] is None
