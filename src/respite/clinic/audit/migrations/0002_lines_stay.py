"""The database itself refuses to change or remove a line of the trail."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("audit", "0001_initial")]

    operations = [rows_stay("audit_auditevent")]
