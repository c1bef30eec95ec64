"""A reader asks what else there is, and how ketamine works."""

from __future__ import annotations

import csv
import io
import json

import pytest

REGIMEN = "ketamine 0.5 mg/kg iv over 40 min"


def test_other_treatments_stand_beside_ketamine_and_are_not_ranked(typed):
    ended = typed("evidence", "compare", "--condition", "neuropathic")
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (0, "")
    for sentence in (
        "They are not ranked.",
        "small trials in which many people could guess",
        "4.7 (3.6 to",
        "were not seen in a source",
        "not a medical device",
    ):
        assert sentence in said
    assert "ONE DOSE" not in said
    assert max(map(len, ended.out.splitlines())) <= 88


def test_hours_after_surgery_come_after_a_sentence_that_parts_them_from_weeks(typed):
    said = " ".join(typed("evidence", "compare").out.split())
    weeks = said.index("9.44 months")
    apart = said.index("do not compare them")
    hours = said.index("9.9 h")
    assert weeks < apart < hours


def test_a_condition_nobody_has_is_refused(typed):
    ended = typed("evidence", "compare", "--condition", "toothache")
    assert (ended.status, ended.out) == (2, "")
    assert "toothache" in ended.err


def test_programs_get_the_comparison_as_json_and_csv(typed):
    shown = json.loads(typed("evidence", "compare", "--format", "json").out)
    assert shown["schema"] == "respite.comparators/1"
    rows = list(csv.DictReader(io.StringIO(typed("evidence", "compare", "--format", "csv").out)))
    assert len(rows) == sum(
        len(shown[part]) for part in ("chronic", "acute_single_dose", "experimental")
    )
    assert {row["kind"] for row in rows} == {"ketamine", "other", "placebo"}


def test_the_mechanism_is_told_in_plain_words(typed):
    ended = typed("evidence", "mechanism", "--regimen", REGIMEN, "--patients", "50")
    said = " ".join(ended.out.split())
    assert (ended.status, ended.err) == (0, "")
    for sentence in (
        "of NMDA receptors (90% of people",
        "is a hypothesis",
        "stands for the free level in brain",
        "No usable affinity was seen for",
        "[ebert1997]",
    ):
        assert sentence in said
    assert max(map(len, ended.out.splitlines())) <= 88


def test_programs_get_the_mechanism_as_json_and_csv(typed):
    words = ("evidence", "mechanism", "--regimen", REGIMEN, "--patients", "50", "--format")
    shown = json.loads(typed(*words, "json").out)
    assert shown["schema"] == "respite.mechanism/1"
    nmda = next(one for one in shown["targets"] if one["target"] == "nmda")
    assert len(nmda["occupancy"]["q50"]) == len(shown["time_h"])
    rows = list(csv.DictReader(io.StringIO(typed(*words, "csv").out)))
    assert {"target", "time_h", "q50"} <= set(rows[0])


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("words", "page", "pictures"),
    [
        (("compare",), "comparators.html", ("lasting-pain.png", "one-dose.png")),
        (
            ("mechanism", "--regimen", REGIMEN, "--patients", "50"),
            "mechanism.html",
            ("clocks.png", "targets.png"),
        ),
    ],
)
def test_a_report_is_a_page_with_figures_and_their_numbers(typed, tmp_path, words, page, pictures):
    folder = tmp_path / "report"
    ended = typed("evidence", *words, "--report", str(folder))
    assert ended.status == 0
    assert "Report written" in ended.err
    text = (folder / page).read_text("utf-8")
    assert text.count("<img") == len(pictures)
    assert text.count('alt="') == len(pictures)
    assert "The numbers behind this figure" in text
    for picture in pictures:
        assert (folder / picture).read_bytes().startswith(b"\x89PNG")
