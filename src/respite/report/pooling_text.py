"""What trials say together, as a page of text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis
from respite.report import pooling_sentences as sentences
from respite.report.layout import Page
from respite.report.pooling_tables import pool_tables

if TYPE_CHECKING:
    from respite.evidence import Pool


def pool_text(answer: Pool, *, page: Page) -> str:
    """Write the answer for a person: the effect, its certainty, the trials and what to mind."""
    first, *others = sentences.headline(answer)
    grade, why = sentences.certainty(answer)
    lead = [page.heading(line) if page.bold else line for line in page.paragraph(first).split("\n")]
    heading = page.heading(_("What to mind"))
    assumed = basis.assumption_lines(answer.assumed) if answer.assumed else ()
    blocks = [
        "\n".join([*lead, *map(page.paragraph, others)]),
        page.labelled(_("Certainty"), _("{grade}. {why}").format(grade=grade, why=why)),
        "\n".join(page.labelled(label, text) for label, text in sentences.question(answer)),
        *map(page.table, pool_tables(answer)),
        "\n".join([heading, *map(page.item, (*sentences.notes(answer), *assumed))]),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(blocks) + "\n"
