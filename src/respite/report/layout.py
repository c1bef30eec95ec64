"""How text stands on a terminal: wrapped lines, headings, lists and tables."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from dataclasses import dataclass

from respite.report.tables import Table

WIDEST = 88
"""Lines are never longer than this, however wide the terminal is."""


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Page:
    """A page of text: how wide it is, and whether headings may be bold."""

    width: int = WIDEST
    bold: bool = False

    def heading(self, text: str) -> str:
        """Set a heading on a line of its own."""
        return f"\x1b[1m{plain(text)}\x1b[0m" if self.bold else plain(text)

    def paragraph(self, text: str, indent: str = "") -> str:
        """Wrap a paragraph."""
        return self._wrap(text, indent, indent)

    def item(self, text: str) -> str:
        """Set one item of a list."""
        return self._wrap(text, "  - ", "    ")

    def labelled(self, label: str, text: str) -> str:
        """Set a short label with its text beside it."""
        return self._wrap(text, f"{label:<11} ", " " * 12)

    def table(self, table: Table) -> str:
        """Set a table under its caption; words wrap inside their column."""
        lines = [plain(table.caption), *_grid(table, self.width)]
        return "\n".join([self.heading(lines[0]), *lines[1:]])

    def _wrap(self, text: str, first: str, rest: str) -> str:
        return textwrap.fill(
            plain(text),
            width=self.width,
            initial_indent=first,
            subsequent_indent=rest,
            break_on_hyphens=False,
        )


def this_page() -> Page:
    """Describe the page that standard output is: terminal or pipe, with or without colour."""
    terminal = sys.stdout.isatty()
    width = min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST) if terminal else WIDEST
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(width=max(width, 40), bold=colour)


def plain(text: str) -> str:
    """Take out control characters, so that no text can steer a terminal."""
    return _CONTROL.sub("", text)


def _grid(table: Table, width: int) -> list[str]:
    rows = [[plain(cell) for cell in row] for row in (table.head, *table.rows)]
    columns = list(zip(*rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    spare = width - 2 * len(widths)
    while sum(widths) > spare:
        widest = max(range(len(widths)), key=widths.__getitem__)
        over = sum(widths) - spare
        others = max((w for i, w in enumerate(widths) if i != widest), default=0)
        smaller = max(widths[widest] - over, min(others, widths[widest] - 1))
        if smaller < 6:
            break
        widths[widest] = smaller
    lines = [line for row in rows for line in _row(row, widths, table.align)]
    return [f"  {line}".rstrip() for line in lines]


def _row(cells: list[str], widths: list[int], align: str) -> list[str]:
    wrapped = [
        textwrap.wrap(cell, width, break_on_hyphens=False) or [""]
        for cell, width in zip(cells, widths, strict=True)
    ]
    height = max(map(len, wrapped))
    lines: list[str] = []
    for depth in range(height):
        parts: list[str] = []
        for column, (block, width) in enumerate(zip(wrapped, widths, strict=True)):
            text = block[depth] if depth < len(block) else ""
            right = align == "number" and column > 0
            parts.append(text.rjust(width) if right else text.ljust(width))
        lines.append("  ".join(parts))
    return lines
