"""Corrections of the record that patients ask for; which discharge score a protocol asks for."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0011_ledger_and_paper_settings"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.AddField(
            model_name="protocolversion",
            name="discharge_scale",
            field=models.CharField(
                choices=[("aldrete", "Modified Aldrete (1995)"), ("padss", "Post-anaesthetic discharge score (PADSS)")],
                default="aldrete",
                help_text="Which score the nurse takes before going home.",
                max_length=12,
                verbose_name="discharge score",
            ),
        ),
        migrations.AlterField(
            model_name="protocolversion",
            name="discharge_score_min",
            field=models.PositiveSmallIntegerField(default=9, help_text="Of 10, on that score."),
        ),
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="AmendmentRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("about", models.CharField(help_text="Which part of the record, in words.", max_length=200)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("words", models.TextField(help_text="What is wrong or missing.")),
                        ("should_say", models.TextField(help_text="What it should say.")),
                        (
                            "tell",
                            models.CharField(
                                blank=True, help_text="Who else should be told, if it is accepted.", max_length=300
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("extended_at", models.DateTimeField(blank=True, null=True)),
                        ("extended_why", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be decided"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("denied", "denied"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("added", models.TextField(blank=True, help_text="What was put into the record.")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "The record is accurate and complete as it stands"),
                                    ("not_ours", "We did not write that part, and who wrote it can still be asked"),
                                    ("not_record", "It is not part of the record we use to decide about care"),
                                    ("no_access", "It is a part that may not be seen either"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "decision_words",
                            models.TextField(blank=True, help_text="The reason, as the patient reads it."),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "extended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendment_requests",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendment_requests",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["site", "due_on"],
                                name="amendment_open_by_site",
                            ),
                            models.Index(fields=["subject_kind", "subject_id"], name="amendment_about"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "accepted", "partly", "denied", "withdrawn"])
                                ),
                                name="amendment_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("extended_at__isnull", True), ("extended_by__isnull", True)),
                                    models.Q(("extended_at__isnull", False), ("extended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="amendment_extended_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="amendment_decided_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("should_say", ""), _negated=True)
                                ),
                                name="amendment_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state__in", ["open", "withdrawn"])),
                                    models.Q(
                                        ("decided_at__isnull", False), models.Q(("decision_words", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="amendment_decided_has_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["denied", "partly"]), _negated=True),
                                    models.Q(("grounds", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="amendment_denied_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["accepted", "partly"]), _negated=True),
                                    models.Q(("added", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="amendment_accepted_is_added",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AmendmentRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("about", models.CharField(help_text="Which part of the record, in words.", max_length=200)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("words", models.TextField(help_text="What is wrong or missing.")),
                        ("should_say", models.TextField(help_text="What it should say.")),
                        (
                            "tell",
                            models.CharField(
                                blank=True, help_text="Who else should be told, if it is accepted.", max_length=300
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("extended_at", models.DateTimeField(blank=True, null=True)),
                        ("extended_why", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be decided"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("denied", "denied"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("added", models.TextField(blank=True, help_text="What was put into the record.")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "The record is accurate and complete as it stands"),
                                    ("not_ours", "We did not write that part, and who wrote it can still be asked"),
                                    ("not_record", "It is not part of the record we use to decide about care"),
                                    ("no_access", "It is a part that may not be seen either"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "decision_words",
                            models.TextField(blank=True, help_text="The reason, as the patient reads it."),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_by",
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
                            "entered_by",
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
                            "extended_by",
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
                            "patient",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.patient",
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
                                to="clinic.amendmentrequest",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="AmendmentStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disagreement", "Statement of disagreement"),
                                    ("rebuttal", "Our answer to the statement"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who of the staff wrote it down.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="clinic.amendmentrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="amendment_statement_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "disagreement"), ("made_by__isnull", False), _connector="OR"
                                ),
                                name="amendment_rebuttal_has_author",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:partly,open:denied,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="1e45a3669fd3ff79b0556fbd501766b97b9750d2",
                            operation="UPDATE",
                            pgid="pgtrigger_amendment_moves_ad304",
                            table="clinic_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_decided_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."decided_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a21dbd538d6837ff48cec71f43278ec275d7a359",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_amendment_decided_stays_7a8d2",
                            table="clinic_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_amendmentrequestevent" ("about", "added", "asked_at", "decided_at", "decided_by_id", "decision_words", "due_on", "entered_by_id", "extended_at", "extended_by_id", "extended_why", "grounds", "how", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "should_say", "site_id", "state", "subject_id", "subject_kind", "tell", "words") VALUES (NEW."about", NEW."added", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_words", NEW."due_on", NEW."entered_by_id", NEW."extended_at", NEW."extended_by_id", NEW."extended_why", NEW."grounds", NEW."how", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."should_say", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."tell", NEW."words"); RETURN NULL;',
                            hash="3af244e24471676d7b0c4a28130168c6cd7abbb4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67816",
                            table="clinic_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_amendmentrequestevent" ("about", "added", "asked_at", "decided_at", "decided_by_id", "decision_words", "due_on", "entered_by_id", "extended_at", "extended_by_id", "extended_why", "grounds", "how", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "should_say", "site_id", "state", "subject_id", "subject_kind", "tell", "words") VALUES (NEW."about", NEW."added", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_words", NEW."due_on", NEW."entered_by_id", NEW."extended_at", NEW."extended_by_id", NEW."extended_why", NEW."grounds", NEW."how", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."should_say", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."tell", NEW."words"); RETURN NULL;',
                            hash="dcd17f80ac4ca514e8f7fac23c0512aef1ffbbd6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0cdfc",
                            table="clinic_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_statement_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d8f699fa4ad3145388a2d46c2af52c712f8b27b7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_amendment_statement_stays_aa980",
                            table="clinic_amendmentstatement",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
