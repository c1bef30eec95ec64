"""A data set comes from elsewhere, is said back, and is turned into another form."""

from __future__ import annotations

import json

import pytest

from respite.domain import read_data_set, read_dosing_history

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min daily x10"
TABLE = """\
ID,TIME,EVID,AMT,RATE,ADDL,II,SS,CMT,DV,WT
1,-1,0,.,.,.,.,.,2,0,70
1,0,1,35,52.5,9,24,.,2,.,.
1,24,0,.,.,.,.,.,2,3.5,72
1,48,0,.,.,.,.,.,2,.,.
1,300,3,.,.,.,.,.,.,.,.
1,301,1,50,.,.,12,1,1,.,.
2,0,1,80,.,.,.,.,2,.,60
2,0,0,.,.,.,.,.,2,88,.
"""
TOLD = ("--cmt", "1=oral,2=iv", "--drug", "ketamine")


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Put a data set into the folder where one works."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "levels.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_a_data_set_is_said_back_in_words(typed, file):
    ended = typed("records", str(file), *TOLD)
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (0, "")
    assert said.startswith(
        "These records hold 2 subjects, 12 doses, 2 resets and 4 observations."
        " 1 observation has no value."
    )
    for sentence in (
        "- Hour 0: 35 mg ketamine iv over 40 min.",
        "- 7 more doses, the last at hour 216: 35 mg ketamine iv over 40 min.",
        "- Reset at hour 301: nothing is carried over.",
        "- Hour 301: 50 mg ketamine oral, at steady state: the same every 12 h without a beginning",
        "- From hour 24: WT 72.",
        "0 observations stand before it and 3 after it",
        "Covariates that change: WT.",
    ):
        assert sentence in said
    assert max(map(len, ended.out.splitlines())) <= 88


def test_much_is_counted_and_not_listed(typed, tmp_path):
    path = tmp_path / "many.csv"
    rows = "".join(f"{n},0,88,1\n{n},1,.,2\n{n},2,.,3\n{n},3,.,4\n" for n in range(7))
    more = "".join(f"7,{n},.,{n}\n" for n in range(9))
    path.write_text(f"ID,TIME,DV,NIGHT\n{more}{rows}", encoding="utf-8")
    said = typed("records", str(path)).out
    resets = "".join(f"1,{n},3\n" for n in range(9))
    path.write_text(f"ID,TIME,EVID,DV\n{resets}".replace("3\n", "3,.\n"), encoding="utf-8")
    assert "4 more resets." in typed("records", str(path)).out
    assert "3 more subjects; --format json gives every one." in said
    assert "4 later changes of covariates." in said


def test_json_says_everything(typed, file):
    ended = typed("records", str(file), *TOLD, "--format", "json")
    answer = json.loads(ended.out)
    assert (answer["schema"], answer["kind"]) == ("respite.records/1", "data set")
    assert answer["table"] is None
    first, second = answer["subjects"]
    assert [len(one["events"]) for one in first["episodes"]] == [10, 0, 0]
    assert first["episodes"][2]["steady"][0]["interval_h"] == 12
    assert first["observations"][2]["value_ng_ml"] is None
    assert second["observations"][0] == {
        "time_h": 0,
        "value_ng_ml": 88,
        "episode": 0,
        "events_before": 1,
        "steady_before": 0,
        "compartment": 2,
        "row": 9,
    }


def test_a_data_set_is_spelled_out_and_put_together_again(typed, file, tmp_path):
    long, short = tmp_path / "long.csv", tmp_path / "short.csv"
    ended = typed("records", str(file), *TOLD, "--to", "nonmem", "--output", str(long))
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == f"Written: {long}\n"
    words = ("--to", "nonmem", "--compress", "--output", str(short))
    assert typed("records", str(long), *TOLD, *words).status == 0
    assert len(short.read_text().splitlines()) < len(long.read_text().splitlines())
    told = {"compartments": "1=oral,2=iv", "drug": "ketamine"}
    assert read_data_set(short, **told) == read_data_set(file, **told)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "levels.csv",
        "long.csv",
        "short.csv",
    ]


def test_a_regimen_becomes_a_data_set_and_a_dosing_history(typed, tmp_path):
    ended = typed("records", "--regimen", REGIMEN, "--weight", "70", "--to", "nonmem")
    assert len(read_data_set(ended.out).subjects[0].doses) == 10
    words = ("--to", "doses", "--start", "2026-03-02T09:00")
    ended = typed("records", "--regimen", REGIMEN, "--weight", "70", *words)
    history = read_dosing_history(ended.out)
    assert history.doses[0].start.isoformat() == "2026-03-02T09:00:00"
    path = tmp_path / "doses.csv"
    path.write_text(ended.out, encoding="utf-8")
    assert typed("records", str(path), "--to", "doses").out == ended.out
    assert "10 doses" in typed("records", str(path)).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Neither a file nor a regimen"),
        (("levels.csv", "--regimen", REGIMEN), "Both a file and a regimen"),
        (("levels.csv",), "which drug"),
        (("levels.csv", "--drug", "ketamine"), "which route CMT 2 is"),
        (("levels.csv", "--drug", "ketamine", "--cmt", "2=vein"), '"vein"'),
        (("levels.csv", *TOLD, "--to", "doses"), "hours only"),
        (("levels.csv", *TOLD, "--to", "doses", "--start", "2026-03-02T09:00"), "2 subjects"),
        (("levels.csv", *TOLD, "--weight", "70"), "beside a data set"),
        (("levels.csv", *TOLD, "--to", "excel"), "excel"),
        (("none.csv",), "none.csv"),
        (("--regimen", REGIMEN), "weight"),
        (("--regimen", REGIMEN, "--weight", "0"), "weight"),
        (("--regimen", "placebo iv over 40 min"), "placebo"),
    ],
)
def test_what_cannot_be_read_ends_with_two_and_nothing_is_written(typed, file, words, said):
    ended = typed("records", *words, "--output", "out.csv")
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert [path.name for path in file.parent.iterdir()] == ["levels.csv"]


@pytest.mark.parametrize("output", ["nowhere/out.csv", ".", "x" * 300, "a\0b"])
def test_a_file_that_cannot_be_written_leaves_nothing(typed, file, output):
    ended = typed("records", str(file), *TOLD, "--to", "nonmem", "--output", output)
    assert (ended.status, ended.out) == (2, "")
    assert "cannot be written" in ended.err
    assert [path.name for path in file.parent.iterdir()] == ["levels.csv"]


def test_an_answer_may_take_the_place_of_its_question(typed, file):
    typed("records", str(file), *TOLD, "--to", "nonmem", "--output", str(file))
    assert read_data_set(file, compartments="1=oral,2=iv", drug="ketamine").subjects[1].doses
