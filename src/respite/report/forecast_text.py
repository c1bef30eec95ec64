"""A forecast as a page of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from respite.domain import translate as _
from respite.report import basis, sentences
from respite.report.diary_sentences import cautions
from respite.report.layout import Page
from respite.report.tables import outcome_table, relief_table, survival_table

if TYPE_CHECKING:
    from respite.forecasting import Forecast


SHOWN_GAPS = 3
"""How many gaps between doses the text names before it only counts them; a report has all."""


def forecast_text(forecast: Forecast, *, page: Page, citations: Iterable[str] = ()) -> str:
    """Write a forecast for a person: the answer first, then why and how sure.

    Parameters
    ----------
    forecast
        The answer.
    page
        How wide the page is, and whether headings may be bold.
    citations
        The sources that the answer used, one line each.
    """
    asked = relief_table(forecast, asked_only=True)
    blocks = [
        _answer(forecast, page),
        "\n".join(page.labelled(label, text) for label, text in sentences.question(forecast)),
        page.table(outcome_table(forecast)),
        page.table(survival_table(forecast)),
        page.table(asked) if asked else "",
        _plan(forecast, page),
        _learnt(forecast, page),
        _mood(forecast, page),
        _basis(forecast, page),
        _sources(forecast, page, citations),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _answer(forecast: Forecast, page: Page) -> str:
    grade, why = sentences.certainty(forecast)
    first, *rest = sentences.headline(forecast)
    lead = page.paragraph(first)
    if page.bold:
        lead = "\n".join(page.heading(line) for line in lead.splitlines())
    sure = _("Certainty: {grade}. {why}").format(grade=grade, why=why).strip()
    claimed = sentences.claim_line(forecast)
    said = [sure, *([claimed] if claimed else []), *cautions(forecast)]
    below = [page.paragraph(line) for line in said]
    return "\n".join([lead, *map(page.paragraph, rest), "", *below])


def _plan(forecast: Forecast, page: Page) -> str:
    lines = [
        page.heading(_("When to plan the next dose")),
        page.paragraph(sentences.next_dose(forecast), "  "),
        page.paragraph(sentences.days_with_relief(forecast), "  "),
    ]
    gaps = sentences.gap_lines(forecast, latest=SHOWN_GAPS)
    if gaps:
        lines += [page.heading(_("Gaps between doses")), *map(page.item, gaps)]
    return "\n".join(lines)


def _learnt(forecast: Forecast, page: Page) -> str:
    if forecast.learnt is None:
        return ""
    from respite.report.learnt_sentences import learnt_lines
    from respite.report.learnt_tables import changed_table

    heading = page.heading(_("What the diary says"))
    items = "\n".join([heading, *map(page.item, learnt_lines(forecast))])
    return f"{page.table(changed_table(forecast.learnt))}\n\n{items}"


def _mood(forecast: Forecast, page: Page) -> str:
    mood = forecast.mood
    if mood is None:
        return ""
    from respite.report.mood_words import evidence_lines, mood_lines, mood_table

    table = mood_table(mood)
    lines = [page.heading(_("Depression beside pain")), *map(page.item, mood_lines(mood))]
    seen = [page.heading(_("What else was seen of mood")), *map(page.item, evidence_lines(mood))]
    blocks = [page.table(table) if table else "", "\n".join(lines), "\n".join(seen)]
    return "\n\n".join(block for block in blocks if block)


def _basis(forecast: Forecast, page: Page) -> str:
    counted, *assumed = basis.assumption_lines(forecast.assumed)
    lines = [page.heading(_("How sure, and why")), page.paragraph(counted, "  ")]
    lines += map(page.item, assumed)
    scope = basis.scope_lines(forecast.scope)
    if scope:
        lines += [page.heading(_("Whom this was studied in")), *map(page.item, scope)]
    if forecast.would_change:
        heading = page.heading(_("What knowing more would change"))
        lines += [heading, *map(page.item, forecast.would_change)]
    return "\n".join(lines)


def _sources(forecast: Forecast, page: Page, citations: Iterable[str]) -> str:
    lines = [page.heading(_("Sources")), *map(page.item, citations)]
    return "\n".join([*lines, page.paragraph(basis.method(forecast), "  ")])
