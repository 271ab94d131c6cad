"""Expand: an index, while everybody reads and writes."""

from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("growing", "0001_expand")]
    operations = [
        migrations.RunSQL(
            "CREATE INDEX CONCURRENTLY drill_by_word ON clinic_patient (drill_word)",
            "DROP INDEX CONCURRENTLY drill_by_word",
        )
    ]
