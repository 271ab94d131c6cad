"""A site says whether its emergency equipment is checked once a day or before every start."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0012_corrections_asked_for"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitepolicy",
            name="equipment_check",
            field=models.CharField(
                choices=[("day", "A list once a day, before the first start"), ("session", "Asked before every start")],
                default="day",
                max_length=8,
                verbose_name="emergency equipment is checked",
            ),
        ),
    ]
