"""How much one patient may write: a month without a network at once, and no flood."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q

from respite.clinic.diaries.models import Entry
from respite.clinic.patients.models import PatientRecord
from respite.domain import translate as _

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class TooMany(Exception):
    """Somebody sent more entries than anybody writes; this one was not kept.

    Attributes
    ----------
    wait_s
        After how many seconds the next one is taken.
    words
        What to tell whoever sent it.
    """

    def __init__(self, wait_s: int) -> None:
        """Say how long to wait."""
        super().__init__()
        self.wait_s = wait_s
        self.words = (
            _("Many entries came within a minute. Please wait a minute, then send this again.")
            if wait_s <= MINUTE.total_seconds()
            else _("Many entries came within a day. Please send this again later, or call us.")
        )


def refuse_flood(patient: PatientRecord, now: datetime) -> None:
    """Refuse an entry where a patient sent too many lately.

    Raises
    ------
    TooMany
        Where that is so.
    """
    most = settings.ENTRIES_AT_MOST
    lately = Entry.objects.filter(patient=patient, written_at__gt=now - DAY).aggregate(
        minute=Count("pk", filter=Q(written_at__gt=now - MINUTE)), day=Count("pk")
    )
    if lately["day"] >= most["day"]:
        raise TooMany(60 * 60)
    if lately["minute"] >= most["minute"]:
        raise TooMany(60)
