"""Settings of a site: how long drug records are kept, its registration, dead space, when the downtime pack is made."""

from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0010_wall_screens"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.AddField(
                    model_name="sitepolicy",
                    name="dea_number",
                    field=models.CharField(
                        blank=True,
                        help_text="Of this registered location, as its register prints it.",
                        max_length=20,
                        verbose_name="DEA number",
                    ),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="dead_space_ml",
                    field=models.DecimalField(
                        decimal_places=2,
                        default=0,
                        help_text="What the line and connectors hold, proposed as waste of its own. 0: nothing is proposed.",
                        max_digits=5,
                        verbose_name="dead space of the line, mL",
                    ),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="ledger_retention_years",
                    field=models.PositiveSmallIntegerField(
                        default=2,
                        help_text="At least 2 (21 CFR 1304.04(a)); ask your state.",
                        verbose_name="controlled-drug records are kept, years",
                    ),
                ),
                migrations.AddField(
                    model_name="sitepolicy",
                    name="pack_minutes_before",
                    field=models.PositiveSmallIntegerField(
                        default=60, verbose_name="the downtime pack is made, minutes before opening"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitepolicy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("ledger_retention_years__gte", 2)),
                        name="policy_ledger_kept_two_years_or_more",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitepolicy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("dead_space_ml__gte", 0), ("dead_space_ml__lte", 50)),
                        name="policy_dead_space_0_to_50_ml",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sitepolicy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("pack_minutes_before__lte", 600)), name="policy_pack_within_ten_hours"
                    ),
                ),
            ],
        ),
    ]
