"""What people do with items of the work-list; the only writer of it, with ``looking_actions``.

Each act is a row that stays, and a line of the trail, in one transaction. A form that is sent twice
is kept once.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.audit.actions import record
from respite.clinic.worklist.looking_actions import mark
from respite.clinic.worklist.models import Act, Closed, WorkAct, WorkItem
from respite.clinic.worklist.reasons import SETTLED_ELSEWHERE


class NothingToDo(Exception):
    """What was asked for is so already, or somebody else was quicker; nothing is written.

    Attributes
    ----------
    item
        The item as it stands.
    """

    def __init__(self, item: WorkItem) -> None:
        """Keep the item."""
        super().__init__()
        self.item = item


def read_list(by: User) -> None:
    """Put on record that somebody read the work-list: once, and not for each patient in it."""
    record(by, "worklist.read", by.clinic or by)


def act(  # noqa: PLR0913 - each is a fact of the act
    by: User,
    item: WorkItem,
    what: Act,
    *,
    client_id: UUID,
    until: date | None = None,
    because: str = "",
) -> WorkItem:
    """Do something with an item.

    Parameters
    ----------
    by, item, what
        Who does what with which.
    client_id
        Made where the form was shown.
    until, because
        Until which day it is put off, and why; or what was done about it.

    Raises
    ------
    NothingToDo
        Where it is so already, or somebody else was quicker.
    Http404
        Where the number belongs to an act on another item.
    """
    with transaction.atomic():
        now = WorkItem.objects.select_for_update().get(pk=item.pk)
        kept = WorkAct.objects.filter(client_id=client_id).first()
        if kept is not None:
            if kept.item_id != now.pk:
                raise Http404
            return now
        changed = _changes(by, now, what, until)
        for name, told in changed.items():
            setattr(now, name, told)
        now.save(update_fields=list(changed))
        WorkAct.objects.create(
            item=now, client_id=client_id, act=what, until=until, because=because, by=by
        )
        if what == Act.AGAIN:
            mark([now.patient_id], timezone.now())  # does the reason still hold?
        record(by, f"work.{what}", now, patient_id=now.patient_id, note={"kind": now.kind})
    return now


def _changes(by: User, item: WorkItem, what: Act, until: date | None) -> dict[str, object]:
    """Give what an act changes in an item as it stands."""
    is_open = item.closed_at is None
    if what == Act.DONE and is_open and item.kind not in SETTLED_ELSEWHERE:
        return {"closed_at": timezone.now(), "closed_because": Closed.DONE}
    if what == Act.AGAIN and item.closed_because == Closed.DONE:
        return {"closed_at": None, "closed_because": ""}
    if what == Act.PUT_OFF and is_open:
        return {"put_off_until": until, "put_off_at_need": item.need}
    if what == Act.BRING_BACK and is_open and item.put_off_until is not None:
        return {"put_off_until": None, "put_off_at_need": None}
    if what == Act.MINE and is_open and item.taken_by_id != by.pk:
        return {"taken_by": by}
    if what == Act.LET_GO and item.taken_by_id is not None:
        return {"taken_by": None}
    raise NothingToDo(item)
