"""Visits in which a plan is checked, as typed at the command line."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PLAN = ["--regimen", "ketamine 0.5 mg/kg iv over 40 min daily x10", "--on", "2026-11-23"]
WOMAN = ["--age", "45", "--sex", "female", "--weight", "70"]

FACTS = """
[patient]
pregnant = false
conditions = ["coronary_disease_stable"]
allergy.ketamine = false

[plan]
setting = "clinic"
staff.acls_on_site = true

[session.pre]
sbp = "185 mmHg"
dbp = "115 mmHg"
"""


@pytest.fixture
def facts(tmp_path):
    file = tmp_path / "facts.toml"
    file.write_text(FACTS, "utf-8")
    return str(file)


def test_a_plan_is_checked_before_it_is_booked(typed):
    ended = typed("check", *PLAN, *WOMAN, "--medicine", "tramadol", "--medicine", "zorbexan")
    assert ended.status == 0
    first, *_rest = ended.out.splitlines()
    assert first == "Caution: too little is known to go on."
    for words in ("zorbexan", "DDI-005: caution", "Is the patient pregnant?", "--all lists"):
        assert words in ended.out
    # Nothing runs over the edge of a narrow window, nor past 88 columns.
    assert max(map(len, ended.out.splitlines())) <= 88


def test_what_was_told_in_a_file_settles_questions_and_raises_others(typed, facts):
    ended = typed("check", *PLAN, *WOMAN, "--facts", facts)
    assert ended.status == 0
    assert "Is the patient pregnant?" not in ended.out
    assert "ELIG-006: caution" in ended.out
    assert "problem list: coronary disease, stable" in ended.out.lower()


def test_right_before_the_session_the_pressure_stops_it(typed, facts):
    ended = typed("check", *PLAN, "--facts", facts, "--phase", "before")
    assert ended.out.startswith("Stop: hold this plan")
    assert "It rests on 1 rule: PRE-002." in ended.out
    assert "185 mmHg" in ended.out


@pytest.mark.thorough
def test_every_rule_is_listed_for_programs(typed, facts):
    ended = typed(
        "check", *PLAN, "--facts", facts, "--phase", "before", "--phase", "during", "--format",
        "json",
    )  # fmt: skip
    answer = json.loads(ended.out)
    assert answer["schema"] == "respite.check/1"
    assert answer["verdict"] == "stop"
    assert answer["phases"] == ["before", "during"]
    assert len(answer["findings"]) == 9 + 24
    keys = {"rule", "severity", "status", "because", "action", "number_is", "source"}
    assert all(keys <= set(one) for one in answer["findings"])
    assert {one["status"] for one in answer["findings"]} <= {"fires", "clear", "unknown"}
    asked = [one["fact"] for one in answer["questions"] if one["could_raise"]]
    assert answer["ask"] == asked
    assert answer["facts"]["session.pre.sbp"] == {"value": 185.0, "from": "facts.toml"}


@pytest.mark.thorough
def test_all_lists_what_is_clear_and_every_question(typed):
    brief = typed("check", *PLAN, *WOMAN).out
    whole = typed("check", *PLAN, *WOMAN, "--all").out
    assert "WHAT IS CLEAR" in whole
    assert "WHAT IS CLEAR" not in brief
    assert whole.count("Could say") > brief.count("Could say")


@pytest.mark.thorough
def test_a_page_is_written_for_a_colleague(typed, facts, tmp_path):
    ended = typed("check", *PLAN, *WOMAN, "--facts", facts, "--report", str(tmp_path / "report"))
    page = (tmp_path / "report" / "check.html").read_text("utf-8")
    assert "check.html" in ended.err
    for words in ("ELIG-006", "Everything that was looked at", "coronary disease, stable"):
        assert words in page
    assert "<script" not in page
    assert page.count("<tr>") > 80


def test_a_history_tells_of_the_last_course(typed, tmp_path):
    rows = [f"2026-11-{day:02}T09:00,ketamine,600,mg,iv,1440" for day in range(3, 8)]
    history = tmp_path / "doses.csv"
    head = "start,drug,amount,unit,route,duration_min"
    history.write_text("\n".join([head, *rows, ""]), "utf-8")
    ended = typed(
        "check", "--regimen", "ketamine 25 mg/h iv for 100 h", "--on", "2026-11-23",
        "--history", str(history), "--weight", "70",
    )  # fmt: skip
    assert "PLAN-012: stop, unless signed for" in ended.out
    assert "OWN-004: do and record" in ended.out


@pytest.mark.thorough
def test_questions_are_written_to_be_filled_in(typed, tmp_path):
    sheet = tmp_path / "questions.toml"
    first = typed("check", *PLAN, *WOMAN, "--questions", str(sheet), "--format", "json")
    asked = json.loads(first.out)["questions"]
    text = sheet.read_text("utf-8")
    assert all(f'\n{one["fact"]} = "unknown"' in text for one in asked)
    # Left as it is, the file tells nothing.
    again = typed("check", *PLAN, *WOMAN, "--facts", str(sheet), "--format", "json")
    assert json.loads(again.out)["questions"] == asked
    sheet.write_text(text.replace('patient.pregnant = "unknown"', "patient.pregnant = true"))
    told = typed("check", *PLAN, *WOMAN, "--facts", str(sheet))
    assert "ELIG-009: stop, whoever signs" in told.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--phase", "befor"], "before"),
        (["--age", "30", "--facts", "BORN"], "75 to 76"),
        (["--facts", "LAB"], "without a unit"),
        (["--facts", "FUTURE"], "lies after 2026-11-23"),
        (["--facts", "nowhere.toml"], "cannot be opened"),
    ],
)
def test_what_cannot_be_answered_ends_with_one_message(typed, tmp_path, words, said):
    written = {
        "BORN": "[patient]\nborn = 1950\n",
        "LAB": "[labs]\nalt_xuln = 3.2\n",
        "FUTURE": "[labs]\nlft_date = 2027-01-01\n",
    }
    for name, text in written.items():
        (tmp_path / name).write_text(text, "utf-8")
    ended = typed("check", *PLAN, *[str(tmp_path / w) if w in written else w for w in words])
    assert ended.status == 2
    assert ended.out == ""
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_check_of_a_person_without_a_plan_loads_no_array_library():
    code = (
        "import sys\nfrom respite.cli import main\n"
        f"try:\n    main({['check', *WOMAN]!r})\nexcept SystemExit as end:\n"
        "    assert not end.code\nassert 'numpy' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_question_in_python():
    import respite

    answer = respite.check({"age": 45}, PLAN[1], facts={"patient": {"pregnant": True}})
    assert answer.verdict == "stop"
    assert "ELIG-009" in answer._repr_html_()
