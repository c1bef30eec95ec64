"""Forecasts are kept as they are made, and read again when the diary has gone on."""

from __future__ import annotations

import csv
import io
import json

import pytest

from respite import forecasting

FORECAST = (
    *("forecast", "--regimen", "ketamine 0.5 mg/kg iv over 40 min daily x10"),
    *("--condition", "crps", "--weight", "70", "--baseline-pain", "7"),
    *("--draws", "200", "--horizon", "60"),
)
DIARY = "day,pain\n" + "".join(
    f"{day},{7 if day < 1 or day > 25 else 3}\n" for day in range(-7, 40)
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ana.csv").write_text(DIARY)
    return tmp_path


def test_an_answer_is_kept_before_it_is_shown(typed, folder):
    for number in (1, 2):
        ended = typed(*FORECAST, "--format", "json", "--log", "ana.jsonl")
        assert ended.status == 0
        assert f"Logged: line {number} of ana.jsonl, fingerprint " in ended.err
        kept = json.loads((folder / "ana.jsonl").read_text().splitlines()[-1])
        assert kept["digest"] in ended.err
        shown = json.loads(ended.out)
        del shown["pain"]
        assert kept["forecast"] == shown
        assert "written" not in shown


def test_past_forecasts_are_read_beside_the_diary(typed, folder):
    typed(*FORECAST, "--log", "ana.jsonl")
    typed(*FORECAST, "--log", "ana.jsonl", "--start", "2026-03-02", "--seed", "2")
    text = typed("score", "ana.jsonl", "--diary", "ana.csv")
    assert text.status == 0
    assert text.err == ""
    said = " ".join(text.out.split())
    assert said.startswith("40 written scores are compared with 1 forecast:")
    assert "Not compared: 54 known when the forecast was made." in said
    assert "day 16 to 17" in said
    assert "already lost when the forecast was made" in said
    assert "not independent" in said
    assert "rough" in said
    assert "taken at their word" in said
    record = json.loads(typed("score", "ana.jsonl", "--diary", "ana.csv", "--format", "json").out)
    assert record["schema"] == "respite.score/1"
    (person,) = record["persons"]
    assert [row["lead"] for row in person["rows"]] == ["1-7", "8-28", "29-84", "all"]
    assert sum(row["comparisons"] for row in person["rows"][:-1]) == 40
    assert all(sum(row["pit"]) == pytest.approx(1) for row in person["rows"])
    assert [row["inside"] for row in person["pain_return"]][1] is None
    table = typed("score", "ana.jsonl", "--diary", "ana.csv", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [float(row["crps"]) for row in rows] == pytest.approx(
        [row["crps"] for row in person["rows"]]
    )


def test_a_folder_is_read_person_by_person(typed, folder):
    for name in ("ana", "ben", "eve"):
        typed(*FORECAST, "--log", f"{name}.jsonl")
    (folder / "ben.csv").write_text(DIARY.replace(",3\n", ",4\n"))
    (folder / "zoe.csv").write_text(DIARY)
    given = [f"2100-03-{day:02}T09:00,ketamine,35,mg,iv,40\n" for day in range(2, 12)]
    head = "start,drug,amount,unit,route,duration_min\n"
    (folder / "ben.doses.csv").write_text(head + "".join(given))
    ended = typed("score", ".")
    assert ended.status == 0
    said = " ".join(ended.out.split())
    assert said.startswith("Averaged over 2 persons, ")
    assert "Without a partner in the folder: eve.jsonl and zoe.csv." in said
    record = json.loads(typed("score", ".", "--format", "json").out)
    assert [person["name"] for person in record["persons"]] == ["ana", "ben"]
    assert [person["plan_checked"] for person in record["persons"]] == [False, True]
    assert {row["persons"] for row in record["over_persons"]} >= {2}


def test_one_broken_log_in_a_folder_is_named(typed, folder):
    typed(*FORECAST, "--log", "ana.jsonl")
    log = folder / "ana.jsonl"
    log.write_bytes(log.read_bytes().replace(b"crps", b"CRPS", 1))
    ended = typed("score", ".")
    assert (ended.status, ended.out) == (2, "")
    assert "respite: ana: Line 1 of the log was changed after it was written." in ended.err
    assert "errors/log-not-understood.md" in ended.err


def test_nothing_is_worked_out_for_a_log_that_was_changed(typed, folder, monkeypatch):
    (folder / "ana.jsonl").write_text("not a log\n")

    def asked(*_question, **_more):
        raise AssertionError("worked out for nothing")

    monkeypatch.setattr(forecasting, "forecast", asked)
    ended = typed(*FORECAST, "--log", "ana.jsonl")
    assert (ended.status, ended.out) == (2, "")
    assert (folder / "ana.jsonl").read_text() == "not a log\n"


def test_an_answer_that_cannot_be_kept_is_not_shown(typed, folder, monkeypatch):
    monkeypatch.setattr("respite.forecasting.track_record.log_file.os.fsync", no_space)
    ended = typed(*FORECAST, "--log", "ana.jsonl")
    assert (ended.status, ended.out) == (2, "")
    assert "No space left" in ended.err
    assert (folder / "ana.jsonl").read_bytes() == b""


def no_space(_descriptor):
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("score",), "log"),
        (("score", "nothing.jsonl", "--diary", "ana.csv"), "nothing.jsonl"),
        (("score", "ana.csv"), "--diary"),
        (("score", "ana.csv", "--diary", "ana.csv"), "Line 1"),
        (("score", "."), "no log with a diary"),
        (("score", ".", "--diary", "ana.csv"), "leave out --diary"),
        ((*FORECAST, "--log", "."), "it is no file"),
        ((*FORECAST, "--log", "no/ana.jsonl"), "folder"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(typed, folder, words, said):
    ended = typed(*words)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err.replace("LOG", "log")
    assert "Traceback" not in ended.err
    assert sorted(path.name for path in folder.iterdir()) == ["ana.csv"]


def test_a_forecast_that_knew_doses_and_scores_is_held_against_later_ones_only(typed, folder):
    head = "start,drug,amount,unit,route,duration_min\n"
    given = [f"2100-03-{day:02}T09:00,ketamine,35,mg,iv,40\n" for day in range(2, 7)]
    (folder / "doses.csv").write_text(head + "".join(given))
    scores = [f"2100-03-{day:02},{7 if day < 3 or day > 20 else 3}\n" for day in range(1, 31)]
    (folder / "known.csv").write_text("date,pain\n" + "".join(scores[:10]))
    (folder / "whole.csv").write_text("date,pain\n" + "".join(scores))
    asked = [*FORECAST[3:], "--history", "doses.csv", "--diary", "known.csv"]
    ended = typed("forecast", *asked, "--log", "ana.jsonl")
    assert (ended.status, "line 1" in ended.err) == (0, True)
    kept = json.loads((folder / "ana.jsonl").read_text())
    assert kept["first_dose"] == "2100-03-02T09:00:00"
    assert kept["last_entry"] == "2100-03-10T20:00:00"
    assert kept["last_entry_h"] == 8 * 24 + 11
    assert kept["dose_days"] == [0, 1, 2, 3, 4]
    assert kept["forecast"]["diary"]["scores"] == 10
    assert "pain" not in kept["forecast"]["diary"]
    words = ("--diary", "whole.csv", "--history", "doses.csv", "--format", "json")
    (person,) = json.loads(typed("score", "ana.jsonl", *words).out)["persons"]
    assert person["left_out"]["known"] == 10
    assert [row["comparisons"] for row in person["rows"]] == [7, 13, 20]
    assert all(row["beside"] for row in person["rows"])
    assert person["order_checked"]
    assert person["plan_checked"]
    (row,) = person["pain_return"]
    assert row["seen"] == "lost"
