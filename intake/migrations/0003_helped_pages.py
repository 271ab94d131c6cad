"""Who filled a packet in together with the patient, and which pages were saved meanwhile."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_alerts_said_and_representatives"),
        ("intake", "0002_plural_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PacketHelp",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "helper",
                    models.CharField(
                        choices=[
                            ("relative", "Relative or friend"),
                            ("staff", "Staff of the clinic"),
                            ("representative", "Representative"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("relation", models.CharField(blank=True, max_length=60)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "packet help",
                "ordering": ["at"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pageanswers",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="pageanswers",
            name="update_update",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pageanswers",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                    hash="5e2b8bf1e64cb7f9e60abb809b7dbf93ba6a7c7f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_3771b",
                    table="intake_pageanswers",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pageanswers",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                    hash="b9e57f5d89af4f7529e0418d73c1dfc6ca74aa7a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a2cf4",
                    table="intake_pageanswers",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="packethelp",
            name="ends",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="end",
                to="intake.packethelp",
            ),
        ),
        migrations.AddField(
            model_name="packethelp",
            name="packet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="help", to="intake.packet"
            ),
        ),
        migrations.AddField(
            model_name="packethelp",
            name="representative",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.representative",
            ),
        ),
        migrations.AddField(
            model_name="packethelp",
            name="user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="pageanswers",
            name="help",
            field=models.ForeignKey(
                blank=True,
                help_text="Who helped when it was saved last; empty when the patient was alone.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pages",
                to="intake.packethelp",
            ),
        ),
        migrations.AddField(
            model_name="pageanswersevent",
            name="help",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Who helped when it was saved last; empty when the patient was alone.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="intake.packethelp",
            ),
        ),
        migrations.AddIndex(
            model_name="packethelp",
            index=models.Index(fields=["packet", "at"], name="packet_help_by_packet"),
        ),
        migrations.AddConstraint(
            model_name="packethelp",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("helper", "relative"), ("representative", None), ("user", None)),
                    models.Q(("helper", "staff"), ("representative", None), ("user__isnull", False)),
                    models.Q(("helper", "representative"), ("representative__isnull", False), ("user", None)),
                    _connector="OR",
                ),
                name="packet_help_names_its_helper",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="packethelp",
            trigger=pgtrigger.compiler.Trigger(
                name="packet_help_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="64f60aa73252fd59620fa2e20df2b435b3b5e97b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_packet_help_stays_d129c",
                    table="intake_packethelp",
                    when="BEFORE",
                ),
            ),
        ),
    ]
