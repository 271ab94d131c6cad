"""Orders of tests with their results; what was said of likely duplicates; each record knows its person."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
from clinic.together import Together

# The constraints are asked at once, so that the columns can be closed in the same transaction.
EVERYBODY_IS_THEIR_OWN_PERSON = """
    UPDATE clinic_patient AS p SET person_id = COALESCE(
        (SELECT m.kept_id FROM clinic_patientmerge m WHERE m.merged_id = p.id AND m.undone_at IS NULL), p.id);
    UPDATE clinic_patientevent SET person_id = id;
    SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_alerts_said_and_representatives"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="patient",
            name="update_update",
        ),
        migrations.AddField(
            model_name="patient",
            name="person",
            field=models.ForeignKey(
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="records",
                to="clinic.patient",
            ),
        ),
        migrations.AddField(
            model_name="patientevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.patient",
            ),
        ),
        migrations.RunSQL(EVERYBODY_IS_THEIR_OWN_PERSON, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="patient",
            name="person",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.PROTECT, related_name="records", to="clinic.patient"
            ),
        ),
        migrations.AlterField(
            model_name="patientevent",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.patient",
            ),
        ),
        migrations.AddField(
            model_name="patientmerge",
            name="undo_reason",
            field=models.TextField(blank=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="own_person",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    NEW.person_id := COALESCE(NEW.person_id, NEW.id);\n    RETURN NEW;\n",
                    hash="f1fc897f1d9285acff8fc3978a572b2df1652697",
                    operation="INSERT",
                    pgid="pgtrigger_own_person_e7cb6",
                    table="clinic_patient",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                    hash="d28fd4432569af626184ad7d7f3a1e882a50462c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_91ad5",
                    table="clinic_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patient",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                    hash="2b571e762b061e8ceb0759a0a3f6b80983699497",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_87142",
                    table="clinic_patient",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientmerge",
            trigger=pgtrigger.compiler.Trigger(
                name="merge_one_deep",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF EXISTS (SELECT 1 FROM clinic_patientmerge m\n                WHERE m.undone_at IS NULL AND (m.merged_id = NEW.kept_id OR m.kept_id = NEW.merged_id)) THEN\n      RAISE EXCEPTION 'merge_one_deep: a record that is merged, or has records merged into it, cannot be merged on';\n    END IF;\n    RETURN NEW;\n",
                    hash="d45de75c9ddfc36b5a62c094784ee63e3a769bcc",
                    operation="INSERT",
                    pgid="pgtrigger_merge_one_deep_a2381",
                    table="clinic_patientmerge",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientmerge",
            trigger=pgtrigger.compiler.Trigger(
                name="person_follows_merge",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    UPDATE clinic_patient AS p SET person_id = COALESCE(\n        (SELECT m.kept_id FROM clinic_patientmerge m WHERE m.merged_id = p.id AND m.undone_at IS NULL), p.id)\n      WHERE p.id = NEW.merged_id;\n    RETURN NEW;\n",
                    hash="d09c3daea1b9f34ba4657190e0ab0a0743a85fdb",
                    operation="INSERT OR UPDATE",
                    pgid="pgtrigger_person_follows_merge_84b9a",
                    table="clinic_patientmerge",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="patientmerge",
            trigger=pgtrigger.compiler.Trigger(
                name="merge_undone_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."undone_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="a9ec67e155b9c51a6a4e59962dbb0aac32f96071",
                    operation="UPDATE",
                    pgid="pgtrigger_merge_undone_stays_71256",
                    table="clinic_patientmerge",
                    when="BEFORE",
                ),
            ),
        ),
        Together(
            operations=[
                migrations.CreateModel(
                    name="DuplicateNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("proposed", "One person"),
                                    ("dismissed", "Two people"),
                                    ("reopened", "Look again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("noted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                        (
                            "two",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-noted_at"],
                        "indexes": [models.Index(fields=["one", "two", "-noted_at"], name="duplicate_note_by_pair")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("two"))), name="duplicate_pair_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TestOrder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        (
                            "title",
                            models.CharField(
                                blank=True, help_text='Which test, in words, where the code is "other".', max_length=120
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked for"),
                                    ("decision", "Asked for with the decision to wait"),
                                    ("brought", "Result brought along"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[("ordered", "asked for"), ("done", "result in"), ("cancelled", "cancelled")],
                                default="ordered",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("cancel_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "verified_at",
                            models.DateTimeField(
                                blank=True, help_text="A prescriber has read these results.", null=True
                            ),
                        ),
                        ("verified_words", models.CharField(blank=True, max_length=300)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "done_by",
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
                                related_name="test_orders",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="test_orders",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "verified_by",
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
                        "ordering": ["due_on", "asked_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "ordered")),
                                fields=["site", "due_on"],
                                name="test_order_due_by_site",
                            ),
                            models.Index(fields=["patient", "code"], name="test_order_by_patient"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ordered", "done", "cancelled"])),
                                name="test_order_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_done_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_cancelled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_verified_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "ordered"), models.Q(("code", "other"), _negated=True)),
                                fields=("patient", "code"),
                                name="test_order_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(
                                        ("cancelled_at__isnull", False), models.Q(("cancel_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="test_order_cancelled_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "other"), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="test_order_other_has_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TestOrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        (
                            "title",
                            models.CharField(
                                blank=True, help_text='Which test, in words, where the code is "other".', max_length=120
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked for"),
                                    ("decision", "Asked for with the decision to wait"),
                                    ("brought", "Result brought along"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[("ordered", "asked for"), ("done", "result in"), ("cancelled", "cancelled")],
                                default="ordered",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("cancel_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "verified_at",
                            models.DateTimeField(
                                blank=True, help_text="A prescriber has read these results.", null=True
                            ),
                        ),
                        ("verified_words", models.CharField(blank=True, max_length=300)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "cancelled_by",
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
                            "done_by",
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
                                to="clinic.testorder",
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
                            "verified_by",
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
                    options={"abstract": False},
                ),
                migrations.CreateModel(
                    name="TestResult",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("analyte", models.CharField(max_length=30)),
                        ("number", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "comparator",
                            models.CharField(
                                blank=True, choices=[("", "="), ("<", "less than"), (">", "more than")], max_length=1
                            ),
                        ),
                        ("choice", models.CharField(blank=True, max_length=20)),
                        ("words", models.TextField(blank=True)),
                        ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit (UCUM)")),
                        ("range_low", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("range_high", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("taken_on", models.DateField(help_text="The day of the sample, the tracing or the look-up.")),
                        ("lab", models.CharField(blank=True, max_length=120)),
                        ("entered_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(auto_now_add=True)),
                        ("is_struck", models.BooleanField(default=False)),
                        ("change_reason", models.CharField(blank=True, max_length=300)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="clinic.testorder",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="test_results",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="clinic.testresult",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["taken_on", "entered_at"],
                        "indexes": [
                            models.Index(fields=["patient", "analyte", "-taken_on"], name="test_result_by_patient")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("order", "analyte"),
                                name="test_result_first_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("choice", ""), ("is_struck", True), ("number__isnull", True), ("words", "")
                                    ),
                                    models.Q(
                                        ("choice", ""), ("is_struck", False), ("number__isnull", False), ("words", "")
                                    ),
                                    models.Q(
                                        ("is_struck", False),
                                        ("number__isnull", True),
                                        ("words", ""),
                                        models.Q(("choice", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("choice", ""),
                                        ("is_struck", False),
                                        ("number__isnull", True),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="test_result_one_value_or_struck",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("comparator", ""), ("number__isnull", False), _connector="OR"),
                                name="test_result_comparator_of_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("range_low__isnull", True),
                                    ("range_high__isnull", True),
                                    ("range_low__lte", models.F("range_high")),
                                    _connector="OR",
                                ),
                                name="test_result_range_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("change_reason", ""), ("is_struck", False), ("supersedes__isnull", True)),
                                    models.Q(
                                        ("supersedes__isnull", False), models.Q(("change_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="test_result_change_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.AlterField(
                    model_name="task",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("booking", "Book a visit"),
                            ("call_back", "Call the patient"),
                            ("contact", "Next-day contact"),
                            ("not_ready", "Not ready for the visit"),
                            ("review", "Review an answer"),
                            ("message", "A message needs a look"),
                            ("assessment", "Assess a packet"),
                            ("co_sign", "Co-sign an order"),
                            ("discrepancy", "Ledger difference"),
                            ("test", "Required test"),
                            ("duplicate", "Two records of one person"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                migrations.AlterField(
                    model_name="taskevent",
                    name="kind",
                    field=models.CharField(
                        choices=[
                            ("booking", "Book a visit"),
                            ("call_back", "Call the patient"),
                            ("contact", "Next-day contact"),
                            ("not_ready", "Not ready for the visit"),
                            ("review", "Review an answer"),
                            ("message", "A message needs a look"),
                            ("assessment", "Assess a packet"),
                            ("co_sign", "Co-sign an order"),
                            ("discrepancy", "Ledger difference"),
                            ("test", "Required test"),
                            ("duplicate", "Two records of one person"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="duplicatenote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="duplicate_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5c41f6f64de40741e2d580314e9e57475b1f0196",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_duplicate_note_stays_55419",
                            table="clinic_duplicatenote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="test_order_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{ordered:done,ordered:cancelled,done:ordered}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="2ffaa76abc6497a9a5126440c669689b16c69a16",
                            operation="UPDATE",
                            pgid="pgtrigger_test_order_moves_d23ed",
                            table="clinic_testorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_testorderevent" ("asked_at", "asked_by_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "code", "done_at", "done_by_id", "due_on", "id", "origin", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "state", "subject_id", "subject_kind", "title", "verified_at", "verified_by_id", "verified_words", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."code", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."id", NEW."origin", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."verified_at", NEW."verified_by_id", NEW."verified_words", NEW."version"); RETURN NULL;',
                            hash="14523c6e4a1ad4f77ade2b9e3a84be2e11e2e632",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_29ed2",
                            table="clinic_testorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_testorderevent" ("asked_at", "asked_by_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "code", "done_at", "done_by_id", "due_on", "id", "origin", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "state", "subject_id", "subject_kind", "title", "verified_at", "verified_by_id", "verified_words", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."code", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."id", NEW."origin", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."verified_at", NEW."verified_by_id", NEW."verified_words", NEW."version"); RETURN NULL;',
                            hash="1edf7e8b1202c4008b84261257ac2a70286a6e7b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f4b47",
                            table="clinic_testorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testresult",
                    trigger=pgtrigger.compiler.Trigger(
                        name="test_result_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42b0d1cefdf0f8a94f618d82518fd893ebd8179b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_test_result_stays_531a9",
                            table="clinic_testresult",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
