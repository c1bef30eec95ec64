"""What waits in the demo beside what follows from its stories: an urgent entry, a form, acts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from respite.clinic.accounts.models import Role, User
from respite.clinic.diaries.actions import Told, add_entry
from respite.clinic.patients.actions import add_score
from respite.clinic.patients.instruments import instruments
from respite.clinic.patients.models import MOOD, PatientRecord
from respite.clinic.worklist.actions import act
from respite.clinic.worklist.looking_actions import listen, look_at_due
from respite.clinic.worklist.models import Act, WorkItem
from respite.clinic.worklist.reasons import Kind
from respite.domain import translate as _

WRITES_URGENTLY, FILLS_IN = 11, 9
"""Places of the patients of whom this is told."""

ANSWERS = {1: 2, 2: 2, 3: 1, 4: 2, 5: 1, 6: 1, 7: 1, 8: 0, 9: 1}


def make_work(patients: Sequence[PatientRecord]) -> None:
    """Let patients say what cannot wait, look at everybody, and let a nurse begin.

    Parameters
    ----------
    patients
        In the order in which they were invented.
    """
    today = timezone.localdate()
    for one in patients[WRITES_URGENTLY : WRITES_URGENTLY + 1]:
        told = Told(pain=Decimal(6), effects=("chest_pain", "dizzy"))
        add_entry(one.user, one, told, client_id=uuid.uuid4())
    for one in patients[FILLS_IN : FILLS_IN + 1]:
        form = instruments()[MOOD]
        total = form.total_of(ANSWERS)
        filled = {
            "instrument": MOOD,
            "answers": {str(item): points for item, points in ANSWERS.items()},
            "total": total,
            "on": today,
        }
        add_score(one.made_by, one, filled, facts=form.facts_told(ANSWERS, total, today))
    now = timezone.now()
    listen(now)
    while look_at_due(now):
        pass
    visits = WorkItem.objects.filter(closed_at=None, kind=Kind.VISIT, clinic=patients[0].clinic)
    nurse = User.objects.filter(role=Role.NURSE, clinic=patients[0].clinic).order_by("pk")[0]
    for what, item in zip((Act.MINE, Act.PUT_OFF), visits, strict=False):
        act(
            nurse, item, what, client_id=uuid.uuid4(),
            until=today + timedelta(days=2) if what == Act.PUT_OFF else None,
            because=_("Has a cold.") if what == Act.PUT_OFF else "",
        )  # fmt: skip
