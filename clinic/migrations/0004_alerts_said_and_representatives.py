"""Alerts a patient said, and whether staff looked into them; representatives with an address of their own."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_documents_and_renewed_consents"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="update_update",
        ),
        migrations.AddField(
            model_name="message",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                help_text="Who receives it on the patient's behalf.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="clinic.representative",
            ),
        ),
        migrations.AddField(
            model_name="messageevent",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Who receives it on the patient's behalf.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.representative",
            ),
        ),
        migrations.AddField(
            model_name="patientalert",
            name="occasion_id",
            field=models.UUIDField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patientalert",
            name="occasion_kind",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AddField(
            model_name="patientalert",
            name="source",
            field=models.CharField(
                choices=[("staff", "Staff noted"), ("patient", "Patient said")], default="staff", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="patientalert",
            name="verified_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="patientalert",
            name="verified_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="patientlink",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                help_text="Whom it was sent to, when not to the patient.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="clinic.representative",
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="email",
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name="representative",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="representative",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="patientalert",
            name="noted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                    hash="b867a66cdd1a321d6003ddc138d810fd278f1865",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4fec2",
                    table="clinic_message",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                    hash="d46305b65b2563426299cca208c553d7e0803ddc",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f58f2",
                    table="clinic_message",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("representative__isnull", True), ("patient__isnull", False), _connector="OR"),
                name="message_on_behalf_of_a_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="patientalert",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                    _connector="OR",
                ),
                name="patient_alert_verified_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="patientalert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("patient", "kind", "words"),
                name="patient_alert_once",
            ),
        ),
    ]
