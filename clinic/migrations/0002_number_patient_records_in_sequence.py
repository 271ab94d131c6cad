"""Record numbers come from a sequence: two people added at the same moment never get the same one."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("clinic", "0001_the_shared_record")]

    operations = [
        migrations.RunSQL(
            sql="CREATE SEQUENCE clinic_record_number MINVALUE 1",
            reverse_sql="DROP SEQUENCE clinic_record_number",
        ),
    ]
