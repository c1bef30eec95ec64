"""A result past a limit, a sign or a trend that nobody has dealt with; its key is its own."""

from __future__ import annotations

from collections.abc import Iterator

from respite.clinic.surveillance import queries as surveillance
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason


def find(looked: Looked) -> Iterator[Reason]:
    """Say what surveillance found."""
    for alarm in surveillance.alarms_of(looked.patient, looked.today):
        yield Reason(
            kind=Kind.FINDING,
            key=alarm.key,
            need=Need.NOW if alarm.is_grave else Need.WEEK,
            says="finding",
            values={"title": alarm.title, "reason": alarm.reason, "action": alarm.action},
            since=looked.start_of(alarm.found_on),
        )
