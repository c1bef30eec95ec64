"""The database itself refuses to change or remove a forecast, or what was said of its release."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("forecasts", "0001_initial")]

    operations = [rows_stay("forecasts_forecastrecord", "forecasts_release")]
