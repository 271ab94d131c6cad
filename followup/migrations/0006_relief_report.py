"""What the report of relief is worked out from and kept in: parts of a condition, rates, a back-test of windows."""

import uuid

import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0005_reminders_before_and_after"),
    ]

    operations = [
        migrations.CreateModel(
            name="WindowBackTest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=10)),
                (
                    "own",
                    models.CharField(
                        choices=[
                            ("none", "No own interval"),
                            ("few", "1 or 2"),
                            ("fair", "3 or 4"),
                            ("good", "5 or more"),
                        ],
                        help_text="Completed intervals before that infusion.",
                        max_length=6,
                    ),
                ),
                ("tried", models.PositiveIntegerField()),
                ("met", models.PositiveIntegerField()),
                ("early", models.PositiveIntegerField(help_text="The window was over before relief ended.")),
                ("late", models.PositiveIntegerField(help_text="Relief had ended before the window began.")),
                ("unseen", models.PositiveIntegerField(help_text="The end was not seen: can't be judged.")),
                ("patients", models.PositiveIntegerField()),
                ("width", models.FloatField(help_text="Median width of the windows, days.", null=True)),
                ("low", models.FloatField(help_text="95 % interval of the share met, 0 to 1.", null=True)),
                ("high", models.FloatField(null=True)),
                ("computed_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="cliniccurve",
            name="clinic_curve_once",
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="asked_high",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="asked_low",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="asked_median",
            field=models.FloatField(help_text="Sensitivity run: asking for the next one counts as loss.", null=True),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="courses",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="fingerprint",
            field=models.CharField(default="", help_text="What it was worked out from.", max_length=64),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="km_median",
            field=models.FloatField(help_text="Kaplan-Meier, loss on the first report without relief.", null=True),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="label",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="rates",
            field=models.JSONField(default=list, help_text="Response after 24 hours, 7, 30 and 90 days."),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="similar",
            field=models.JSONField(help_text="[centre, between, within, patients] of log durations.", null=True),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="split",
            field=models.CharField(
                choices=[("all", "All"), ("protocol", "Protocol"), ("dose", "Dose"), ("series", "Series")],
                default="all",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="too_few",
            field=models.PositiveIntegerField(default=0, help_text="Infusions left out: too few reports."),
        ),
        migrations.AddField(
            model_name="cliniccurve",
            name="value",
            field=models.CharField(blank=True, default="", help_text="Which part of the split.", max_length=40),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="asked_day",
            field=models.PositiveSmallIntegerField(help_text="Day on which a call was first asked for.", null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="change_1",
            field=models.SmallIntegerField(help_text="Relief in per cent of the baseline after 24 hours.", null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="change_30",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="change_7",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="change_90",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="is_booster",
            field=models.BooleanField(default=False, help_text="This one came after the planned series."),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="next_day",
            field=models.PositiveSmallIntegerField(help_text="Days until the next infusion began.", null=True),
        ),
        migrations.AddField(
            model_name="reliefepisode",
            name="next_is_booster",
            field=models.BooleanField(default=False, help_text="The next one came after the planned series."),
        ),
        migrations.AddConstraint(
            model_name="cliniccurve",
            constraint=models.UniqueConstraint(
                fields=("measure", "purpose", "reason", "percent", "split", "value"), name="clinic_curve_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="windowbacktest",
            constraint=models.UniqueConstraint(fields=("purpose", "own"), name="window_back_test_once"),
        ),
        migrations.AddConstraint(
            model_name="windowbacktest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "tried",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("met"), "+", models.F("early")),
                            "+",
                            models.F("late"),
                        ),
                    )
                ),
                name="window_back_test_adds_up",
            ),
        ),
    ]
