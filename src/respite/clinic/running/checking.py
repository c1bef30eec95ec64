"""Looks after a clinic: settings, tables, and the chain of the trail."""

from __future__ import annotations

import contextlib
import io

from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from respite.clinic.audit.queries import verify_chain
from respite.clinic.running.nightly import LATE_AFTER, age_of_last_copy
from respite.clinic.worklist.queries import OLD, failing_schedules, last_tick
from respite.domain import RespiteError, listed
from respite.domain import translate as _


class ClinicNotInOrder(RespiteError):
    """Something about a clinic must be looked into before it goes on."""

    page = "clinic-not-in-order"


def check() -> str:
    """Verify settings, tables and the trail.

    Returns
    -------
    What was found in order, in words.

    Raises
    ------
    ClinicNotInOrder
        Where something is not.
    """
    from django.conf import settings

    said = io.StringIO()
    try:
        with contextlib.redirect_stderr(said):
            call_command("check", deploy=settings.IS_SERVER, fail_level="WARNING", stdout=said)
            call_command("migrate", check_unapplied=True, verbosity=0, stdout=said)
            call_command(
                "makemigrations", check_changes=True, dry_run=True, verbosity=0, stdout=said
            )
    except (CommandError, SystemExit) as error:
        raise ClinicNotInOrder(
            _("Settings or tables are not as they should be: {what}").format(
                what=" ".join(str(error if str(error) != "1" else said.getvalue()).split())
            ),
            _("settings that are safe, and tables of this release."),
            _("read docs/how-to/run-a-clinic.md; `respite clinic serve` brings tables up to date."),
        ) from error
    _check_file()
    _check_copies()
    chain = verify_chain()
    if not chain.is_whole:
        raise ClinicNotInOrder(
            _("The trail is broken: line {line}.").format(line=chain.first_broken)
            if chain.first_broken is not None
            else _("The trail is broken: lines are missing at its end."),
            _("a chain that is whole."),
            _("keep a copy of everything as it is, and find out who had access."),
        )
    _check_schedules()
    words = _("In order: settings, tables, and the trail of {lines} lines.\n")
    return words.format(lines=chain.count) + _ticked()


def _check_schedules() -> None:
    failing = failing_schedules()
    if failing:
        raise ClinicNotInOrder(
            _("What is done every so often failed: {what}.").format(
                what=listed([f"{one.name} ({one.failed_with})" for one in failing])
            ),
            _("a worker that does all of it; it goes on trying."),
            _("read the log of the worker: it says where it failed."),
        )


def _ticked() -> str:
    """Say when somebody last looked what is to be done: without a worker, nobody does."""
    last = last_tick()
    if last is None:
        return _("No worker has looked yet what is to be done: start one, or run a tick.\n")
    if timezone.now() - last > OLD:
        return _(
            "No worker has looked since {time} (UTC) what is to be done: the work-list is old.\n"
        ).format(time=f"{last:%Y-%m-%d %H:%M}")
    return ""


def _check_copies() -> None:
    """Refuse where daily copies are wanted, and the last is too old or there is none."""
    from django.conf import settings

    if not settings.COPIES:
        return
    age = age_of_last_copy(timezone.now())
    if age is None or age > LATE_AFTER:
        raise ClinicNotInOrder(
            _("There is no daily copy in {folder} that is younger than {n} days.").format(
                folder=settings.COPIES, n=LATE_AFTER.days
            ),
            _("one of each day, which the worker writes."),
            _("look whether a worker runs and may write there."),
        )


def _check_file() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        (found,) = cursor.fetchone()
    if found != "ok":
        raise ClinicNotInOrder(
            _("The file of the clinic is damaged: {what}.").format(what=found),
            _("a file that is whole."),
            _("stop the clinic, and restore the last copy into a new folder."),
        )
