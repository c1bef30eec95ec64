"""What people did with items is never changed or removed."""

from django.db import migrations

from respite.clinic.audit.keeping import rows_stay


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_initial")]

    operations = [rows_stay("worklist_workact")]
