"""When pain returned in a group: the same in sentences, tables, pages and pictures."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from respite.evidence import return_times
from respite.report import show_return_times, write_returns
from respite.report.layout import Page
from respite.report.returns import return_times as ask
from respite.report.returns_figure import returns_pictures
from respite.report.returns_sentences import headline, notes
from respite.report.returns_tables import (
    counts_table,
    curve_rows,
    differences_table,
    returns_tables,
    shares_table,
)
from respite.report.returns_text import returns_text

HEADER = "patient,last_seen_with_relief_day,first_seen_without_day"
BETWEEN = f"{HEADER}\nA,7,14\nB,14,28\nC,28,\nD,0,7\nE,14,28\nF,56,84\n"
EXACT = f"{HEADER}\nA,6,6\nB,9,\nC,13,13\nD,22,22\nE,23,23\nF,35,\n"
GROUPS = f"{HEADER},course,group\n" + "".join(
    f"{name}{n},{day},{day + 7},1,{name}\n{name}{n},{day + 3},,2,{name}\n"
    for name, day in (("alpha", 3), ("beta", 10), ("gamma", 20))
    for n in range(3)
)


@pytest.fixture(params=[BETWEEN, EXACT, GROUPS], ids=["between", "exact", "groups"])
def answer(request):
    return return_times(request.param, resamples=20)


def test_the_first_sentence_says_when_half_had_lost_relief():
    (text,) = headline(return_times(EXACT))
    assert text == (
        "Half had lost relief by day 22 after the last dose"
        " (95% interval from day 6 to beyond what was watched)."
    )
    (text,) = headline(return_times(BETWEEN, resamples=20))
    assert text.startswith("Half had lost relief at some time between day 14 and day 28 after")


def test_not_reached_is_said_in_words():
    (text,) = headline(return_times(f"{HEADER}\nA,28,\nB,56,\nC,7,7\n"))
    assert text.startswith("No median can be given: fewer than half had lost relief by day 56")
    (text,) = headline(return_times(f"{HEADER}\nA,28,\nB,56,\n"))
    assert "the 95% interval lies beyond what was watched" in text


def test_each_group_has_its_sentence_and_its_column():
    answer = return_times(GROUPS, resamples=20)
    assert [text.partition(":")[0] for text in headline(answer)] == ["alpha", "beta", "gamma"]
    assert shares_table(answer).head == ("After", "alpha", "beta", "gamma")
    differences = differences_table(answer)
    assert differences is not None
    assert differences.head == ("After", "beta", "gamma")
    counts = counts_table(answer)
    assert counts is not None
    assert counts.head[1:] == ("alpha", "beta", "gamma")


def test_what_nobody_saw_is_not_a_number():
    answer = return_times(EXACT)
    assert shares_table(answer).rows[-1] == ("84 days", "not known")
    assert differences_table(answer) is None
    assert counts_table(answer) is None


def test_the_notes_fit_what_was_done():
    between, exact = (" ".join(notes(return_times(t, resamples=20))) for t in (BETWEEN, EXACT))
    assert "rough guide" in between
    assert "rough guide" not in exact
    for said in (between, exact):
        assert "Few patients (6)" in said
        assert "how much of the relief the drug gave" in said
        assert "not allotted by chance" not in said
    grouped = " ".join(notes(return_times(GROUPS, resamples=20)))
    assert "not allotted by chance" in grouped
    assert "several courses" in grouped


def test_a_page_of_text_keeps_its_width_and_ends_with_the_intended_use(answer):
    text = returns_text(answer, page=Page())
    assert max(map(len, text.splitlines())) <= 88
    assert "not a medical device" in text
    assert "None" not in text
    assert "nan" not in text
    bold = returns_text(answer, page=Page(bold=True))
    assert re.sub(r"\x1b\[\d+m", "", bold) == text


def test_json_is_the_plain_form_and_has_no_number_that_does_not_exist(answer):
    shown = json.loads(show_return_times(answer, "json"))
    assert shown == json.loads(json.dumps(answer.to_dict(), allow_nan=False))
    assert shown["schema"] == "respite.return-times/1"


def test_every_key_of_the_json_is_documented():
    page = (Path(__file__).parents[3] / "docs" / "reference" / "json.md").read_text("utf-8")
    section = page.partition("## `respite.return-times/1`")[2]
    plain = return_times(GROUPS, resamples=5).to_dict()
    group = plain["groups"][0]
    parts = (
        plain,
        plain["provenance"],
        plain["differences"][0],
        group,
        *(group[key] for key in ("median", "returns_per_patient", "diagnostics")),
        *(group[key][0] for key in ("shares", "curve")),
    )
    missing = {key for part in parts for key in part if f"`{key}`" not in section}
    assert not missing


def test_csv_is_the_curve_from_the_last_dose_on(answer):
    rows = list(csv.DictReader(io.StringIO(show_return_times(answer, "csv"))))
    assert len(rows) == len(curve_rows(answer))
    assert [row["to_day"] for row in rows].count("0") == len(answer.groups)
    assert {row["group"] for row in rows} == {group.group or "" for group in answer.groups}
    assert all(0 <= float(row["share"]) <= 1 for row in rows)


@pytest.mark.thorough
def test_pictures_have_words_and_numbers_and_never_vary(answer):
    pictures = returns_pictures(answer)
    grouped = len(answer.groups) > 1
    names = ["relief", "relief-limits", "returns"] if grouped else ["relief-limits"]
    assert [picture.name for picture in pictures] == names
    for picture in pictures:
        assert picture.png.startswith(b"\x89PNG")
        assert len(picture.alt) > 40
        assert picture.alt.endswith(".")
        assert picture.table.rows
    assert [one.png for one in returns_pictures(answer)] == [one.png for one in pictures]


@pytest.mark.thorough
def test_more_groups_than_dashes_get_further_pictures():
    rows = "".join(f"P{n},7,14,group {n}\n" for n in range(6))
    names = [one.name for one in returns_pictures(return_times(f"{HEADER},group\n{rows}"))]
    assert names == ["relief-1", "relief-limits-1", "relief-2", "relief-limits-2"]


def test_a_curve_that_never_falls_can_be_drawn():
    (picture,) = returns_pictures(return_times(f"{HEADER}\nA,28,\nB,56,\n"))
    assert picture.table.rows == ()


@pytest.mark.thorough
def test_a_report_is_a_whole_page_with_its_pictures_and_its_curve(answer, tmp_path):
    page = write_returns(answer, tmp_path / "report")
    names = {path.name for path in page.parent.iterdir()}
    assert {"return-times.html", "curve.csv", "relief-limits.png"} <= names
    text = page.read_text("utf-8")
    assert "When did pain return?" in text
    assert "not a medical device" in text
    assert text.count("<img ") == len(returns_pictures(answer))
    assert all(table.caption in text for table in returns_tables(answer))
    assert "<script" not in text


def test_a_hostile_group_is_shown_and_never_run(tmp_path):
    hostile = "<script>alert(1)</script>{{ 7*7 }}"
    answer = return_times(f"{HEADER},group\nA,7,14,{hostile}\nB,7,14,b\n", resamples=5)
    text = write_returns(answer, tmp_path / "report").read_text("utf-8")
    assert "<script" not in text
    assert "{{ 7*7 }}" in text

    class Reader(HTMLParser):
        open = 0

        def handle_starttag(self, tag, attrs):
            self.open += tag not in {"meta", "img"}

        def handle_endtag(self, tag):
            self.open -= 1

    reader = Reader()
    reader.feed(text)
    assert reader.open == 0


def test_a_notebook_draws_a_fragment():
    drawn = ask(EXACT)._repr_html_()
    assert drawn is not None
    assert "<html" not in drawn
    assert "Half had lost relief by day 22" in drawn
    assert return_times(EXACT)._repr_html_() is None
