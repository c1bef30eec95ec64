"""The database itself refuses to change or remove a line of the trail."""

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER audit_lines_do_not_change BEFORE UPDATE ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, 'lines of the trail never change'); END
    """,
    """
    CREATE TRIGGER audit_lines_stay BEFORE DELETE ON audit_auditevent
    BEGIN SELECT RAISE(ABORT, 'lines of the trail are never removed'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'lines of the trail never change'; END $$
    """,
    """
    CREATE TRIGGER audit_lines_stay BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    """
    CREATE TRIGGER audit_lines_are_not_emptied BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
)

UNDO_SQLITE = (
    "DROP TRIGGER IF EXISTS audit_lines_do_not_change",
    "DROP TRIGGER IF EXISTS audit_lines_stay",
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS audit_lines_stay ON audit_auditevent",
    "DROP TRIGGER IF EXISTS audit_lines_are_not_emptied ON audit_auditevent",
    "DROP FUNCTION IF EXISTS audit_refuse()",
)


def run(sqlite, postgresql):
    """Give an operation that runs the statements of the engine at hand."""

    def operation(apps, schema_editor):
        statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
        for statement in statements:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    """Triggers of the trail, by engine."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(run(SQLITE, POSTGRESQL), run(UNDO_SQLITE, UNDO_POSTGRESQL))]
