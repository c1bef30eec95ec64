"""Topics as a page of text for a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

from respite.domain import translate as _
from respite.literature import load_library
from respite.report import basis
from respite.report.layout import Page
from respite.report.tables import Table
from respite.report.topics.origins import mark_of
from respite.report.topics.sourced import Origin, Said, Shown, SourcedTable, Topic, TopicPart


def topic_text(topic: Topic, *, page: Page) -> str:
    """Write a topic for a person: each claim with the number of its source, the sources below.

    Parameters
    ----------
    topic
        The topic.
    page
        How wide it may be.
    """
    cited = [
        page.item(f"[{mark.label}] {origin.id}: {mark.citation} ({mark.known})")
        for origin in topic.origins()
        if (mark := mark_of(origin)).origin.kind != "mark"
    ]
    blocks = [
        page.heading(topic.title),
        "\n".join(page.paragraph(_cited(one)) for one in topic.lead),
        *(block for part in topic.parts for block in _part(part, page)),
        "\n".join([page.heading(_("Sources")), *cited]) if cited else "",
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _part(part: TopicPart, page: Page) -> Iterator[str]:
    yield "\n".join(
        [
            page.heading(part.heading.upper()),
            *(page.paragraph(_cited(one)) for one in part.said),
            *(page.item(_cited(one)) for one in part.points),
        ]
    )
    for table in part.tables or tuple(map(_drawn, part.figures)):
        yield page.table(_with_sources(table))


def _drawn(figure: Shown) -> SourcedTable:
    """Give the numbers of a figure, which a terminal does not show."""
    return SourcedTable(table=figure.table, origins=figure.origins)


def _cited(said: Said) -> str:
    """Write a claim with its sources and how it is known."""
    marks = labels(said.origins)
    if said.status:
        marks = f"{marks} ({said.status})".strip()
    return f"{said.text} {marks}".strip()


def labels(origins: Iterable[Origin]) -> str:
    """Write the numbers of sources in brackets."""
    return " ".join(
        f"[{mark.known if origin.kind == 'mark' else mark.label}]"
        for origin in origins
        if (mark := mark_of(origin))
    )


def _with_sources(told: SourcedTable) -> Table:
    """Give a table with a column of sources, and those of the whole of it in its caption."""
    table = told.table
    caption = f"{table.caption} {labels(told.origins)}".strip()
    if not told.of_rows:
        return replace(table, caption=caption)
    rows = tuple((*cells, labels(origins)) for cells, origins in told.rows())
    return replace(table, caption=caption, head=(*table.head, _("source")), rows=rows)


def topic_data(topic: Topic) -> dict[str, Any]:
    """Give a topic as plain data: ``respite.learn/1``."""
    return {
        "schema": "respite.learn/1",
        **asdict(topic),
        "sources": [
            {
                "kind": one.kind, "id": one.id, "label": mark.label, "known": mark.known,
                "citation": mark.citation,
            }
            for one in topic.origins()
            if (mark := mark_of(one))
        ],
        "provenance": {"library_digest": load_library().digest()},
    }  # fmt: skip
