"""An answer in the diary that may not wait.

The key is the entry in which it was first written. An edit that repeats it is no news, one that
adds another such answer is. Taking it back does not close it: a person closes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from respite.clinic.diaries.models import Entry
from respite.clinic.diaries.queries import urgent_entries
from respite.clinic.diaries.words import urgent_in
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason

LOOKED_BACK_DAYS = 180
"""How far back such answers are looked for: far beyond the time in which anybody closes one;
ours."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say that an entry has an answer that may not wait."""
    since = looked.today - timedelta(days=LOOKED_BACK_DAYS)
    for entry in urgent_entries(looked.patient, since).select_related("replaces"):
        if not _is_repeated(entry):
            yield Reason(
                kind=Kind.URGENT,
                key=f"entry:{entry.pk}",
                need=Need.NOW,
                says="urgent_entry",
                values={
                    "entry_id": entry.pk,
                    "day": entry.day.isoformat(),
                    "answers": ",".join(sorted(urgent_in(entry.effects, entry.bladder))),
                },
                since=entry.written_at,
            )


def _is_repeated(entry: Entry) -> bool:
    before = entry.replaces
    if before is None:
        return False
    return urgent_in(entry.effects, entry.bladder) <= urgent_in(before.effects, before.bladder)
