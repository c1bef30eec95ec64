"""Tables of messages, e-mail and calls."""

from __future__ import annotations

from respite.clinic.contact.messages.models import Answered, Message, Reading, Thread
from respite.clinic.contact.reminders.models import (
    CallRecord,
    Mail,
    MailKind,
    MailState,
    Outcome,
    Reach,
)

__all__ = [
    "Answered",
    "CallRecord",
    "Mail",
    "MailKind",
    "MailState",
    "Message",
    "Outcome",
    "Reach",
    "Reading",
    "Thread",
]
