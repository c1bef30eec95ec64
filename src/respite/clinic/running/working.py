"""The worker: advice that somebody waits for, then forecasts; beside them, what falls due.

Several may run at once, on one machine or on many. Each says every few seconds that it is alive;
what a dead one had begun is taken up by another, so that nothing that was asked for is lost.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import threading
from importlib import import_module
from types import FrameType
from uuid import uuid4

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from respite.clinic.forecasts import asking_actions
from respite.clinic.forecasts.actions import forecast_now
from respite.clinic.running.ticking import ticking_beside

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.2
"""How often a worker that has nothing to do looks for work [s]; ours."""

SAYS_SO_EVERY_S = 5
"""How often a worker says that it is alive [s]; ours."""

WAIT_FOR_DATABASE_S = 1
"""How long a worker waits before it asks a database again that did not answer [s]; ours."""

BEHIND_PAGES = 5
"""How far workers stand behind pages where both want a core: their niceness. Ours."""


def work() -> None:
    """Work until told to stop; what is under way is ended first."""
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    if hasattr(os, "nice"):
        os.nice(BEHIND_PAGES)
    # Read before the first piece of work, so that nobody waits for it.
    import_module("respite.clinic.forecasts.working_out")
    name = uuid4().hex
    teller = threading.Thread(target=_say_so, args=(name, stop), daemon=True)
    teller.start()
    with ticking_beside():
        _work_until(stop, name)
    teller.join(timeout=SAYS_SO_EVERY_S)
    with contextlib.suppress(DatabaseError, InterfaceError):
        asking_actions.is_gone(name)


def _work_until(stop: threading.Event, name: str) -> None:
    was_cut_off = False
    while not stop.is_set():
        try:
            close_old_connections()
            if was_cut_off:
                asking_actions.free_the_dead(name)
                was_cut_off = False
            if not work_once(name):
                stop.wait(LOOK_EVERY_S)
        except (DatabaseError, InterfaceError) as error:
            logger.warning("the database does not answer: %s", type(error).__name__)
            connection.close()
            was_cut_off = True
            stop.wait(WAIT_FOR_DATABASE_S)


def work_once(name: str) -> bool:
    """Do one piece of work.

    Parameters
    ----------
    name
        The name of the worker.

    Returns
    -------
    Whether there was any.
    """
    while asking_actions.listen() >= asking_actions.LINES_AT_ONCE:
        pass
    return _advise(name) or _forecast(name)


def _advise(name: str) -> bool:
    """Work out one question of those that stand in the queue."""
    if not DBTaskResult.objects.ready().exists():
        return False
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=1,
        worker_id=name,
        excluded_queue_names=[],
    )
    worker.run()
    return worker._run_tasks > 0  # pyright: ignore[reportPrivateUsage]


def _forecast(name: str) -> bool:
    """Make one forecast of those that are owed."""
    taken = asking_actions.take(name)
    if taken is None:
        return False
    try:
        forecast_now(taken.pk)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        # A defect in one patient's forecast keeps nobody else from theirs.
        logger.exception("a forecast failed")
        asking_actions.failed(taken)
        return True
    asking_actions.done(taken)
    return True


def _say_so(name: str, stop: threading.Event) -> None:
    """Say again and again that this worker is alive, and look for those that are not."""
    while not stop.is_set():
        try:
            close_old_connections()
            asking_actions.is_alive(name)
            asking_actions.free_the_dead()
        except (DatabaseError, InterfaceError):
            connection.close()
        stop.wait(SAYS_SO_EVERY_S)
    connection.close()
