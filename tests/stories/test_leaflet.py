"""The leaflet is written for patients: short words, short sentences, no jargon."""

from __future__ import annotations

import html
import re

import pytest

pytestmark = pytest.mark.thorough

JARGON = ("posterior", "interval", "median", "pharmaco", "dissociation", "systolic", "regimen")


def text_of(page: str) -> str:
    body = page[page.index("<main") : page.index("<footer")]
    body = re.sub(r"<h\d>.*?</h\d>", " ", body, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower().removesuffix("e"))
    return max(len(groups), 1)


def grade(text: str) -> float:
    """The school grade of Flesch and Kincaid."""
    sentences = [part for part in re.split(r"[.?!:]\s", text) if part.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    return (
        0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    )


@pytest.fixture(scope="module")
def leaflet(tmp_path_factory):
    import respite
    from respite.report import write_proposals

    folder = tmp_path_factory.mktemp("leaflet")
    answer = respite.plan({"condition": "crps", "weight": 70, "age": 45}, draws=200)
    write_proposals(answer, folder)
    return text_of((folder / "leaflet.html").read_text("utf-8"))


def test_twelve_years_of_age_are_enough_to_read_it(leaflet):
    assert grade(leaflet) < 7


def test_the_measure_tells_plain_from_learned_words():
    plain = "We will call you. You may feel sick. It will pass soon. "
    learned = "Pharmacokinetic variability necessitates individualised titration of infusions. "
    assert grade(plain) < 3 < 12 < grade(learned)


def test_it_says_what_a_patient_must_know(leaflet):
    for words in ("in 100 people", "We are not sure", "Call at once", "Do not drive", "We check"):
        assert words in leaflet, words
    assert not [word for word in JARGON if word in leaflet.lower()]
