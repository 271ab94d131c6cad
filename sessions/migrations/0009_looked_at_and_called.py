"""What nobody could read has been looked at; the prescriber was called too."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_vitals_overdue_and_alarms"),
        ("treatment_sessions", "0008_leaving_longer_infusions_and_emergencies_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="alarmanswered",
            name="answer",
            field=models.CharField(
                choices=[
                    ("going", "I am going"),
                    ("recheck_ok", "Fresh set within limits"),
                    ("decided", "Prescriber decided"),
                    ("value_corrected", "Value corrected"),
                    ("called", "Prescriber called too"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="MonitorLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("code", "Code or unit"),
                            ("message", "Message"),
                            ("device", "Monitor and the values held of it"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject", models.CharField(max_length=320)),
                ("words", models.CharField(blank=True, help_text="What it turned out to be.", max_length=200)),
                ("looked_at", models.DateTimeField()),
                ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                (
                    "looked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"),
                ),
            ],
            options={
                "ordering": ["looked_at"],
                "indexes": [models.Index(fields=["site", "about", "looked_at"], name="monitor_look_of_site")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["code", "message", "device"])),
                        name="monitor_look_about_known",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="monitorlook",
            trigger=pgtrigger.compiler.Trigger(
                name="monitor_look_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ec55827f87cb8374e286eaf1558c853a3f06805e",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_monitor_look_stays_7dd1e",
                    table="treatment_sessions_monitorlook",
                    when="BEFORE",
                ),
            ),
        ),
    ]
