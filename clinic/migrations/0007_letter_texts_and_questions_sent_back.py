"""The templates of letters; links to pages sent back."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0006_spoken_language"),
    ]

    operations = [
        migrations.AlterField(
            model_name="patientlink",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("packet", "Intake packet"),
                    ("questions", "Questions sent back"),
                    ("diary", "Diary"),
                    ("readiness", "Readiness questions"),
                    ("visits", "Visits"),
                    ("stop", "Message choices"),
                    ("consent", "Consents"),
                    ("education", "Before the first infusion"),
                    ("documents", "Documents"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="LetterText",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("patient_candidate", "To the patient: a candidate"),
                            ("patient_conditions", "To the patient: a candidate with conditions"),
                            ("patient_wait", "To the patient: wait for something first"),
                            ("patient_not", "To the patient: not a candidate"),
                            ("referrer", "To the referrer: the decision"),
                        ],
                        max_length=20,
                    ),
                ),
                ("language", models.CharField(default="en", max_length=8)),
                ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("title", models.CharField(max_length=160)),
                (
                    "body",
                    models.TextField(help_text="Plain paragraphs, a blank line between them. Placeholders in braces."),
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
                    models.UniqueConstraint(fields=("kind", "language", "number"), name="letter_text_version_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                            models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="letter_text_published_at_and_by",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertext",
            trigger=pgtrigger.compiler.Trigger(
                name="letter_text_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."published_at" IS NOT NULL)',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="fbdee932f5307a42621968c5ef0ed44dc6469be4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_letter_text_frozen_4af1c",
                    table="clinic_lettertext",
                    when="BEFORE",
                ),
            ),
        ),
    ]
