"""Tests that are due, in one row, and those that are overdue, in another.

A patient may lack a dozen tests: as many rows would bury everybody else. The key is which tests
they are, each with the day it was due; one that was never done is due on whichever day is asked,
so that it stands without a day. A result that is entered leaves the others, which is news.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from respite.clinic.surveillance import queries as surveillance
from respite.clinic.surveillance.queries import DueTest
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Plain, Reason

NAMED = 4
"""How many tests a row names; the others are counted. Ours."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say which tests are due."""
    every = surveillance.due_of(looked.patient, looked.today)
    late = [one for one in every if one.is_overdue]
    soon = [one for one in every if not one.is_overdue]
    if late:
        yield _row(looked, late, "overdue", Need.TODAY)
    if soon:
        yield _row(looked, soon, "due", Need.WEEK)


def _row(looked: Looked, tests: Sequence[DueTest], state: str, need: Need) -> Reason:
    first = min(tests, key=lambda one: one.due)
    start = looked.start_of(first.due)
    was_ever_done = any(one.last_done is not None for one in tests)
    told: dict[str, Plain] = {
        "title": first.title,
        "reason": first.reason,
        "day": first.due.isoformat(),
    }
    if len(tests) > 1:
        told = {
            "n": len(tests),
            "named": min(len(tests), NAMED),
            "titles": "; ".join(one.title for one in tests[:NAMED]),
            "day": first.due.isoformat(),
        }
    return Reason(
        kind=Kind.TEST,
        key=f"{state}:{_digest(tests)}",
        need=need,
        says=f"test_{state}" if len(tests) == 1 else f"tests_{state}",
        values=told,
        since=start if was_ever_done else looked.patient.made_at,
        due=start,
    )


def _digest(tests: Sequence[DueTest]) -> str:
    parts = (
        f"{one.item}:{'never' if one.last_done is None else one.due.isoformat()}" for one in tests
    )
    return hashlib.sha256(";".join(sorted(parts)).encode()).hexdigest()[:32]
