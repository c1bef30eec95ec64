"""A clinician asks what trials say together, and how certain that is."""

import csv
import io
import json

import pytest


def test_a_pool_is_answered_in_words(typed):
    ended = typed("evidence", "pool", "--condition", "crps", "--at", "7d")
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (0, "")
    for sentence in (
        "-2.8 points of 10 (95% interval -4.1 to -1.4), from 1 randomised trial.",
        "No prediction for a new trial: a single trial",
        "from 3.5 days to 10.5 days after the first dose",
        "Published syntheses of the same time, beside ours and never pooled with it",
        "Not randomised against placebo, and so never mixed in",
        "* sigtermans2009: the kind of the printed ± is assumed",
        "not a medical device",
    ):
        assert sentence in said
    assert max(map(len, ended.out.splitlines())) <= 88


def test_a_pool_of_counts_is_answered_with_the_lines_beside(typed):
    ended = typed("evidence", "pool", "--measure", "responders", "--at", "7d")
    said = " ".join(ended.out.split())
    assert "odds ratio by Peto" in said
    assert "The interval includes no difference." in said


def test_a_pool_is_given_to_programs(typed):
    told = json.loads(typed("evidence", "pool", "--at", "7d", "--format", "json").out)
    assert told["schema"] == "respite.pool/1"
    rows = list(csv.DictReader(io.StringIO(typed("evidence", "pool", "--format", "csv").out)))
    assert {row["line"] for row in rows} == {"trial", "published"}


def test_a_time_without_trials_is_refused_with_the_times_there_are(typed):
    ended = typed("evidence", "pool", "--at", "300d")
    assert (ended.status, ended.out) == (2, "")
    assert "7 days and 42 days" in ended.err


@pytest.mark.thorough
def test_the_report_holds_the_forest_plot_and_its_numbers(typed, tmp_path):
    folder = tmp_path / "report"
    typed("evidence", "pool", "--measure", "responders", "--at", "7d", "--report", str(folder))
    assert {file.name for file in folder.iterdir()} == {"forest.png", "pool.html", "pool.csv"}
    page = (folder / "pool.html").read_text(encoding="utf-8")
    assert 'alt="Forest plot:' in page
    assert "noppers2011" in page
    assert "Certainty:" in page


OWN = """\
study,condition,arm,part,regimen,n,measure,time_days,value,sd
A,crps,ketamine,ketamine,ketamine 0.35 mg/kg/h iv over 4 h daily x10,20,mean_pain,14,4.1,2.1
A,crps,saline,placebo,placebo iv over 4 h daily x10,21,mean_pain,14,5.2,2.0
B,crps,ketamine,ketamine,ketamine 80 mg iv over 2 h,30,mean_pain,14,5.0,
B,crps,saline,placebo,placebo iv over 2 h,30,mean_pain,14,5.1,
"""


def test_trials_of_ones_own_are_added(typed, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN, encoding="utf-8")
    said = " ".join(typed("evidence", "pool", "--trials", str(path)).out.split())
    assert "from 3 randomised trials" in said
    assert "so it may find no benefit" in said
    assert "* B: no spread printed; an SD of 2.2 points is assumed." in said


def test_an_arm_of_ones_own_without_a_regimen_is_refused(typed, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(OWN.replace("ketamine 80 mg iv over 2 h", ""), encoding="utf-8")
    ended = typed("evidence", "pool", "--trials", str(path))
    assert (ended.status, ended.out) == (2, "")
    assert "regimen" in ended.err


def test_certainty_is_listed_with_its_reasons(typed):
    said = " ".join(typed("evidence", "certainty", "--condition", "cancer").out.split())
    assert "adds little or nothing. Certainty moderate, our judgement" in said
    told = json.loads(typed("evidence", "certainty", "--format", "json").out)
    assert told["schema"] == "respite.certainty/1"
    rows = list(csv.DictReader(io.StringIO(typed("evidence", "certainty", "--format", "csv").out)))
    assert len(rows) == len(told["claims"])


def test_a_forecast_says_what_evidence_claims_of_such_a_plan(typed):
    asked = ("forecast", "--regimen", "ketamine 0.5 mg/kg iv over 40 min", "--weight", "70",
             "--condition", "fibromyalgia", "--draws", "400")  # fmt: skip
    said = " ".join(typed(*asked).out.split())
    assert "What trials and reviews say of such a plan: One infusion of up to two hours" in said
    told = json.loads(typed(*asked, "--format", "json").out)
    assert told["claims"][0]["id"] == "single_short_infusion_lasts_days"
