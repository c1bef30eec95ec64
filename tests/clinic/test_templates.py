"""Templates: every word through the catalogue, and nothing that the browser would refuse."""

import re
from pathlib import Path

import pytest

import respite.clinic

FOLDER = Path(respite.clinic.__file__).parent
TEMPLATES = sorted(FOLDER.rglob("*.html"))
SAID_BY_ALLAUTH = "allauth"

TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
COMMENTS = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
MARKS = re.compile(r"<[^>]*>", re.DOTALL)
WORDS = re.compile(r"[A-Za-z]{2,}")
ENTITIES = re.compile(r"&#?\w+;")


@pytest.fixture(params=TEMPLATES, ids=lambda one: one.relative_to(FOLDER).as_posix())
def text(request):
    return request.param.read_text("utf-8")


def test_every_word_of_a_template_goes_through_the_catalogue(text):
    bare = MARKS.sub(" ", TAGS.sub("", COMMENTS.sub("", text)))
    assert not WORDS.findall(ENTITIES.sub("", bare))


def test_labels_for_screen_readers_go_through_the_catalogue(text):
    said = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', TAGS.sub("", text))
    assert not [one for one in said if WORDS.search(one)]


def test_a_template_has_no_inline_style_script_or_handler(text):
    assert not re.search(r"<[^>]+\sstyle=", text)
    assert not re.search(r"<[^>]+\son[a-z]+=", text)
    assert "|safe" not in text
    for opened in re.findall(r"<script[^>]*>", text):
        assert "src=" in opened or "nonce=" in opened or "application/json" in opened


def test_what_scrolls_can_be_reached_by_the_keyboard(text):
    for opened in re.findall(r'<div class="(?:card )?scroll"[^>]*>', text):
        assert 'tabindex="0"' in opened
