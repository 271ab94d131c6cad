"""Decisions about going home, the sheet to take home, adverse events followed up and reported."""

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
        ("clinic", "0012_corrections_asked_for"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0004_deliveries_counts_and_paper"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="AftercareText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("going_home", "Going home")], default="going_home", max_length=20
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("title", models.CharField(max_length=160)),
                        (
                            "body",
                            models.TextField(
                                help_text="A line that begins with ## starts a section, one with - is a point. {tomorrow}, {phone}, {emergency_phone}, {crisis_phone} and {site} are filled in."
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
                                fields=("kind", "language", "number"), name="aftercare_text_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="aftercare_text_published_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AftercareSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("own_words", models.TextField(blank=True)),
                        (
                            "to_whom",
                            models.CharField(
                                choices=[
                                    ("patient", "The patient"),
                                    ("escort", "The escort"),
                                    ("both", "Patient and escort"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("talked_through", models.BooleanField()),
                        ("printed", models.BooleanField()),
                        ("mailed", models.BooleanField()),
                        ("given_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.document",
                            ),
                        ),
                        (
                            "given_by",
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
                                related_name="aftercare_sheets",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.aftercaretext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["given_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("printed", True), ("mailed", True), _connector="OR"),
                                name="aftercare_sheet_reaches_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DischargeRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        ("missing", models.JSONField(default=list)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "of_whom",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discharge_requests",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="DischargeDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("allows", models.BooleanField()),
                        ("codes", models.JSONField(blank=True, default=list)),
                        ("other_way", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField()),
                        ("decided_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "decided_by",
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
                                related_name="discharge_decisions",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="treatment_sessions.dischargerequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="discharge_decision_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allows", True), models.Q(("codes", []), ("other_way", "")), _connector="OR"
                                ),
                                name="discharge_refusal_allows_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventFollowUp",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("same", "As before"),
                                    ("better", "Better"),
                                    ("worse", "Worse"),
                                    ("resolved", "Over"),
                                    ("after_effects", "Over, with lasting effects"),
                                    ("died", "Died"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[("seen", "Seen"), ("phone", "By phone"), ("message", "By message")],
                                default="seen",
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("seen_at", models.DateTimeField(help_text="When it was so, not when it was written down.")),
                        ("recorded_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["seen_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["same", "better", "worse", "resolved", "after_effects", "died"])
                                ),
                                name="event_follow_up_status_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdverseReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("criteria", models.JSONField(blank=True, default=list)),
                        ("narrative", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("recovered", "Recovered"),
                                    ("recovering", "Recovering"),
                                    ("not_recovered", "Not recovered"),
                                    ("after_effects", "Recovered with lasting effects"),
                                    ("died", "Died"),
                                    ("unknown", "Not known yet"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "action_taken",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Infusion went on unchanged"),
                                    ("slowed", "Rate lowered"),
                                    ("paused", "Paused, then resumed"),
                                    ("stopped", "Stopped for good"),
                                    ("after", "Not applicable: it was over"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "relatedness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unrelated", "Not related"),
                                    ("unlikely", "Unlikely"),
                                    ("possible", "Possible"),
                                    ("probable", "Probable"),
                                    ("certain", "Certain"),
                                    ("unknown", "Can't be judged"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("history", models.TextField(blank=True)),
                        ("tests", models.TextField(blank=True)),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nobody", "Nobody outside"),
                                    ("regulator", "The drug regulator"),
                                    ("maker", "The maker"),
                                    ("both", "Regulator and maker"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("told_reference", models.CharField(blank=True, max_length=120)),
                        ("facts", models.JSONField(blank=True, default=list)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adverse_report",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "opened_by",
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
                                related_name="adverse_reports",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "signed_by",
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
                        "ordering": ["opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="adverse_report_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True),
                                    models.Q(
                                        models.Q(("criteria", []), _negated=True),
                                        models.Q(("narrative", ""), _negated=True),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("action_taken", ""), _negated=True),
                                        models.Q(("relatedness", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="adverse_report_signed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdverseReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("criteria", models.JSONField(blank=True, default=list)),
                        ("narrative", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("recovered", "Recovered"),
                                    ("recovering", "Recovering"),
                                    ("not_recovered", "Not recovered"),
                                    ("after_effects", "Recovered with lasting effects"),
                                    ("died", "Died"),
                                    ("unknown", "Not known yet"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "action_taken",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Infusion went on unchanged"),
                                    ("slowed", "Rate lowered"),
                                    ("paused", "Paused, then resumed"),
                                    ("stopped", "Stopped for good"),
                                    ("after", "Not applicable: it was over"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "relatedness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unrelated", "Not related"),
                                    ("unlikely", "Unlikely"),
                                    ("possible", "Possible"),
                                    ("probable", "Probable"),
                                    ("certain", "Certain"),
                                    ("unknown", "Can't be judged"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("history", models.TextField(blank=True)),
                        ("tests", models.TextField(blank=True)),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nobody", "Nobody outside"),
                                    ("regulator", "The drug regulator"),
                                    ("maker", "The maker"),
                                    ("both", "Regulator and maker"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("told_reference", models.CharField(blank=True, max_length=120)),
                        ("facts", models.JSONField(blank=True, default=list)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                                to="treatment_sessions.adversereport",
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
                            "signed_by",
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
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="adverse_report_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4b740776ebc73972e4c4b7c9ecf63e79b56d3c30",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_adverse_report_locked_13736",
                            table="treatment_sessions_adversereport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_adversereportevent" ("action_taken", "criteria", "due_at", "entry_id", "facts", "history", "id", "narrative", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "relatedness", "session_id", "signed_at", "signed_by_id", "tests", "told", "told_reference", "version") VALUES (NEW."action_taken", NEW."criteria", NEW."due_at", NEW."entry_id", NEW."facts", NEW."history", NEW."id", NEW."narrative", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."relatedness", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."tests", NEW."told", NEW."told_reference", NEW."version"); RETURN NULL;',
                            hash="0d6fee9d3141e10b32c50bb8ac59c4a9c3962309",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f1c4d",
                            table="treatment_sessions_adversereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessions_adversereportevent" ("action_taken", "criteria", "due_at", "entry_id", "facts", "history", "id", "narrative", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "relatedness", "session_id", "signed_at", "signed_by_id", "tests", "told", "told_reference", "version") VALUES (NEW."action_taken", NEW."criteria", NEW."due_at", NEW."entry_id", NEW."facts", NEW."history", NEW."id", NEW."narrative", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."relatedness", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."tests", NEW."told", NEW."told_reference", NEW."version"); RETURN NULL;',
                            hash="dc853efff4b556c4da3d3aea5eb07a531cc131a4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91520",
                            table="treatment_sessions_adversereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercaretext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="aftercare_text_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="983439003b03f333d966805fbabf6062e705814b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_aftercare_text_frozen_e736d",
                            table="treatment_sessions_aftercaretext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercaresheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="aftercare_sheet_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="509081569a959d70570c68af9d53a3310f82f6be",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_aftercare_sheet_stays_c29a1",
                            table="treatment_sessions_aftercaresheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dischargerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discharge_request_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="29ee249f001a252a815214fb588479938df75010",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_discharge_request_stays_d0090",
                            table="treatment_sessions_dischargerequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dischargedecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discharge_decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="eaabcd9a3fbfefadd49b6899fb1f5a3ead692eef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_discharge_decision_stays_8e505",
                            table="treatment_sessions_dischargedecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfollowup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="event_follow_up_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c2c7a2400923d97bcade37e36f6b66663a4697fb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_follow_up_stays_54568",
                            table="treatment_sessions_eventfollowup",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
