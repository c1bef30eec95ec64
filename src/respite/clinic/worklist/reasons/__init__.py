"""Why a patient needs somebody now: one file for each kind of reason.

A reason is read off the record each time anew. Nothing here writes, and nothing here remembers.
"""

from __future__ import annotations

from collections.abc import Mapping

from respite.clinic.worklist.reasons import (
    calls,
    events,
    fading,
    findings,
    forecasts,
    messages,
    mood,
    plans,
    silent,
    tests_due,
    urgent,
    visits,
)
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import (
    SETTLED_ELSEWHERE,
    Finder,
    Kind,
    Need,
    Plain,
    Reason,
)

__all__ = ["FINDERS", "SETTLED_ELSEWHERE", "Finder", "Kind", "Looked", "Need", "Plain", "Reason"]

FINDERS: Mapping[Kind, Finder] = {
    Kind.URGENT: urgent.find,
    Kind.MOOD: mood.find,
    Kind.FINDING: findings.find,
    Kind.EVENT: events.find,
    Kind.MESSAGE: messages.find,
    Kind.CALL: calls.find,
    Kind.FADING: fading.find,
    Kind.VISIT: visits.find,
    Kind.SILENT: silent.find,
    Kind.TEST: tests_due.find,
    Kind.PLAN: plans.find,
    Kind.FORECAST: forecasts.find,
}
"""What finds the reasons of each kind; another kind is another file and another line."""
