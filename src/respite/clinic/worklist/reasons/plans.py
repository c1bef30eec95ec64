"""A plan that was written and not signed; its key is the plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from respite.clinic.treatments.queries import drafts_of
from respite.clinic.worklist.reasons.looked import Looked
from respite.clinic.worklist.reasons.reason import Kind, Need, Reason

LEFT_DAYS = 2
"""For how many days a draft may lie before somebody is told; ours."""


def find(looked: Looked) -> Iterator[Reason]:
    """Say which drafts lie about."""
    for plan in drafts_of(looked.patient):
        written = looked.day_of(plan.made_at)
        if (looked.today - written).days >= LEFT_DAYS:
            yield Reason(
                kind=Kind.PLAN,
                key=f"plan:{plan.pk}",
                need=Need.WEEK,
                says="plan_unsigned",
                values={"plan_id": plan.pk, "day": written.isoformat()},
                since=looked.start_of(written + timedelta(days=LEFT_DAYS)),
            )
