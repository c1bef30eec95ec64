"""Questions to the trail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from respite.clinic.audit.actions import THE_HEAD
from respite.clinic.audit.chain import digest_of
from respite.clinic.audit.models import AuditEvent, AuditHead

READ = ".read"
"""How the names of actions end that only look."""


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


@dataclass(frozen=True)
class Written:
    """A line that tells of a write: its number, what was done, about whom, and in which clinic."""

    line: int
    action: str
    patient_id: int | None
    clinic_id: int | None


def last_line() -> int:
    """Number the last line of the trail; zero where there is none."""
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def lines_after(line: int, most: int) -> list[Written]:
    """Give the lines after one, reads included, the earliest first.

    Lines are numbered in the order in which they are kept, as each takes hold of the end of the
    chain first: whoever reads on from the last line they saw misses none.
    """
    rows = AuditEvent.objects.filter(pk__gt=line).order_by("pk")
    found = rows.values_list("pk", "action", "patient_id", "clinic_id")[:most]
    return [Written(*row) for row in found]


def is_read(action: str) -> bool:
    """Say whether somebody only looked."""
    return action.endswith(READ)


def last_write(patient_id: int, but: tuple[str, ...]) -> datetime | None:
    """Give when something was last written about a patient.

    Parameters
    ----------
    patient_id
        Whom.
    but
        How actions begin that do not count.
    """
    lines = AuditEvent.objects.filter(patient_id=patient_id).exclude(action__endswith=READ)
    for beginning in but:
        lines = lines.exclude(action__startswith=beginning)
    return lines.order_by("-pk").values_list("at", flat=True).first()
