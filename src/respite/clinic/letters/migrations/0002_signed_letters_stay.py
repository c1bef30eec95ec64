"""The database itself refuses to change or remove a letter that was signed, and its releases."""

from django.db import migrations

from respite.clinic.audit.keeping import by_engine, rows_stay

SQLITE = tuple(
    f"""
    CREATE TRIGGER signed_letters_{verb.lower()} BEFORE {verb} ON letters_letterrecord
    WHEN OLD.signed_digest <> ''
    BEGIN SELECT RAISE(ABORT, 'signed letters never change'); END
    """
    for verb in ("UPDATE", "DELETE")
)

POSTGRESQL = (
    """
    CREATE FUNCTION signed_letters_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.signed_digest <> '' THEN RAISE EXCEPTION 'signed letters never change'; END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER signed_letters_stay BEFORE UPDATE OR DELETE ON letters_letterrecord
    FOR EACH ROW EXECUTE FUNCTION signed_letters_refuse()
    """,
)


class Migration(migrations.Migration):
    """Triggers of letters, by engine."""

    dependencies = [("letters", "0001_initial")]

    operations = [
        by_engine(
            SQLITE,
            POSTGRESQL,
            undo_sqlite=tuple(
                f"DROP TRIGGER IF EXISTS signed_letters_{verb}" for verb in ("update", "delete")
            ),
            undo_postgresql=(
                "DROP TRIGGER IF EXISTS signed_letters_stay ON letters_letterrecord",
                "DROP FUNCTION IF EXISTS signed_letters_refuse()",
            ),
        ),
        rows_stay("letters_letterrelease"),
    ]
