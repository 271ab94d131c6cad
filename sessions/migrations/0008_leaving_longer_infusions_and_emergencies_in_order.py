"""Leaving against advice with its form, longer infusions, what a handover told, emergencies put in order."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_a_call_of_an_emergency"),
        ("treatment_sessions", "0007_written_without_network"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Reconciliation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "items",
                            models.JSONField(help_text="[code, what it is about, what was found] as judged then."),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "called",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconciliation",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconciliations",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["done_at"],
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="order",
                    name="order_words_stay",
                ),
                migrations.AddField(
                    model_name="ending",
                    name="drawing",
                    field=models.JSONField(blank=True, help_text="Strokes of [x, y] in a 600 x 200 box.", null=True),
                ),
                migrations.AddField(
                    model_name="ending",
                    name="printed_name",
                    field=models.CharField(blank=True, max_length=160),
                ),
                migrations.AddField(
                    model_name="ending",
                    name="risks",
                    field=models.TextField(blank=True, help_text="The risks of leaving that were told, in words."),
                ),
                migrations.AddField(
                    model_name="ending",
                    name="witness",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="handover",
                    name="summary",
                    field=models.JSONField(
                        blank=True, default=list, help_text="[name, words] as they stood at that moment."
                    ),
                ),
                migrations.AddField(
                    model_name="lineentry",
                    name="uncertain_since",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="order",
                    name="extends",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="treatment_sessions.doseorder",
                    ),
                ),
                migrations.AddField(
                    model_name="order",
                    name="minutes",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Of an extension: so many minutes more.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="order",
                    name="category",
                    field=models.CharField(
                        choices=[
                            ("drug", "Drug"),
                            ("oxygen", "Oxygen"),
                            ("fluid", "Fluid"),
                            ("dose", "Infusion dose"),
                            ("rate", "Rate"),
                            ("extension", "Longer infusion"),
                            ("resume", "Go on after a pause"),
                            ("discharge", "Discharge"),
                            ("other", "Other"),
                        ],
                        max_length=10,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="order_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."cosign_due_at" IS DISTINCT FROM (NEW."cosign_due_at") OR OLD."dose_mg" IS DISTINCT FROM (NEW."dose_mg") OR OLD."drug" IS DISTINCT FROM (NEW."drug") OR OLD."extends_id" IS DISTINCT FROM (NEW."extends_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval_minutes" IS DISTINCT FROM (NEW."interval_minutes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."max_doses" IS DISTINCT FROM (NEW."max_doses") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."ordered_at" IS DISTINCT FROM (NEW."ordered_at") OR OLD."ordered_by_id" IS DISTINCT FROM (NEW."ordered_by_id") OR OLD."rate_ml_h" IS DISTINCT FROM (NEW."rate_ml_h") OR OLD."read_back" IS DISTINCT FROM (NEW."read_back") OR OLD."route" IS DISTINCT FROM (NEW."route") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."standing_order_id" IS DISTINCT FROM (NEW."standing_order_id") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="982eed039b6627109807f9a079f029efe616b7aa",
                            operation="UPDATE",
                            pgid="pgtrigger_order_words_stay_9f813",
                            table="treatment_sessions_order",
                            when="BEFORE",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="ending",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("witness__isnull", True),
                            models.Q(("witness", models.F("ended_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="ending_witness_is_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="lineentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("uncertain_since__isnull", True), ("dose_uncertain", True), _connector="OR"
                        ),
                        name="line_since_when_uncertain",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("category", "extension"), _negated=True), ("extends__isnull", True)),
                            models.Q(
                                ("category", "extension"),
                                ("dose_mg__gt", 0),
                                ("extends__isnull", False),
                                ("minutes__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="order_extension_complete",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reconciliation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reconciliation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="124f0f012a8da55e643ec023a8e058263315fb5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reconciliation_stays_8011c",
                            table="treatment_sessions_reconciliation",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
