"""Pages about ketamine as tests read them: pieces of text with the links in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from respite.report import topic_titles

PIECES = ("p", "li", "tr", "caption", "figcaption", "dd")
HEADINGS = ("h1", "h2", "h3", "h4")

SILENT = ("thead", "nav", "form", "summary")
"""What names things and claims nothing: heads of tables, lists of pages, choices."""


def addresses() -> list[str]:
    """Give every page, in both faces."""
    names = list(topic_titles())
    return [
        "/read/", "/read/clinicians/", "/read/sources/", "/read/version/",
        *(f"/read/{name}/" for name in names),
        *(f"/read/clinicians/{name}/" for name in names),
    ]  # fmt: skip


@dataclass
class Piece:
    """A paragraph, an item or a row: its words, its links, and what of it is a mark of source."""

    tag: str
    table: int | None
    text: str = ""
    marks: str = ""
    links: list[str] = field(default_factory=list)


class PageRead(HTMLParser):
    """What a page says, piece by piece; ``main`` alone."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.anchors: set[str] = set()
        self.headings: list[int] = []
        self.tables: dict[int, Piece] = {}
        self.links: list[str] = []
        self._open: list[Piece] = []
        self._tables: list[int] = []
        self._marks = 0
        self._is_main = False
        self._silent = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if told.get("id"):
            self.anchors.add(told["id"])
        if tag == "main":
            self._is_main = True
        if not self._is_main:
            return
        if tag in HEADINGS:
            self.headings.append(int(tag[1]))
            self._silent += 1
        if tag == "table":
            self._tables.append(len(self.tables))
            self.tables[len(self.tables)] = Piece("table", None)
        if tag in SILENT:
            self._silent += 1
        if tag in PIECES:
            self._begin(tag)
        if tag == "span" and self._open:
            self._marks += 1 if "origins" in told.get("class", "") or self._marks else 0
        if tag == "a" and told.get("href"):
            self._link(told["href"])

    def _begin(self, tag):
        one = Piece(tag, self._tables[-1] if self._tables else None)
        self.pieces.append(one)
        self._open.append(one)
        if tag == "caption":
            self.tables[self._tables[-1]] = one

    def _link(self, address):
        self.links.append(address)
        for one in self._open:
            one.links.append(address)

    def handle_endtag(self, tag):
        if (tag in HEADINGS or tag in SILENT) and self._silent:
            self._silent -= 1
        if tag == "table" and self._tables:
            self._tables.pop()
        if tag == "span" and self._marks:
            self._marks -= 1
        if self._open and tag == self._open[-1].tag:
            self._open.pop()
        if tag == "main":
            self._is_main = False

    def handle_data(self, data):
        if self._silent or not self._is_main:
            return
        for one in self._open:
            if self._marks:
                one.marks += data
            else:
                one.text += data

    def prose(self) -> str:
        """Give sentences alone: no tables, no marks of sources."""
        said = [
            " ".join(one.text.split())
            for one in self.pieces
            if one.tag in {"p", "li"} and one.table is None and one.text.strip()
        ]
        return " ".join(text if text.endswith((".", "?", "!")) else f"{text}." for text in said)

    def unsourced(self) -> list[str]:
        """Give the pieces with a digit and neither a source in them nor in their caption."""
        found = []
        for one in self.pieces:
            caption = self.tables.get(one.table) if one.table is not None else None
            links = [*one.links, *(caption.links if caption is not None else [])]
            if re.search(r"\d", one.text) and not any(map(is_source, links)):
                found.append(" ".join(one.text.split()))
        return found


def is_source(link: str) -> bool:
    """Say whether a link leads to a source: on the page of sources, or where it was published."""
    return "#source-" in link or "#model-" in link or "#mark-" in link or "://" in link
