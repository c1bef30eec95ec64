"""Do predictions agree with trials? As typed at the command line."""

from __future__ import annotations

import csv
import io
import json

import pytest

HEAD = "study,condition,arm,part,regimen,n,measure,time_days,value,sd,count,of,threshold"
DRUG = "ours,crps,drug,ketamine,esketamine 20 mg/h iv for 4 days,25,mean_pain,{day},{value},2.5,,,"
SALINE = "ours,crps,saline,placebo,placebo iv over 4 days,25,mean_pain,{day},{value},2.5,,,"
OWN = "\n".join(
    [
        HEAD,
        *(
            line.format(day=day, value=value)
            for line, day, value in ((DRUG, 0, 7), (DRUG, 14, 4), (SALINE, 0, 7), (SALINE, 14, 6))
        ),
    ]
)


def test_every_prediction_stands_beside_what_was_seen(typed):
    shown = typed("evidence", "validate")
    assert shown.status == 0
    assert "was left out and predicted by the others" in shown.out
    assert "better predicted by the model than by one that knows" in shown.out
    for words in ("FITTED TO", "LEFT OUT", "NEVER FITTED TO", "WHERE PREDICTIONS MISS"):
        assert words in shown.out
    assert "hardy2012" in shown.out


def test_the_answer_is_data_by_its_contract(typed):
    shown = typed("evidence", "validate", "--format", "json")
    answer = json.loads(shown.out)
    assert answer["schema"] == "respite.validate/1"
    keys = {"study", "arm", "time_days", "what", "observed", "observed95", "predicted"}
    for row in answer["rows"]:
        assert keys | {"predicted90", "inside", "role"} <= set(row)
        assert row["role"] in ("calibration", "left-out", "validation")
    assert {one["role"] for one in answer["coverage"]} == {"calibration", "left-out", "validation"}
    assert answer["fit"]["is_current"]


def test_one_condition_alone(typed):
    shown = typed("evidence", "validate", "--condition", "fibromyalgia", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(shown.out)))
    assert {row["study"] for row in rows} >= {"noppers2011", "sorensen1995"}
    assert "sigtermans2009" not in {row["study"] for row in rows}


@pytest.mark.thorough
def test_trials_of_ones_own_are_predicted_beside_the_others(typed, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(OWN, "utf-8")
    shown = typed("evidence", "validate", "--trials", str(table), "--format", "json")
    rows = [row for row in json.loads(shown.out)["rows"] if row["study"] == "ours"]
    assert [row["time_days"] for row in rows] == [14, 14]
    drug, saline = (row["predicted"] for row in rows)
    assert drug < saline < 7
    again = typed("evidence", "validate", "--trials", str(table), "--format", "json")
    assert again.out == shown.out


def test_an_own_arm_without_a_regimen_is_refused_with_its_line(typed, tmp_path):
    table = tmp_path / "mine.csv"
    table.write_text(OWN.replace("esketamine 20 mg/h iv for 4 days", "", 1), "utf-8")
    shown = typed("evidence", "validate", "--trials", str(table))
    assert shown.status == 2
    assert not shown.out
    assert "regimen" in shown.err
    assert "Line 2" in shown.err


@pytest.mark.parametrize("condition", ["crsp", "toothache"])
def test_a_condition_that_no_trial_has_is_a_sentence(typed, condition):
    shown = typed("evidence", "validate", "--condition", condition)
    assert shown.status == 2
    assert condition in shown.err
    assert "fibromyalgia" in shown.err


@pytest.mark.thorough
def test_the_report_has_a_figure_for_each_role(typed, tmp_path):
    shown = typed("evidence", "validate", "--report", str(tmp_path / "report"))
    assert shown.status == 0
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert {"agreement.html", "agreement.csv", "agreement-left-out.png"} <= names
    page = (tmp_path / "report" / "agreement.html").read_text("utf-8")
    assert "Where predictions miss" in page
