"""How predictions agree with trials, as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import agreement_sentences as sentences
from respite.report import basis
from respite.report.agreement_tables import agreement_tables
from respite.report.layout import Page

if TYPE_CHECKING:
    from respite.evidence import Agreement


def agreement_text(answer: Agreement, *, page: Page) -> str:
    """Write the answer for a person: how often predictions held, every figure, every miss."""
    first, *others = sentences.headline(answer)
    lead = [page.heading(line) if page.bold else line for line in page.paragraph(first).split("\n")]
    blocks = [
        "\n".join([*lead, *map(page.paragraph, others)]),
        *map(page.table, agreement_tables(answer)),
        _titled(page, _("What the trials taught"), sentences.numbers(answer)),
        _titled(page, _("Three, five and seven days"), sentences.orders(answer)),
        _titled(page, _("Where predictions miss"), sentences.misses(answer)),
        _titled(page, _("What to mind"), sentences.notes(answer)),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _titled(page: Page, title: str, lines: Iterable[str]) -> str:
    told = list(lines)
    return "\n".join([page.heading(title), *map(page.item, told)]) if told else ""
