"""Topics about ketamine: both faces from the same answers, and nothing without its source."""

from __future__ import annotations

import json
import re

import pytest

from respite.domain import RespiteError
from respite.literature import load_library
from respite.report import (
    FACES,
    Origin,
    mark_of,
    model_entries,
    show_topic,
    show_topics,
    source_entries,
    tell_topic,
    topic_titles,
)

QUICK = ("limits", "long-term-risks", "other-treatments")
"""Topics that need no simulation."""


def sentences(topic):
    return [*topic.lead, *(one for part in topic.parts for one in (*part.said, *part.points))]


def test_what_has_a_number_has_a_source():
    for name in QUICK:
        for face in FACES:
            told = tell_topic(name, face)
            bare = [one.text for one in sentences(told) if re.search(r"\d", one.text)
                    and not one.origins]  # fmt: skip
            assert not bare
            for part in told.parts:
                for table in part.tables:
                    assert table.origins or all(table.of_rows)
                    assert not table.of_rows or len(table.of_rows) == len(table.table.rows)


def test_every_origin_is_in_the_list_of_sources():
    listed = {one.mark.origin for one in (*source_entries(), *model_entries())}
    for name in QUICK:
        for face in FACES:
            named = {one for one in tell_topic(name, face).origins() if one.kind != "mark"}
            assert named or name == "limits"
            assert named <= listed


def test_each_source_has_a_number_of_its_own():
    labels = [one.mark.label for one in (*source_entries(), *model_entries())]
    assert len(labels) == len(set(labels))
    assert len(source_entries()) == len(load_library().sources)
    assert mark_of(Origin("model", "pain_respite1")).label.startswith("M")


def test_every_assumed_number_says_why():
    for one in model_entries():
        assert all(": " in text and not text.endswith(": ") for text in one.assumed), one.title


def test_what_is_recalled_is_said_to_be():
    rows = [
        origins
        for part in tell_topic("other-treatments", "clinicians").parts
        for table in part.tables
        for origins in table.of_rows
    ]
    assert any(Origin("mark", "recalled") in origins for origins in rows)


def test_the_terminal_prints_each_claim_with_its_number_and_the_sources():
    told = tell_topic("long-term-risks", "clinicians")
    text = show_topic(told)
    flat = " ".join(text.split())
    for one in told.lead:
        assert " ".join(one.text.split()) in flat
    mark = mark_of(told.origins()[0])
    assert f"[{mark.label}]" in text
    assert "Sources" in text
    assert all(name in show_topics() for name in topic_titles())


def test_a_topic_as_data_carries_its_sources():
    data = json.loads(show_topic(tell_topic("long-term-risks"), "json"))
    assert data["schema"] == "respite.learn/1"
    assert data["sources"]
    assert data["provenance"]["library_digest"] == load_library().digest()


def test_an_unknown_topic_or_pain_is_refused_in_words():
    with pytest.raises(RespiteError) as refused:
        tell_topic("nothing")
    assert "how-long" in refused.value.expected
    with pytest.raises(RespiteError) as refused:
        tell_topic("how-long", condition="gout")
    assert "crps" in refused.value.expected


@pytest.mark.thorough
def test_both_faces_tell_the_same_numbers():
    for condition in (None, "crps", "cancer"):
        plain, full = (tell_topic("how-long", face, condition) for face in FACES)
        table = next(
            one.table for part in full.parts for one in part.tables if one.table.align == "number"
        )
        said = " ".join(one.text for one in sentences(plain))
        for row in table.rows:
            lasting = int(row[1])
            assert lasting < 10 or f"about {lasting} feel better" in said


@pytest.mark.thorough
def test_a_way_that_was_never_tested_is_said_to_be_a_guess():
    plain, full = (tell_topic("how-long", face) for face in FACES)
    by_mouth = next(part for part in plain.parts if "by mouth" in part.heading)
    assert "a guess" in by_mouth.said[0].text
    drip = next(part for part in plain.parts if part.heading.startswith("Infusions of about"))
    assert "a guess" not in drip.said[0].text
    marked = [row[0] for part in full.parts for one in part.tables for row in one.table.rows
              if row[0].endswith("*")]  # fmt: skip
    assert any("oral" in name for name in marked)
