"""Looks after the queue of tasks: those that ended some days ago go."""

from __future__ import annotations

from datetime import datetime

from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

KEPT_DAYS = 3
"""How long a task that is finished stays in the queue [days]; ours."""


def prune_finished(now: datetime) -> int:
    """Take tasks out of the queue that were finished some days ago; give how many."""
    finished = DBTaskResult.objects.finished()
    before = finished.count()
    call_command("prune_db_task_results", min_age_days=KEPT_DAYS, queue_name="*", verbosity=0)
    return before - finished.count()
