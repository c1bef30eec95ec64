"""What a clinician is proposed: three told patients, and requests that cannot be answered."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.thorough

CRPS = [
    "plan", "--condition", "crps", "--age", "45", "--sex", "female", "--weight", "70",
    "--baseline-pain", "7", "--daily-opioid-mg", "120", "--quiet",
]  # fmt: skip


def data(typed, *words: str):
    ended = typed(*words, "--format", "json")
    assert ended.status == 0, ended.err
    return json.loads(ended.out)


def test_crps_on_opioids_gets_plans_that_specialists_use_and_no_ketamine_beside_them(typed):
    found = data(typed, *CRPS)
    assert found["schema"] == "respite.plan/1"
    plans = [one["regimen"] for one in found["proposals"]]
    assert len(plans) >= 2
    assert " iv " in plans[0]
    assert found["no_ketamine"]["comes_first"] is False
    assert found["no_ketamine"]["days_with_relief"]["mean"] == 0
    first = found["proposals"][0]
    assert first["clinic_hours"] > 0
    assert first["yearly_dose_mg"] > first["dose_mg"]
    assert first["days_with_relief"]["chance_worthwhile"] > 0.25
    assert {one["effect"] for one in first["adverse_effects"]} > {"dissociation", "systolic"}
    assert first["would_change_if"]
    assert "DDI-006" in {one["rule"] for one in found["of_patient"]}
    outside = {one["regimen"] for one in found["tried"] if one["outside"]}
    assert [plan in outside for plan in plans] == sorted(plan in outside for plan in plans)


def test_ties_are_said_to_be_ties(typed):
    found = data(typed, *CRPS)
    assert found["ties"]
    for first, second in found["ties"]:
        assert 0.2 <= found["better"][first][second] <= 0.8


def test_fibromyalgia_says_how_weak_the_case_is(typed):
    ended = typed("plan", "--condition", "fibromyalgia", "--age", "50", "--weight", "80", "--quiet")
    assert ended.status == 0
    assert ended.out.startswith("No ketamine comes first.\nWeak evidence for this indication")
    assert "nothing supports lasting relief" in " ".join(ended.out.split())
    assert "ELIG-031" in ended.out


def test_hypertension_and_past_cystitis_are_mostly_refused_with_reasons(typed, tmp_path):
    facts = tmp_path / "facts.toml"
    facts.write_text(
        '[patient]\nconditions = ["hypertension_uncontrolled", "ketamine_uropathy"]\n', "utf-8"
    )
    found = data(
        typed, "plan", "--condition", "neuropathic", "--age", "62", "--weight", "78",
        "--facts", str(facts), "--quiet",
    )  # fmt: skip
    assert found["proposals"] == []
    assert found["fewer_because"]
    assert found["no_ketamine"]["comes_first"] is True
    assert len(found["refused"]) > 10
    assert all(one["rule"] and one["because"] for one in found["refused"])


def test_every_plan_that_was_tried_is_listed_and_refusals_name_their_rule(typed):
    found = data(typed, *CRPS)
    tried = {one["regimen"] for one in found["tried"]}
    assert {one["regimen"] for one in found["proposals"]} <= tried
    assert found["refused"]
    for one in found["refused"]:
        assert one["rule"]


def test_a_place_that_is_told_is_kept_to(typed, tmp_path):
    facts = tmp_path / "facts.toml"
    facts.write_text('[plan]\nsetting = "home"\n', "utf-8")
    found = data(typed, *CRPS, "--facts", str(facts))
    assert {one["setting"] for one in found["tried"]} == {"home"}


def test_failed_sessions_are_spoken_of_before_new_plans(typed, tmp_path):
    sessions, history = tmp_path / "sessions.csv", tmp_path / "doses.csv"
    days = [f"2026-10-{day:02d}T09:00" for day in (1, 8, 15, 22)]
    sessions.write_text(
        "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
        + "".join(f"{day},0,0,,130,80\n" for day in days),
        "utf-8",
    )
    history.write_text(
        "start,drug,amount,unit,route,duration_min\n"
        + "".join(f"{day},ketamine,35,mg,iv,40\n" for day in days),
        "utf-8",
    )
    ended = typed(
        *CRPS, "--sessions", str(sessions), "--history", str(history), "--on", "2026-11-01"
    )
    assert ended.status == 0, ended.err
    assert ended.out.startswith("Next step: stop")


def test_a_report_has_the_plan_its_figure_and_a_leaflet(typed, tmp_path):
    ended = typed(*CRPS, "--report", str(tmp_path / "out"))
    assert ended.status == 0
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"plan.html", "plan.png", "leaflet.html"}
    leaflet = (tmp_path / "out" / "leaflet.html").read_text("utf-8")
    assert "in 100 people" in leaflet
    assert "When to call us" in leaflet


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--horizon", "0"], "horizon"),
        (["--threshold", "soon"], "threshold"),
        (["--facts", "nowhere.toml"], "nowhere.toml"),
        (["--sessions", "nowhere.csv"], "nowhere.csv"),
    ],
)
def test_what_cannot_be_answered_is_a_sentence(typed, words, said):
    ended = typed("plan", "--condition", "crps", "--quiet", *words)
    assert ended.status == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    ("option", "text"),
    [
        (
            "--sessions",
            "start,relief_percent,hours_of_relief,effects,systolic,diastolic\n"
            "2026-12-01T09:00,20,4,,120,80\n",
        ),
        ("--diary", "date,pain\n2026-12-01,5\n"),
        ("--history", "start,drug,amount,unit,route,duration_min\n"
         "2026-12-01T09:00,ketamine,35,mg,iv,40\n"),
        ("--facts", "[patient]\nborn = 1950\n"),
        ("--facts", "[labs]\nalt = 40\n"),
        ("--facts", '[labs]\nlft_date = "2026-12-01"\n'),
    ],
)  # fmt: skip
def test_what_cannot_be_so_is_refused(typed, tmp_path, option, text):
    file = tmp_path / "file"
    file.write_text(text, "utf-8")
    asked = "plan", "--age", "30", "--on", "2026-11-01", "--start", "2026-12-02", "--quiet"
    ended = typed(*asked, option, str(file))
    assert (ended.status, ended.out) == (2, "")
    assert "Try: " in ended.err


def test_a_medicine_that_nobody_knows_is_named(typed):
    ended = typed("plan", "--condition", "crps", "--medicine", "blorbimab", "--quiet")
    assert "not taken for harmless: blorbimab" in " ".join(ended.out.split())
