"""What a simulation says in sentences; every face says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report.numerals import brief, hours
from respite.report.phrases import as_sentence

if TYPE_CHECKING:
    from respite.population import Exposure, Simulation


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


def simulation_question(simulation: Simulation) -> tuple[tuple[str, str], ...]:
    """Repeat the question as it was understood, in labelled lines."""
    group = _("{n} virtual patients, seed {seed}; window {window}").format(
        n=simulation.patients, seed=simulation.seed, window=hours(simulation.window_h)
    )
    return (
        (_("For"), as_sentence(simulation.people)),
        (_("Regimen"), simulation.regimen),
        (_("Model"), simulation.model),
        (_("Group"), group),
    )
