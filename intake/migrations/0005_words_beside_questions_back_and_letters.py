"""Staff's words beside answers, pages sent back, letters, the examination in parts, who holds a packet."""

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
        ("intake", "0004_spoken_language"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            operations=[
                migrations.CreateModel(
                    name="Letter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "audience",
                            models.CharField(
                                choices=[("patient", "to the patient"), ("referrer", "to the referrer")], max_length=10
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("to_name", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("link", "a link by e-mail"),
                                    ("post", "by post"),
                                    ("fax", "by fax"),
                                    ("hand", "by hand"),
                                    ("secure", "by a secure message"),
                                ],
                                max_length=10,
                                verbose_name="how it was sent",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="letters",
                                to="intake.assessment",
                            ),
                        ),
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
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.lettertext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("sent_at__isnull", True), ("sent_by__isnull", True)),
                                    models.Q(("sent_at__isnull", False), ("sent_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="letter_sent_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("sent_at__isnull", True)),
                                fields=("assessment", "audience"),
                                name="letter_one_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_at__isnull", True),
                                    models.Q(("document__isnull", False), models.Q(("way", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="letter_sent_has_file_and_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageCorrection",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slug", models.CharField(max_length=40)),
                        ("code", models.CharField(max_length=60)),
                        ("field_class", models.CharField(max_length=10)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("value", "Corrected"),
                                    ("note", "Note beside"),
                                    ("undone", "Correction taken back"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "value",
                            models.JSONField(
                                blank=True, help_text="As the page keeps it; null: left blank.", null=True
                            ),
                        ),
                        ("words", models.TextField(blank=True, help_text="A note beside the answer.")),
                        ("reason", models.TextField()),
                        ("corrected_at", models.DateTimeField()),
                        (
                            "corrected_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrections",
                                to="intake.packet",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="intake.pagecorrection",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["corrected_at"],
                        "indexes": [models.Index(fields=["packet", "corrected_at"], name="correction_by_packet")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True), models.Q(("kind", "note"), _negated=True)
                                ),
                                fields=("packet", "code"),
                                name="correction_one_first",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="correction_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "note"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="correction_note_has_words",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("words", models.TextField()),
                        ("due_on", models.DateField(help_text="The site's local day.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting for the patient"),
                                    ("answered", "answered"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, help_text="Answered by the patient, or taken back.", null=True
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="intake.packet"
                            ),
                        ),
                        (
                            "withdrawn_by",
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
                        "ordering": ["-asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "answered", "withdrawn"])),
                                name="page_request_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                                    models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="page_request_withdrawn_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")), fields=("packet",), name="page_request_one_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("state", "asked")),
                                    models.Q(models.Q(("state", "asked"), _negated=True), ("closed_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="page_request_closed_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageSupplement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slug", models.CharField(max_length=40)),
                        ("field_class", models.CharField(max_length=10)),
                        (
                            "codes",
                            models.JSONField(
                                blank=True, default=list, help_text="The questions meant; empty: the whole page."
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        ("draft", models.JSONField(blank=True, default=dict)),
                        ("question_versions", models.JSONField(blank=True, default=dict)),
                        (
                            "language",
                            models.CharField(default="en", help_text="Of the page as it was answered.", max_length=8),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "not started"), ("draft", "started"), ("done", "done")],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplements",
                                to="intake.packet",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages",
                                to="intake.pagerequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sent_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "draft", "done"])),
                                name="page_supplement_known",
                            ),
                            models.UniqueConstraint(fields=("request", "slug"), name="supplement_once_a_request"),
                            models.CheckConstraint(
                                condition=models.Q(("sent_at__isnull", True), ("state", "done"), _connector="OR"),
                                name="supplement_sent_is_done",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "audience",
                            models.CharField(
                                choices=[("patient", "to the patient"), ("referrer", "to the referrer")], max_length=10
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("to_name", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("link", "a link by e-mail"),
                                    ("post", "by post"),
                                    ("fax", "by fax"),
                                    ("hand", "by hand"),
                                    ("secure", "by a secure message"),
                                ],
                                max_length=10,
                                verbose_name="how it was sent",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assessment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.assessment",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.document",
                            ),
                        ),
                        (
                            "made_by",
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
                                to="intake.letter",
                            ),
                        ),
                        (
                            "sent_by",
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
                            "text",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.lettertext",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PageRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("words", models.TextField()),
                        ("due_on", models.DateField(help_text="The site's local day.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waiting for the patient"),
                                    ("answered", "answered"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "closed_at",
                            models.DateTimeField(
                                blank=True, help_text="Answered by the patient, or taken back.", null=True
                            ),
                        ),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("withdrawn_reason", models.TextField(blank=True)),
                        ("reminded_at", models.DateTimeField(blank=True, null=True)),
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
                            "packet",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.packet",
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
                                to="intake.pagerequest",
                            ),
                        ),
                        (
                            "withdrawn_by",
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
                migrations.CreateModel(
                    name="PageSupplementEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("slug", models.CharField(max_length=40)),
                        ("field_class", models.CharField(max_length=10)),
                        (
                            "codes",
                            models.JSONField(
                                blank=True, default=list, help_text="The questions meant; empty: the whole page."
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        ("draft", models.JSONField(blank=True, default=dict)),
                        ("question_versions", models.JSONField(blank=True, default=dict)),
                        (
                            "language",
                            models.CharField(default="en", help_text="Of the page as it was answered.", max_length=8),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "not started"), ("draft", "started"), ("done", "done")],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "packet",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.packet",
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
                                to="intake.pagesupplement",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.pagerequest",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assessment",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="assessment",
                    name="update_update",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="packet",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="packet",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="airway",
                    field=models.TextField(blank=True, verbose_name="airway, beyond the Mallampati class"),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="diastolic",
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="diastolic today, mmHg"),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="heart",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="lungs",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="mallampati",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Class 1"), (2, "Class 2"), (3, "Class 3"), (4, "Class 4")],
                        help_text="What is seen of the throat.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="mental_state",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="saved_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="saved_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="assessment",
                    name="systolic",
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="systolic today, mmHg"),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="airway",
                    field=models.TextField(blank=True, verbose_name="airway, beyond the Mallampati class"),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="diastolic",
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="diastolic today, mmHg"),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="heart",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="lungs",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="mallampati",
                    field=models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Class 1"), (2, "Class 2"), (3, "Class 3"), (4, "Class 4")],
                        help_text="What is seen of the throat.",
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="mental_state",
                    field=models.TextField(blank=True),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="saved_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="saved_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="assessmentevent",
                    name="systolic",
                    field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="systolic today, mmHg"),
                ),
                migrations.AddField(
                    model_name="packet",
                    name="held_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="packet",
                    name="held_by",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The prescriber who has it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="packet",
                    name="nudged_at",
                    field=models.DateTimeField(
                        blank=True, help_text="When the one reminder to finish was queued.", null=True
                    ),
                ),
                migrations.AddField(
                    model_name="packetevent",
                    name="held_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="packetevent",
                    name="held_by",
                    field=models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="The prescriber who has it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="packetevent",
                    name="nudged_at",
                    field=models.DateTimeField(
                        blank=True, help_text="When the one reminder to finish was queued.", null=True
                    ),
                ),
                migrations.AlterField(
                    model_name="assessment",
                    name="exam",
                    field=models.TextField(blank=True, verbose_name="examination, anything else"),
                ),
                migrations.AlterField(
                    model_name="assessmentevent",
                    name="exam",
                    field=models.TextField(blank=True, verbose_name="examination, anything else"),
                ),
                migrations.AddIndex(
                    model_name="packet",
                    index=models.Index(
                        condition=models.Q(("nudged_at__isnull", True), ("state__in", ("invited", "started"))),
                        fields=["touched_at"],
                        name="packet_to_nudge",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_assessmentevent" ("airway", "conditions", "decision", "diastolic", "exam", "heart", "id", "lungs", "mallampati", "meaning", "mental_state", "packet_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "reasons", "saved_at", "saved_by_id", "signed_at", "signed_by_id", "site_id", "started_at", "started_by_id", "systolic", "tests", "version", "wait_for") VALUES (NEW."airway", NEW."conditions", NEW."decision", NEW."diastolic", NEW."exam", NEW."heart", NEW."id", NEW."lungs", NEW."mallampati", NEW."meaning", NEW."mental_state", NEW."packet_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."reasons", NEW."saved_at", NEW."saved_by_id", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."started_by_id", NEW."systolic", NEW."tests", NEW."version", NEW."wait_for"); RETURN NULL;',
                            hash="38f7b2c5d2cc3be328855ce5be97629e62c69d91",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3435a",
                            table="intake_assessment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_assessmentevent" ("airway", "conditions", "decision", "diastolic", "exam", "heart", "id", "lungs", "mallampati", "meaning", "mental_state", "packet_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "reasons", "saved_at", "saved_by_id", "signed_at", "signed_by_id", "site_id", "started_at", "started_by_id", "systolic", "tests", "version", "wait_for") VALUES (NEW."airway", NEW."conditions", NEW."decision", NEW."diastolic", NEW."exam", NEW."heart", NEW."id", NEW."lungs", NEW."mallampati", NEW."meaning", NEW."mental_state", NEW."packet_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."reasons", NEW."saved_at", NEW."saved_by_id", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."started_by_id", NEW."systolic", NEW."tests", NEW."version", NEW."wait_for"); RETURN NULL;',
                            hash="8c09f8a2e0ffc2cc8a6506cad576a41d934232bc",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dda0c",
                            table="intake_assessment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="packet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_packetevent" ("held_at", "held_by_id", "id", "made_at", "made_by_id", "nudged_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "started_at", "state", "submitted_at", "touched_at", "version") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."nudged_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."site_id", NEW."started_at", NEW."state", NEW."submitted_at", NEW."touched_at", NEW."version"); RETURN NULL;',
                            hash="22b8500c46b68a586760823811c8e05c0572d5b6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0fdc0",
                            table="intake_packet",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="packet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_packetevent" ("held_at", "held_by_id", "id", "made_at", "made_by_id", "nudged_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "started_at", "state", "submitted_at", "touched_at", "version") VALUES (NEW."held_at", NEW."held_by_id", NEW."id", NEW."made_at", NEW."made_by_id", NEW."nudged_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."site_id", NEW."started_at", NEW."state", NEW."submitted_at", NEW."touched_at", NEW."version"); RETURN NULL;',
                            hash="fed2c69d323be45d438ea9d40da3d1ae2537bd79",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5dce8",
                            table="intake_packet",
                            when="AFTER",
                        ),
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("saved_at__isnull", True), ("saved_by__isnull", True)),
                            models.Q(("saved_at__isnull", False), ("saved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="assessment_saved_at_and_by",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("mallampati__isnull", True), ("mallampati__range", (1, 4)), _connector="OR"
                        ),
                        name="assessment_mallampati_1_to_4",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assessment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("diastolic__isnull", True), ("systolic__isnull", True)),
                            models.Q(
                                ("diastolic__isnull", False),
                                ("systolic__gt", models.F("diastolic")),
                                ("systolic__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="assessment_pressure_is_a_pair",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="packet",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                            models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="packet_held_at_and_by",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="letter_sent_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."sent_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5297ebf55002d4b14073715c08a31abcd40c6ceb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_letter_sent_locked_ed196",
                            table="intake_letter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_letterevent" ("assessment_id", "audience", "body", "document_id", "id", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "text_id", "title", "to_name", "version", "way") VALUES (NEW."assessment_id", NEW."audience", NEW."body", NEW."document_id", NEW."id", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sent_at", NEW."sent_by_id", NEW."text_id", NEW."title", NEW."to_name", NEW."version", NEW."way"); RETURN NULL;',
                            hash="3abb1461ba3588d13f80e0296652a3d09ce26a45",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_72324",
                            table="intake_letter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="letter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_letterevent" ("assessment_id", "audience", "body", "document_id", "id", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sent_at", "sent_by_id", "text_id", "title", "to_name", "version", "way") VALUES (NEW."assessment_id", NEW."audience", NEW."body", NEW."document_id", NEW."id", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sent_at", NEW."sent_by_id", NEW."text_id", NEW."title", NEW."to_name", NEW."version", NEW."way"); RETURN NULL;',
                            hash="d953e696cbbd0b17d16e616e92a5785b5f23124f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_58331",
                            table="intake_letter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagecorrection",
                    trigger=pgtrigger.compiler.Trigger(
                        name="page_correction_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="205fe7c752c04705d85dce60094c0ba1f72e2487",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_page_correction_stays_6f4dd",
                            table="intake_pagecorrection",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="page_request_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:answered,asked:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="788564dd5efa54796782e01cf4fce1d380ea8ba5",
                            operation="UPDATE",
                            pgid="pgtrigger_page_request_moves_5fa41",
                            table="intake_pagerequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_pagerequestevent" ("asked_at", "asked_by_id", "closed_at", "due_on", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "state", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."due_on", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reminded_at", NEW."state", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;',
                            hash="c699af90b574bf8435c6ec146c84c20a30fc8055",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_2dbb9",
                            table="intake_pagerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_pagerequestevent" ("asked_at", "asked_by_id", "closed_at", "due_on", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_at", "state", "withdrawn_at", "withdrawn_by_id", "withdrawn_reason", "words") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closed_at", NEW."due_on", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reminded_at", NEW."state", NEW."withdrawn_at", NEW."withdrawn_by_id", NEW."withdrawn_reason", NEW."words"); RETURN NULL;',
                            hash="15dbadd435cf8ad0558737066eaf1567fcb3c025",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_de5fa",
                            table="intake_pagerequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagesupplement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="page_supplement_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:draft,asked:done,draft:done,done:draft}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="65e311bc3606db4e3ab4fe25dbe319ac382bc3bc",
                            operation="UPDATE",
                            pgid="pgtrigger_page_supplement_moves_0f252",
                            table="intake_pagesupplement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagesupplement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="page_supplement_sent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT closed_at INTO frozen FROM intake_pagerequest\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.request_id ELSE NEW.request_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'page_supplement_sent: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="40bcc3ed64458f3f169701ab882a406de800ddf6",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_page_supplement_sent_8a9b8",
                            table="intake_pagesupplement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagesupplement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_pagesupplementevent" ("answers", "codes", "draft", "field_class", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "request_id", "saved_at", "sent_at", "slug", "state", "version") VALUES (NEW."answers", NEW."codes", NEW."draft", NEW."field_class", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_versions", NEW."request_id", NEW."saved_at", NEW."sent_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="a33f092699f32610f589fafa08c677b81dbf2f16",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_24865",
                            table="intake_pagesupplement",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pagesupplement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_pagesupplementevent" ("answers", "codes", "draft", "field_class", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "request_id", "saved_at", "sent_at", "slug", "state", "version") VALUES (NEW."answers", NEW."codes", NEW."draft", NEW."field_class", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_versions", NEW."request_id", NEW."saved_at", NEW."sent_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="565fe9044ce7629a1a0f05f425de5b6b267aaa58",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d024f",
                            table="intake_pagesupplement",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
