"""A forecast as words for a page: every sentence and table, in parts that a page may arrange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from respite.report import basis, sentences
from respite.report.diary_sentences import cautions
from respite.report.learnt_sentences import learnt_lines
from respite.report.learnt_tables import changed_table, courses_table, entries_table
from respite.report.tables import outcome_table, relief_table, survival_table

if TYPE_CHECKING:
    from respite.forecasting import Forecast


def forecast_words(forecast: Forecast) -> dict[str, Any]:
    """Say a forecast: the answer first, then why and how sure.

    Parameters
    ----------
    forecast
        The answer.

    Returns
    -------
    Sentences, tuples of them, and tables, by what they are about. What a forecast has not,
    such as mood where none was asked about, is empty.
    """
    grade, why = sentences.certainty(forecast)
    outcomes, survival = outcome_table(forecast), survival_table(forecast)
    learnt = _learnt_words(forecast)
    return {
        "regimen": forecast.regimen,
        "headline": sentences.headline(forecast),
        "grade": grade,
        "why": why,
        "question": sentences.question(forecast),
        "outcomes": outcomes,
        "survival": survival,
        "relief": relief_table(forecast),
        "tables": (outcomes, survival, *learnt["learnt_tables"][:1]),
        "next_dose": sentences.next_dose(forecast),
        "days_with_relief": sentences.days_with_relief(forecast),
        "gaps": sentences.gap_lines(forecast),
        "cautions": tuple(
            line for line in (sentences.claim_line(forecast), *cautions(forecast)) if line
        ),
        **learnt,
        **_mood_words(forecast),
        "assumptions": basis.assumption_lines(forecast.assumed),
        "assumed": forecast.assumed,
        "scope": basis.scope_lines(forecast.scope),
        "would_change": forecast.would_change,
        "method": basis.method(forecast),
        "intended_use": basis.intended_use(),
    }


def _learnt_words(forecast: Forecast) -> dict[str, Any]:
    """Give what a diary taught; nothing where there is none."""
    learnt = forecast.learnt
    if learnt is None:
        return {"learnt": (), "learnt_tables": ()}
    tables = (changed_table(learnt), entries_table(forecast, learnt), courses_table(learnt))
    return {
        "learnt": learnt_lines(forecast),
        "learnt_tables": tuple(table for table in tables if table is not None),
    }


def _mood_words(forecast: Forecast) -> dict[str, Any]:
    """Give what becomes of depression; nothing where none is told."""
    mood = forecast.mood
    if mood is None:
        return {"mood": (), "mood_table": None, "mood_seen": ()}
    from respite.report.mood_words import evidence_lines, mood_lines, mood_table

    return {
        "mood": mood_lines(mood),
        "mood_table": mood_table(mood),
        "mood_seen": evidence_lines(mood),
    }
