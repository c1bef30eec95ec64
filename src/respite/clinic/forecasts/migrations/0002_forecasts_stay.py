"""The database itself refuses to change or remove a forecast."""

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER forecasts_do_not_change BEFORE UPDATE ON forecasts_forecastrecord
    BEGIN SELECT RAISE(ABORT, 'forecasts never change'); END
    """,
    """
    CREATE TRIGGER forecasts_stay BEFORE DELETE ON forecasts_forecastrecord
    BEGIN SELECT RAISE(ABORT, 'forecasts are never removed'); END
    """,
)

POSTGRESQL = (
    """
    CREATE FUNCTION forecasts_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'forecasts never change'; END $$
    """,
    """
    CREATE TRIGGER forecasts_stay BEFORE UPDATE OR DELETE ON forecasts_forecastrecord
    FOR EACH ROW EXECUTE FUNCTION forecasts_refuse()
    """,
)

UNDO_SQLITE = (
    "DROP TRIGGER IF EXISTS forecasts_do_not_change",
    "DROP TRIGGER IF EXISTS forecasts_stay",
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS forecasts_stay ON forecasts_forecastrecord",
    "DROP FUNCTION IF EXISTS forecasts_refuse()",
)


def run(sqlite, postgresql):
    """Give an operation that runs the statements of the engine at hand."""

    def operation(apps, schema_editor):
        statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
        for statement in statements:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    """Triggers of forecasts, by engine."""

    dependencies = [("forecasts", "0001_initial")]

    operations = [migrations.RunPython(run(SQLITE, POSTGRESQL), run(UNDO_SQLITE, UNDO_POSTGRESQL))]
