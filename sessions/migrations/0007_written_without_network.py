"""What tablets write without network: on the entry its tablet, ticket and clock; beside it what a human must decide."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0013_daily_equipment_check"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0006_pins_drug_decisions_and_equipment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="HeldEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("door", models.CharField(max_length=40)),
                        ("fields", models.JSONField()),
                        ("reasons", models.JSONField(help_text="Pairs of code and words: why it was not taken.")),
                        ("tablet", models.UUIDField(blank=True, null=True)),
                        ("ticket", models.UUIDField(blank=True, null=True)),
                        ("tablet_at", models.DateTimeField(help_text="The tablet's own clock when it was written.")),
                        ("clock_offset_s", models.IntegerField(default=0, help_text="The tablet's clock minus ours.")),
                        ("written_at", models.DateTimeField(help_text="The same moment by our clock.")),
                        ("received_at", models.DateTimeField()),
                        ("body_hash", models.CharField(max_length=64)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("recorded", "Recorded"), ("set_aside", "Set aside")],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_before",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sent_by",
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
                                related_name="held_entries",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "settled_by",
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
                        "verbose_name_plural": "held entries",
                        "ordering": ["written_at", "received_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="held_settled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entry__isnull", True), ("outcome", ""), ("settled_at__isnull", True)),
                                    models.Q(
                                        ("entry__isnull", False), ("outcome", "recorded"), ("settled_at__isnull", False)
                                    ),
                                    models.Q(
                                        ("entry__isnull", True),
                                        ("outcome", "set_aside"),
                                        ("settled_at__isnull", False),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="held_settled_one_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("door", models.CharField(max_length=40)),
                        ("fields", models.JSONField()),
                        ("reasons", models.JSONField(help_text="Pairs of code and words: why it was not taken.")),
                        ("tablet", models.UUIDField(blank=True, null=True)),
                        ("ticket", models.UUIDField(blank=True, null=True)),
                        ("tablet_at", models.DateTimeField(help_text="The tablet's own clock when it was written.")),
                        ("clock_offset_s", models.IntegerField(default=0, help_text="The tablet's clock minus ours.")),
                        ("written_at", models.DateTimeField(help_text="The same moment by our clock.")),
                        ("received_at", models.DateTimeField()),
                        ("body_hash", models.CharField(max_length=64)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("recorded", "Recorded"), ("set_aside", "Set aside")],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "author",
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
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.entry",
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
                                to="treatment_sessions.heldentry",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "settled_by",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="held_settled_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."settled_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e2be87bc38972db613fb3585f761d75313fc14e3",
                            operation="UPDATE",
                            pgid="pgtrigger_held_settled_stays_6116d",
                            table="treatment_sessions_heldentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="held_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c386132172cfc06afb0a8b3e7ad974a19800be9d",
                            operation="DELETE",
                            pgid="pgtrigger_held_stays_c886d",
                            table="treatment_sessions_heldentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_heldentryevent" ("author_id", "body_hash", "clock_offset_s", "door", "entry_id", "fields", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "received_at", "sent_by_id", "session_id", "settled_at", "settled_by_id", "tablet", "tablet_at", "ticket", "words", "written_at") VALUES (NEW."author_id", NEW."body_hash", NEW."clock_offset_s", NEW."door", NEW."entry_id", NEW."fields", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."received_at", NEW."sent_by_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."tablet", NEW."tablet_at", NEW."ticket", NEW."words", NEW."written_at"); RETURN NULL;',
                            hash="feade49ac4e7048d78fa8d5bb2b72d0c9ade9cdf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_314c3",
                            table="treatment_sessions_heldentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessions_heldentryevent" ("author_id", "body_hash", "clock_offset_s", "door", "entry_id", "fields", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "received_at", "sent_by_id", "session_id", "settled_at", "settled_by_id", "tablet", "tablet_at", "ticket", "words", "written_at") VALUES (NEW."author_id", NEW."body_hash", NEW."clock_offset_s", NEW."door", NEW."entry_id", NEW."fields", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."received_at", NEW."sent_by_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."tablet", NEW."tablet_at", NEW."ticket", NEW."words", NEW."written_at"); RETURN NULL;',
                            hash="c9f6916b021f7a53e40ec8afe804b61ea0538c57",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5dc89",
                            table="treatment_sessions_heldentry",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
        migrations.AddField(
            model_name="entry",
            name="tablet",
            field=models.UUIDField(blank=True, help_text="The device that wrote it without network.", null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="tablet_at",
            field=models.DateTimeField(blank=True, help_text="That device's own clock when it was written.", null=True),
        ),
        migrations.AddField(
            model_name="entry",
            name="ticket",
            field=models.UUIDField(blank=True, help_text="The authorship ticket that names the author.", null=True),
        ),
        migrations.AlterField(
            model_name="entry",
            name="source",
            field=models.CharField(
                choices=[
                    ("typed", "Typed at the chair"),
                    ("back_entered", "Entered afterwards"),
                    ("paper", "From a paper sheet"),
                    ("monitor", "Accepted from a monitor"),
                    ("offline", "Written without network"),
                    ("system", "By rule"),
                ],
                default="typed",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "offline"), _negated=True),
                    models.Q(
                        ("sent_by__isnull", False),
                        ("tablet__isnull", False),
                        ("tablet_at__isnull", False),
                        ("ticket__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="entry_offline_has_ticket",
            ),
        ),
    ]
