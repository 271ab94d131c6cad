"""Runs over the report of relief that somebody may ask for; the curve that goes into a progress letter."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("followup", "0010_diary_sealed_in_the_order_of_commit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="ReliefRun",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("key", models.CharField(default="relief", editable=False, max_length=8)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for the worker"),
                                    ("working", "being worked out"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("groups", models.PositiveIntegerField(default=0)),
                        ("groups_done", models.PositiveIntegerField(default=0)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("error", models.CharField(blank=True, max_length=80)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                        "indexes": [models.Index(fields=["-asked_at"], name="relief_run_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "working", "done", "failed"])),
                                name="relief_run_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "working"))),
                                fields=("key",),
                                name="relief_run_one_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state__in", ("asked", "working"))),
                                    models.Q(("state__in", ("done", "failed")), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="relief_run_ended_has_time",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="progressletter",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="progressletter",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="progressletter",
                    name="curve",
                    field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
                migrations.AddField(
                    model_name="progressletterevent",
                    name="curve",
                    field=models.JSONField(db_default=models.Value({}, models.JSONField()), default=dict),
                ),
                migrations.AlterField(
                    model_name="progressletter",
                    name="with_figures",
                    field=models.BooleanField(
                        default=True, help_text="The curve and the table of infusions go under the words."
                    ),
                ),
                migrations.AlterField(
                    model_name="progressletterevent",
                    name="with_figures",
                    field=models.BooleanField(
                        default=True, help_text="The curve and the table of infusions go under the words."
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_progressletterevent" ("body", "course_id", "curve", "discarded_at", "discarded_by_id", "document_id", "figures", "id", "infusions", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "referrer_id", "signed_at", "signed_by_id", "task_id", "text_id", "title", "to_address", "to_name", "version", "with_figures") VALUES (NEW."body", NEW."course_id", NEW."curve", NEW."discarded_at", NEW."discarded_by_id", NEW."document_id", NEW."figures", NEW."id", NEW."infusions", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."referrer_id", NEW."signed_at", NEW."signed_by_id", NEW."task_id", NEW."text_id", NEW."title", NEW."to_address", NEW."to_name", NEW."version", NEW."with_figures"); RETURN NULL;',
                            hash="43a2b19e5b6ebbbdf60936b4130bed760643d652",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0d59",
                            table="followup_progressletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_progressletterevent" ("body", "course_id", "curve", "discarded_at", "discarded_by_id", "document_id", "figures", "id", "infusions", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "referrer_id", "signed_at", "signed_by_id", "task_id", "text_id", "title", "to_address", "to_name", "version", "with_figures") VALUES (NEW."body", NEW."course_id", NEW."curve", NEW."discarded_at", NEW."discarded_by_id", NEW."document_id", NEW."figures", NEW."id", NEW."infusions", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."referrer_id", NEW."signed_at", NEW."signed_by_id", NEW."task_id", NEW."text_id", NEW."title", NEW."to_address", NEW."to_name", NEW."version", NEW."with_figures"); RETURN NULL;',
                            hash="51f883f6d42912bac9f169a42ff5bb5fa6698f5b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3aca",
                            table="followup_progressletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reliefrun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="relief_run_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:working,asked:failed,working:done,working:asked,working:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="bcb8265c94c6f73075d9f71c55508bead2500157",
                            operation="UPDATE",
                            pgid="pgtrigger_relief_run_moves_43f9d",
                            table="followup_reliefrun",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        )
    ]
