"""What the literature says, as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from respite.domain import translate as _
from respite.report import basis
from respite.report.layout import Page
from respite.report.literature_words import LiteratureWords


def literature_text(words: LiteratureWords, *, page: Page, citations: Iterable[str] = ()) -> str:
    """Write a page of the literature for a person, each part under its heading."""
    cited = list(map(page.item, citations))
    blocks = [
        "\n".join(map(page.paragraph, words.lead)),
        "\n".join(page.labelled(label, text) for label, text in words.question),
        *_parts(words, page),
        "\n".join([page.heading(words.notes_heading), *map(page.item, words.notes)]),
        "\n".join([page.heading(_("Sources")), *cited]) if cited else "",
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _parts(words: LiteratureWords, page: Page) -> Iterator[str]:
    for part in words.parts:
        yield "\n".join([page.heading(part.heading.upper()), *map(page.paragraph, part.paragraphs)])
        yield from map(page.table, part.tables)
