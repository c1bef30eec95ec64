"""A person asks for whole curves, and watches them come."""

from __future__ import annotations

import io
import re

import pytest

REGIMEN = ("--regimen", "ketamine 20 mg iv")
ASK = ("simulate", *REGIMEN, "--patients", "5", "--format", "csv")


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_curves_are_written_beside_the_answer(typed, tmp_path):
    file = tmp_path / "curves.csv"
    ended = typed(*ASK, "--condition", "crps", "--curves", str(file), "--every", "6h")
    assert ended.status == 0
    assert ended.out == typed(*ASK, "--condition", "crps").out
    assert ended.err.splitlines() == [
        f"Curves written: {file} (ketamine, s_ketamine, r_ketamine, norketamine, s_norketamine,"
        " r_norketamine, pain, relief and relief_by_drug)"
    ]
    assert len(file.read_text("utf-8").splitlines()) == 1 + 5 * 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--curves", "curves.xls"), "curves.xls"),
        (("--curves", "nowhere/curves.csv"), "nowhere"),
        (("--curves", "curves.csv", "--every", "0h"), "0h"),
        (("--curves", "curves.csv", "--until", "soon"), "soon"),
        (("--curves", "curves.csv", "--at", "soon"), "soon"),
        (("--curves", "curves.csv", "--site", "arterial"), "arterial"),
        (("--curves", "curves.nc", "--every", "1s", "--until", "2d"), "172801 times"),
        (("--every", "1h"), "--every"),
        (("--until", "1d"), "--until"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is(
    typed, tmp_path, monkeypatch, words, said
):
    monkeypatch.chdir(tmp_path)
    ended = typed(*ASK, *words)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err.splitlines()[0]
    assert "Expected:" in ended.err
    assert "Try:" in ended.err
    assert list(tmp_path.iterdir()) == []


def test_an_absurd_size_is_refused_in_gigabytes(typed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ("--curves", "curves.nc", "--every", "10s", "--patients", "100000")
    ended = typed("simulate", *REGIMEN, *words)
    assert (ended.status, ended.out) == (2, "")
    assert "41.5 GB" in ended.err
    assert "at most 20 GB" in ended.err
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def watched(typed, monkeypatch):
    """Type a command at a terminal that shows even short work, and read its standard error."""

    def type_it(*words, patience_s=-1, term="xterm", stream=None):
        stream = stream or Terminal()
        monkeypatch.setattr("sys.stderr", stream)
        monkeypatch.setenv("TERM", term)
        monkeypatch.setattr("respite.cli.progress._PATIENCE_S", patience_s)
        return typed(*words), stream.getvalue()

    return type_it


def test_a_terminal_sees_how_far_the_work_is(watched, tmp_path):
    ended, shown = watched(*ASK, "--curves", str(tmp_path / "curves.csv"))
    assert ended.status == 0
    assert ended.out.startswith("analyte,")
    assert "Levels" in shown
    assert "Curves" in shown
    assert "100%" in shown


def test_colour_is_shown_where_nobody_minds_and_not_elsewhere(watched, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    _, plain = watched(*ASK)
    monkeypatch.delenv("NO_COLOR")
    _, coloured = watched(*ASK)
    assert "Levels" in plain
    assert not re.search(r"\x1b\[\d+m", plain)
    assert re.search(r"\x1b\[\d+m", coloured)


def test_a_quiet_terminal_stays_empty(watched):
    assert watched(*ASK, "--quiet")[1] == ""


def test_short_work_shows_no_bar(watched):
    assert watched(*ASK, patience_s=3600)[1] == ""


def test_a_pipe_and_a_dumb_terminal_see_nothing(watched):
    assert watched(*ASK, term="dumb")[1] == ""
    assert watched(*ASK, stream=io.StringIO())[1] == ""


def test_a_refusal_wipes_the_bar_away_and_says_one_message(watched, tmp_path, monkeypatch):
    def full(*_words, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("respite.population.curves.CurveChunk", full)
    ended, shown = watched(*ASK, "--curves", str(tmp_path / "curves.csv"))
    assert (ended.status, ended.out) == (2, "")
    assert shown.count("respite: ") == 1
    assert "No space left on device" in shown
    assert list(tmp_path.iterdir()) == []
