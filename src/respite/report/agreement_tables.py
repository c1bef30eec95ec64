"""Tables of predictions beside what trials saw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from respite.domain import translate as _
from respite.report.agreement_sentences import found_words, role_words, what_was_seen
from respite.report.numerals import percent
from respite.report.pooling_sentences import days_words
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.evidence import Agreement, Coverage
    from respite.literature import PredictedFigure


def coverage_table(answer: Agreement) -> Table:
    """Show how often intervals held, every trial counting the same."""
    return Table(
        caption=_("How often intervals hold what was seen, every study counting the same"),
        head=(
            _("Figures"),
            _("studies"),
            _("figures"),
            _("in 50%"),
            _("in 90%"),
            _("width, points"),
            _("width, %"),
        ),
        rows=tuple(_coverage(one) for one in answer.coverage),
    )


def _coverage(one: Coverage) -> tuple[str, ...]:
    return (
        role_words(one.role),
        str(one.trials),
        str(one.figures),
        percent(one.inside50),
        percent(one.inside90),
        "–" if one.width90_points is None else f"{one.width90_points:.1f}",
        "–" if one.width90_percent is None else f"{one.width90_percent:.0f}",
    )


def figures_table(answer: Agreement, role: str) -> Table:
    """Show the figures of one role; a star marks what lies outside."""
    rows = tuple(_figure(one) for one in answer.figures if one.role == role)
    return Table(
        caption=_("Studies: {role} (* outside the 90% interval)").format(role=role_words(role)),
        head=(_("Study"), _("arm"), _("at"), _("seen"), _("predicted (90%)")),
        rows=rows,
        align="text",
    )


def _figure(one: PredictedFigure) -> tuple[str, ...]:
    star = " *" if one.inside90 is False else ""
    return (
        one.study + star,
        what_was_seen(one),
        days_words(one.time_days),
        *seen_and_predicted(one),
    )


def seen_and_predicted(one: PredictedFigure) -> tuple[str, str]:
    """Write what was seen and what was predicted, in the unit of the figure."""
    if one.unit == "fraction":
        return found_words(one.found), _("chance of that {chance}").format(
            chance=percent(one.predicted)
        )
    unit = "%" if one.unit == "%" else ""
    seen = (
        found_words(one.found)
        if isinstance(one.observed, str)
        else f"{_shown(one.observed, one.unit)}{unit}"
    )
    predicted = f"{_shown(one.predicted, one.unit)}{unit}"
    if isinstance(one.predicted90, str):
        return seen, predicted
    low, high = (_shown(end, one.unit) for end in one.predicted90)
    return seen, _("{predicted} ({low} to {high})").format(predicted=predicted, low=low, high=high)


def _shown(value: float, unit: str) -> str:
    return f"{value:.0f}" if unit == "%" else f"{value:.1f}"


def numbers_table(answer: Agreement) -> Table:
    """Show every number before and after the trials."""
    rows = tuple(
        (
            one.name.replace("_", " ") + (f", {one.condition}" if one.condition else ""),
            _shown_range(one.before),
            _shown_range(one.after),
            one.unit,
        )
        for one in answer.fit.numbers
    )
    return Table(
        caption=_("Typical values before and after the trials: middle, and 90% interval"),
        head=(_("Number"), _("before"), _("after"), _("unit")),
        rows=rows,
    )


def _shown_range(three: tuple[float, float, float]) -> str:
    low, middle, high = (f"{value:.3g}" for value in three)
    return _("{middle} ({low} to {high})").format(middle=middle, low=low, high=high)


def structures_table(answer: Agreement) -> Table:
    """Show which structure predicts trials best that it was not fitted to."""
    best = max(sum(one.log_scores) for one in answer.fit.structures)
    rows = tuple(
        (one.words, f"{sum(one.log_scores):.1f}", f"{sum(one.log_scores) - best:.1f}")
        for one in sorted(answer.fit.structures, key=lambda one: -sum(one.log_scores))
    )
    return Table(
        caption=_("Structures of the model, each trial left out once (higher is better)"),
        head=(_("Structure"), _("log score"), _("behind the best")),
        rows=rows,
    )


def agreement_rows(answer: Agreement) -> list[dict[str, Any]]:
    """Give every figure as a row of one flat table."""
    return list(_rows(answer))


def _rows(answer: Agreement) -> Iterator[dict[str, Any]]:
    for one in answer.figures:
        row: dict[str, Any] = msgspec.to_builtins(one)
        for name in ("observed95", "predicted50", "predicted90"):
            pair = row.pop(name)
            low, high = (None, None) if isinstance(pair, str) else pair
            row[f"{name}_low"], row[f"{name}_high"] = low, high
        yield row
