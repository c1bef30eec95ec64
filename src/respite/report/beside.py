"""What several models say to one question: tables, and how far they lie apart in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.domain import translate_plural
from respite.report.numerals import brief
from respite.report.tables import Table, measure_words

if TYPE_CHECKING:
    from respite.population import Beside, ModelExposure, ModelSpread


def beside_tables(beside: Beside) -> Iterator[Table]:
    """Show what each model gives, one table for each site and analyte."""
    for site, analyte in dict.fromkeys((row.site, row.analyte) for row in beside.exposures):
        rows = [row for row in beside.exposures if (row.site, row.analyte) == (site, analyte)]
        metrics = list(dict.fromkeys((row.metric, row.unit) for row in rows))
        head = [
            _("{measure} ({unit})").format(measure=_short(metric), unit=unit)
            for metric, unit in metrics
        ]
        yield Table(
            caption=_("Models side by side: {analyte} in {site} plasma, median (5-95 %)").format(
                analyte=analyte, site=site
            ),
            head=(_("Model"), *head),
            rows=tuple(
                (model, *_cells(rows, model, [metric for metric, _unit in metrics]))
                for model in dict.fromkeys(row.model for row in rows)
            ),
        )


def _short(metric: str) -> str:
    """Name a metric in few letters, so that the names of models keep their line."""
    return _("AUC") if metric == "auc_inf" else measure_words(metric, None)


def _cells(rows: list[ModelExposure], model: str, metrics: list[str]) -> Iterator[str]:
    mine = {row.metric: row for row in rows if row.model == model}
    for metric in metrics:
        row = mine[metric]
        if row.q05 == row.q95:
            yield brief(row.q50)
        else:
            yield _("{middle} ({low}-{high})").format(
                middle=brief(row.q50), low=brief(row.q05), high=brief(row.q95)
            )


def spread_lines(beside: Beside) -> Iterator[str]:
    """Say how far the models lie apart, and which were not asked."""
    for spread in beside.spreads:
        yield _spread_in_words(spread)
    if not beside.spreads:
        yield _("No second model of the same site covers this question.")
    for row in beside.left_out:
        yield _("Not asked: {model}. {because}").format(model=row["model"], because=row["because"])


def _spread_in_words(spread: ModelSpread) -> str:
    return translate_plural(
        "{analyte}, {measure}, {site}: the median of {count} model lies at {lowest} {unit}.",
        "{analyte}, {measure}, {site}: the medians of {count} models lie {fold}-fold apart,"
        " {lowest} to {highest} {unit}.",
        spread.models,
    ).format(
        analyte=spread.analyte,
        measure=measure_words(spread.metric, None),
        site=spread.site,
        count=spread.models,
        fold=brief(spread.fold),
        lowest=brief(spread.lowest),
        highest=brief(spread.highest),
        unit=spread.unit,
    )
