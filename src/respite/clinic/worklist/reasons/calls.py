"""Reminders had no answer: a person calls.

The key is when the last reminder had no answer: whoever called marks it done, and the next ladder
that ends without an entry is news.
"""

from __future__ import annotations

from collections.abc import Iterator

from respite.clinic.contact import queries as contact
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason


def find(looked: Looked) -> Iterator[Reason]:
    """Say that somebody should call; who is treated no longer owes no diary."""
    if not looked.is_treated:
        return
    due = contact.call_due(looked.patient)
    if due is not None:
        yield Reason(
            kind=Kind.CALL,
            key=due.since.isoformat(),
            need=Need.TODAY,
            says="call_due",
            values={"n": due.reminders_sent},
            since=due.since,
        )
