"""The words of a page about the literature: a lead, parts with tables, and notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from respite.report import basis
from respite.report.tables import Table


@dataclass(frozen=True, kw_only=True)
class PagePart:
    """One part of a page.

    Attributes
    ----------
    heading
        What it is about.
    paragraphs
        What is said before its tables.
    tables
        Its tables.
    is_overleaf
        Whether it may stand behind the first page in print; such parts come last, and take
        the whole width.
    """

    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...]
    is_overleaf: bool = False


def part_of(
    heading: str,
    paragraphs: Iterable[str] = (),
    tables: Iterable[Table] = (),
    *,
    is_overleaf: bool = False,
) -> PagePart:
    """Give a part of a page with what it has."""
    return PagePart(
        heading=heading,
        paragraphs=tuple(paragraphs),
        tables=tuple(tables),
        is_overleaf=is_overleaf,
    )


@dataclass(frozen=True, kw_only=True)
class LiteratureWords:
    """What a page says; every face takes the same.

    Attributes
    ----------
    title
        The question of the page.
    lead
        The answer in sentences, the first of them the shortest.
    question
        What was asked, as labels with words.
    parts
        Parts in the order in which they are read.
    notes
        What to mind.
    notes_heading
        What stands above the notes.
    sheet
        How it is printed, where it has a layout of its own: ``plan`` or ``leaflet``.
    """

    title: str
    lead: tuple[str, ...]
    question: tuple[tuple[str, str], ...]
    parts: tuple[PagePart, ...]
    notes: tuple[str, ...]
    notes_heading: str
    sheet: str = ""

    def to_mapping(self) -> dict[str, Any]:
        """Give the words as a template takes them."""
        return {
            "title": self.title,
            "headline": self.lead,
            "grade": "",
            "cautions": (),
            "question": self.question,
            "parts": self.parts,
            "tables": tuple(table for part in self.parts for table in part.tables),
            "notes": self.notes,
            "notes_heading": self.notes_heading,
            "sheet": self.sheet,
            "assumptions": self.notes,
            "intended_use": basis.intended_use(),
        }
