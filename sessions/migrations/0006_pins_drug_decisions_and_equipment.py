"""Quick PINs, decisions about drugs in spite of what speaks against them, checks of the emergency equipment."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_daily_equipment_check"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0005_going_home_and_adverse_events"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="DrugDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("drug", models.CharField(max_length=60)),
                        ("kind", models.CharField(help_text="allergy or interaction", max_length=12)),
                        ("level", models.CharField(max_length=12)),
                        ("words", models.CharField(max_length=300)),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "occasion",
                            models.CharField(
                                choices=[("order", "When ordered"), ("give", "When given"), ("ahead", "Decided ahead")],
                                max_length=6,
                            ),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "decided_by",
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
                                related_name="drug_decisions",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("words", ""), _negated=True)
                                ),
                                name="drug_decision_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EquipmentCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The site's own day.")),
                        ("items", models.JSONField(help_text="[code, label, in order, words] as answered then.")),
                        ("in_order", models.BooleanField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("checked_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="equipment_checks",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["checked_at", "id"],
                        "indexes": [models.Index(fields=["site", "day"], name="equipment_of_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("items", []), _negated=True), name="equipment_names_items"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuickPin",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("pin_hash", models.CharField(blank=True, help_text="Empty: taken away.", max_length=128)),
                        ("for_password", models.CharField(blank=True, max_length=64)),
                        (
                            "badge",
                            models.CharField(
                                blank=True, help_text="What is scanned or typed off the badge.", max_length=40
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                        ("locked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quick_pin",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quick PIN",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("badge", ""), _negated=True),
                                fields=("badge",),
                                name="quick_pin_badge_once",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="drugdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="drug_decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e5c0e864e834de57fac6f072edbb8d00a0937d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_drug_decision_stays_2d638",
                            table="treatment_sessions_drugdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="equipmentcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="equipment_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c61b2fb19e44fcf035295661eaa5c1022d39fb4b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_equipment_check_stays_aa109",
                            table="treatment_sessions_equipmentcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
