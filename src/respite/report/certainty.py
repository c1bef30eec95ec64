"""How certain each claim is, and why: as text, as rows, and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from respite.domain import convert, listed
from respite.domain import translate as _
from respite.report import basis
from respite.report.layout import Page
from respite.report.phrases import as_sentence, spoken
from respite.report.pooling_sentences import days_words, grade_words

if TYPE_CHECKING:
    from respite.literature import Claim


def claims_of(condition: str | None) -> tuple[Claim, ...]:
    """Give the claims about a condition, or all of them."""
    from respite import evidence

    return evidence.certainty(condition)


def certainty_data(claims: Sequence[Claim], condition: str | None) -> dict[str, Any]:
    """Give claims as plain data in the form of ``respite.certainty/1``."""
    return {
        "schema": "respite.certainty/1",
        "condition": condition,
        "claims": [claim.to_dict() for claim in claims],
    }


def certainty_rows(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Give claims as rows of a table, each reason in a column of its own."""
    rows: list[dict[str, Any]] = []
    for claim in claims:
        told = claim.to_dict()
        reasons = told.pop("reasons")
        window = told.pop("window_days") or (None, None)
        lists = {name: ", ".join(told[name]) for name in ("conditions", "giving", "measures")}
        why = {
            question: f"{reason['concern']}: {reason['because']}"
            for question, reason in reasons.items()
        }
        rows.append({**told, **lists, "from_day": window[0], "to_day": window[1], **why})
    return rows


def certainty_text(claims: Sequence[Claim], condition: str | None, *, page: Page) -> str:
    """Write claims for a person: each with its certainty and what counts against it."""
    title = (
        _("How certain is what is said about ketamine and chronic pain?")
        if condition is None
        else _("How certain is what is said about ketamine and {condition}?").format(
            condition=condition
        )
    )
    blocks = [page.heading(title)]
    blocks += ["\n".join(_claim(claim, page)) for claim in claims]
    blocks += [
        page.paragraph(
            _(
                "Grades are those of GRADE: high, moderate, low, very low. Where a review graded a"
                " claim the grade is its, and the reasons by question are ours."
            )
        ),
        page.paragraph(basis.intended_use()),
    ]
    return "\n\n".join(blocks) + "\n"


def _claim(claim: Claim, page: Page) -> Iterator[str]:
    yield page.paragraph(claim.words)
    yield page.labelled(_("Certainty"), grade_words(claim))
    yield page.labelled(_("Holds for"), _holds_for(claim))
    against = [reason for reason in claim.why.values() if reason.concern in TAKES_AWAY]
    if against:
        yield page.labelled(_("Against it"), as_sentence("; ".join(r.because for r in against)))
    if claim.is_published:
        yield page.labelled(_("Source"), claim.source)
    elif claim.because:
        yield page.labelled(_("Graded"), as_sentence(claim.because))


TAKES_AWAY = frozenset({"serious", "very_serious"})
"""Concerns that lower a grade."""


def _holds_for(claim: Claim) -> str:
    parts = [
        listed(claim.conditions) if claim.conditions else _("any condition"),
        listed([spoken(way) for way in claim.giving]) if claim.giving else _("any way of giving"),
    ]
    reach = claim.window_h
    if reach is not None:
        first, last = (convert(hours, "h", "days") for hours in reach)
        parts.append(
            _("to {last} after the first dose").format(last=days_words(last))
            if first == 0
            else _("{first} to {last} after the first dose").format(
                first=days_words(first), last=days_words(last)
            )
        )
    return "; ".join(parts)
