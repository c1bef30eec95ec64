"""What a line of the trail says, as one digest over itself and the line before."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from respite.clinic.audit.models import AuditEvent


def digest_of(event: AuditEvent) -> str:
    """Give the digest of a line, the digest of the one before included.

    Parameters
    ----------
    event
        A line whose fields are all filled, but its own digest.
    """
    said = {
        "at": event.at.astimezone(UTC).isoformat(),
        "actor": [event.actor_id, event.actor_name, event.role, event.clinic_id],
        "action": event.action,
        "subject": [event.subject_type, event.subject_id, event.patient_id],
        "note": event.note,
        "previous": event.previous,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
