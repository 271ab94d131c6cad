"""Levels of rules as the clinic sets them; findings that appear after an approval, with what would resolve them."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0008_alert_routes_and_notices"),
        ("intake", "0006_consent_requests_and_education"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="finding",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="finding",
            name="finding_once_an_assessment",
        ),
        Together(
            operations=[
                migrations.AddField(
                    model_name="finding",
                    name="conditions",
                    field=models.JSONField(
                        blank=True, default=list, help_text="What is treated, where it counts; empty: all."
                    ),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="default_level",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("hard_stop", "hard_stop"),
                            ("needs_action", "needs_action"),
                            ("warn", "warn"),
                            ("info", "info"),
                            ("unknown", "unknown"),
                        ],
                        max_length=14,
                    ),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="ended_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="no longer found"),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="facts",
                    field=models.JSONField(blank=True, default=list, help_text="Codes of all facts it rests on."),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="is_new",
                    field=models.BooleanField(default=False, verbose_name="appeared after the approval"),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="of_day",
                    field=models.BooleanField(default=False, verbose_name="true of that day only"),
                ),
                migrations.AddField(
                    model_name="finding",
                    name="resolves",
                    field=models.TextField(blank=True, verbose_name="what would resolve it"),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="conditions",
                    field=models.JSONField(
                        blank=True, default=list, help_text="What is treated, where it counts; empty: all."
                    ),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="default_level",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("hard_stop", "hard_stop"),
                            ("needs_action", "needs_action"),
                            ("warn", "warn"),
                            ("info", "info"),
                            ("unknown", "unknown"),
                        ],
                        max_length=14,
                    ),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="ended_at",
                    field=models.DateTimeField(blank=True, null=True, verbose_name="no longer found"),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="facts",
                    field=models.JSONField(blank=True, default=list, help_text="Codes of all facts it rests on."),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="is_new",
                    field=models.BooleanField(default=False, verbose_name="appeared after the approval"),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="of_day",
                    field=models.BooleanField(default=False, verbose_name="true of that day only"),
                ),
                migrations.AddField(
                    model_name="findingevent",
                    name="resolves",
                    field=models.TextField(blank=True, verbose_name="what would resolve it"),
                ),
                migrations.AlterField(
                    model_name="finding",
                    name="stage",
                    field=models.CharField(
                        choices=[
                            ("submission", "submission"),
                            ("assessment", "assessment"),
                            ("decision", "decision"),
                            ("booking", "booking"),
                            ("check_in", "check_in"),
                        ],
                        max_length=12,
                    ),
                ),
                migrations.AlterField(
                    model_name="findingevent",
                    name="stage",
                    field=models.CharField(
                        choices=[
                            ("submission", "submission"),
                            ("assessment", "assessment"),
                            ("decision", "decision"),
                            ("booking", "booking"),
                            ("check_in", "check_in"),
                        ],
                        max_length=12,
                    ),
                ),
            ]
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True), ("is_new", True)),
                fields=["patient", "found_at"],
                name="finding_new",
            ),
        ),
        migrations.AddIndex(
            model_name="finding",
            index=models.Index(fields=["rule", "found_at"], name="finding_by_rule"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_findingevent" ("assessment_id", "conditions", "default_level", "ended_at", "fact", "facts", "found_at", "id", "is_new", "level", "neutral", "occasion_id", "occasion_kind", "of_day", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "resolves", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."conditions", NEW."default_level", NEW."ended_at", NEW."fact", NEW."facts", NEW."found_at", NEW."id", NEW."is_new", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."of_day", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."resolves", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                    hash="b49192dad7ec70f22bec75bab79cb93b9cca10cf",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8f8e4",
                    table="intake_finding",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="finding",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_findingevent" ("assessment_id", "conditions", "default_level", "ended_at", "fact", "facts", "found_at", "id", "is_new", "level", "neutral", "occasion_id", "occasion_kind", "of_day", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "resolves", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."conditions", NEW."default_level", NEW."ended_at", NEW."fact", NEW."facts", NEW."found_at", NEW."id", NEW."is_new", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."of_day", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."resolves", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                    hash="5e65c2ff9c63749a37c651d4af9a483505ea7b9b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_152f7",
                    table="intake_finding",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("assessment", "rule"),
                name="finding_once_an_assessment",
            ),
        ),
        migrations.AddConstraint(
            model_name="finding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("assessment__isnull", True), ("ended_at__isnull", True)),
                fields=("occasion_kind", "occasion_id", "rule"),
                name="finding_once_an_occasion",
            ),
        ),
        Together(
            operations=[
                migrations.CreateModel(
                    name="RuleLevel",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("rule", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField(verbose_name="version of the rule")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "Hard stop"),
                                    ("needs_action", "Needs action"),
                                    ("warn", "Caution"),
                                    ("info", "Note"),
                                    ("off", "Switched off"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "default_level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "Hard stop"),
                                    ("needs_action", "Needs action"),
                                    ("warn", "Caution"),
                                    ("info", "Note"),
                                    ("off", "Switched off"),
                                ],
                                max_length=14,
                                verbose_name="level it ships with",
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField()),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-set_at"],
                        "indexes": [models.Index(fields=["rule", "-set_at"], name="rule_level_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="rule_level_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("default_level", "hard_stop"), ("level", "off"), _negated=True),
                                name="rule_level_hard_stop_stays_on",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rulelevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rule_level_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f28a3114e27873e4e264c5bb20843a295584cbb1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rule_level_stays_1eb2b",
                            table="intake_rulelevel",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
