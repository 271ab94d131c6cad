"""The packet, the assessment and the consents as they were after their first seven migrations, made at once."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    replaces = [
        ("intake", "0001_packet_and_assessment"),
        ("intake", "0002_plural_names"),
        ("intake", "0003_helped_pages"),
        ("intake", "0004_spoken_language"),
        ("intake", "0005_words_beside_questions_back_and_letters"),
        ("intake", "0006_consent_requests_and_education"),
        ("intake", "0007_levels_of_rules_and_new_findings"),
    ]

    initial = True

    dependencies = [
        ("clinic", "0001_squashed_0028_weekly_shifts"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="Packet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("reason", models.CharField(max_length=12)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "invited, not opened yet"),
                                    ("started", "being filled in"),
                                    ("submitted", "sent, waiting for the assessment"),
                                    ("in_review", "being assessed"),
                                    ("decided", "decided"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="invited",
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("touched_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="packets", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="packets", to="clinic.site"
                            ),
                        ),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "held_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="The prescriber who has it.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "nudged_at",
                            models.DateTimeField(
                                blank=True, help_text="When the one reminder to finish was queued.", null=True
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["site", "-touched_at"], name="packet_by_site"),
                            models.Index(
                                condition=models.Q(("nudged_at__isnull", True), ("state__in", ("invited", "started"))),
                                fields=["touched_at"],
                                name="packet_to_nudge",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["invited", "started", "submitted", "in_review", "decided", "withdrawn"],
                                    )
                                ),
                                name="packet_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("invited", "started"))),
                                fields=("patient",),
                                name="packet_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("submitted_at__isnull", False),
                                    ("state__in", ("invited", "started", "withdrawn")),
                                    _connector="OR",
                                ),
                                name="packet_submitted_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at__isnull", True), ("held_by__isnull", True)),
                                    models.Q(("held_at__isnull", False), ("held_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="packet_held_at_and_by",
                            ),
                        ],
                    },
                ),
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
                migrations.CreateModel(
                    name="RuleLevel",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("rule", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField(verbose_name="version of the rule")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "Hard stop"),
                                    ("needs_action", "Needs action"),
                                    ("warn", "Caution"),
                                    ("info", "Note"),
                                    ("off", "Switched off"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "default_level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "Hard stop"),
                                    ("needs_action", "Needs action"),
                                    ("warn", "Caution"),
                                    ("info", "Note"),
                                    ("off", "Switched off"),
                                ],
                                max_length=14,
                                verbose_name="level it ships with",
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField()),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-set_at"],
                        "indexes": [models.Index(fields=["rule", "-set_at"], name="rule_level_newest")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="rule_level_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("default_level", "hard_stop"), ("level", "off"), _negated=True),
                                name="rule_level_hard_stop_stays_on",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("candidate", "Candidate"),
                                    ("conditions", "Candidate with conditions"),
                                    ("wait", "Wait for something first"),
                                    ("not_candidate", "Not a candidate"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reasons", models.TextField(blank=True)),
                        ("conditions", models.TextField(blank=True)),
                        ("wait_for", models.TextField(blank=True)),
                        ("exam", models.TextField(blank=True, verbose_name="examination, anything else")),
                        ("tests", models.TextField(blank=True, verbose_name="tests asked for, and their results")),
                        ("started_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("meaning", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessments",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "packet",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assessment",
                                to="intake.packet",
                            ),
                        ),
                        ("airway", models.TextField(blank=True, verbose_name="airway, beyond the Mallampati class")),
                        (
                            "diastolic",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="diastolic today, mmHg"
                            ),
                        ),
                        ("heart", models.TextField(blank=True)),
                        ("lungs", models.TextField(blank=True)),
                        (
                            "mallampati",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "Class 1"), (2, "Class 2"), (3, "Class 3"), (4, "Class 4")],
                                help_text="What is seen of the throat.",
                                null=True,
                            ),
                        ),
                        ("mental_state", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "saved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "systolic",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="systolic today, mmHg"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-started_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assessment_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True),
                                    models.Q(
                                        models.Q(("decision", ""), _negated=True),
                                        models.Q(("reasons", ""), _negated=True),
                                        models.Q(("printed_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="assessment_signed_says_what",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("saved_at__isnull", True), ("saved_by__isnull", True)),
                                    models.Q(("saved_at__isnull", False), ("saved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="assessment_saved_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mallampati__isnull", True), ("mallampati__range", (1, 4)), _connector="OR"
                                ),
                                name="assessment_mallampati_1_to_4",
                            ),
                            models.CheckConstraint(
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
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PacketEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("reason", models.CharField(max_length=12)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("invited", "invited, not opened yet"),
                                    ("started", "being filled in"),
                                    ("submitted", "sent, waiting for the assessment"),
                                    ("in_review", "being assessed"),
                                    ("decided", "decided"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="invited",
                                max_length=12,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("submitted_at", models.DateTimeField(blank=True, null=True)),
                        ("touched_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "made_by",
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
                                to="intake.packet",
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
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "held_by",
                            models.ForeignKey(
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
                        (
                            "nudged_at",
                            models.DateTimeField(
                                blank=True, help_text="When the one reminder to finish was queued.", null=True
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
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
                            "message",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.message",
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="intake.packet",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                    },
                ),
                migrations.CreateModel(
                    name="PacketHelp",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "helper",
                            models.CharField(
                                choices=[
                                    ("relative", "Relative or friend"),
                                    ("staff", "Staff of the clinic"),
                                    ("representative", "Representative"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("relation", models.CharField(blank=True, max_length=60)),
                        ("at", models.DateTimeField()),
                        (
                            "ends",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="end",
                                to="intake.packethelp",
                            ),
                        ),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="help", to="intake.packet"
                            ),
                        ),
                        (
                            "representative",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.representative",
                            ),
                        ),
                        (
                            "user",
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
                        "verbose_name_plural": "packet help",
                        "ordering": ["at"],
                        "indexes": [models.Index(fields=["packet", "at"], name="packet_help_by_packet")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("helper", "relative"), ("representative", None), ("user", None)),
                                    models.Q(("helper", "staff"), ("representative", None), ("user__isnull", False)),
                                    models.Q(
                                        ("helper", "representative"), ("representative__isnull", False), ("user", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="packet_help_names_its_helper",
                            )
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
                    name="AssessmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "decision",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("candidate", "Candidate"),
                                    ("conditions", "Candidate with conditions"),
                                    ("wait", "Wait for something first"),
                                    ("not_candidate", "Not a candidate"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("reasons", models.TextField(blank=True)),
                        ("conditions", models.TextField(blank=True)),
                        ("wait_for", models.TextField(blank=True)),
                        ("exam", models.TextField(blank=True, verbose_name="examination, anything else")),
                        ("tests", models.TextField(blank=True, verbose_name="tests asked for, and their results")),
                        ("started_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("meaning", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                to="intake.assessment",
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
                            "started_by",
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
                        ("airway", models.TextField(blank=True, verbose_name="airway, beyond the Mallampati class")),
                        (
                            "diastolic",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="diastolic today, mmHg"
                            ),
                        ),
                        ("heart", models.TextField(blank=True)),
                        ("lungs", models.TextField(blank=True)),
                        (
                            "mallampati",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[(1, "Class 1"), (2, "Class 2"), (3, "Class 3"), (4, "Class 4")],
                                help_text="What is seen of the throat.",
                                null=True,
                            ),
                        ),
                        ("mental_state", models.TextField(blank=True)),
                        ("saved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "saved_by",
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
                            "systolic",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="systolic today, mmHg"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Addendum",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text", models.TextField()),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addenda",
                                to="intake.assessment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("rule", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "would_be",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("submission", "submission"),
                                    ("assessment", "assessment"),
                                    ("decision", "decision"),
                                    ("booking", "booking"),
                                    ("check_in", "check_in"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("neutral", models.CharField(max_length=200)),
                        ("fact", models.CharField(max_length=40)),
                        ("value", models.TextField(blank=True)),
                        ("source", models.TextField()),
                        ("found_at", models.DateTimeField()),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "resolution",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_so", "Checked: it does not apply"),
                                    ("handled", "Dealt with"),
                                    ("overridden", "Goes ahead all the same (override)"),
                                    ("stands", "It applies and stands"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("resolution_reason", models.TextField(blank=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=30)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        (
                            "assessment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="intake.assessment",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "conditions",
                            models.JSONField(
                                blank=True, default=list, help_text="What is treated, where it counts; empty: all."
                            ),
                        ),
                        (
                            "default_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer found")),
                        (
                            "facts",
                            models.JSONField(blank=True, default=list, help_text="Codes of all facts it rests on."),
                        ),
                        ("is_new", models.BooleanField(default=False, verbose_name="appeared after the approval")),
                        ("of_day", models.BooleanField(default=False, verbose_name="true of that day only")),
                        ("resolves", models.TextField(blank=True, verbose_name="what would resolve it")),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="finding_resolved_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolution", ""), ("resolved_at__isnull", True)),
                                    models.Q(
                                        models.Q(("resolution", ""), _negated=True),
                                        models.Q(("resolution_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="finding_settled_with_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("assessment", "rule"),
                                name="finding_once_an_assessment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("assessment__isnull", True), ("ended_at__isnull", True)),
                                fields=("occasion_kind", "occasion_id", "rule"),
                                name="finding_once_an_occasion",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True), ("is_new", True)),
                                fields=["patient", "found_at"],
                                name="finding_new",
                            ),
                            models.Index(fields=["rule", "found_at"], name="finding_by_rule"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Approval",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("conditions", models.TextField(blank=True)),
                        ("approved_at", models.DateTimeField()),
                        ("valid_until", models.DateField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_reason", models.TextField(blank=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approvals",
                                to="intake.assessment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-approved_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approval_approved_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approval_revoked_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PageAnswers",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slug", models.CharField(max_length=40)),
                        ("field_class", models.CharField(max_length=10)),
                        (
                            "answers",
                            models.JSONField(
                                blank=True, default=dict, help_text="Question code to answer; null where left blank."
                            ),
                        ),
                        (
                            "draft",
                            models.JSONField(
                                blank=True, default=dict, help_text="As typed, while the page is not complete."
                            ),
                        ),
                        (
                            "question_versions",
                            models.JSONField(blank=True, default=dict, help_text="Question code to version asked."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "started"), ("done", "done")], default="draft", max_length=8
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
                        (
                            "packet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pages", to="intake.packet"
                            ),
                        ),
                        (
                            "help",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who helped when it was saved last; empty when the patient was alone.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pages",
                                to="intake.packethelp",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                default="en", help_text="The language the page was answered in.", max_length=8
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["saved_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("packet", "slug"), name="page_once_a_packet"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "done"])), name="packet_page_known"
                            ),
                        ],
                        "verbose_name_plural": "page answers",
                    },
                ),
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
                    name="FindingEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("rule", models.CharField(max_length=60)),
                        ("rule_version", models.PositiveSmallIntegerField()),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "would_be",
                            models.CharField(
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("submission", "submission"),
                                    ("assessment", "assessment"),
                                    ("decision", "decision"),
                                    ("booking", "booking"),
                                    ("check_in", "check_in"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("neutral", models.CharField(max_length=200)),
                        ("fact", models.CharField(max_length=40)),
                        ("value", models.TextField(blank=True)),
                        ("source", models.TextField()),
                        ("found_at", models.DateTimeField()),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "resolution",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("not_so", "Checked: it does not apply"),
                                    ("handled", "Dealt with"),
                                    ("overridden", "Goes ahead all the same (override)"),
                                    ("stands", "It applies and stands"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("resolution_reason", models.TextField(blank=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=30)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        (
                            "assessment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.assessment",
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
                                to="intake.finding",
                            ),
                        ),
                        (
                            "resolved_by",
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
                            "conditions",
                            models.JSONField(
                                blank=True, default=list, help_text="What is treated, where it counts; empty: all."
                            ),
                        ),
                        (
                            "default_level",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("hard_stop", "hard_stop"),
                                    ("needs_action", "needs_action"),
                                    ("warn", "warn"),
                                    ("info", "info"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="no longer found")),
                        (
                            "facts",
                            models.JSONField(blank=True, default=list, help_text="Codes of all facts it rests on."),
                        ),
                        ("is_new", models.BooleanField(default=False, verbose_name="appeared after the approval")),
                        ("of_day", models.BooleanField(default=False, verbose_name="true of that day only")),
                        ("resolves", models.TextField(blank=True, verbose_name="what would resolve it")),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("conditions", models.TextField(blank=True)),
                        ("approved_at", models.DateTimeField()),
                        ("valid_until", models.DateField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_reason", models.TextField(blank=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "course",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="intake.approval",
                            ),
                        ),
                        (
                            "revoked_by",
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
                            "assessment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.assessment",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PageAnswersEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("slug", models.CharField(max_length=40)),
                        ("field_class", models.CharField(max_length=10)),
                        (
                            "answers",
                            models.JSONField(
                                blank=True, default=dict, help_text="Question code to answer; null where left blank."
                            ),
                        ),
                        (
                            "draft",
                            models.JSONField(
                                blank=True, default=dict, help_text="As typed, while the page is not complete."
                            ),
                        ),
                        (
                            "question_versions",
                            models.JSONField(blank=True, default=dict, help_text="Question code to version asked."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "started"), ("done", "done")], default="draft", max_length=8
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("saved_at", models.DateTimeField()),
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
                                to="intake.pageanswers",
                            ),
                        ),
                        (
                            "help",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Who helped when it was saved last; empty when the patient was alone.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="intake.packethelp",
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                default="en", help_text="The language the page was answered in.", max_length=8
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                pgtrigger.migrations.AddTrigger(
                    model_name="packet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="packet_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{invited:started,invited:withdrawn,started:submitted,started:withdrawn,submitted:in_review,submitted:withdrawn,in_review:decided,in_review:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="5f776de39cff49b275d647961ad5c422948ba76f",
                            operation="UPDATE",
                            pgid="pgtrigger_packet_moves_017ea",
                            table="intake_packet",
                            when="BEFORE",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="assessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="assessment_signed_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e4829b151564b3344ada47c847b6039285f1b4b6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_assessment_signed_locked_a7eba",
                            table="intake_assessment",
                            when="BEFORE",
                        ),
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
                    model_name="addendum",
                    trigger=pgtrigger.compiler.Trigger(
                        name="assessment_addendum_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="909bcfd5af57da648648737becfa8b45be1d61e5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_assessment_addendum_stays_c80b2",
                            table="intake_addendum",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="finding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="finding_of_signed",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT signed_at INTO frozen FROM intake_assessment\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.assessment_id ELSE NEW.assessment_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'finding_of_signed: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="14540e68b4dbe43f3f1128a49f6ab0d7eb898f57",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_finding_of_signed_bb291",
                            table="intake_finding",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="finding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_findingevent" ("assessment_id", "conditions", "default_level", "ended_at", "fact", "facts", "found_at", "id", "is_new", "level", "neutral", "occasion_id", "occasion_kind", "of_day", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "resolves", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."conditions", NEW."default_level", NEW."ended_at", NEW."fact", NEW."facts", NEW."found_at", NEW."id", NEW."is_new", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."of_day", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."resolves", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                            hash="b49192dad7ec70f22bec75bab79cb93b9cca10cf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8f8e4",
                            table="intake_finding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="finding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_findingevent" ("assessment_id", "conditions", "default_level", "ended_at", "fact", "facts", "found_at", "id", "is_new", "level", "neutral", "occasion_id", "occasion_kind", "of_day", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "resolves", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."conditions", NEW."default_level", NEW."ended_at", NEW."fact", NEW."facts", NEW."found_at", NEW."id", NEW."is_new", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."of_day", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."resolves", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                            hash="5e65c2ff9c63749a37c651d4af9a483505ea7b9b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_152f7",
                            table="intake_finding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_approvalevent" ("approved_at", "approved_by_id", "assessment_id", "conditions", "course_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "revoked_reason", "valid_until") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."assessment_id", NEW."conditions", NEW."course_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_reason", NEW."valid_until"); RETURN NULL;',
                            hash="9ad79a1718ca473ba33d60c9f8b3fece06122672",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ec35",
                            table="intake_approval",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="approval",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_approvalevent" ("approved_at", "approved_by_id", "assessment_id", "conditions", "course_id", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "revoked_reason", "valid_until") VALUES (NEW."approved_at", NEW."approved_by_id", NEW."assessment_id", NEW."conditions", NEW."course_id", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."revoked_reason", NEW."valid_until"); RETURN NULL;',
                            hash="ec03d6f911f147503e06bef49be4208628a1ff16",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_31323",
                            table="intake_approval",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="invitation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c9fbcd59e6b344bed1b4303cf64441a85f1f9b11",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_invitation_stays_dcd7f",
                            table="intake_invitation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageanswers",
                    trigger=pgtrigger.compiler.Trigger(
                        name="page_answers_sent",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT submitted_at INTO frozen FROM intake_packet\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.packet_id ELSE NEW.packet_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'page_answers_sent: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="bf167f131eecf5f947834c176a474f4475a5f955",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_page_answers_sent_1b2a8",
                            table="intake_pageanswers",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageanswers",
                    trigger=pgtrigger.compiler.Trigger(
                        name="packet_page_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{draft:done,done:draft}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="4eea0af7559d1e7235b2bb654e8579a03bc0b09a",
                            operation="UPDATE",
                            pgid="pgtrigger_packet_page_moves_1cf16",
                            table="intake_pageanswers",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageanswers",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="51b43ebc41095afd1c750532a1aaaf9479960637",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3771b",
                            table="intake_pageanswers",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="pageanswers",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "help_id", "id", "language", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."help_id", NEW."id", NEW."language", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="f70d3c84f27f81ac875490bbd4a4e8dd34837b1a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a2cf4",
                            table="intake_pageanswers",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="packethelp",
                    trigger=pgtrigger.compiler.Trigger(
                        name="packet_help_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="64f60aa73252fd59620fa2e20df2b435b3b5e97b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_packet_help_stays_d129c",
                            table="intake_packethelp",
                            when="BEFORE",
                        ),
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
                    model_name="rulelevel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rule_level_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f28a3114e27873e4e264c5bb20843a295584cbb1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rule_level_stays_1eb2b",
                            table="intake_rulelevel",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
