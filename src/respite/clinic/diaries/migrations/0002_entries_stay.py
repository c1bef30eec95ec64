"""The database itself refuses to change or remove an entry: an edit is a new one."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("diaries", "0001_initial")]

    operations = [rows_stay("diaries_entry")]
