"""What was done to keep the record safe: one row a run of a backup command."""

import uuid

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0022_break_glass_and_access_reviews"),
    ]

    operations = [
        migrations.CreateModel(
            name="BackupRun",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("base", "Copy of the whole server"),
                            ("dump", "Copy of the database"),
                            ("copy", "Carried to another place"),
                            ("check", "Files checked"),
                            ("restore", "Restored on trial"),
                            ("prune", "Old copies removed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, help_text="Of the copy, as its folder is called.", max_length=60),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("outcome", models.CharField(choices=[("ok", "Done"), ("failed", "Failed")], max_length=6)),
                ("size", models.PositiveBigIntegerField(blank=True, help_text="Bytes, sealed.", null=True)),
                ("words", models.CharField(blank=True, help_text="What failed, or what was found.", max_length=400)),
                ("detail", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["-ended_at"],
                "indexes": [models.Index(fields=["kind", "-ended_at"], name="backup_run_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ended_at__gte", models.F("started_at"))),
                        name="backup_run_ends_after_its_start",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "failed"), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="backup_run_says_what_failed",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="backuprun",
            trigger=pgtrigger.compiler.Trigger(
                name="backup_run_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="d8490ad55404ed16f1331754fb940b85bdb8a123",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_backup_run_stays_18049",
                    table="clinic_backuprun",
                    when="BEFORE",
                ),
            ),
        ),
    ]
