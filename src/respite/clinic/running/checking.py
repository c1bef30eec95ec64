"""Looks after a clinic: settings, tables, and the chain of the trail."""

from __future__ import annotations

import contextlib
import io

from django.core.management import CommandError, call_command
from django.db import connection

from respite.clinic.audit.queries import verify_chain
from respite.domain import RespiteError
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
    chain = verify_chain()
    if not chain.is_whole:
        raise ClinicNotInOrder(
            _("The trail is broken: line {line}.").format(line=chain.first_broken)
            if chain.first_broken is not None
            else _("The trail is broken: lines are missing at its end."),
            _("a chain that is whole."),
            _("keep a copy of everything as it is, and find out who had access."),
        )
    return _("In order: settings, tables, and the trail of {lines} lines.\n").format(
        lines=chain.count
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
