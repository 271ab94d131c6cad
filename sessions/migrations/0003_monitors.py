"""Bedside monitors: devices, what they sent, values read out of it, which of them went on the chart."""

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
        ("clinic", "0009_cut_of_the_pcl5"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0002_plural_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sender", models.CharField(help_text="MSH-3 and MSH-4.", max_length=120)),
                        (
                            "unit",
                            models.CharField(
                                blank=True, help_text="OBX-18, as the monitor names itself.", max_length=120
                            ),
                        ),
                        ("bed", models.CharField(blank=True, help_text="PV1-3, the bed it is set to.", max_length=120)),
                        ("label", models.CharField(blank=True, max_length=40)),
                        ("first_heard_at", models.DateTimeField()),
                        ("last_heard_at", models.DateTimeField()),
                        (
                            "clock_offset_s",
                            models.IntegerField(
                                default=0, help_text="Its clock minus ours, in seconds, when last heard."
                            ),
                        ),
                        (
                            "clock_right_at",
                            models.DateTimeField(
                                blank=True, help_text="The last time at which its clock agreed.", null=True
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="devices",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "retired_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="devices",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("sender", "unit", "bed"), name="device_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_confirmed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                                    models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_retired_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    models.Q(("chair__isnull", False), ("site__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_confirmed_at_a_chair",
                            ),
                        ],
                        "ordering": ["sender", "unit", "bed"],
                    },
                ),
                migrations.CreateModel(
                    name="DeviceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("sender", models.CharField(help_text="MSH-3 and MSH-4.", max_length=120)),
                        (
                            "unit",
                            models.CharField(
                                blank=True, help_text="OBX-18, as the monitor names itself.", max_length=120
                            ),
                        ),
                        ("bed", models.CharField(blank=True, help_text="PV1-3, the bed it is set to.", max_length=120)),
                        ("label", models.CharField(blank=True, max_length=40)),
                        ("first_heard_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="treatment_sessions.device",
                            ),
                        ),
                        (
                            "retired_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RawMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sender", models.CharField(blank=True, max_length=120)),
                        ("control_id", models.CharField(blank=True, help_text="MSH-10.", max_length=200)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("body", models.BinaryField()),
                        ("kind", models.CharField(blank=True, help_text="MSH-9.", max_length=40)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "Values read"),
                                    ("held", "Held: the monitor is not confirmed"),
                                    ("other", "Not a report of values"),
                                    ("unreadable", "Could not be read"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=200)),
                        ("address", models.GenericIPAddressField(blank=True, null=True)),
                        ("received_at", models.DateTimeField()),
                        (
                            "said_at",
                            models.DateTimeField(blank=True, help_text="MSH-7, by the sender's clock.", null=True),
                        ),
                        ("clock_offset_s", models.IntegerField(default=0)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="treatment_sessions.device",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "taken"), _negated=True),
                                fields=["received_at"],
                                name="raw_message_to_look_at",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sender", "control_id", "body_hash"), name="raw_message_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["taken", "held", "other", "unreadable"])),
                                name="raw_message_outcome_known",
                            ),
                        ],
                        "ordering": ["received_at"],
                    },
                ),
                migrations.CreateModel(
                    name="MonitorSample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("measure", models.CharField(blank=True, max_length=20)),
                        ("code", models.CharField(help_text="OBX-3 as sent.", max_length=120)),
                        ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                        ("text", models.CharField(blank=True, help_text="OBX-5 as sent.", max_length=120)),
                        ("unit", models.CharField(blank=True, help_text="OBX-6 as sent.", max_length=80)),
                        ("status", models.CharField(blank=True, help_text="OBX-11.", max_length=2)),
                        (
                            "odd",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_value", "Sent without a value"),
                                    ("not_number", "Not a number"),
                                    ("unit", "Unknown unit"),
                                    ("code", "Unknown code"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("device_at", models.DateTimeField(blank=True, null=True)),
                        ("observed_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("clock_offset_s", models.IntegerField(default=0)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.device",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.rawmessage",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["session", "-observed_at"], name="sample_of_session"),
                            models.Index(
                                condition=models.Q(("odd__in", ["code", "unit"])),
                                fields=["received_at"],
                                name="sample_to_look_at",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("message", "position"), name="sample_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("odd", ""), ("value__isnull", False), models.Q(("measure", ""), _negated=True)
                                    ),
                                    models.Q(("odd", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sample_value_or_why_not",
                            ),
                        ],
                        "ordering": ["observed_at", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="AcceptedSample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted_samples",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted",
                                to="treatment_sessions.monitorsample",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "sample"), name="accepted_sample_once")
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="device",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_deviceevent" ("bed", "chair_id", "confirmed_at", "confirmed_by_id", "first_heard_at", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "sender", "site_id", "unit") VALUES (NEW."bed", NEW."chair_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."first_heard_at", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."sender", NEW."site_id", NEW."unit"); RETURN NULL;',
                            hash="aa2dec0f506c3b2d244ca2ed5a7becdbe4cbae71",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_528fc",
                            table="treatment_sessions_device",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="device",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."bed" IS DISTINCT FROM (NEW."bed") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."first_heard_at" IS DISTINCT FROM (NEW."first_heard_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."retired_at" IS DISTINCT FROM (NEW."retired_at") OR OLD."retired_by_id" IS DISTINCT FROM (NEW."retired_by_id") OR OLD."sender" IS DISTINCT FROM (NEW."sender") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func='INSERT INTO "treatment_sessions_deviceevent" ("bed", "chair_id", "confirmed_at", "confirmed_by_id", "first_heard_at", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "sender", "site_id", "unit") VALUES (NEW."bed", NEW."chair_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."first_heard_at", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."sender", NEW."site_id", NEW."unit"); RETURN NULL;',
                            hash="87d5dd811bc52a57be08880c779a45ed35dbb728",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4a4f",
                            table="treatment_sessions_device",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptedsample",
                    trigger=pgtrigger.compiler.Trigger(
                        name="accepted_sample_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="72dc168f7814b7f3b7a97eb6762a9db4e9df30fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_accepted_sample_stays_6483c",
                            table="treatment_sessions_acceptedsample",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rawmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="raw_message_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="25cbd11e19e531b4d5fa9c4091fe0f10a0cc396b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_raw_message_stays_8127f",
                            table="treatment_sessions_rawmessage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="monitorsample",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sample_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="568def39cbcc3503cbee3998646a84a325c5f7d5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_sample_stays_cf96d",
                            table="treatment_sessions_monitorsample",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
