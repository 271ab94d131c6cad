"""State only: the plurals that the admin shows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_packet_and_assessment"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="pageanswers",
            options={"ordering": ["saved_at"], "verbose_name_plural": "page answers"},
        ),
    ]
