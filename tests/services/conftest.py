"""A report with PDF, written once as typed at the command line."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from respite.cli import main

CRPS = [
    "plan", "--condition", "crps", "--daily-opioid-mg", "90", "--age", "45", "--weight", "70",
    "--baseline-pain", "8", "--draws", "200", "--quiet",
]  # fmt: skip
REFUSED = """
[patient]
conditions = ["hypertension_uncontrolled", "ketamine_uropathy"]
"""


def typed(*words: str) -> None:
    """Type a command that must succeed."""
    try:
        ended = main(words)
    except SystemExit as end:
        ended = end.code
    assert not ended


@pytest.fixture(scope="session")
def reports(tmp_path_factory) -> dict[str, Path]:
    """Reports of three told patients, and of a check."""
    folder = tmp_path_factory.mktemp("reports")
    facts = folder / "facts.toml"
    facts.write_text(REFUSED, "utf-8")
    asked = {
        "crps": CRPS,
        "fibromyalgia": ["plan", "--condition", "fibromyalgia", "--draws", "200", "--quiet"],
        "refused": ["plan", "--condition", "neuropathic", "--facts", str(facts), "--quiet"],
        "check": ["check", "--regimen", "ketamine 80 mg iv over 2 h", "--weight", "70"],
    }
    for name, words in asked.items():
        typed(*words, "--report", str(folder / name), "--pdf")
    return {name: folder / name for name in asked}


@pytest.fixture(scope="session")
def pdf(reports):
    """Read one PDF of the reports."""
    return lambda name, page: PdfReader(reports[name] / f"{page}.pdf")


def words_of(page: str) -> list[str]:
    """Give the words of a page of HTML that paper shows."""
    body = page[page.index("<main") :]
    body = re.sub(r"<figcaption>.*?</figcaption>", " ", body, flags=re.S)
    return html.unescape(re.sub(r"<[^>]+>", " ", body)).split()
