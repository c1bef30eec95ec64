"""Questions to the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from respite.clinic.audit.actions import THE_HEAD
from respite.clinic.audit.chain import digest_of
from respite.clinic.audit.models import AuditEvent, AuditHead


@dataclass(frozen=True)
class Verified:
    """What a look at the whole chain found.

    Attributes
    ----------
    count
        Lines that were looked at.
    first_broken
        Number of the first line that does not fit; ``None`` where all do.
    is_whole
        Whether every line fits, and none is missing at the end.
    """

    count: int
    first_broken: int | None
    is_whole: bool


def verify_chain() -> Verified:
    """Look at every line of the trail, from the first to the end that is on record."""
    before, count = "", 0
    for event in AuditEvent.objects.order_by("pk").iterator():
        if event.previous != before or event.digest != digest_of(event):
            return Verified(count, event.pk, is_whole=False)
        before, count = event.digest, count + 1
    head = AuditHead.objects.filter(pk=THE_HEAD).first()
    ended = ("", 0) if head is None else (head.digest, head.count)
    return Verified(count, None, is_whole=ended == (before, count))


def events_of_patient(patient_id: int) -> QuerySet[AuditEvent]:
    """Give everything that was done with one patient's record, the latest first."""
    return AuditEvent.objects.filter(patient_id=patient_id).order_by("-pk")


def count_of(actor_id: int, action: str, since: datetime) -> int:
    """Count how often somebody did something since a moment."""
    return AuditEvent.objects.filter(actor_id=actor_id, action=action, at__gte=since).count()
