"""Tables of what trials say together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from respite.domain import translate as _
from respite.report.pooling_sentences import days_words, figure, interval, seen
from respite.report.tables import Table

if TYPE_CHECKING:
    from respite.evidence import Group, Pool, PooledRow


def pool_tables(answer: Pool) -> tuple[Table, ...]:
    """Give every table of the answer, in the order in which they are shown."""
    tables = (trials_table(answer), published_table(answer), left_out_table(answer))
    return tuple(table for table in tables if table is not None)


def trials_table(answer: Pool) -> Table:
    """Show each trial of the pool; a star marks what had to be made up for."""
    rows = tuple(
        (
            row.study + (" *" if row.imputed else ""),
            days_words(row.days),
            _side(row.ketamine),
            _side(row.placebo),
            _effect(row, answer.unit),
            f"{100 * row.weight:.0f}%",
            seen(row),
        )
        for row in answer.rows
    )
    head = (
        _("Trial"),
        _("at"),
        _("ketamine"),
        _("placebo"),
        _("difference (95%)") if answer.unit == "points" else _("odds ratio (95%)"),
        _("weight"),
        _("seen in"),
    )
    return Table(caption=_("Trials in the pool"), head=head, rows=rows)


def published_table(answer: Pool) -> Table | None:
    """Show what syntheses by others say of the same time."""
    if not answer.published:
        return None
    rows = tuple(
        (
            one.study,
            days_words(one.days),
            figure(one.estimate, "points" if one.unit == "points" else "odds_ratio")
            + (
                ""
                if one.interval95 is None
                else f" ({interval(one.interval95, 'points' if one.unit == 'points' else '')})"
            ),
            _("points") if one.unit == "points" else _("risk ratio"),
        )
        for one in answer.published
    )
    return Table(
        caption=_("Published syntheses of the same time, beside ours and never pooled with it"),
        head=(_("Synthesis"), _("at"), _("estimate (95%)"), _("unit")),
        rows=rows,
    )


def left_out_table(answer: Pool) -> Table | None:
    """Show which randomised trials are not in the pool, and why."""
    by_reason: dict[str, list[str]] = {}
    for one in answer.left_out:
        if one.randomised:
            by_reason.setdefault(one.because, []).append(one.study)
    if not by_reason:
        return None
    count = sum(map(len, by_reason.values()))
    caption = _("Randomised against placebo and not in the pool: {count}").format(count=count)
    rows = tuple((because, ", ".join(studies)) for because, studies in by_reason.items())
    return Table(caption=caption, head=(_("Why"), _("trials")), rows=rows, align="text")


def pool_rows(answer: Pool) -> list[dict[str, Any]]:
    """Give the trials, the pooled lines and the syntheses as rows of one table."""
    told: list[dict[str, Any]] = []
    for row in answer.rows:
        more = {
            "weight": row.weight,
            "imputed": bool(row.imputed),
            "people_ketamine": row.ketamine.people,
            "people_placebo": row.placebo.people,
        }
        start = {"line": "trial", "study": row.study, "days": row.days, "unit": answer.unit}
        told.append({**EMPTY, **start, **_figures(row.effect, row.interval95), **more})
    for line, estimate, pair in _pooled_lines(answer):
        start = {"line": line, "days": answer.at_days, "unit": answer.unit}
        told.append({**EMPTY, **start, **_figures(estimate, pair)})
    for one in answer.published:
        start = {"line": "published", "study": one.study, "days": one.days, "unit": one.unit}
        told.append({**EMPTY, **start, **_figures(one.estimate, one.interval95)})
    return told


EMPTY = dict.fromkeys(
    (
        "line",
        "study",
        "days",
        "estimate",
        "low95",
        "high95",
        "unit",
        "weight",
        "imputed",
        "people_ketamine",
        "people_placebo",
    )
)
"""The columns of the table of rows, with nothing in them."""


def _pooled_lines(
    answer: Pool,
) -> Iterator[tuple[str, float | None, tuple[float, float]]]:
    if answer.k > 1:
        yield "pooled", answer.estimate, answer.interval95
    if answer.restricted is not None:
        yield "restricted", answer.restricted.estimate, answer.restricted.interval95
    if answer.prediction95 is not None:
        yield "prediction", None, answer.prediction95


def _figures(estimate: float | None, pair: tuple[float, float] | None) -> dict[str, float | None]:
    low, high = (None, None) if pair is None else pair
    return {"estimate": estimate, "low95": low, "high95": high}


def _side(group: Group) -> str:
    if group.responded is not None:
        return _("{count} of {people}").format(count=group.responded, people=group.people)
    people = "?" if group.people is None else group.people
    if group.mean is None:
        return _("n {people}").format(people=people)
    return _("{mean} (n {people})").format(mean=f"{group.mean:.1f}", people=people)


def _effect(row: PooledRow, unit: str) -> str:
    if row.effect is None or row.interval95 is None:
        return _("says nothing")
    return f"{figure(row.effect, unit)} ({interval(row.interval95, unit)})"
