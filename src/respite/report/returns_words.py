"""When pain returned in a group, in parts that a page may arrange."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from respite.report.returns_sentences import headline, notes, question
from respite.report.returns_tables import curve_rows, returns_tables, shares_table

if TYPE_CHECKING:
    from respite.evidence import ReturnTimes


def return_times_words(answer: ReturnTimes) -> dict[str, Any]:
    """Say when pain returned in a group, in parts that a page may arrange.

    Parameters
    ----------
    answer
        What visits told.

    Returns
    -------
    ``headline``, ``question`` (pairs of a label and a text), ``shares`` (one table), ``tables``
    (every table), ``curve`` (rows of the curve) and ``notes``.
    """
    return {
        "headline": headline(answer),
        "question": question(answer),
        "shares": shares_table(answer),
        "tables": returns_tables(answer),
        "curve": curve_rows(answer),
        "notes": notes(answer),
    }
