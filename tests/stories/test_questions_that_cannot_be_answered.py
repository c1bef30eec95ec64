"""What a person reads who asks for what cannot be answered: one sentence that helps, status 2."""

from __future__ import annotations

import pytest

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min"

CASES = {
    "an unknown drug": (("--regimen", "morphine 5 mg iv"), "morphine"),
    "an unknown unit": (("--regimen", "ketamine 5 mgg iv"), "mgg"),
    "an unknown route": (("--regimen", "ketamine 5 mg xx"), "xx"),
    "an impossible weight": (("--regimen", REGIMEN, "--weight", "700"), "700"),
    "a negative dose": (("--regimen", "ketamine -5 mg iv"), "-5"),
    "an infinite dose": (("--regimen", "ketamine inf mg iv"), "inf"),
    "a huge dose": (("--regimen", "ketamine 5000000 mg iv"), "5000000"),
    "a rate without a duration": (("--regimen", "ketamine 5 mg/h iv"), "duration"),
    "no doses": (("--regimen", "ketamine 5 mg iv daily x0"), "x0"),
    "overlapping words": (("--regimen", "ketamine 5 mg iv iv daily x3"), "iv"),
    "empty text": (("--regimen", ""), "empty"),
    "a book": (("--regimen", "ketamine 5 mg iv " * 1000), "characters"),
    "a child": (("--regimen", REGIMEN, "--age", "8"), "8 years"),
    "a threshold above the pain": (
        ("--regimen", REGIMEN, "--baseline-pain", "1.5", "--threshold", "2points"),
        "1.5",
    ),
    "a time beyond the horizon": (("--regimen", REGIMEN, "--at", "400d"), "400d"),
    "a file that is not there": (("--regimen", REGIMEN, "--patient", "none.toml"), "none.toml"),
    "more than the memory holds": (
        ("--regimen", REGIMEN, "--draws", "100000", "--horizon", "3650"),
        "100000 draws",
    ),
    "too few draws": (("--regimen", REGIMEN, "--draws", "1"), "--draws"),
}


@pytest.mark.parametrize("case", CASES)
def test_one_message_helps_and_nothing_is_written(typed, tmp_path, monkeypatch, case) -> None:
    monkeypatch.chdir(tmp_path)
    words, named = CASES[case]
    ended = typed("forecast", *words, "--report", "report")
    assert ended.status == 2
    assert ended.out == ""
    assert named in ended.err.splitlines()[0]
    assert "Expected:" in ended.err
    assert "Try:" in ended.err
    assert "Traceback" not in ended.err
    assert list(tmp_path.iterdir()) == []


def test_a_simulation_that_would_take_all_day_is_refused(typed) -> None:
    regimen = "ketamine 5 mg iv every 8 h for 1600 days"
    ended = typed("simulate", "--regimen", regimen, "--patients", "20000")
    assert ended.status == 2
    assert "4800 doses" in ended.err.splitlines()[0]


def test_a_start_that_is_no_date_is_refused_from_python_too() -> None:
    import respite
    from respite.domain import RespiteError

    with pytest.raises(RespiteError, match="The start is 'tomorrow'"):
        respite.forecast({}, REGIMEN, start="tomorrow")


def test_a_library_file_with_a_slip_gets_one_sentence(tmp_path) -> None:
    from respite.domain import LibraryFault
    from respite.literature import load_library

    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "broken_doe2099.toml").write_text('id = "broken_doe2099\n')
    with pytest.raises(LibraryFault, match="line 1") as refused:
        load_library(tmp_path).model("broken_doe2099")
    assert refused.value.remedy
