"""Someone whose language is not English reads every sentence in their own."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import respite

FORECAST = ["forecast", "--regimen", "ketamine 0.5 mg/kg iv over 40 min daily x10", "--draws=200"]


def marked(text: str) -> str:
    """Say a sentence in a made-up language: in guillemets, so that what stays English shows."""
    return f"«{text}»" if text else text


@pytest.fixture
def made_up_language(tmp_path, monkeypatch):
    """Set the terminal to a made-up language that the whole catalogue is translated into."""
    template = Path(respite.__file__).parent / "locale" / "respite.pot"
    with template.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        is_plural = isinstance(message.id, tuple)
        message.string = tuple(map(marked, message.id)) if is_plural else marked(message.id)
    folder = tmp_path / "xx" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "respite.mo").open("wb") as file:
        write_mo(file, catalogue)
    words = import_module("respite.domain.words")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    monkeypatch.setenv("LANGUAGE", "xx")
    words._catalogue.cache_clear()
    yield
    words._catalogue.cache_clear()


@pytest.mark.usefixtures("made_up_language")
def test_a_refusal_is_said_in_the_readers_language(typed):
    ended = typed("forecast", "--regimen", "ketamine 0.5 mg/kg iv ovr 40 min")
    found, expected, remedy, page = ended.err.splitlines()
    assert ended.status == 2
    assert found == 'respite: «At column 23, «"ovr" is not understood.»»'
    assert expected.startswith("  «Expected»: ««how long it runs")
    assert remedy == '  «Try»: «write "over".»'
    assert page == "  «More»: docs/reference/errors/regimen-not-understood.md"


@pytest.mark.usefixtures("made_up_language")
def test_a_forecast_is_said_in_the_readers_language(typed):
    said = " ".join(typed(*FORECAST, "--age=45").out.split())
    assert said.startswith("«Most people will not keep relief for a day: «about ")
    for sentence in (
        "«Certainty: «very low».",
        "««person of 45»; «weight» drawn from:",
        "«weight: the dose in milligrams, and so every level»",
        "«a pain diary: more than any other fact, once treatment has begun»",
    ):
        assert sentence in said


def test_without_a_translation_it_is_said_in_english(typed, monkeypatch):
    words = import_module("respite.domain.words")
    monkeypatch.setenv("LANGUAGE", "xx")
    words._catalogue.cache_clear()
    ended = typed("forecast", "--regimen", "")
    words._catalogue.cache_clear()
    assert ended.err.startswith("respite: The regimen is empty.")
