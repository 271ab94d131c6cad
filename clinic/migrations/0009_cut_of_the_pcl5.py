"""The cut of the PCL-5 is the clinic's choice among those that are published."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0008_alert_routes_and_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitepolicy",
            name="pcl5_cut",
            field=models.PositiveSmallIntegerField(
                default=33,
                help_text="A total from here on counts as provisional PTSD: 31, 32 or 33.",
                verbose_name="cut of the PCL-5",
            ),
        ),
        migrations.AddConstraint(
            model_name="sitepolicy",
            constraint=models.CheckConstraint(
                condition=models.Q(("pcl5_cut__gte", 31), ("pcl5_cut__lte", 33)), name="policy_pcl5_cut_31_to_33"
            ),
        ),
    ]
