"""The database itself refuses to change or remove a result: a correction is a new row."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("surveillance", "0001_initial")]

    operations = [
        rows_stay("surveillance_labresult", "surveillance_doneelsewhere", "surveillance_lookedat")
    ]
