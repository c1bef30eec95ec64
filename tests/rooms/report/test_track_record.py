"""What a log says of a forecast and of what it was made from."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sample_answers as answers

from respite.domain import Patient, Regimen, read_diary, read_dosing_history
from respite.report import known_until_h, log_forecast

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
DATED = read_diary("date,pain\n2026-02-27,7\n2026-02-28T21:00,8\n2026-03-01,\n")
COUNTED = read_diary("day,pain\n-2,7\n-0.5,8\n")
DOSES = read_dosing_history(
    "start,drug,amount,unit,route,duration_min\n2026-02-20T10:00,ketamine,35,mg,iv,40\n"
)
UNDATED = replace(answers.forecast(), start=None, first_dose=None)
GIVEN = replace(answers.forecast(), first_dose="2026-02-20T10:00:00")


def kept(tmp_path, answer, **more):
    log = tmp_path / "ana.jsonl"
    log_forecast(answer, log, made_at=MADE, patient=more.pop("patient", Patient()), **more)
    return json.loads(log.read_bytes().splitlines()[-1])


@pytest.mark.parametrize(
    ("answer", "known", "said"),
    [
        (answers.forecast(), {}, ("2026-03-02", None, None)),
        (UNDATED, {}, (None, None, None)),
        (answers.forecast(), {"diary": DATED}, ("2026-03-02", "2026-03-01T20:00:00", -13)),
        (answers.forecast(), {"diary": COUNTED}, ("2026-03-02", -0.5, -12)),
        (UNDATED, {"diary": COUNTED}, (None, -0.5, -12)),
        (
            GIVEN,
            {"diary": DATED, "history": DOSES},
            ("2026-02-20T10:00:00", "2026-03-01T20:00:00", 9 * 24 + 10),
        ),
    ],
)
def test_a_line_says_what_was_planned_given_and_known(tmp_path, answer, known, said):
    line = kept(tmp_path, answer, **known)
    assert (line["first_dose"], line["last_entry"], line["last_entry_h"]) == said


def test_the_fingerprint_of_inputs_changes_with_each_of_them(tmp_path):
    regimen = Regimen.parse("ketamine 35 mg iv over 40 min")
    inputs = (
        {"patient": Patient(weight=70)},
        {"patient": Patient(weight=71)},
        {"regimen": regimen},
        {"history": DOSES},
        {"diary": DATED},
        {"diary": COUNTED},
    )
    told = [kept(tmp_path, GIVEN, **given)["inputs_digest"] for given in inputs]
    assert len(set(told)) == len(told)
    again = kept(tmp_path, GIVEN, patient=Patient(weight=70.0))["inputs_digest"]
    assert again == told[0]


def test_usual_pain_is_kept_where_it_was_told(tmp_path):
    assert kept(tmp_path, GIVEN, patient=Patient(baseline_pain=7))["baseline_pain"] == 7
    assert kept(tmp_path, GIVEN)["baseline_pain"] is None


def test_what_is_new_is_counted_from_the_doses_that_were_given_since(tmp_path):
    log = tmp_path / "ana.jsonl"
    assert known_until_h(log) is None
    log_forecast(answers.forecast(), log, made_at=MADE, patient=Patient(), diary=DATED)
    # Planned for 2 March at 9, given on 20 February at 10: the same score, other hours.
    assert known_until_h(log) == -13
    assert known_until_h(log, DOSES) == 9 * 24 + 10
    zoned = read_dosing_history(
        "start,drug,amount,unit,route,duration_min\n2026-02-20T10:00Z,ketamine,35,mg,iv,40\n"
    )
    assert known_until_h(log, zoned) is None
    log_forecast(UNDATED, log, made_at=MADE, patient=Patient())
    assert known_until_h(log, DOSES) is None
