"""Whether a clinic can do its work now, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from respite.clinic.forecasts.queries import owed_since

WAITS_AT_MOST = timedelta(minutes=10)
"""How long work in the background may wait before the worker counts as gone; ours."""


@dataclass(frozen=True)
class Part:
    """One part of a clinic.

    Attributes
    ----------
    name
        Such as ``database``.
    is_well
        Whether it can do its work.
    """

    name: str
    is_well: bool


def parts() -> tuple[Part, ...]:
    """Look at every part; what rests on one that is not well is not looked at."""
    return tuple(_parts())


def waiting_since() -> timedelta:
    """Give for how long the oldest piece of work has been waiting; zero where none waits."""
    now = timezone.now()
    asked = DBTaskResult.objects.ready().order_by("enqueued_at").values_list("enqueued_at").first()
    oldest = [one for one in (asked and asked[0], owed_since()) if one is not None]
    return max([timedelta(0), *(now - one for one in oldest)])


def _parts() -> Iterator[Part]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        yield Part("database", is_well=False)
        return
    yield Part("database", is_well=True)
    are_up_to_date = _are_tables_up_to_date()
    yield Part("tables", is_well=are_up_to_date)
    if are_up_to_date:
        yield Part("worker", is_well=waiting_since() <= WAITS_AT_MOST)


_seen_up_to_date: list[bool] = []


def _are_tables_up_to_date() -> bool:
    """Say whether every migration of this release was made; once true, it stays true."""
    if not _seen_up_to_date:
        try:
            executor = MigrationExecutor(connection)
            targets = executor.loader.graph.leaf_nodes()
            if executor.migration_plan(targets):
                return False
        except DatabaseError:
            return False
        _seen_up_to_date.append(True)
    return True
