"""Checks of long-term safety: clocks of a protocol, how each stands, what was put off; a letter of progress."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0018_words_of_names"),
    ]

    operations = [
        migrations.AlterField(
            model_name="lettertext",
            name="kind",
            field=models.CharField(
                choices=[
                    ("patient_candidate", "To the patient: a candidate"),
                    ("patient_conditions", "To the patient: a candidate with conditions"),
                    ("patient_wait", "To the patient: wait for something first"),
                    ("patient_not", "To the patient: not a candidate"),
                    ("referrer", "To the referrer: the decision"),
                    ("progress", "To the referrer: progress after a series"),
                ],
                max_length=20,
            ),
        ),
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="SafetyCheckDue",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("bladder", "Bladder symptom score"),
                                    ("liver", "Liver panel"),
                                    ("kidney", "Kidney function"),
                                    ("cognition", "Cognition screen"),
                                    ("blood_pressure", "Blood pressure before an infusion"),
                                    ("misuse", "Misuse screen"),
                                    ("pregnancy", "Pregnancy test"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("last_on", models.DateField(blank=True, null=True)),
                        ("due_on", models.DateField(blank=True, null=True)),
                        ("overdue_from", models.DateField(blank=True, null=True)),
                        ("why", models.CharField(blank=True, max_length=200)),
                        ("worked_out_at", models.DateTimeField()),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="safety_checks_due",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on", "code"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("due_on__isnull", False)),
                                fields=["due_on"],
                                name="safety_due_by_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("patient", "code"), name="safety_due_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("overdue_from__isnull", True),
                                    models.Q(("due_on__isnull", False), ("overdue_from__gt", models.F("due_on"))),
                                    _connector="OR",
                                ),
                                name="safety_overdue_after_due",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafetyWaiver",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("bladder", "Bladder symptom score"),
                                    ("liver", "Liver panel"),
                                    ("kidney", "Kidney function"),
                                    ("cognition", "Cognition screen"),
                                    ("blood_pressure", "Blood pressure before an infusion"),
                                    ("misuse", "Misuse screen"),
                                    ("pregnancy", "Pregnancy test"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "until",
                            models.DateField(blank=True, help_text="The last day on which it is put off.", null=True),
                        ),
                        ("reason", models.CharField(max_length=300)),
                        ("is_lifted", models.BooleanField(default=False)),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
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
                                related_name="safety_waivers",
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
                        "ordering": ["-made_at"],
                        "indexes": [models.Index(fields=["patient", "code", "-made_at"], name="safety_waiver_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="safety_waiver_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("is_lifted", False), ("until__isnull", True), _connector="OR"),
                                name="safety_waiver_or_lifted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafetyCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("bladder", "Bladder symptom score"),
                                    ("liver", "Liver panel"),
                                    ("kidney", "Kidney function"),
                                    ("cognition", "Cognition screen"),
                                    ("blood_pressure", "Blood pressure before an infusion"),
                                    ("misuse", "Misuse screen"),
                                    ("pregnancy", "Pregnancy test"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "at_start",
                            models.BooleanField(default=False, help_text="Also due once when the plan is signed."),
                        ),
                        (
                            "every_infusions",
                            models.PositiveSmallIntegerField(blank=True, help_text="Since the last check.", null=True),
                        ),
                        (
                            "every_days",
                            models.PositiveSmallIntegerField(blank=True, help_text="Since the last check.", null=True),
                        ),
                        ("grace_days", models.PositiveSmallIntegerField(default=14, help_text="From due to overdue.")),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="clinic.protocolversion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "code"), name="safety_check_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("every_infusions__gt", 0),
                                    ("every_days__gt", 0),
                                    ("at_start", True),
                                    _connector="OR",
                                ),
                                name="safety_check_falls_due",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="safetycheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="safety_check_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'safety_check_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="15c952d5f7dd18c1872c3ab48804c09c6328c8d3",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_safety_check_frozen_with_version_4e0dd",
                            table="clinic_safetycheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="safetywaiver",
                    trigger=pgtrigger.compiler.Trigger(
                        name="safety_waiver_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6016e26af58a81d10d0704ded1c2b8576212af54",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_safety_waiver_stays_9fea0",
                            table="clinic_safetywaiver",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
