"""A printed page says what the page on the screen says, and can be read aloud."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest
from tests.services.conftest import words_of

from respite.report.basis import intended_use
from respite.report.pdf import pdf_of

PAGES = [
    ("crps", "plan"),
    ("crps", "leaflet"),
    ("fibromyalgia", "plan"),
    ("fibromyalgia", "leaflet"),
    ("refused", "plan"),
    ("refused", "leaflet"),
    ("check", "check"),
]
A4_IN_POINTS = (595, 842)
POINTS_OF_A_PIXEL = 0.75
LARGE_PRINT = 12
"""Points; what people with poor eyes should get."""


def letters(text: str) -> str:
    """Leave out spaces and hyphens: paper breaks lines where screens do not."""
    return "".join(text.split()).replace("-", "").replace("\u2010", "").replace("\u2022", "")


def texts(pdf) -> list[str]:
    return [sheet.extract_text() for sheet in pdf.pages]


def figures_drawn(sheet) -> int:
    """Count the pictures painted on a sheet: sheets share one list of what may be painted."""
    return sum(operator == b"Do" for _operands, operator in sheet.get_contents().operations)


def at_the_foot(sheets: int) -> str:
    """What the margins say: the number of the sheet, and what all is for but on the last."""
    numbers = "".join(f"{sheet}/{sheets}" for sheet in range(1, sheets + 1))
    return letters(intended_use()) * (sheets - 1) + numbers


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_paper_says_every_word_of_the_screen(reports, pdf, name, page):
    shown = words_of((reports[name] / f"{page}.html").read_text("utf-8"))
    printed = letters(" ".join(texts(pdf(name, page))))
    assert len(shown) > 100
    assert not [word for word in shown if letters(word) not in printed]


@pytest.mark.parametrize(("name", "page"), [one for one in PAGES if one[1] != "check"])
def test_paper_says_nothing_else(reports, pdf, name, page):
    shown = words_of((reports[name] / f"{page}.html").read_text("utf-8"))
    printed = texts(pdf(name, page))
    expected = letters(" ".join(shown)) + at_the_foot(len(printed))
    assert Counter(letters(" ".join(printed))) == Counter(expected)


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_every_sheet_says_what_it_is_for(pdf, name, page):
    for sheet in texts(pdf(name, page)):
        assert letters(sheet).count(letters(intended_use())) == 1


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_a_screen_reader_finds_language_title_and_structure(pdf, name, page):
    read = pdf(name, page)
    root = read.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert read.metadata.title
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()


@pytest.mark.parametrize(("name", "page"), PAGES)
def test_sheets_are_a4_and_carry_their_fonts(pdf, name, page):
    for sheet in pdf(name, page).pages:
        assert (round(sheet.mediabox.width), round(sheet.mediabox.height)) == A4_IN_POINTS
        for font in sheet["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert any(key.startswith("/FontFile") for key in inner.get_object())


@pytest.mark.parametrize("name", ["crps", "fibromyalgia"])
def test_what_a_plan_is_decided_by_stands_on_one_sheet_with_its_figure(reports, pdf, name):
    first, second = pdf(name, "plan").pages
    assert (figures_drawn(first), figures_drawn(second)) == (1, 0)
    shown = (reports[name] / "plan.html").read_text("utf-8")
    front = shown[: shown.index("<h2>Not proposed")]
    said = letters(first.extract_text())
    assert not [word for word in words_of(front) if letters(word) not in said]


def test_where_everything_is_refused_no_empty_figure_is_drawn(reports, pdf):
    (only,) = pdf("refused", "plan").pages
    assert figures_drawn(only) == 0
    assert "ELIG-003" in only.extract_text()
    assert not (reports["refused"] / "plan.png").exists()


@pytest.mark.parametrize("name", ["crps", "fibromyalgia", "refused"])
def test_a_leaflet_is_a_sheet_or_two_in_large_print(pdf, name):
    sheets = pdf(name, "leaflet").pages
    assert len(sheets) <= 2
    small = []

    def look(text, _around, matrix, _font, size):
        if text.strip() and round(size * abs(matrix[3]), 1) < LARGE_PRINT / POINTS_OF_A_PIXEL:
            small.append(text.strip())

    for sheet in sheets:
        sheet.extract_text(visitor_text=look)
    assert letters("".join(small)) == at_the_foot(len(sheets))


@pytest.mark.parametrize(
    "outside", ["http://example.org/a.png", "https://example.org/a.png", "ftp://a/b"]
)
def test_nothing_is_fetched(outside):
    page = f"<!DOCTYPE html><html lang='en'><title>a</title><img src='{outside}' alt='a'></html>"
    with pytest.raises(ValueError, match="must carry all it shows"):
        pdf_of(page)


def test_files_of_the_machine_are_not_read(tmp_path):
    style = tmp_path / "style.css"
    style.write_text("p { color: red }", "utf-8")
    link = f"<link rel='stylesheet' href='{style.as_uri()}'>"
    page = f"<!DOCTYPE html><html lang='en'><title>a</title>{link}<p>a</p></html>"
    with pytest.raises(ValueError, match="must carry all it shows"):
        pdf_of(page)


def test_the_same_page_gives_the_same_bytes(reports):
    page = (reports["refused"] / "leaflet.html").read_text("utf-8")
    assert pdf_of(page) == pdf_of(page)
    assert pdf_of(page) == (reports["refused"] / "leaflet.pdf").read_bytes()


def test_without_a_font_one_sentence_says_so(tmp_path):
    """Without this the process would end in the middle of a letter."""
    (tmp_path / "fonts.conf").write_text("<fontconfig><dir>nowhere</dir></fontconfig>", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "respite", "check", "--report", "mine", "--pdf"],
        env={**os.environ, "FONTCONFIG_FILE": str(tmp_path / "fonts.conf")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "apt install fonts-liberation" in " ".join(done.stderr.split())
    assert not (tmp_path / "mine").exists()
