"""An unwanted effect on record that needs an assessment or a report.

The key is the effect. It is settled on its own page, and not marked as done here.
"""

from __future__ import annotations

from collections.abc import Iterator

from respite.clinic.events import queries as unwanted
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason


def find(looked: Looked) -> Iterator[Reason]:
    """Say which unwanted effects need somebody."""
    for event in unwanted.open_events(looked.patient):
        yield Reason(
            kind=Kind.EVENT,
            key=str(event.event_id),
            need=Need.NOW if event.is_serious else Need.WEEK,
            says="serious_event" if event.is_serious else "event",
            values={"event_id": event.event_id},
            since=event.since,
        )
