"""Questions to the work-list, in words of the clinic."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db.models import Count, QuerySet
from django.utils import timezone

from respite.clinic.accounts.models import User
from respite.clinic.patients.models import PatientRecord
from respite.clinic.patients.words import dial
from respite.clinic.worklist.access import items_of, waiting
from respite.clinic.worklist.links import Link, link_of
from respite.clinic.worklist.models import Closed, Look, Schedule, WorkAct, WorkItem
from respite.clinic.worklist.reasons import SETTLED_ELSEWHERE, Kind, Need
from respite.clinic.worklist.words import (
    age_words,
    certainty_words,
    kind_words,
    need_words,
    sentence,
)

OLD = timedelta(minutes=15)
"""How long a patient may wait to be looked at before people are told; ours."""

DONE_SHOWN = timedelta(days=14)
"""How far back the list of what was done goes; ours."""

BY_PHONE = frozenset({Kind.URGENT, Kind.CALL, Kind.SILENT, Kind.MOOD})
"""Kinds for which the patient's number stands in the row."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One item as the list shows it.

    Attributes
    ----------
    item
        The item.
    kind, need
        Its kind and need in words.
    says, certainty
        The reason, and how sure it is, where it is a forecast.
    link
        Where it is settled.
    phone
        The patient's number where calling is the act, and it as a link dials it.
    age
        For how long it has held, in words.
    answer_by
        By when an answer was promised, where one was.
    can_be_done, asks_what_was_done
        Whether it may be marked as done here, and whether that takes a word on what was done.
    begins_group
        Whether its need is another than that of the row before.
    client_id
        Made for the form of this row, so that what is sent twice is kept once.
    """

    item: WorkItem
    kind: str
    need: str
    says: str
    certainty: str
    link: Link
    phone: tuple[str, str] | None
    age: str
    answer_by: datetime | None
    can_be_done: bool
    asks_what_was_done: bool
    begins_group: bool
    client_id: UUID = field(default_factory=uuid4)


def rows_of(items: Iterable[WorkItem]) -> list[Row]:
    """Say items in words, in their order."""
    kinds, needs, today = kind_words(), need_words(), timezone.localdate()
    rows: list[Row] = []
    before = None
    for one in items:
        phone = one.patient.phone if one.kind in BY_PHONE else ""
        rows.append(
            Row(
                item=one,
                kind=kinds.get(one.kind) or str(one.kind),
                need=needs.get(one.need, ""),
                says=sentence(one.says, one.values),
                certainty=certainty_words(one.values),
                link=link_of(one.kind, one.says, one.values, one.patient_id),
                phone=(phone, dial(phone)) if phone else None,
                age=age_words((today - timezone.localdate(one.since)).days),
                answer_by=one.due if one.kind == Kind.MESSAGE else None,
                asks_what_was_done=one.need == Need.NOW,
                can_be_done=one.kind not in SETTLED_ELSEWHERE,
                begins_group=one.need != before,
            )
        )
        before = one.need
    return rows


def chosen(user: User, kind: str, *, mine: bool, state: str) -> QuerySet[WorkItem]:
    """Give the items that somebody asks for.

    Parameters
    ----------
    user
        Who asks.
    kind
        One kind; empty for all.
    mine
        Whether only those that this person took.
    state
        ``done`` for what people marked as done of late, ``put_off`` for what was put off, and
        anything else for what waits.
    """
    items, today = items_of(user), timezone.localdate()
    if kind:
        items = items.filter(kind=kind)
    if mine:
        items = items.filter(taken_by=user)
    if state == "done":
        late = items.filter(closed_because=Closed.DONE, closed_at__gte=timezone.now() - DONE_SHOWN)
        return late.order_by("-closed_at", "-pk")
    if state == "put_off":
        return items.filter(closed_at=None, put_off_until__gt=today).order_by("put_off_until", "pk")
    return waiting(items, today)


def counts_of(user: User) -> dict[str, int]:
    """Count what waits by kind, in one question."""
    every = waiting(items_of(user), timezone.localdate())
    found = every.order_by().values("kind").annotate(count=Count("pk")).values_list("kind", "count")
    return dict(found)


def now_count(user: User) -> int:
    """Count what cannot wait."""
    return waiting(items_of(user), timezone.localdate()).filter(need=Need.NOW).order_by().count()


def open_of(user: User, patient: PatientRecord) -> list[Row]:
    """Give what is open for one patient, what was put off included."""
    return rows_of(items_of(user).filter(patient=patient, closed_at=None))


def acts_of(item: WorkItem) -> list[WorkAct]:
    """Give what people did with an item, the latest first."""
    return list(item.acts.select_related("by").order_by("-pk"))


def not_up_to_date(now: datetime) -> datetime | None:
    """Give since when the list is not up to date; ``None`` where nobody waits to be looked at."""
    late = Look.objects.filter(at__lt=now - OLD).order_by("at").values_list("at", flat=True)
    return late.first()


def failing_schedules() -> list[Schedule]:
    """Give what is done every so often and failed when it was last done."""
    return list(Schedule.objects.exclude(failed_with="").order_by("name"))


def last_tick() -> datetime | None:
    """Give when the program last looked what is to be done; ``None`` where it never did."""
    return (
        Schedule.objects.exclude(last_run=None)
        .order_by("-last_run")
        .values_list("last_run", flat=True)
        .first()
    )
