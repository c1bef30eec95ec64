"""A message that nobody has answered or settled.

The key is the oldest that waits. It is answered or settled in its thread, and not marked as done
here: what came after it must not vanish with it.
"""

from __future__ import annotations

from collections.abc import Iterator

from respite.clinic.contact import queries as contact
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason


def find(looked: Looked) -> Iterator[Reason]:
    """Say that a message waits, and whether the promised time has passed."""
    waiting = contact.waiting_of(looked.patient)
    if waiting is None:
        return
    is_overdue = looked.now > waiting.answer_by
    is_due = looked.day_of(waiting.answer_by) <= looked.today
    yield Reason(
        kind=Kind.MESSAGE,
        key=str(waiting.message_id),
        need=Need.TODAY if is_due else Need.WEEK,
        says="message_overdue" if is_overdue else "message_waits",
        values={"message_id": waiting.message_id},
        since=waiting.sent_at,
        due=waiting.answer_by,
    )
