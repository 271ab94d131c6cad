import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clinic", "0001_the_shared_record"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
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
                    ],
                    options={
                        "indexes": [models.Index(fields=["site", "-touched_at"], name="packet_by_site")],
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
                        ("exam", models.TextField(blank=True, verbose_name="examination")),
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
                        ("exam", models.TextField(blank=True, verbose_name="examination")),
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
                                    ("assessment", "assessment"),
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
                            models.UniqueConstraint(fields=("assessment", "rule"), name="finding_once_an_assessment"),
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
                        ],
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
                                    ("assessment", "assessment"),
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
                    ],
                    options={
                        "abstract": False,
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
                    ],
                    options={
                        "ordering": ["saved_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("packet", "slug"), name="page_once_a_packet"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "done"])), name="packet_page_known"
                            ),
                        ],
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
                            func='INSERT INTO "intake_packetevent" ("id", "made_at", "made_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "started_at", "state", "submitted_at", "touched_at", "version") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."site_id", NEW."started_at", NEW."state", NEW."submitted_at", NEW."touched_at", NEW."version"); RETURN NULL;',
                            hash="234672f0d4119ba3099267880a112f14942a0fa3",
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
                            func='INSERT INTO "intake_packetevent" ("id", "made_at", "made_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "started_at", "state", "submitted_at", "touched_at", "version") VALUES (NEW."id", NEW."made_at", NEW."made_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."site_id", NEW."started_at", NEW."state", NEW."submitted_at", NEW."touched_at", NEW."version"); RETURN NULL;',
                            hash="52b062f20d886a5692c19d33749e6d87482241d7",
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
                            func='INSERT INTO "intake_assessmentevent" ("conditions", "decision", "exam", "id", "meaning", "packet_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "reasons", "signed_at", "signed_by_id", "site_id", "started_at", "started_by_id", "tests", "version", "wait_for") VALUES (NEW."conditions", NEW."decision", NEW."exam", NEW."id", NEW."meaning", NEW."packet_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."reasons", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."started_by_id", NEW."tests", NEW."version", NEW."wait_for"); RETURN NULL;',
                            hash="7ec6f57b165252d2d33db97d75455f69c12bca33",
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
                            func='INSERT INTO "intake_assessmentevent" ("conditions", "decision", "exam", "id", "meaning", "packet_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "reasons", "signed_at", "signed_by_id", "site_id", "started_at", "started_by_id", "tests", "version", "wait_for") VALUES (NEW."conditions", NEW."decision", NEW."exam", NEW."id", NEW."meaning", NEW."packet_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."reasons", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."started_by_id", NEW."tests", NEW."version", NEW."wait_for"); RETURN NULL;',
                            hash="fff1a525a2f0ca93bebada937dc24d350216bc1c",
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
                            func='INSERT INTO "intake_findingevent" ("assessment_id", "fact", "found_at", "id", "level", "neutral", "occasion_id", "occasion_kind", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."fact", NEW."found_at", NEW."id", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                            hash="c082d3a03ae06c2cef6e0f72bf1a7174c1ca9c0d",
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
                            func='INSERT INTO "intake_findingevent" ("assessment_id", "fact", "found_at", "id", "level", "neutral", "occasion_id", "occasion_kind", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "reason", "resolution", "resolution_reason", "resolved_at", "resolved_by_id", "rule", "rule_version", "source", "stage", "value", "would_be") VALUES (NEW."assessment_id", NEW."fact", NEW."found_at", NEW."id", NEW."level", NEW."neutral", NEW."occasion_id", NEW."occasion_kind", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."reason", NEW."resolution", NEW."resolution_reason", NEW."resolved_at", NEW."resolved_by_id", NEW."rule", NEW."rule_version", NEW."source", NEW."stage", NEW."value", NEW."would_be"); RETURN NULL;',
                            hash="97b505bceb16686485e49b4011778dd0377ec224",
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
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="798f91e525466b35e119ac097dd0ff45fa04f27e",
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
                            func='INSERT INTO "intake_pageanswersevent" ("answers", "draft", "field_class", "id", "packet_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_versions", "saved_at", "slug", "state", "version") VALUES (NEW."answers", NEW."draft", NEW."field_class", NEW."id", NEW."packet_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_versions", NEW."saved_at", NEW."slug", NEW."state", NEW."version"); RETURN NULL;',
                            hash="5ae2925d04fc82bcb81c3a70b0faeb39c69d1b91",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a2cf4",
                            table="intake_pageanswers",
                            when="AFTER",
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
            ],
        ),
    ]
