"""Asks what else relieves pain, and writes the report of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from respite.report.comparator_text import comparator_words
from respite.report.front import can_draw, require_drawing
from respite.report.layout import Page
from respite.report.literature_text import literature_text

if TYPE_CHECKING:
    from respite.evidence import ComparatorTable


def compare_treatments(condition: str | None = None) -> ComparatorTable:
    """Show other treatments of pain beside ketamine, as the literature reports them.

    Parameters
    ----------
    condition
        A condition of a patient, or ``acute``; by default everything.

    Returns
    -------
    The answer; a notebook draws it, and ``to_dict`` gives it as plain data.
    """
    from respite import evidence

    return replace(evidence.comparators_for(condition), draw=draw_comparators)


def draw_comparators(answer: ComparatorTable) -> str:
    """Draw the answer for a notebook: with its figures where figures can be drawn."""
    from respite.report.html import literature_fragment, preformatted

    words = comparator_words(answer)
    if not can_draw():
        return preformatted(literature_text(words, page=Page()))
    from respite.report.comparator_figure import comparator_pictures

    return literature_fragment(words, pictures=comparator_pictures(answer))


def cited_by(answer: ComparatorTable) -> tuple[str, ...]:
    """Cite the sources of the figures, by the numbers that stand in its tables."""
    from respite.literature import load_library
    from respite.report.citations import citation
    from respite.report.comparator_tables import references

    sources = load_library().sources
    return tuple(
        f"[{number}] {key}: {citation(sources[key])}" for key, number in references(answer).items()
    )


def write_comparators(answer: ComparatorTable, folder: Path) -> Path:
    """Write the answer as a page with its figures and its table, whole or not at all.

    Parameters
    ----------
    answer
        The answer.
    folder
        Where ``comparators.html``, its figures and ``comparators.csv`` go.

    Returns
    -------
    The page.
    """
    require_drawing()
    from respite.report.comparator_figure import comparator_pictures
    from respite.report.folder import write_folder
    from respite.report.html import literature_page
    from respite.report.plain import csv_text

    pictures = comparator_pictures(answer)
    page = literature_page(comparator_words(answer), pictures=pictures, citations=cited_by(answer))
    files = {f"{picture.name}.png": picture.png for picture in pictures}
    files["comparators.html"] = page.encode()
    files["comparators.csv"] = csv_text([row.to_dict() for row in answer.rows]).encode()
    write_folder(folder, files)
    return folder / "comparators.html"
