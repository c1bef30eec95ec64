"""Who does what next of that which is done every so often, and how it went."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from respite.clinic.worklist.models import Schedule

LEASE = timedelta(minutes=15)
"""After which time another worker may do what somebody began and never ended; ours."""

AGAIN_AFTER = timedelta(minutes=10)
"""When something that failed is tried again, where it is not due before; ours."""


def due(names: Iterable[str], now: datetime) -> set[str]:
    """Give those of some names that are due; what was never done is."""
    rows = Schedule.objects.filter(Q(next_run__gt=now) | Q(busy_until__gte=now))
    return set(names) - set(rows.values_list("name", flat=True))


def take(name: str, now: datetime) -> bool:
    """Take something that is due, so that no other worker does it at the same time.

    Returns
    -------
    Whether it was taken; not where another worker was quicker.
    """
    Schedule.objects.get_or_create(name=name, defaults={"next_run": now})
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    mine = Schedule.objects.filter(free, name=name, next_run__lte=now)
    return mine.update(busy_until=now + LEASE) == 1


def succeeded(name: str, now: datetime, every: timedelta) -> None:
    """Write down that something was done."""
    Schedule.objects.filter(name=name).update(
        next_run=now + every, last_run=now, busy_until=None, failed_with=""
    )


def failed(name: str, now: datetime, every: timedelta, error: Exception) -> None:
    """Write down that something failed: when, and the kind of error, but nothing that it quotes."""
    Schedule.objects.filter(name=name).update(
        next_run=now + min(every, AGAIN_AFTER), busy_until=None, last_failure=now,
        failed_with=type(error).__name__,
    )  # fmt: skip
