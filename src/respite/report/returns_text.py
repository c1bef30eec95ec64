"""What visits told about a group, as a page of text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis
from respite.report import returns_sentences as sentences
from respite.report.layout import Page
from respite.report.returns_tables import returns_tables

if TYPE_CHECKING:
    from respite.evidence import ReturnTimes


def returns_text(answer: ReturnTimes, *, page: Page) -> str:
    """Write the answer for a person: when half had lost relief, then tables and what to mind."""
    lead = "\n".join(map(page.paragraph, sentences.headline(answer)))
    if page.bold:
        lead = "\n".join(page.heading(line) for line in lead.splitlines())
    heading = page.heading(_("What this can tell, and what not"))
    blocks = [
        lead,
        "\n".join(page.labelled(label, text) for label, text in sentences.question(answer)),
        *map(page.table, returns_tables(answer)),
        "\n".join([heading, *map(page.item, sentences.notes(answer))]),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(blocks) + "\n"
