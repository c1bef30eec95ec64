"""Where each reason is settled: one click from its row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from respite.clinic.worklist.reasons import Kind
from respite.domain import translate as _


@dataclass(frozen=True)
class Link:
    """A page, and what one does there."""

    address: str
    words: str


def link_of(kind: str, says: str, values: Mapping[str, Any], patient_id: int) -> Link:
    """Give the page on which a reason is settled.

    Parameters
    ----------
    kind, says, values
        The reason.
    patient_id
        Whose it is.

    Returns
    -------
    That page, or the patient's overview where there is none by that name.
    """
    page, number, words = _page(kind, says, values, patient_id)
    try:
        return Link(reverse(page, args=[number]), words)
    except NoReverseMatch:
        return Link(reverse("patients:overview", args=[patient_id]), _("Open the record"))


def _page(kind: str, says: str, values: Mapping[str, Any], patient_id: int) -> tuple[str, Any, str]:
    pages: dict[str, tuple[str, Any, str]] = {
        Kind.URGENT: ("forecasts:forecast", patient_id, _("Read the entry")),
        Kind.MOOD: ("patients:score", values.get("score_id"), _("See the answers")),
        Kind.FINDING: ("surveillance:table", patient_id, _("See the finding")),
        Kind.EVENT: ("events:event", values.get("event_id"), _("Assess it")),
        Kind.MESSAGE: ("contact:thread", patient_id, _("Answer")),
        Kind.CALL: ("contact:thread", patient_id, _("Call or write")),
        Kind.SILENT: ("contact:thread", patient_id, _("Call or write")),
        Kind.FADING: ("forecasts:forecast", patient_id, _("See the forecast")),
        Kind.TEST: ("surveillance:table", patient_id, _("Enter the result")),
        Kind.PLAN: ("treatments:plan", values.get("plan_id"), _("Review the plan")),
        Kind.FORECAST: ("forecasts:forecast", patient_id, _("See the forecast")),
        Kind.VISIT: ("treatments:sessions", patient_id, _("Make a session")),
    }
    if says in ("session_left_open", "session_not_begun"):
        return "treatments:session", values.get("session_id"), _("Open the session")
    return pages.get(kind, ("patients:overview", patient_id, _("Open the record")))
