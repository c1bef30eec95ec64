"""The database itself refuses to change or remove a consent: taking it back is a new row."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("numbers", "0001_initial")]

    operations = [rows_stay("numbers_researchconsent")]
