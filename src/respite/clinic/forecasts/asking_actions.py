"""Who is owed a forecast: read from the trail, taken by one worker at a time, never lost.

A write about a patient asks for nothing by itself: its line on the trail, kept in the same
transaction, is what a worker reads. Lines are numbered in the order in which they are kept, as
each writer holds the end of the chain until then; so none is passed over. Several writes about one
patient make one forecast, and a write while it is worked out makes another.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from respite.clinic.audit.models import AuditEvent
from respite.clinic.audit.queries import READ
from respite.clinic.forecasts.models import Asking, Heard, WorkerSeen

OURS = "forecast."
"""How the names of this app's own actions begin: they are no news to it."""

THE_ONE = 1
"""The one row that says how far the trail was read."""

LINES_AT_ONCE = 2000

DEAD_AFTER = timedelta(seconds=15)
"""A worker that was not seen for so long is dead; ours."""

MOST_DEATHS = 3
"""What so many workers died of is put off, or given up; ours."""

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""How long a forecast that failed waits; twice as long after each failure. Ours."""


def ask(patient_id: int) -> None:
    """Have a worker forecast anew, whatever the trail says, as somebody looks at a page for it."""
    now = timezone.now()
    owed = Asking.objects.filter(pk=patient_id)
    if owed.exclude(looked_at=None).filter(not_before=None).exists():
        return
    Asking.objects.update_or_create(
        patient_id=patient_id,
        defaults={"not_before": None, "looked_at": now},
        create_defaults={"since": now, "looked_at": now, "heard": _line_now()},
    )


def listen() -> int:
    """Read the trail on from where it was read last, and note who is owed a forecast.

    Returns
    -------
    How many lines were read; as many as are read at once where there may be more.
    """
    kept = Heard.objects.filter(pk=THE_ONE).first()
    if kept is not None and not AuditEvent.objects.filter(pk__gt=kept.line).exists():
        return 0
    with transaction.atomic():
        heard, _made = Heard.objects.select_for_update().get_or_create(pk=THE_ONE)
        lines = list(
            AuditEvent.objects.filter(pk__gt=heard.line)
            .order_by("pk")
            .values_list("pk", "patient_id", "action")[:LINES_AT_ONCE]
        )
        if not lines:
            return 0
        news = {
            patient: line
            for line, patient, action in lines
            if patient is not None and not action.endswith(READ) and not action.startswith(OURS)
        }
        _owe(news, timezone.now())
        heard.line = lines[-1][0]
        heard.save(update_fields=("line",))
    return len(lines)


def _owe(news: dict[int, int], now: datetime) -> None:
    rows = [Asking(patient_id=one, heard=line, since=now) for one, line in sorted(news.items())]
    Asking.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["patient"], update_fields=["heard"]
    )


def _line_now() -> int:
    last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first()
    return last or 0


def take(worker: str) -> Asking | None:
    """Take a forecast that nobody is at; ``None`` where none is owed.

    First comes what somebody looks at a page for, then what has been owed for longest.
    """
    now = timezone.now()
    free = Asking.objects.filter(Q(not_before=None) | Q(not_before__lte=now), taken_by="")
    if not free.exists():
        return None
    with transaction.atomic():
        unlocked = free.select_for_update(skip_locked=True)
        looked_at = unlocked.exclude(looked_at=None).order_by("looked_at")
        taken = looked_at.first() or unlocked.order_by("since").first()
        if taken is not None:
            taken.taken_by = worker
            taken.save(update_fields=("taken_by",))
    return taken


def done(taken: Asking) -> None:
    """Say that a forecast was made; where something was written meanwhile, it is owed again."""
    mine = Asking.objects.filter(pk=taken.pk, taken_by=taken.taken_by)
    gone, _by_table = mine.filter(heard__lte=taken.heard).delete()
    if not gone:
        mine.update(taken_by="", failures=0, not_before=None)


def failed(taken: Asking) -> None:
    """Say that a forecast could not be made: it stays owed, and is tried again later."""
    wait = min(FIRST_WAIT * 2 ** min(taken.failures, 10), LONGEST_WAIT)
    Asking.objects.filter(pk=taken.pk, taken_by=taken.taken_by).update(
        taken_by="", failures=F("failures") + 1, not_before=timezone.now() + wait
    )


def is_alive(worker: str) -> None:
    """Note that a worker is alive."""
    WorkerSeen.objects.update_or_create(name=worker, defaults={"seen_at": timezone.now()})


def is_gone(worker: str) -> None:
    """Note that a worker ended, and free what it had taken."""
    WorkerSeen.objects.filter(name=worker).delete()
    free_the_dead()


def free_the_dead(worker: str = "") -> int:
    """Let others take up what workers had begun that are dead now.

    Parameters
    ----------
    worker
        One that is alive, and knows that it is at nothing.

    Returns
    -------
    How many pieces of work were freed.
    """
    with transaction.atomic():
        WorkerSeen.objects.filter(seen_at__lt=timezone.now() - DEAD_AFTER).delete()
        busy = set(WorkerSeen.objects.exclude(name=worker).values_list("name", flat=True))
        freed = 0
        for owed in Asking.objects.exclude(taken_by="").exclude(taken_by__in=busy):
            is_grave = owed.failures + 1 >= MOST_DEATHS
            later = timezone.now() + LONGEST_WAIT if is_grave else owed.not_before
            freed += Asking.objects.filter(pk=owed.pk, taken_by=owed.taken_by).update(
                taken_by="", failures=F("failures") + 1, not_before=later
            )
        begun = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).select_for_update()
        for task in begun:
            if not busy.intersection(task.worker_ids[-1:]):
                is_grave = len(task.worker_ids) >= MOST_DEATHS
                task.status = TaskResultStatus.FAILED if is_grave else TaskResultStatus.READY
                task.save(update_fields=("status",))
                freed += 1
    return freed
