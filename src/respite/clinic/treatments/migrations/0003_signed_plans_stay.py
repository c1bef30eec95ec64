"""The database itself refuses to change a plan that was signed, and to change or remove advice."""

from django.db import migrations

from respite.clinic.audit.keeping import by_engine, rows_stay

FIXED = ("regimen", "starts", "patient_id", "follows_id", "reason", "made_by_id", "signed_by_id",
         "signed_at", "meaning", "signed_digest", "signed_check")  # fmt: skip
"""What of a signed plan never changes; only that it has ended may be added."""


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
)

UNDO_SQLITE = (
    "DROP TRIGGER IF EXISTS signed_plans_do_not_change",
    "DROP TRIGGER IF EXISTS signed_plans_stay",
)
UNDO_POSTGRESQL = (
    "DROP TRIGGER IF EXISTS signed_plans_stay ON treatments_planrecord",
    "DROP FUNCTION IF EXISTS signed_plans_refuse()",
)


class Migration(migrations.Migration):
    """Triggers of plans and of advice, by engine."""

    dependencies = [("treatments", "0002_advice")]

    operations = [
        by_engine(SQLITE, POSTGRESQL, undo_sqlite=UNDO_SQLITE, undo_postgresql=UNDO_POSTGRESQL),
        rows_stay(
            "treatments_advicequestion",
            "treatments_adviceanswer",
            "treatments_adviceruling",
            "treatments_sessionentry",
        ),
    ]
