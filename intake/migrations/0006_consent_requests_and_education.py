"""Asking for a consent again; what is read before the first infusion and asked about it."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_letter_texts_and_questions_sent_back"),
        ("intake", "0005_words_beside_questions_back_and_letters"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="EducationText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("first_infusion", "Before the first infusion")],
                                default="first_infusion",
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("title", models.CharField(max_length=160)),
                        (
                            "body",
                            models.TextField(
                                help_text="A line that begins with ## starts a section; a blank line parts paragraphs."
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "published_by",
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
                        "ordering": ["kind", "language", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "language", "number"), name="education_text_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="education_text_published_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EducationReading",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "how",
                            models.CharField(
                                choices=[("read", "read and confirmed"), ("in_person", "explained in person")],
                                default="read",
                                max_length=10,
                            ),
                        ),
                        (
                            "explained_by",
                            models.CharField(blank=True, help_text="Who explained it, by name.", max_length=120),
                        ),
                        ("confirmed_at", models.DateTimeField()),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="education_readings",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "recorded_by",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readings",
                                to="intake.educationtext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["confirmed_at"],
                        "indexes": [models.Index(fields=["patient", "confirmed_at"], name="education_by_patient")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("how", "read")),
                                fields=("patient", "text"),
                                name="education_read_once_a_version",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("explained_by", ""), ("how", "read")),
                                    models.Q(
                                        ("how", "in_person"),
                                        ("recorded_by__isnull", False),
                                        models.Q(("explained_by", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="education_in_person_has_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NurseQuestion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "section",
                            models.PositiveSmallIntegerField(default=0, help_text="Counts from 1; 0: about the whole."),
                        ),
                        ("words", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
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
                                related_name="nurse_questions",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="intake.educationtext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at"],
                        "indexes": [models.Index(fields=["patient", "asked_at"], name="nurse_question_by_patient")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="nurse_question_answered_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                                    models.Q(("answered_at__isnull", False), models.Q(("answer", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="nurse_question_answer_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NurseQuestionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "section",
                            models.PositiveSmallIntegerField(default=0, help_text="Counts from 1; 0: about the whole."),
                        ),
                        ("words", models.TextField()),
                        ("asked_at", models.DateTimeField()),
                        ("answer", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
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
                                to="intake.nursequestion",
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
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.educationtext",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SectionRead",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("section", models.PositiveSmallIntegerField()),
                        ("read_at", models.DateTimeField()),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sections_read",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.educationtext"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("patient", "text", "section"), name="section_read_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("changed", "the text has changed"),
                                    ("told", "told of a change"),
                                    ("again", "asked by the clinic"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
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
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consent_requests",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="clinic.consenttext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_at"],
                        "indexes": [models.Index(fields=["patient", "-asked_at"], name="consent_request_by_patient")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("why", "again"), _negated=True),
                                fields=("patient", "text"),
                                name="consent_request_once_a_version",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_request_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a069dbd83ab5f2e07c1f88bc765b747b7224cba5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consent_request_stays_cc93b",
                            table="intake_consentrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationtext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="education_text_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5c5055c094a654cb18c6d7c517a19a83142e3dbe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_education_text_frozen_b8252",
                            table="intake_educationtext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="educationreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="education_reading_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3cd202cd217cc44a0c3c9796e17e8b9b418a3444",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_education_reading_stays_5a298",
                            table="intake_educationreading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nursequestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_nursequestionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "site_id", "text_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."section", NEW."site_id", NEW."text_id", NEW."words"); RETURN NULL;',
                            hash="f3abfd0eff6bddd7df7a14750204947f3c25f970",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a67c9",
                            table="intake_nursequestion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="nursequestion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_nursequestionevent" ("answer", "answered_at", "answered_by_id", "asked_at", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section", "site_id", "text_id", "words") VALUES (NEW."answer", NEW."answered_at", NEW."answered_by_id", NEW."asked_at", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."section", NEW."site_id", NEW."text_id", NEW."words"); RETURN NULL;',
                            hash="59eee832fd9e81a58447be1502d7a1943c28f99a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a1f7b",
                            table="intake_nursequestion",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sectionread",
                    trigger=pgtrigger.compiler.Trigger(
                        name="section_read_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="25b7d96f599f33ff40a403327ac9db4a3c1c1054",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_section_read_stays_e3252",
                            table="intake_sectionread",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
