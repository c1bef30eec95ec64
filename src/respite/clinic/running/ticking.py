"""What is done every so often, so that nobody has to remember it.

To add something is one line in ``SCHEDULES``. What it calls is told the moment, and says how much
it did. It is called by one worker at a time, again after a failure or after somebody was killed
over it, so it must be able to go on where it left off.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import close_old_connections, connection
from django.utils import timezone

from respite.clinic.contact.reminders.actions import send_due
from respite.clinic.numbers.actions import refresh_due
from respite.clinic.running.nightly import copy_of_today
from respite.clinic.running.tasks import prune_finished
from respite.clinic.worklist import schedule_actions
from respite.clinic.worklist.looking_actions import listen, look_at_due, mark_missing
from respite.domain import translate as _
from respite.domain import translate_plural

logger = logging.getLogger(__name__)

EACH_S = 3.0
"""How often a worker looks whether something is to be done [s]: an urgent entry is in the work-list
within seconds; ours."""

END_WITHIN_S = 5.0
"""How long the end of a worker waits for the tick at hand [s]; ours."""


@dataclass(frozen=True)
class Every:
    """Something that is done every so often.

    Attributes
    ----------
    name
        Under which it is known; it never changes.
    every
        How often.
    do
        What is called with the moment; it gives how much it did.
    """

    name: str
    every: timedelta
    do: Callable[[datetime], int]


SCHEDULES: tuple[Every, ...] = (
    Every("patients without a time", timedelta(minutes=1), mark_missing),
    Every("e-mail", timedelta(minutes=1), send_due),
    Every("numbers", timedelta(hours=1), refresh_due),
    Every("daily copy", timedelta(hours=1), copy_of_today),
    Every("finished tasks", timedelta(days=1), prune_finished),
)


@dataclass(frozen=True)
class Ticked:
    """What one tick did.

    Attributes
    ----------
    looked
        How many patients were looked at.
    done
        How much of each schedule was done, for those that were due.
    failed
        The schedules that failed.
    """

    looked: int = 0
    done: dict[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()


def tick(now: datetime) -> Ticked:
    """Do once what is due: read the trail, look at some patients, do what is scheduled.

    What one of them cannot do is logged, kept for ``respite clinic check``, and keeps none of the
    others back.
    """
    while listen(now):
        pass
    looked = look_at_due(now)
    done: dict[str, int] = {}
    failed: list[str] = []
    due = schedule_actions.due((one.name for one in SCHEDULES), now)
    for one in SCHEDULES:
        if one.name not in due or not schedule_actions.take(one.name, now):
            continue
        try:
            done[one.name] = one.do(now)
        except Exception as error:  # one that fails must not keep the others back
            logger.exception("A schedule failed.")
            schedule_actions.failed(one.name, now, one.every, error)
            failed.append(one.name)
        else:
            schedule_actions.succeeded(one.name, now, one.every)
    return Ticked(looked, done, tuple(failed))


def tick_until_done() -> str:
    """Do everything that is due, and say what was done."""
    looked, done, failed = 0, dict[str, int](), list[str]()
    while True:
        ticked = tick(timezone.now())
        looked += ticked.looked
        failed += ticked.failed
        done |= ticked.done
        if not ticked.looked and not any(ticked.done.values()):
            break
    count = translate_plural("{n} patient looked at.", "{n} patients looked at.", looked)
    lines = [count.format(n=looked)]
    lines += [_("Done: {name}, {n}.").format(name=name, n=n) for name, n in done.items()]
    lines += [_("Failed: {name}; see the log.").format(name=name) for name in failed]
    return "\n".join(lines) + "\n"


@contextmanager
def ticking_beside() -> Generator[None]:
    """Tick in a thread of its own, with a connection of its own, while something else is done."""
    stop = threading.Event()
    ticker = threading.Thread(target=_tick_until, args=(stop,), name="ticker", daemon=True)
    ticker.start()
    try:
        yield
    finally:
        stop.set()
        ticker.join(END_WITHIN_S)


def _tick_until(stop: threading.Event) -> None:
    while not stop.is_set():
        looked = 0
        try:
            close_old_connections()
            looked = tick(timezone.now()).looked
        except Exception:  # the database may be away for a while; the next tick tries again
            logger.exception("A tick failed.")
            connection.close()
        if not looked:
            stop.wait(EACH_S)
    connection.close()
