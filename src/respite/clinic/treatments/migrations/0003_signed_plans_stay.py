"""The database itself refuses to change a plan that was signed, and to change or remove advice."""

from django.db import migrations

FIXED = ("regimen", "starts", "patient_id", "follows_id", "reason", "made_by_id", "signed_by_id",
         "signed_at", "meaning", "signed_digest", "signed_check")  # fmt: skip
"""What of a signed plan never changes; only that it has ended may be added."""

ADVICE = (
    "treatments_advicequestion",
    "treatments_adviceanswer",
    "treatments_adviceruling",
)


def _differs(operator: str, cast: str = "") -> str:
    return " OR ".join(f"OLD.{one}{cast} {operator} NEW.{one}{cast}" for one in FIXED)


SQLITE = (
    f"""
    CREATE TRIGGER signed_plans_do_not_change BEFORE UPDATE ON treatments_planrecord
    WHEN OLD.signed_digest <> '' AND ({_differs("IS NOT")}
      OR NEW.state = 'draft' OR (OLD.state = 'ended' AND NEW.state <> 'ended'))
    BEGIN SELECT RAISE(ABORT, 'signed plans never change'); END
    """,
    """
    CREATE TRIGGER signed_plans_stay BEFORE DELETE ON treatments_planrecord
    WHEN OLD.signed_digest <> ''
    BEGIN SELECT RAISE(ABORT, 'signed plans are never removed'); END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{verb.lower()} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'advice never changes'); END
        """
        for table in ADVICE
        for verb in ("UPDATE", "DELETE")
    ),
)

POSTGRESQL = (
    f"""
    CREATE FUNCTION signed_plans_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.signed_digest <> '' THEN
        IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'signed plans are never removed'; END IF;
        IF {_differs("IS DISTINCT FROM", "::text")}
          OR NEW.state = 'draft' OR (OLD.state = 'ended' AND NEW.state <> 'ended')
        THEN RAISE EXCEPTION 'signed plans never change'; END IF;
      END IF;
      IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER signed_plans_stay BEFORE UPDATE OR DELETE ON treatments_planrecord
    FOR EACH ROW EXECUTE FUNCTION signed_plans_refuse()
    """,
    """
    CREATE FUNCTION advice_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'advice never changes'; END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION advice_refuse()
        """
        for table in ADVICE
    ),
)

UNDO_SQLITE = (
    "DROP TRIGGER IF EXISTS signed_plans_do_not_change",
    "DROP TRIGGER IF EXISTS signed_plans_stay",
    *(
        f"DROP TRIGGER IF EXISTS {table}_{verb}"
        for table in ADVICE
        for verb in ("update", "delete")
    ),
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS signed_plans_stay ON treatments_planrecord",
    *(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}" for table in ADVICE),
    "DROP FUNCTION IF EXISTS signed_plans_refuse()",
    "DROP FUNCTION IF EXISTS advice_refuse()",
)


def run(sqlite, postgresql):
    """Give an operation that runs the statements of the engine at hand."""

    def operation(apps, schema_editor):
        statements = sqlite if schema_editor.connection.vendor == "sqlite" else postgresql
        for statement in statements:
            schema_editor.execute(statement)

    return operation


class Migration(migrations.Migration):
    """Triggers of plans and of advice, by engine."""

    dependencies = [("treatments", "0002_advice")]

    operations = [migrations.RunPython(run(SQLITE, POSTGRESQL), run(UNDO_SQLITE, UNDO_POSTGRESQL))]
