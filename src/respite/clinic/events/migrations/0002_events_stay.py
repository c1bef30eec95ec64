"""The database itself refuses to change or remove what was written of an unwanted effect."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("events", "0001_initial")]

    operations = [rows_stay("events_eventrecord", "events_eventversion", "events_eventreport")]
