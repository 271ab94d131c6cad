"""Screens on the wall: devices paired with a site. Whether they show vital signs is the site's own setting."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0009_cut_of_the_pcl5"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.AddField(
            model_name="sitepolicy",
            name="wall_values",
            field=models.BooleanField(
                default=False,
                help_text="Off: a screen on the wall shows chair, initials, phase, what is due and how grave an alarm is.",
                verbose_name="vital signs on the wall",
            ),
        ),
        Together(
            operations=[
                migrations.CreateModel(
                    name="WallScreen",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("code_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="asked from")),
                        ("code_until", models.DateTimeField()),
                        ("name", models.CharField(blank=True, help_text="Where it hangs.", max_length=60)),
                        ("paired_at", models.DateTimeField(blank=True, null=True)),
                        ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paired_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revoked_by",
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
                                related_name="wall_screens",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "asked_at"],
                        "indexes": [models.Index(fields=["code_hash"], name="wall_screen_by_code")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paired_at__isnull", True), ("paired_by__isnull", True)),
                                    models.Q(("paired_at__isnull", False), ("paired_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="wall_screen_paired_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="wall_screen_revoked_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), ("paired_at__isnull", True), ("site__isnull", True)),
                                    models.Q(
                                        ("paired_at__isnull", False),
                                        ("site__isnull", False),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="wall_screen_paired_has_site_and_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True), ("paired_at__isnull", False), _connector="OR"
                                ),
                                name="wall_screen_paired_then_revoked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WallScreenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("token_hash", models.CharField(max_length=64)),
                        ("code_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="asked from")),
                        ("code_until", models.DateTimeField()),
                        ("name", models.CharField(blank=True, help_text="Where it hangs.", max_length=60)),
                        ("paired_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paired_by",
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
                                to="clinic.wallscreen",
                            ),
                        ),
                        (
                            "revoked_by",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="wallscreen",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_wallscreenevent" ("address", "asked_at", "code_hash", "code_until", "id", "name", "paired_at", "paired_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "site_id", "token_hash") VALUES (NEW."address", NEW."asked_at", NEW."code_hash", NEW."code_until", NEW."id", NEW."name", NEW."paired_at", NEW."paired_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."site_id", NEW."token_hash"); RETURN NULL;',
                            hash="2b979ed9e86e2e35655c430178a7087aa1301858",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fe1c2",
                            table="clinic_wallscreen",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wallscreen",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."code_hash" IS DISTINCT FROM (NEW."code_hash") OR OLD."code_until" IS DISTINCT FROM (NEW."code_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."paired_at" IS DISTINCT FROM (NEW."paired_at") OR OLD."paired_by_id" IS DISTINCT FROM (NEW."paired_by_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."token_hash" IS DISTINCT FROM (NEW."token_hash"))',
                            func='INSERT INTO "clinic_wallscreenevent" ("address", "asked_at", "code_hash", "code_until", "id", "name", "paired_at", "paired_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "site_id", "token_hash") VALUES (NEW."address", NEW."asked_at", NEW."code_hash", NEW."code_until", NEW."id", NEW."name", NEW."paired_at", NEW."paired_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."site_id", NEW."token_hash"); RETURN NULL;',
                            hash="2696171cf3aee47a2be0a8c3a575f1c86a40192d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce47f",
                            table="clinic_wallscreen",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
