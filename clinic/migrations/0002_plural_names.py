"""State only: the plurals that the admin shows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0001_the_shared_record"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="openinghours",
            options={"ordering": ["weekday", "opens"], "verbose_name_plural": "opening hours"},
        ),
        migrations.AlterModelOptions(
            name="sitepolicy",
            options={"ordering": ["-set_at"], "verbose_name_plural": "site policies"},
        ),
    ]
