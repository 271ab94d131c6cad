"""The seal over the record: its chains, daily heads and checks; what was signed, what left the clinic."""

import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0023_backups_taken_and_tried"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="SealRecipe",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("digest", models.CharField(help_text="SHA-256 over `tables`.", max_length=64, unique=True)),
                        (
                            "tables",
                            models.JSONField(
                                help_text="[[model label, [column, ...]], ...]; a leaf names its table by the place here."
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("previous", models.CharField(max_length=64)),
                        ("head", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "cluster",
                            models.CharField(
                                help_text="The database cluster that counted the transactions.", max_length=24
                            ),
                        ),
                        ("from_xact", models.BigIntegerField()),
                        ("upto_xact", models.BigIntegerField()),
                        ("carried", models.BooleanField(default=False)),
                        ("count", models.PositiveIntegerField()),
                        ("leaves", models.BinaryField()),
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
                            "recipe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.sealrecipe"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "number"],
                        "indexes": [
                            models.Index(fields=["upto_xact"], name="seal_by_xact"),
                            models.Index(fields=["made_at"], name="seal_by_time"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "number"), name="seal_number_once", nulls_distinct=False
                            ),
                            models.UniqueConstraint(
                                fields=("site", "previous"), name="seal_follows_one", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("count__gt", 0), ("number__gt", 0)), name="seal_covers_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealHead",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(unique=True)),
                        ("text", models.TextField(help_text="The file as it was written, with its signature.")),
                        (
                            "sha256",
                            models.CharField(help_text="Over `text`; the next day's file names it.", max_length=64),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("file", models.CharField(max_length=80)),
                        ("mailed_at", models.DateTimeField(blank=True, null=True)),
                        ("mailed_to", models.JSONField(blank=True, default=list)),
                    ],
                    options={
                        "ordering": ["-day"],
                    },
                ),
                migrations.CreateModel(
                    name="SealCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("checked_at", models.DateTimeField()),
                        (
                            "scope",
                            models.CharField(choices=[("all", "Everything"), ("recent", "The last day")], max_length=6),
                        ),
                        ("seals", models.PositiveIntegerField()),
                        ("rows", models.PositiveIntegerField()),
                        ("documents", models.PositiveIntegerField()),
                        ("unsealed", models.PositiveIntegerField()),
                        (
                            "problems",
                            models.JSONField(
                                blank=True, default=list, help_text="Sentences; tables and keys only, no names."
                            ),
                        ),
                        ("took_ms", models.PositiveIntegerField()),
                        (
                            "checked_by",
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
                        "ordering": ["-checked_at"],
                        "indexes": [models.Index(fields=["-checked_at"], name="seal_check_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.patient",
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
                    ],
                    options={
                        "ordering": ["-signed_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_kind", "subject_id"), name="fingerprint_once_a_signature"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("letter", "Letter"),
                                    ("record", "Copy of the record"),
                                    ("document", "Document"),
                                    ("told", "Told by phone or in person"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("post", "by post"),
                                    ("fax", "by fax"),
                                    ("mail", "by e-mail"),
                                    ("secure", "by a secure message"),
                                    ("handed", "handed over on paper"),
                                    ("file", "as a file"),
                                    ("spoken", "spoken"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("treatment", "Treatment: another clinician who cares for the patient"),
                                    ("payment", "Payment"),
                                    ("operations", "Running the clinic"),
                                    ("own", "The patient, or who speaks for them"),
                                    ("agreed", "The patient agreed in writing"),
                                    ("law", "The law asks for it: court, subpoena, police"),
                                    ("health", "Public health, or a danger to somebody"),
                                    ("oversight", "Inspection, complaint or safety board"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "what",
                            models.CharField(help_text="What was told, without findings or scores.", max_length=300),
                        ),
                        ("to_whom", models.CharField(help_text="Name and place.", max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("told_at", models.DateTimeField()),
                        ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the patient took it through a link.",
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
                                related_name="disclosures",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-told_at"],
                        "indexes": [
                            models.Index(fields=["patient", "-told_at"], name="disclosure_by_patient"),
                            models.Index(fields=["site", "-told_at"], name="disclosure_by_site"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("what", ""), _negated=True), models.Q(("to_whom", ""), _negated=True)
                                ),
                                name="disclosure_says_what_to_whom",
                            )
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealhead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_head_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."mailed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bbc0ac3a70bac65851037996ce958325079e1e7b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_head_stays_6de5a",
                            table="clinic_sealhead",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealrecipe",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_recipe_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="005fc888f0d35a5ac96d955f82d197a9cad30b9c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_recipe_stays_dd6a6",
                            table="clinic_sealrecipe",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="disclosure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="disclosure_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42373c34643f95ddfff20e74602c211155dd91b5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_disclosure_stays_baf77",
                            table="clinic_disclosure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fingerprint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="fingerprint_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3de1f93ecdfefde712332921c170faa492ed6249",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_fingerprint_stays_773c6",
                            table="clinic_fingerprint",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="43aed23ab685efe2981471409e3570388728a23b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_check_stays_9844d",
                            table="clinic_sealcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6e65b32712d42a4aed46b130444de590ac9913bc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_stays_fe047",
                            table="clinic_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
