"""A clinic asks from its visits when pain returned."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import respite

TABLE = """\
patient;last_seen_with_relief_day;first_seen_without_day;group
A1;7;14;ten days
A2;14;28;ten days
A3;28;;ten days
A4;28;56;ten days
B1;0;7;five days
B2;7;14;five days
B3;7;;five days
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Put a table of visits into the folder where one works."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "visits.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def test_visits_are_answered_in_words(typed, file):
    ended = typed("return-times", str(file), "--resamples", "50")
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (0, "")
    assert said.startswith("five days: half had lost relief at some time between day 7 and day 14")
    for sentence in (
        "ten days: half had lost relief at some time between day 14 and day 28",
        "7 patients, 7 courses",
        "Relief still holding after the last dose: share (95% interval)",
        "Few patients (3 and 4)",
        "rough guide",
        "not a medical device",
    ):
        assert sentence in said
    assert max(map(len, ended.out.splitlines())) <= 88


def test_the_same_seed_gives_the_same_json(typed, file):
    words = ("return-times", str(file), "--resamples", "50", "--format", "json", "--seed", "3")
    one, other = typed(*words), typed(*words)
    assert one == other
    shown = json.loads(one.out)
    assert shown["schema"] == "respite.return-times/1"
    assert shown["provenance"]["seed"] == 3
    assert [group["group"] for group in shown["groups"]] == ["five days", "ten days"]


def test_a_report_is_written_whole(typed, file):
    ended = typed("return-times", str(file), "--resamples", "20", "--report", "report")
    assert ended.status == 0
    assert "Report written" in ended.err
    assert (file.parent / "report" / "return-times.html").exists()
    assert (file.parent / "report" / "relief.png").exists()


@pytest.mark.parametrize(
    ("table", "words", "said"),
    [
        (None, (), "none.csv"),
        ("patient,day\nA,7\n", (), '"day"'),
        (TABLE.replace("A2;14;28", "A2;28;14"), (), "Line 3"),
        (TABLE.replace("A2;14;28", "A2;14;soon"), (), '"soon"'),
        (TABLE, ("--resamples", "0"), "--resamples"),
        (TABLE, ("--format", "excel"), "excel"),
        (TABLE, ("--seed", "-1"), "seed"),
    ],
)
def test_what_cannot_be_answered_ends_with_two_and_nothing_is_written(
    typed, file, table, words, said
):
    name = "none.csv" if table is None else "visits.csv"
    if table is not None:
        file.write_text(table, encoding="utf-8")
    ended = typed("return-times", name, *words, "--report", "report")
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err
    assert "Traceback" not in ended.err
    assert [path.name for path in file.parent.iterdir()] == ["visits.csv"]


def test_nothing_heavier_is_loaded_than_arrays(file):
    code = (
        "import sys\nfrom respite.cli import main\n"
        f"try:\n    main(['return-times', {str(file)!r}, '--resamples', '5'])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "print('loaded:', *sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(done.stderr.split("loaded:")[-1].split())
    assert "numpy" in loaded
    assert not loaded & {"scipy", "jax", "pandas", "matplotlib", "jinja2", "django"}


def test_the_front_door_shows_the_room(file):
    answer = respite.evidence.return_times(file, resamples=20)
    assert answer.patients == 7
    assert "evidence" in dir(respite)
