"""Documents of a patient's record; consents signed on a clinic's tablet or on paper, and signed again."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_plural_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("consent_copy", "Copy of a consent"),
                            ("letter", "Letter"),
                            ("test_result", "Test result"),
                            ("education", "Information to take home"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("media_type", models.CharField(max_length=80)),
                ("size", models.PositiveIntegerField(help_text="Bytes.")),
                (
                    "sha256",
                    models.CharField(help_text="Over the bytes, checked each time the file is sent.", max_length=64),
                ),
                ("content", models.BinaryField()),
                (
                    "field_class",
                    models.CharField(
                        choices=[
                            ("safe", "safe"),
                            ("personal", "personal"),
                            ("clinical", "clinical"),
                            ("mental", "mental"),
                        ],
                        max_length=8,
                    ),
                ),
                ("subject_kind", models.CharField(blank=True, max_length=60)),
                ("subject_id", models.UUIDField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "made_by",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="clinic.patient"
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.site"),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "indexes": [
                    models.Index(fields=["patient", "-made_at"], name="document_by_patient"),
                    models.Index(fields=["subject_kind", "subject_id"], name="document_by_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=Q(("kind", "consent_copy")),
                        fields=("subject_id",),
                        name="consent_copy_once_a_signature",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            (
                                "size",
                                Func(F("content"), function="octet_length", output_field=models.IntegerField()),
                            )
                        ),
                        name="document_size_is_its_bytes",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="document",
            trigger=pgtrigger.compiler.Trigger(
                name="document_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dd1959bc781b53d5c777abf1983119f541958cf1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_document_stays_c3747",
                    table="clinic_document",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddField(
            model_name="consentsignature",
            name="electronic_agreed",
            field=models.BooleanField(
                default=False, help_text="The signer agreed to sign on a screen and to get the copy as a file."
            ),
        ),
        migrations.AddField(
            model_name="consentsignature",
            name="method",
            field=models.CharField(
                choices=[("electronic", "on a screen"), ("paper", "on paper")], default="electronic", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="consentsignature",
            name="site",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.site",
            ),
        ),
        migrations.AddField(
            model_name="consentsignature",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Staff who handed over the tablet or took the paper; "
                "empty: signed from the patient's own link.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="change_words",
            field=models.TextField(
                blank=True,
                help_text="For patients who signed an earlier version; may be left empty.",
                verbose_name="what is new, in short",
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="renewal",
            field=models.CharField(
                choices=[
                    ("sign_again", "Patients must sign it again before their next visit"),
                    ("tell", "Patients are only told of the change"),
                ],
                default="sign_again",
                max_length=12,
                verbose_name="when this version replaces another",
            ),
        ),
        migrations.AlterField(
            model_name="patientlink",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("packet", "Intake packet"),
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
        migrations.AddIndex(
            model_name="consentsignature",
            index=models.Index(fields=["patient", "signed_at"], name="consent_by_patient"),
        ),
        migrations.AddConstraint(
            model_name="consentsignature",
            constraint=models.CheckConstraint(
                condition=Q(("representative__isnull", True), Q(("relation", ""), _negated=True), _connector="OR"),
                name="consent_representative_has_relation",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentsignature",
            constraint=models.CheckConstraint(
                condition=Q(Q(("method", "paper"), _negated=True), ("taken_by__isnull", False), _connector="OR"),
                name="consent_paper_was_taken_by_someone",
            ),
        ),
    ]
