"""PDF is asked for where it cannot be made: one message, and nothing is written."""

from __future__ import annotations

import sys

import pytest

CHECK = ["check", "--regimen", "ketamine 80 mg iv over 2 h", "--weight", "70"]
PLAN = ["plan", "--condition", "crps", "--quiet"]


class NoPango:
    """A machine on which WeasyPrint finds no library that sets letters."""

    def find_spec(self, name, _path=None, _target=None):
        if name == "weasyprint":
            sys.stdout.write("-----\nWeasyPrint could not import some external libraries.\n")
            raise OSError("cannot load library 'libpango-1.0-0'\nand more")


@pytest.fixture
def without_weasyprint(monkeypatch):
    """A machine on which the optional part is not installed."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)


@pytest.fixture
def without_pango(monkeypatch):
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [NoPango(), *sys.meta_path])


@pytest.mark.parametrize("question", [CHECK, PLAN])
def test_pdf_needs_a_folder(typed, question):
    ended = typed(*question, "--pdf")
    assert (ended.status, ended.out) == (2, "")
    assert "--pdf was given without --report" in ended.err


@pytest.mark.parametrize("question", [CHECK, PLAN])
@pytest.mark.usefixtures("without_weasyprint")
def test_without_the_library_one_message_names_it(typed, tmp_path, question):
    ended = typed(*question, "--report", str(tmp_path / "mine"), "--pdf")
    assert (ended.status, ended.out) == (2, "")
    assert "optional part 'pdf'" in " ".join(ended.err.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("question", [CHECK, PLAN])
@pytest.mark.usefixtures("without_pango")
def test_without_pango_one_message_says_what_to_install(typed, tmp_path, question):
    ended = typed(*question, "--report", str(tmp_path / "mine"), "--pdf")
    assert (ended.status, ended.out) == (2, "")
    said = " ".join(ended.err.split())
    assert "libpango-1.0-0 libpangoft2-1.0-0" in said
    assert "cannot load library" in said
    assert "and more" not in said
    assert list(tmp_path.iterdir()) == []


def test_pdf_that_breaks_half_way_leaves_nothing(typed, tmp_path, monkeypatch):
    def broken(_page):
        raise RuntimeError("half way")

    monkeypatch.setattr("respite.report.pdf.require_pdf", lambda: None)
    monkeypatch.setattr("respite.report.pdf.pdf_of", broken)
    ended = typed(*CHECK, "--report", str(tmp_path / "mine"), "--pdf")
    assert (ended.status, ended.out) == (1, "")
    assert list(tmp_path.iterdir()) == []
