"""The database itself refuses to change or remove what was written, read, answered or rung."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    """Triggers, by engine."""

    dependencies = [("contact", "0001_initial")]

    operations = [
        rows_stay(
            "contact_message", "contact_reading", "contact_answered", "contact_callrecord"
        )
    ]  # fmt: skip
