"""Tables of this release: made where there are none, and brought up to date where they are."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from respite.clinic.home import clinic_home
from respite.domain import VERSION, translate_plural
from respite.domain import translate as _


def is_on_sqlite() -> bool:
    """Say whether the clinic keeps its tables in one file."""
    return settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


def changes_to_come() -> list[str]:
    """Name the changes that tables of an older release need, such as ``accounts.0002_…``."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{one.app_label}.{one.name}" for one, _back in plan]


def make_tables() -> None:
    """Bring the tables up to date; nothing is changed where they are.

    A file of an older release is set aside first, as it was.
    """
    if changes_to_come():
        set_aside()
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def upgrade() -> str:
    """Bring the tables up to date.

    Returns
    -------
    What was changed, and where the file stands as it was, in words.
    """
    changes = changes_to_come()
    if not changes:
        make_tables()
        return _("The tables are those of this release.\n")
    kept = set_aside()
    make_tables()
    said = translate_plural(
        "{n} change made: {names}.\n", "{n} changes made: {names}.\n", len(changes)
    ).format(n=len(changes), names=", ".join(changes))
    if kept is None:
        return said
    return said + _("The clinic as it was: {file}\n").format(file=kept)


def set_aside() -> Path | None:
    """Copy the file of a clinic as it is, before a new release changes it.

    Returns
    -------
    Where the copy stands: beside the file, under the name of the release that set it aside. The
    first of a release stays. ``None`` where there is no file yet, or the tables are on a server.
    """
    file = Path(settings.DATABASES["default"]["NAME"])
    if not is_on_sqlite() or not file.is_file() or not connection.introspection.table_names():
        return None
    kept = clinic_home() / f"{file.name}.before-{VERSION}"
    if kept.exists():
        return kept
    draft = kept.with_name(f"{kept.name}.draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    with (
        contextlib.closing(sqlite3.connect(file)) as old,
        contextlib.closing(sqlite3.connect(draft)) as new,
    ):
        old.backup(new)
    draft.replace(kept)
    return kept
