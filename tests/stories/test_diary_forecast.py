"""A person comes back with a diary: what is typed, what is read, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

HANDED_OUT = Path(__file__).parents[2] / "docs" / "tutorials" / "one-diary"
PATIENT = ("forecast", "--patient", str(HANDED_OUT / "patient.toml"))
HISTORY = ("--history", str(HANDED_OUT / "doses.csv"))
DIARY = ("--diary", str(HANDED_OUT / "diary.csv"))
PLAN = ("--regimen", "ketamine 0.5 mg/kg iv over 40 min daily x5")
FEW = ("--draws", "600")
UNANSWERED = ("time_to_pain_return", "drug_only", "pain", "relief_share", "days_with_relief")


def said(text: str) -> str:
    """Give a text without its line breaks."""
    return " ".join(text.split())


@pytest.fixture
def without_scores(tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text("date,pain\n2026-01-10,\n2026-03-20,\n", encoding="utf-8")
    return ("--diary", str(path))


def test_the_diary_of_a_virtual_patient_is_answered_in_words(typed):
    ended = typed(*PATIENT, *HISTORY, *DIARY)
    text = said(ended.out)
    assert (ended.status, ended.err) == (0, "")
    assert text.startswith("Given this diary, relief for a day or more is")
    for words in (
        "At the last score, 15 days after the last dose, relief still holds in",
        "Given 20 doses from 2026-01-12 to 2026-03-18",
        "not used in the forecast",
        "Of 100 people who could have written this diary",
        "What the diary changed",
        "responds to placebo",
        "Since 2026-03-26,",
        "Another week of diary",
        "course 1:",
        "each doubling of their number",
        "drawn near what fits the records",
        "Pareto k",
    ):
        assert words in text, words
    assert max(map(len, ended.out.splitlines())) <= 88


def test_json_holds_what_was_learnt(typed):
    ended = typed(*PATIENT, *HISTORY, *DIARY, *FEW, "--format", "json")
    answer = json.loads(ended.out)
    assert answer["schema"] == "respite.forecast/1"
    assert answer["history"]["doses"] == 20
    assert answer["diary"]["scores"] == len(answer["diary"]["day"]) == len(answer["diary"]["pain"])
    assert set(answer["learnt"]) >= {"classes", "numbers", "moved", "another_week", "courses"}
    now = answer["at_last_score"]
    assert now["day"] == answer["diary"]["day"][-1]
    assert now["day"] - answer["last_dose_end_day"] == pytest.approx(now["days_after_last_dose"])
    survival = answer["time_to_pain_return"]["survival"]
    assert survival["28"] <= now["chance_holding"] <= survival["14"]


def test_a_report_has_the_diary_its_whole_history_and_no_other_file(typed, tmp_path):
    folder = tmp_path / "report"
    ended = typed(*PATIENT, *HISTORY, *DIARY, *FEW, "--report", str(folder))
    names = {path.name for path in folder.iterdir()}
    page = (folder / "forecast.html").read_text("utf-8")
    assert ended.status == 0
    assert names == {
        "forecast.html", "pain.png", "history.png", "relief.png", "levels.png", "sources.png",
    }  # fmt: skip
    for words in ("What the diary says", "Scores that moved the answer most", "Course"):
        assert words in page
    assert page.count("<img") == 5


def test_a_plan_beside_the_history_starts_when_it_is_said_to(typed):
    ended = typed(*PATIENT, *HISTORY, *DIARY, *FEW, *PLAN, "--start", "2026-04-13")
    text = said(ended.out)
    assert ended.status == 0
    assert "Start 2026-04-13" in text
    assert "Last dose 2026-04-17" in text
    assert "At the last score" not in text
    assert "Given this diary" in text


def test_a_history_without_a_diary_is_answered_for_people_like_this(typed):
    ended = typed(*PATIENT, *HISTORY, *FEW)
    assert ended.status == 0
    assert "Of 100 people like this" in ended.out
    assert "Given       20 doses" in ended.out
    assert "diary" not in ended.out.partition("How sure")[0]


def test_a_diary_without_a_score_changes_nothing_and_says_so(typed, without_scores):
    with_blank = typed(*PATIENT, *HISTORY, *without_scores, *FEW, "--format", "json")
    without = typed(*PATIENT, *HISTORY, *FEW, "--format", "json")
    one, other = json.loads(with_blank.out), json.loads(without.out)
    assert one["diary"]["scores"] == 0
    assert one["learnt"] is None
    assert one["at_last_score"] is None
    assert [one[key] for key in UNANSWERED] == [other[key] for key in UNANSWERED]
    ended = typed(*PATIENT, *HISTORY, *without_scores, *FEW)
    assert "it holds no score, so this is the forecast without a diary" in said(ended.out)


def test_a_diary_alone_has_no_dose_to_count_from(typed):
    ended = typed(*PATIENT, *DIARY)
    assert (ended.status, ended.out) == (2, "")
    assert "Neither a regimen nor a dosing history was given." in ended.err
    assert "--history doses.csv" in ended.err


@pytest.mark.parametrize("start", ["2026-01-01", "2026-03-17"])
def test_a_plan_that_starts_before_the_last_dose_given_is_refused(typed, start):
    ended = typed(*PATIENT, *HISTORY, *DIARY, *PLAN, "--start", start)
    assert (ended.status, ended.out) == (2, "")
    assert f"The regimen would start on {start}" in ended.err
    assert "the last dose was given on 2026-03-18" in ended.err


def test_a_diary_beyond_the_horizon_is_refused_and_nothing_is_written(typed, tmp_path):
    folder = tmp_path / "report"
    ended = typed(*PATIENT, *HISTORY, *DIARY, "--horizon", "7", "--report", str(folder))
    assert (ended.status, ended.out) == (2, "")
    assert "The diary goes on to day 80 from the first dose." in said(ended.err)
    assert "a longer --horizon" in ended.err
    assert not folder.exists()


def test_a_damaged_diary_is_refused_by_line_and_column(typed, tmp_path):
    path = tmp_path / "diary.csv"
    path.write_text("date,pain\n2026-01-10,5\n2026-01-11,11\n", encoding="utf-8")
    ended = typed(*PATIENT, *HISTORY, "--diary", str(path))
    assert (ended.status, ended.out) == (2, "")
    assert "Line 3, column pain" in ended.err
