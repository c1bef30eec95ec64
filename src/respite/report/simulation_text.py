"""A simulation as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from respite.report import sentences
from respite.report.layout import Page
from respite.report.numerals import brief, hours
from respite.report.tables import exposure_table
from respite.report.words import _, as_sentence

if TYPE_CHECKING:
    from respite.population import Exposure, Simulation


def simulation_text(simulation: Simulation, *, page: Page, citations: Iterable[str] = ()) -> str:
    """Write a simulation for a person: the peak in words, then the table of exposures."""
    asked = [
        (_("For"), as_sentence(simulation.people)),
        (_("Regimen"), simulation.regimen),
        (_("Model"), simulation.model),
        (_("Group"), _("{n} virtual patients, seed {seed}; window {window}").format(
            n=simulation.patients, seed=simulation.seed, window=hours(simulation.window_h)
        )),
    ]
    counted, *assumed = sentences.assumption_lines(simulation.assumed)
    basis = [page.heading(_("How sure, and why")), page.paragraph(counted, "  ")]
    basis += map(page.item, assumed)
    scope = sentences.scope_lines(simulation.scope)
    if scope:
        basis += [page.heading(_("Whom this was studied in")), *map(page.item, scope)]
    cited = list(map(page.item, citations))
    blocks = [
        page.paragraph(peak(simulation)),
        "\n".join(page.labelled(label, text) for label, text in asked),
        page.table(exposure_table(simulation)),
        "\n".join(basis),
        "\n".join([page.heading(_("Sources")), *cited]) if cited else "",
        page.paragraph(sentences.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def peak(simulation: Simulation) -> str:
    """Say how high the level of the drug peaks, when, and how far people differ."""
    top = _first(simulation, "cmax")
    if top is None:
        return _("The model says nothing about a peak level.")
    text = _(
        "{analyte} peaks near {mean} {unit} in {site} plasma"
        " (mean; 90 of 100 people between {low} and {high})"
    ).format(
        analyte=top.analyte[:1].upper() + top.analyte[1:],
        mean=brief(top.mean),
        unit=top.unit,
        site=top.site,
        low=brief(top.q05),
        high=brief(top.q95),
    )
    when = _first(simulation, "tmax")
    if when is not None and when.analyte == top.analyte:
        text += _(", {time} after the first dose starts").format(time=hours(when.q50))
    return as_sentence(text)


def _first(simulation: Simulation, metric: str) -> Exposure | None:
    """Find a metric of the drug itself: total ketamine where the model has it."""
    rows = [row for row in simulation.exposures if row.metric == metric]
    return min(rows, key=lambda row: row.analyte != "ketamine", default=None)
