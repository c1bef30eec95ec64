"""A patient who has an account and is treated wrote nothing for some days.

The key is the day after which nothing was written: an entry ends the silence, and the next one is
news. Where reminders had no answer a call is due, which says the same and more.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from respite.clinic.contact import queries as contact
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason

LONG = 2
"""A silence so many times as long as the clinic allows is looked at today; ours."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say since when nothing was written; the day of the last entry and today do not count."""
    if not (looked.is_treated and looked.has_account):
        return
    wrote = looked.last_written
    begins = looked.day_of(wrote or looked.patient.user.date_joined)
    silent = (looked.today - begins).days - 1
    allowed = looked.clinic.silent_days
    if silent < allowed or contact.call_due(looked.patient) is not None:
        return
    yield Reason(
        kind=Kind.SILENT,
        key=f"since:{begins.isoformat()}",
        need=Need.TODAY if silent >= LONG * allowed else Need.WEEK,
        says="silent_since" if wrote else "never_wrote",
        values={"day": begins.isoformat()},
        since=looked.start_of(begins + timedelta(days=1)),
    )
