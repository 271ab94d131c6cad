"""Boosters up to their visit, what came of a reassessment, help beside the infusions, letters of progress."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0019_long_term_safety"),
        ("followup", "0006_relief_report"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="boosterproposal",
            name="booster_proposal_moves",
        ),
        migrations.RemoveConstraint(
            model_name="boosterproposal",
            name="booster_proposal_known",
        ),
        migrations.AddField(
            model_name="boosterproposal",
            name="booking",
            field=models.ForeignKey(
                blank=True,
                help_text="What the front desk books.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.task",
            ),
        ),
        migrations.AddField(
            model_name="boosterproposal",
            name="visit",
            field=models.ForeignKey(
                blank=True,
                help_text="What was booked.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.appointment",
            ),
        ),
        migrations.AlterField(
            model_name="boosterproposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("accepted", "accepted"),
                    ("changed", "changed"),
                    ("declined", "declined"),
                    ("superseded", "superseded"),
                    ("withdrawn", "decision taken back"),
                ],
                default="proposed",
                max_length=12,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="boosterproposal",
            trigger=pgtrigger.compiler.Trigger(
                name="booster_proposal_moves",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:accepted,proposed:changed,proposed:declined,proposed:superseded,accepted:withdrawn,changed:withdrawn,declined:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="9edca86230e13d02f216461056be6b700c86632a",
                    operation="UPDATE",
                    pgid="pgtrigger_booster_proposal_moves_f37f8",
                    table="followup_boosterproposal",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="boosterproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["proposed", "accepted", "changed", "declined", "superseded", "withdrawn"])
                ),
                name="booster_proposal_known",
            ),
        ),
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="AdjunctReferral",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("counselling", "Counselling"),
                                    ("physical", "Physical therapy"),
                                    ("occupational", "Occupational therapy"),
                                    ("sleep", "Sleep programme"),
                                    ("other", "Other"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("to_whom", models.CharField(help_text="The person or practice.", max_length=160)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("goal", models.CharField(blank=True, max_length=300)),
                        ("planned_visits", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "referred, not begun"),
                                    ("active", "under way"),
                                    ("declined", "declined"),
                                    ("ended", "ended"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_on", models.DateField(help_text="A day of the site's calendar.")),
                        ("asked_at", models.DateTimeField()),
                        ("why_ended", models.CharField(blank=True, max_length=300)),
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
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjunct_referrals",
                                to="clinic.course",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-asked_on", "-asked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "active", "declined", "ended"])),
                                name="adjunct_referral_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["declined", "ended"]), _negated=True),
                                    models.Q(("why_ended", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="adjunct_referral_over_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdjunctReferralEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("counselling", "Counselling"),
                                    ("physical", "Physical therapy"),
                                    ("occupational", "Occupational therapy"),
                                    ("sleep", "Sleep programme"),
                                    ("other", "Other"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("to_whom", models.CharField(help_text="The person or practice.", max_length=160)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("goal", models.CharField(blank=True, max_length=300)),
                        ("planned_visits", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "referred, not begun"),
                                    ("active", "under way"),
                                    ("declined", "declined"),
                                    ("ended", "ended"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_on", models.DateField(help_text="A day of the site's calendar.")),
                        ("asked_at", models.DateTimeField()),
                        ("why_ended", models.CharField(blank=True, max_length=300)),
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
                                to="followup.adjunctreferral",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AdjunctVisit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("attended", "attended"),
                                    ("missed", "missed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("planned_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjunct_visit",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="followup.adjunctreferral",
                            ),
                        ),
                        (
                            "told_by",
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
                        "ordering": ["day", "planned_at"],
                        "indexes": [models.Index(fields=["referral", "day"], name="adjunct_visit_by_referral")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["planned", "attended", "missed", "cancelled"])),
                                name="adjunct_visit_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("referral", "day"),
                                name="adjunct_visit_once_a_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "planned"),
                                    models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="adjunct_visit_told_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("told_at__isnull", True), ("told_at__gte", models.F("planned_at")), _connector="OR"
                                ),
                                name="adjunct_visit_told_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdjunctVisitEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("day", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("attended", "attended"),
                                    ("missed", "missed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("planned_at", models.DateTimeField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.appointment",
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
                                to="followup.adjunctvisit",
                            ),
                        ),
                        (
                            "planned_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referral",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followup.adjunctreferral",
                            ),
                        ),
                        (
                            "told_by",
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
                    name="BoosterRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_on", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("phone", "On the phone"),
                                    ("visit", "At a visit"),
                                    ("message", "In a message"),
                                    ("other", "Another way"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=300)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="booster_requests",
                                to="clinic.course",
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
                        "ordering": ["asked_on", "recorded_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("course", "asked_on"), name="booster_request_once_a_day")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressLetter",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("infusions", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("figures", models.JSONField(default=list)),
                        (
                            "with_figures",
                            models.BooleanField(default=True, help_text="The table of infusions goes under the words."),
                        ),
                        ("to_name", models.CharField(max_length=200)),
                        ("to_address", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        (
                            "discarded_at",
                            models.DateTimeField(blank=True, help_text="The draft was put away unsent.", null=True),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="progress_letters",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "discarded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "referrer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.referrer",
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
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.task",
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
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="progress_letter_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("discarded_at__isnull", True), ("discarded_by__isnull", True)),
                                    models.Q(("discarded_at__isnull", False), ("discarded_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="progress_letter_discarded_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("discarded_at__isnull", True), ("signed_at__isnull", True)),
                                fields=("course",),
                                name="progress_letter_one_draft",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True),
                                    models.Q(
                                        ("document__isnull", False), models.Q(("printed_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="progress_letter_signed_has_file_and_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True), ("discarded_at__isnull", True), _connector="OR"
                                ),
                                name="progress_letter_signed_or_discarded",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgressLetterEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("infusions", models.PositiveSmallIntegerField()),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("figures", models.JSONField(default=list)),
                        (
                            "with_figures",
                            models.BooleanField(default=True, help_text="The table of infusions goes under the words."),
                        ),
                        ("to_name", models.CharField(max_length=200)),
                        ("to_address", models.CharField(blank=True, max_length=300)),
                        ("made_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        (
                            "discarded_at",
                            models.DateTimeField(blank=True, help_text="The draft was put away unsent.", null=True),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
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
                            "discarded_by",
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
                                to="followup.progressletter",
                            ),
                        ),
                        (
                            "referrer",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.referrer",
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
                            "task",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.task",
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
                    name="Reassessment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("go_on", "Go on as planned"),
                                    ("change", "Go on with a changed plan"),
                                    ("pause", "Pause the course"),
                                    ("stop", "End the course"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.TextField()),
                        ("decided_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reassessment",
                                to="followup.boosterproposal",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-decided_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="reassessment_has_reason"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LetterSending",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("printed", "printed and handed over"),
                                    ("post", "by post"),
                                    ("fax", "by fax"),
                                    ("secure", "by a secure message"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("to_whom", models.CharField(max_length=200)),
                        ("words", models.CharField(blank=True, max_length=200)),
                        ("sent_at", models.DateTimeField()),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "letter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sendings",
                                to="followup.progressletter",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-sent_at"],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctreferral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="adjunct_referral_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:active,asked:declined,asked:ended,active:ended,declined:asked,ended:active}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="41e6d310b3cb8bb559eef804ed27b8e03a1e6eae",
                            operation="UPDATE",
                            pgid="pgtrigger_adjunct_referral_moves_add0e",
                            table="followup_adjunctreferral",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctreferral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_adjunctreferralevent" ("asked_at", "asked_by_id", "asked_on", "course_id", "goal", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "planned_visits", "state", "to_whom", "version", "why_ended") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."asked_on", NEW."course_id", NEW."goal", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."planned_visits", NEW."state", NEW."to_whom", NEW."version", NEW."why_ended"); RETURN NULL;',
                            hash="13b899d645473621d512e14d8ae7d4ad7d9797ed",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a8d48",
                            table="followup_adjunctreferral",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctreferral",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_adjunctreferralevent" ("asked_at", "asked_by_id", "asked_on", "course_id", "goal", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "planned_visits", "state", "to_whom", "version", "why_ended") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."asked_on", NEW."course_id", NEW."goal", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."planned_visits", NEW."state", NEW."to_whom", NEW."version", NEW."why_ended"); RETURN NULL;',
                            hash="0b6adf3cab75d9127ba7c1d52701a2e1575f147b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_96c5f",
                            table="followup_adjunctreferral",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctvisit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="adjunct_visit_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:attended,planned:missed,planned:cancelled,attended:planned,missed:planned,cancelled:planned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8d75f40df169badc53f6c3787893fcb22f4b7c9d",
                            operation="UPDATE",
                            pgid="pgtrigger_adjunct_visit_moves_25d00",
                            table="followup_adjunctvisit",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctvisit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_adjunctvisitevent" ("appointment_id", "day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "referral_id", "state", "told_at", "told_by_id", "words") VALUES (NEW."appointment_id", NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."referral_id", NEW."state", NEW."told_at", NEW."told_by_id", NEW."words"); RETURN NULL;',
                            hash="c3133454eed94d07655ea56d5c9b57ffe003a48e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d7ae2",
                            table="followup_adjunctvisit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adjunctvisit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_adjunctvisitevent" ("appointment_id", "day", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_at", "planned_by_id", "referral_id", "state", "told_at", "told_by_id", "words") VALUES (NEW."appointment_id", NEW."day", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_at", NEW."planned_by_id", NEW."referral_id", NEW."state", NEW."told_at", NEW."told_by_id", NEW."words"); RETURN NULL;',
                            hash="0e2e77ecd79925a3996e0f798b34d10a44b6e1d0",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3fdd7",
                            table="followup_adjunctvisit",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="boosterrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="booster_request_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="45b4ed374d0a46ceb78bb30faf61928acf62a884",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_booster_request_stays_afe89",
                            table="followup_boosterrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="progress_letter_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="34609f17f41e449d86f9d5413076aec714128e00",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_progress_letter_locked_2d24f",
                            table="followup_progressletter",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_progressletterevent" ("body", "course_id", "discarded_at", "discarded_by_id", "document_id", "figures", "id", "infusions", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "referrer_id", "signed_at", "signed_by_id", "task_id", "text_id", "title", "to_address", "to_name", "version", "with_figures") VALUES (NEW."body", NEW."course_id", NEW."discarded_at", NEW."discarded_by_id", NEW."document_id", NEW."figures", NEW."id", NEW."infusions", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."referrer_id", NEW."signed_at", NEW."signed_by_id", NEW."task_id", NEW."text_id", NEW."title", NEW."to_address", NEW."to_name", NEW."version", NEW."with_figures"); RETURN NULL;',
                            hash="fbe1410dcf316a6db990316c16d96655e3b09722",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0d59",
                            table="followup_progressletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="progressletter",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_progressletterevent" ("body", "course_id", "discarded_at", "discarded_by_id", "document_id", "figures", "id", "infusions", "language", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "referrer_id", "signed_at", "signed_by_id", "task_id", "text_id", "title", "to_address", "to_name", "version", "with_figures") VALUES (NEW."body", NEW."course_id", NEW."discarded_at", NEW."discarded_by_id", NEW."document_id", NEW."figures", NEW."id", NEW."infusions", NEW."language", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."referrer_id", NEW."signed_at", NEW."signed_by_id", NEW."task_id", NEW."text_id", NEW."title", NEW."to_address", NEW."to_name", NEW."version", NEW."with_figures"); RETURN NULL;',
                            hash="dc792487500c91bf4b7a5893c0bd40d9be056bef",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c3aca",
                            table="followup_progressletter",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lettersending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="letter_sending_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9ec8cc6fc8f7817bbfdedaf3863ddad3ed9dcaaa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_letter_sending_stays_e6387",
                            table="followup_lettersending",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reassessment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reassessment_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="396b31590eb8c67c7bccd5e1a84e57437e4825c5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reassessment_stays_b0ecc",
                            table="followup_reassessment",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
