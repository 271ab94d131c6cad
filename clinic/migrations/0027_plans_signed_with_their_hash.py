"""The plan of a course: what was signed, by whom, with the hash over it."""

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
        ("clinic", "0026_known_browsers"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="PlanSignature",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed"),
                                    ("changed", "Changed and signed anew"),
                                    ("moved", "Moved to another version"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "course_version",
                            models.PositiveIntegerField(help_text="The course's version that this signature made."),
                        ),
                        ("facts", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("printed_name", models.CharField(max_length=160)),
                        ("signed_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_signatures",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-course_version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "course_version"), name="plan_signature_once_a_version"
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plansignature",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_signature_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c3fd72acdaabc4778c5c8cb9684f1f8fa269608c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_plan_signature_stays_4ccb1",
                            table="clinic_plansignature",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
