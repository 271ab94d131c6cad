"""Questionnaires by link, opioids as told, messages both ways, the log of calls."""

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
        ("clinic", "0021_a_patient_has_written"),
        ("clinic", "__first__"),
        ("followup", "0008_offers_feeds_and_own_record"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.AddField(
            model_name="diaryentry",
            name="asks_next",
            field=models.BooleanField(default=False, help_text='The patient says: "I would like the next infusion".'),
        ),
        migrations.AddField(
            model_name="diaryplan",
            name="round_at",
            field=models.DateTimeField(blank=True, help_text="When questionnaires are asked next.", null=True),
        ),
        migrations.AddField(
            model_name="diaryplan",
            name="round_day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name="diaryplan",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["round_at"], name="diary_plan_round_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="diaryplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("round_at__isnull", True), ("round_day__isnull", True)),
                    models.Q(("round_at__isnull", False), ("round_day__isnull", False)),
                    _connector="OR",
                ),
                name="diary_plan_round_both",
            ),
        ),
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="CallNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("client_id", models.UUIDField(unique=True)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("out", "We called"), ("in", "They called")], default="out", max_length=3
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("reached", "Spoke with the patient"),
                                    ("other_person", "Spoke with somebody else"),
                                    ("message", "Left a message to call back"),
                                    ("no_answer", "No answer"),
                                    ("wrong_number", "Wrong number"),
                                    ("gave_up", "No more tries, the prescriber knows"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("called_at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        (
                            "pain",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="0-10, as told on the phone.", null=True
                            ),
                        ),
                        ("side_effects", models.JSONField(blank=True, default=list)),
                        ("next_try_at", models.DateTimeField(blank=True, null=True)),
                        ("noted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                help_text="The next-day contact it was made for.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="followup.followupcontact",
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_notes",
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
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["called_at", "noted_at"],
                        "indexes": [models.Index(fields=["patient", "called_at"], name="call_note_by_patient")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"),
                                name="call_pain_0_to_10",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_try_at__isnull", True),
                                    ("next_try_at__gt", models.F("called_at")),
                                    _connector="OR",
                                ),
                                name="call_tried_again_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionRound",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it was asked for.")),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("baseline", "Before the first infusion"),
                                    ("weekly", "Weekly"),
                                    ("monthly", "Monthly"),
                                    ("asked", "Asked by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pages", models.JSONField(help_text="Codes of the pages asked, in order.")),
                        ("asked_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField(help_text="Not answered until then, it stays missed.")),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, help_text="When its last page was answered.", null=True),
                        ),
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
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="question_rounds",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="question_rounds",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day"],
                        "indexes": [models.Index(fields=["patient", "day"], name="question_round_by_patient")],
                        "constraints": [
                            models.UniqueConstraint(fields=("course", "day"), name="question_round_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("asked_at"))),
                                name="question_round_closes_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionRoundEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it was asked for.")),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("baseline", "Before the first infusion"),
                                    ("weekly", "Weekly"),
                                    ("monthly", "Monthly"),
                                    ("asked", "Asked by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pages", models.JSONField(help_text="Codes of the pages asked, in order.")),
                        ("asked_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField(help_text="Not answered until then, it stays missed.")),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, help_text="When its last page was answered.", null=True),
                        ),
                        (
                            "asked_by",
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
                            "course",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.course",
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
                                to="followup.questionround",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpioidReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it is about.")),
                        ("is_none", models.BooleanField(help_text='The patient says: "no opioids".')),
                        (
                            "medicines",
                            models.JSONField(
                                blank=True, default=list, help_text="name, amount, unit, times_a_day as told."
                            ),
                        ),
                        ("mme", models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True)),
                        ("factor_year", models.PositiveSmallIntegerField()),
                        (
                            "source",
                            models.CharField(
                                choices=[("link", "By link"), ("staff", "Told to staff")], default="link", max_length=8
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
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
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
                                to="followup.questionround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "told_at"],
                        "indexes": [models.Index(fields=["course", "day"], name="opioid_report_by_course_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_none", False), models.Q(("medicines", []), ("mme", 0)), _connector="OR"
                                ),
                                name="opioid_none_is_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mme__isnull", True), ("mme__gte", 0), _connector="OR"),
                                name="opioid_dose_not_below_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("recorded_by__isnull", True), ("source", "link")),
                                    models.Q(("recorded_by__isnull", False), ("source", "staff")),
                                    _connector="OR",
                                ),
                                name="opioid_told_to_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Talk",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("visit", "A visit"),
                                    ("papers", "Papers and forms"),
                                    ("health", "How the patient is"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits for us"), ("answered", "answered"), ("closed", "closed")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Staff who began it; empty: the patient.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-last_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["site", "waiting_since"],
                                name="talk_waiting_by_site",
                            ),
                            models.Index(fields=["patient", "last_at"], name="talk_by_patient"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "answered", "closed"])), name="talk_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("waiting_since__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="talk_waits_since",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("visit", "A visit"),
                                    ("papers", "Papers and forms"),
                                    ("health", "How the patient is"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits for us"), ("answered", "answered"), ("closed", "closed")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Staff who began it; empty: the patient.",
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
                                to="followup.talk",
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
                    name="TalkMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("client_id", models.UUIDField(unique=True)),
                        ("is_patients", models.BooleanField(help_text="Written by the patient; else by the clinic.")),
                        ("desk_words", models.TextField(blank=True, help_text="What the front desk may read too.")),
                        ("words", models.TextField(blank=True, help_text="What only clinicians may read.")),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("sent_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "talk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="followup.talk"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sent_at"],
                        "indexes": [models.Index(fields=["talk", "sent_at"], name="talk_message_by_talk")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), models.Q(("desk_words", ""), _negated=True)),
                                    models.Q(models.Q(("words", ""), _negated=True), ("desk_words", "")),
                                    _connector="OR",
                                ),
                                name="talk_message_one_place_for_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_patients", True), ("sent_by__isnull", True)),
                                    models.Q(("is_patients", False), ("sent_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="talk_message_of_one_side",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="callnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="call_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cd4fbf233673af4b3eb596e3e9de638d5bdf14de",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_call_note_stays_fc8b6",
                            table="followup_callnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="questionround",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_questionroundevent" ("asked_at", "asked_by_id", "closes_at", "course_id", "day", "finished_at", "id", "occasion", "pages", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closes_at", NEW."course_id", NEW."day", NEW."finished_at", NEW."id", NEW."occasion", NEW."pages", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="67d6626725664d6658372443bc4e153c79088cc1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1ceb3",
                            table="followup_questionround",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="questionround",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_questionroundevent" ("asked_at", "asked_by_id", "closes_at", "course_id", "day", "finished_at", "id", "occasion", "pages", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closes_at", NEW."course_id", NEW."day", NEW."finished_at", NEW."id", NEW."occasion", NEW."pages", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="fe2d6be5cbea886dc1eaa43018fdc23317e84241",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_062ae",
                            table="followup_questionround",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opioidreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="opioid_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1d379bd64a41ba27edf3462db6036385d8661e2e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_opioid_report_stays_b64da",
                            table="followup_opioidreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="talk_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:answered,waiting:closed,answered:waiting,answered:closed,closed:waiting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="7e782f01925030fef98fc4bd70338f4b1db73a4f",
                            operation="UPDATE",
                            pgid="pgtrigger_talk_moves_a321b",
                            table="followup_talk",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_talkevent" ("id", "last_at", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "topic", "waiting_since") VALUES (NEW."id", NEW."last_at", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."state", NEW."topic", NEW."waiting_since"); RETURN NULL;',
                            hash="9be02b1dbd9eec8d76daf0c3878819a9dac8376c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_156f8",
                            table="followup_talk",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_talkevent" ("id", "last_at", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "topic", "waiting_since") VALUES (NEW."id", NEW."last_at", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."state", NEW."topic", NEW."waiting_since"); RETURN NULL;',
                            hash="c142c9e0f017d149bd71f3e3748322c84c646048",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83587",
                            table="followup_talk",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="talk_message_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90e0a4b1c0cff801947c917860a6fc4a68339b88",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_talk_message_stays_5a64f",
                            table="followup_talkmessage",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
