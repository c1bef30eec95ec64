"""A simulation as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis, levels
from respite.report.beside import beside_tables, spread_lines
from respite.report.layout import Page
from respite.report.tables import exposure_table

if TYPE_CHECKING:
    from respite.population import Simulation


def simulation_text(simulation: Simulation, *, page: Page, citations: Iterable[str] = ()) -> str:
    """Write a simulation for a person: the peak in words, then the table of exposures."""
    counted, *assumed = basis.assumption_lines(simulation.assumed)
    lines = [page.heading(_("How sure, and why")), page.paragraph(counted, "  ")]
    lines += map(page.item, assumed)
    scope = basis.scope_lines(simulation.scope)
    if scope:
        lines += [page.heading(_("Whom this was studied in")), *map(page.item, scope)]
    cited = list(map(page.item, citations))
    blocks = [
        page.paragraph(levels.peak(simulation)),
        "\n".join(
            page.labelled(label, text) for label, text in levels.simulation_question(simulation)
        ),
        page.table(exposure_table(simulation)),
        *_beside(simulation, page),
        "\n".join(lines),
        "\n".join([page.heading(_("Sources")), *cited]) if cited else "",
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _beside(simulation: Simulation, page: Page) -> Iterator[str]:
    """Write what other models give, where they were asked."""
    if simulation.beside is None:
        return
    yield from map(page.table, beside_tables(simulation.beside))
    heading = page.heading(_("How far models lie apart"))
    yield "\n".join([heading, *map(page.item, spread_lines(simulation.beside))])
