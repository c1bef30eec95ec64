"""Rows that the database itself refuses to change or remove, on either engine.

For migrations: ``operations = [rows_stay("audit_auditevent")]``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.migrations import RunPython

Operation = Callable[[Any, Any], None]


def rows_stay(*tables: str) -> RunPython:
    """Have the database refuse to change or remove any row of some tables.

    Parameters
    ----------
    tables
        Their names in the database.
    """
    verbs = ("UPDATE", "DELETE")
    refusal = "rows of this table never change"
    return by_engine(
        [
            f"CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
            for table in tables
            for verb in verbs
        ],
        [
            statement
            for table in tables
            for statement in (
                f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
                f" $$ BEGIN RAISE EXCEPTION '{refusal}'; END $$",
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
                f"CREATE TRIGGER {table}_full BEFORE TRUNCATE ON {table}"
                f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()",
            )
        ],
        undo_sqlite=[
            f"DROP TRIGGER IF EXISTS {table}_{verb.lower()}" for table in tables for verb in verbs
        ],
        undo_postgresql=[f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE" for table in tables],
    )


def by_engine(
    sqlite: Sequence[str],
    postgresql: Sequence[str],
    *,
    undo_sqlite: Sequence[str],
    undo_postgresql: Sequence[str],
) -> RunPython:
    """Run the statements of the engine at hand.

    Parameters
    ----------
    sqlite, postgresql
        What is run on each.
    undo_sqlite, undo_postgresql
        What takes it back.
    """
    return RunPython(_run(sqlite, postgresql), _run(undo_sqlite, undo_postgresql))


def _run(sqlite: Sequence[str], postgresql: Sequence[str]) -> Operation:
    def operation(apps: Any, schema_editor: Any) -> None:
        statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
        for statement in statements:
            schema_editor.execute(statement)

    return operation
