"""The database itself refuses to change or remove answers and scores: the latest counts."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("patients", "0001_initial")]

    operations = [rows_stay("patients_factanswer", "patients_score")]
