"""The diary, the calendar and the reports as they were after their first ten migrations, made at once."""

import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.together

RULES = [
    {"slot": "week", "how": "wall", "days": 7, "message_kind": "reminder_week"},
    {"slot": "day", "how": "wall", "days": 1, "message_kind": "reminder_day"},
    {"slot": "hours", "how": "elapsed", "hours": 2, "message_kind": "reminder_hours"},
]


def add(apps, schema_editor):
    model = apps.get_model("followup", "ReminderRule")
    for rule in RULES:
        model.objects.get_or_create(site=None, kind="", slot=rule["slot"], defaults=rule)


def remove(apps, schema_editor):
    slots = [rule["slot"] for rule in RULES]
    apps.get_model("followup", "ReminderRule").objects.filter(site=None, kind="", slot__in=slots).delete()


class Migration(migrations.Migration):
    replaces = [
        ("followup", "0001_diary_proposals_and_reminders"),
        ("followup", "0002_default_reminder_rules"),
        ("followup", "0003_plural_names"),
        ("followup", "0004_spoken_language"),
        ("followup", "0005_reminders_before_and_after"),
        ("followup", "0006_relief_report"),
        ("followup", "0007_booked_boosters_adjuncts_and_progress_letters"),
        ("followup", "0008_offers_feeds_and_own_record"),
        ("followup", "0009_questionnaires_messages_and_calls"),
        ("followup", "0010_diary_sealed_in_the_order_of_commit"),
    ]

    initial = True

    dependencies = [
        ("clinic", "0001_squashed_0028_weekly_shifts"),
        ("intake", "0001_squashed_0007_levels_of_rules_and_new_findings"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0001_squashed_0013_alarms_found_by_session"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="BoosterProposal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("window", "Booster proposed"), ("reassess", "Stop and reassess")],
                                max_length=10,
                            ),
                        ),
                        ("headline", models.CharField(max_length=160)),
                        ("starts_on", models.DateField(blank=True, null=True)),
                        ("ends_on", models.DateField(blank=True, null=True)),
                        ("reasons", models.JSONField(default=list)),
                        ("against", models.JSONField(default=list)),
                        ("confidence", models.CharField(max_length=8)),
                        ("rests_on", models.CharField(max_length=160)),
                        (
                            "fingerprint",
                            models.CharField(
                                help_text="What it says, so that the same proposal is made once.", max_length=64
                            ),
                        ),
                        ("rule_version", models.PositiveSmallIntegerField(default=1)),
                        (
                            "state",
                            models.CharField(
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
                        ("made_at", models.DateTimeField()),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("decision_reason", models.TextField(blank=True)),
                        (
                            "chosen_start",
                            models.DateField(blank=True, help_text="The window the prescriber chose.", null=True),
                        ),
                        ("chosen_end", models.DateField(blank=True, null=True)),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="booster_proposals",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "decided_by",
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
                            "booking",
                            models.ForeignKey(
                                blank=True,
                                help_text="What the front desk books.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.task",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                blank=True,
                                help_text="What was booked.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.appointment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="booster_decided_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("course",),
                                name="booster_one_open_a_course",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "window"), _negated=True),
                                    models.Q(("ends_on__gte", models.F("starts_on")), ("starts_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="booster_window_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "reassess"), _negated=True),
                                    models.Q(("ends_on__isnull", True), ("starts_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="booster_reassess_has_no_window",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("chosen_end__isnull", True),
                                    ("chosen_end__gte", models.F("chosen_start")),
                                    _connector="OR",
                                ),
                                name="booster_choice_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["proposed", "accepted", "changed", "declined", "superseded", "withdrawn"],
                                    )
                                ),
                                name="booster_proposal_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(default="infusion", max_length=16)),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField()),
                        (
                            "part",
                            models.CharField(
                                choices=[("any", "Any time"), ("morning", "Morning"), ("afternoon", "Afternoon")],
                                default="any",
                                max_length=10,
                            ),
                        ),
                        (
                            "weekdays",
                            models.JSONField(blank=True, default=list, help_text="0 Monday to 6 Sunday; empty: any."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("booked", "booked"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
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
                                related_name="waitlist",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waitlist",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="waitlist", to="clinic.site"
                            ),
                        ),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                help_text="The visit that would be moved; empty: a new one is booked.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waitlist",
                                to="clinic.appointment",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_why", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "notice_hours",
                            models.PositiveSmallIntegerField(
                                default=4, help_text="How long before a visit they must know."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_day__gte", models.F("from_day"))),
                                name="waitlist_days_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "booked", "withdrawn", "expired"])),
                                name="waitlist_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("patient", "site", "kind", "appointment"),
                                name="waitlist_waits_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="waitlist_ended_has_time",
                            ),
                        ],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["site", "added_at"],
                                name="waitlist_waiting",
                            )
                        ],
                        "verbose_name_plural": "waitlist entries",
                    },
                ),
                migrations.CreateModel(
                    name="DiaryEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The local day it is about.")),
                        ("zone_name", models.CharField(max_length=64)),
                        ("client_id", models.UUIDField(unique=True)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "source",
                            models.CharField(
                                choices=[("link", "By link"), ("staff", "Told to staff")], default="link", max_length=8
                            ),
                        ),
                        ("is_late", models.BooleanField(default=False)),
                        ("pain", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "mood",
                            models.PositiveSmallIntegerField(blank=True, help_text="0 worst to 10 best.", null=True),
                        ),
                        (
                            "sleep",
                            models.PositiveSmallIntegerField(blank=True, help_text="0 worst to 10 best.", null=True),
                        ),
                        (
                            "function",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="0 could do nothing to 10 everything.", null=True
                            ),
                        ),
                        (
                            "relief_gone",
                            models.BooleanField(default=False, help_text='The patient says: "the relief is gone".'),
                        ),
                        ("medicines_as_usual", models.BooleanField(blank=True, null=True)),
                        ("side_effects", models.JSONField(blank=True, default=list)),
                        ("call_me", models.BooleanField(default=False)),
                        ("self_harm", models.BooleanField(blank=True, null=True)),
                        ("words", models.TextField(blank=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="diary_entries",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "link",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.patientlink",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="diary_entries",
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
                            "language",
                            models.CharField(default="en", help_text="The language it was answered in.", max_length=8),
                        ),
                        (
                            "asks_next",
                            models.BooleanField(
                                default=False, help_text='The patient says: "I would like the next infusion".'
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "recorded_at"],
                        "indexes": [
                            models.Index(fields=["course", "day"], name="diary_by_course_day"),
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="diary_by_xact",
                                pages_per_range=32,
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pain__range", (0, 10)), ("pain__isnull", True), _connector="OR"),
                                name="diary_pain_0_to_10",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mood__range", (0, 10)), ("mood__isnull", True), _connector="OR"),
                                name="diary_mood_0_to_10",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sleep__range", (0, 10)), ("sleep__isnull", True), _connector="OR"),
                                name="diary_sleep_0_to_10",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("function__range", (0, 10)), ("function__isnull", True), _connector="OR"
                                ),
                                name="diary_function_0_to_10",
                            ),
                        ],
                        "verbose_name_plural": "diary entries",
                    },
                ),
                migrations.CreateModel(
                    name="DiaryPlan",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("started_at", models.DateTimeField()),
                        ("next_at", models.DateTimeField(blank=True, null=True)),
                        ("next_day", models.DateField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_why", models.CharField(blank=True, max_length=60)),
                        (
                            "course",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="diary_plan",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "review_at",
                            models.DateTimeField(help_text="When episodes are rebuilt and a proposal is weighed next."),
                        ),
                        (
                            "round_at",
                            models.DateTimeField(
                                blank=True, help_text="When questionnaires are asked next.", null=True
                            ),
                        ),
                        ("round_day", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["next_at"],
                                name="diary_plan_due",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["review_at"],
                                name="diary_plan_review_due",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["round_at"],
                                name="diary_plan_round_due",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("next_at__isnull", True), ("next_day__isnull", True)),
                                    models.Q(("next_at__isnull", False), ("next_day__isnull", False)),
                                    _connector="OR",
                                ),
                                name="diary_plan_next_both",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_why", "")),
                                    models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="diary_plan_ended_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("round_at__isnull", True), ("round_day__isnull", True)),
                                    models.Q(("round_at__isnull", False), ("round_day__isnull", False)),
                                    _connector="OR",
                                ),
                                name="diary_plan_round_both",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReliefEpisode",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("measure", models.CharField(choices=[("pain", "Pain"), ("mood", "Low mood")], max_length=8)),
                        ("label", models.CharField(max_length=12)),
                        ("number", models.PositiveSmallIntegerField()),
                        ("infused_on", models.DateField()),
                        ("ended_at", models.DateTimeField()),
                        ("baseline", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                        ("baseline_source", models.CharField(max_length=8)),
                        ("reports", models.PositiveSmallIntegerField()),
                        ("onset_day", models.PositiveSmallIntegerField(null=True)),
                        ("best_change", models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                        ("best_percent", models.SmallIntegerField(null=True)),
                        ("best_day", models.PositiveSmallIntegerField(null=True)),
                        (
                            "ending_30",
                            models.CharField(
                                choices=[
                                    ("lost", "Lost between two reports"),
                                    ("still", "Still there"),
                                    ("cut_off", "Cut off by the next infusion"),
                                    ("no_response", "No response"),
                                    ("too_few", "Too few reports"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("low_30", models.PositiveSmallIntegerField(null=True)),
                        ("high_30", models.PositiveSmallIntegerField(null=True)),
                        ("in_doubt_30", models.BooleanField(default=False)),
                        (
                            "ending_50",
                            models.CharField(
                                choices=[
                                    ("lost", "Lost between two reports"),
                                    ("still", "Still there"),
                                    ("cut_off", "Cut off by the next infusion"),
                                    ("no_response", "No response"),
                                    ("too_few", "Too few reports"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("low_50", models.PositiveSmallIntegerField(null=True)),
                        ("high_50", models.PositiveSmallIntegerField(null=True)),
                        ("in_doubt_50", models.BooleanField(default=False)),
                        ("mg", models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                        ("mg_per_kg", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                        ("minutes", models.PositiveSmallIntegerField(null=True)),
                        ("reason", models.CharField(help_text="Condition of the course.", max_length=40)),
                        ("purpose", models.CharField(help_text="Purpose of its protocol.", max_length=10)),
                        ("rebuilt_at", models.DateTimeField()),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="relief_episodes",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "asked_day",
                            models.PositiveSmallIntegerField(
                                help_text="Day on which a call was first asked for.", null=True
                            ),
                        ),
                        (
                            "change_1",
                            models.SmallIntegerField(
                                help_text="Relief in per cent of the baseline after 24 hours.", null=True
                            ),
                        ),
                        ("change_30", models.SmallIntegerField(null=True)),
                        ("change_7", models.SmallIntegerField(null=True)),
                        ("change_90", models.SmallIntegerField(null=True)),
                        (
                            "is_booster",
                            models.BooleanField(default=False, help_text="This one came after the planned series."),
                        ),
                        (
                            "next_day",
                            models.PositiveSmallIntegerField(
                                help_text="Days until the next infusion began.", null=True
                            ),
                        ),
                        (
                            "next_is_booster",
                            models.BooleanField(default=False, help_text="The next one came after the planned series."),
                        ),
                    ],
                    options={
                        "ordering": ["ended_at"],
                        "indexes": [models.Index(fields=["measure", "purpose", "reason"], name="relief_by_group")],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "measure"), name="relief_once_a_session"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("high_30__isnull", True), ("high_30__gte", models.F("low_30")), _connector="OR"
                                ),
                                name="relief_30_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("high_50__isnull", True), ("high_50__gte", models.F("low_50")), _connector="OR"
                                ),
                                name="relief_50_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicCurve",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("measure", models.CharField(choices=[("pain", "Pain"), ("mood", "Low mood")], max_length=8)),
                        ("purpose", models.CharField(max_length=10)),
                        ("reason", models.CharField(max_length=40)),
                        ("percent", models.PositiveSmallIntegerField()),
                        (
                            "steps",
                            models.JSONField(
                                default=list, help_text="[day, share, low, high, at risk, since] of each fall."
                            ),
                        ),
                        ("patients", models.PositiveIntegerField()),
                        ("infusions", models.PositiveIntegerField()),
                        ("ended", models.PositiveIntegerField()),
                        ("no_response", models.PositiveIntegerField()),
                        ("median", models.FloatField(null=True)),
                        ("median_low", models.FloatField(null=True)),
                        ("median_high", models.FloatField(null=True)),
                        (
                            "first_quarter",
                            models.FloatField(help_text="Day by which a quarter had lost relief.", null=True),
                        ),
                        ("third_quarter", models.FloatField(null=True)),
                        ("computed_at", models.DateTimeField()),
                        (
                            "at_risk",
                            models.JSONField(
                                default=list, help_text="[day, infusions followed and maybe in relief] every 14 days."
                            ),
                        ),
                        ("asked_high", models.FloatField(null=True)),
                        ("asked_low", models.FloatField(null=True)),
                        (
                            "asked_median",
                            models.FloatField(
                                help_text="Sensitivity run: asking for the next one counts as loss.", null=True
                            ),
                        ),
                        ("courses", models.PositiveIntegerField(default=0)),
                        (
                            "fingerprint",
                            models.CharField(default="", help_text="What it was worked out from.", max_length=64),
                        ),
                        (
                            "km_median",
                            models.FloatField(
                                help_text="Kaplan-Meier, loss on the first report without relief.", null=True
                            ),
                        ),
                        ("label", models.CharField(blank=True, default="", max_length=120)),
                        (
                            "rates",
                            models.JSONField(default=list, help_text="Response after 24 hours, 7, 30 and 90 days."),
                        ),
                        (
                            "similar",
                            models.JSONField(
                                help_text="[centre, between, within, patients] of log durations.", null=True
                            ),
                        ),
                        (
                            "split",
                            models.CharField(
                                choices=[
                                    ("all", "All"),
                                    ("protocol", "Protocol"),
                                    ("dose", "Dose"),
                                    ("series", "Series"),
                                ],
                                default="all",
                                max_length=10,
                            ),
                        ),
                        (
                            "too_few",
                            models.PositiveIntegerField(default=0, help_text="Infusions left out: too few reports."),
                        ),
                        (
                            "value",
                            models.CharField(
                                blank=True, default="", help_text="Which part of the split.", max_length=40
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("measure", "purpose", "reason", "percent", "split", "value"),
                                name="clinic_curve_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FollowUpContact",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("due_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField()),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_up_contact",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRule",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("slot", models.SlugField(max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("infusion", "Infusion"),
                                    ("booster", "Booster"),
                                    ("follow_up", "Follow-up"),
                                    ("adjunct", "Adjunct"),
                                ],
                                help_text="Empty: every kind.",
                                max_length=16,
                                verbose_name="kind of visit",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("elapsed", "Hours"),
                                    ("wall", "Days, at the visit's hour"),
                                    ("local_time", "Days, at a local time"),
                                ],
                                max_length=12,
                                verbose_name="counted in",
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(default=0)),
                        ("hours", models.PositiveSmallIntegerField(default=0)),
                        (
                            "at",
                            models.TimeField(
                                blank=True,
                                help_text="On the patient's own clock.",
                                null=True,
                                verbose_name="local time",
                            ),
                        ),
                        ("message_kind", models.CharField(max_length=30, verbose_name="message")),
                        ("is_on", models.BooleanField(default=True)),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: all sites without a rule of their own for this slot.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminder_rules",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "only",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Every visit"),
                                    ("unconfirmed", "Not confirmed yet"),
                                    ("unanswered", "Questions before the visit not answered yet"),
                                    ("came", "The patient came"),
                                    ("missed", "The patient did not come"),
                                ],
                                max_length=12,
                                verbose_name="for which visits",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("before", "Before the visit"), ("after", "After the visit")],
                                default="before",
                                max_length=6,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "As the patient chose"),
                                    ("email", "By mail only"),
                                    ("sms", "By text message only"),
                                    ("both", "By mail and by text message"),
                                ],
                                max_length=6,
                                verbose_name="how it goes out",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-side", "-days", "-hours", "slot"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "slot", "kind"), name="reminder_rule_slot_once", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("how", "local_time"), _negated=True),
                                    ("at__isnull", False),
                                    _connector="OR",
                                ),
                                name="reminder_rule_local_time_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("how", "elapsed"), _negated=True), ("hours__gt", 0), _connector="OR"
                                ),
                                name="reminder_rule_hours_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("only__in", ["", "unconfirmed", "unanswered"]), ("side", "before")),
                                    models.Q(("only__in", ["came", "missed"]), ("side", "after")),
                                    _connector="OR",
                                ),
                                name="reminder_rule_only_fits_its_side",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__lte", 60), ("hours__lte", 240)),
                                name="reminder_rule_within_sixty_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPlan",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("appointment_version", models.PositiveIntegerField()),
                        ("planned_at", models.DateTimeField()),
                        (
                            "left_out",
                            models.JSONField(blank=True, default=dict, help_text="Slot and why it is not sent."),
                        ),
                        (
                            "appointment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reminder_plan",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "zone_name",
                            models.CharField(
                                blank=True,
                                help_text="The zone the times were worked out in.",
                                max_length=64,
                                verbose_name="the patient's own time zone",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WindowBackTest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("purpose", models.CharField(max_length=10)),
                        (
                            "own",
                            models.CharField(
                                choices=[
                                    ("none", "No own interval"),
                                    ("few", "1 or 2"),
                                    ("fair", "3 or 4"),
                                    ("good", "5 or more"),
                                ],
                                help_text="Completed intervals before that infusion.",
                                max_length=6,
                            ),
                        ),
                        ("tried", models.PositiveIntegerField()),
                        ("met", models.PositiveIntegerField()),
                        ("early", models.PositiveIntegerField(help_text="The window was over before relief ended.")),
                        ("late", models.PositiveIntegerField(help_text="Relief had ended before the window began.")),
                        ("unseen", models.PositiveIntegerField(help_text="The end was not seen: can't be judged.")),
                        ("patients", models.PositiveIntegerField()),
                        ("width", models.FloatField(help_text="Median width of the windows, days.", null=True)),
                        ("low", models.FloatField(help_text="95 % interval of the share met, 0 to 1.", null=True)),
                        ("high", models.FloatField(null=True)),
                        ("computed_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("purpose", "own"), name="window_back_test_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "tried",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("met"), "+", models.F("early")
                                            ),
                                            "+",
                                            models.F("late"),
                                        ),
                                    )
                                ),
                                name="window_back_test_adds_up",
                            ),
                        ],
                    },
                ),
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
                    name="CalendarFeed",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calendar_feeds",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("user",),
                                name="calendar_feed_one_open",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FreedSlot",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "in_a_chair",
                            models.BooleanField(help_text="A chair and a nurse are free; else a prescriber's time."),
                        ),
                        ("freed_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("taken", "taken"),
                                    ("filled", "booked by the clinic"),
                                    ("closed", "no longer offered"),
                                    ("lapsed", "too near, nobody took it"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("rounds", models.PositiveSmallIntegerField(default=0)),
                        ("next_round_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "freed_by",
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
                                related_name="freed_slots",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="freed_slots",
                                to="clinic.appointment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")), fields=["next_round_at"], name="freed_slot_due"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "taken", "filled", "closed", "lapsed"])),
                                name="freed_slot_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="freed_slot_ends_after_start",
                            ),
                            models.UniqueConstraint(fields=("source", "starts_at"), name="freed_slot_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "open")),
                                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="freed_slot_ended_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordArchive",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "waits for the worker"),
                                    ("making", "being made"),
                                    ("ready", "ready"),
                                    ("failed", "failed"),
                                    ("emptied", "taken away after a week"),
                                ],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "parts",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How many parts it will have; 0: not known yet."
                            ),
                        ),
                        ("parts_done", models.PositiveSmallIntegerField(default=0)),
                        (
                            "claimed_at",
                            models.DateTimeField(
                                blank=True, help_text="When the worker last said it is at it.", null=True
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("error", models.CharField(blank=True, max_length=200)),
                        ("made_at", models.DateTimeField(blank=True, null=True)),
                        ("expires_at", models.DateTimeField(blank=True, null=True)),
                        ("size", models.PositiveIntegerField(default=0, help_text="Bytes.")),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("content", models.BinaryField(default=bytes)),
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
                                related_name="record_archives",
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
                        "ordering": ["-asked_at"],
                        "indexes": [
                            models.Index(fields=["patient", "-asked_at"], name="archive_by_patient"),
                            models.Index(
                                condition=models.Q(("state__in", ("asked", "making"))),
                                fields=["asked_at"],
                                name="archive_to_make",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "making", "ready", "failed", "emptied"])),
                                name="record_archive_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "making"))),
                                fields=("patient",),
                                name="archive_one_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        ("expires_at__isnull", False), ("made_at__isnull", False), ("size__gt", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="archive_ready_has_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "emptied"), _negated=True), ("content", b""), _connector="OR"
                                ),
                                name="archive_emptied_is_empty",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionRound",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it was asked for.")),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("baseline", "Before the first infusion"),
                                    ("weekly", "Weekly"),
                                    ("monthly", "Monthly"),
                                    ("asked", "Asked by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pages", models.JSONField(help_text="Codes of the pages asked, in order.")),
                        ("asked_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField(help_text="Not answered until then, it stays missed.")),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, help_text="When its last page was answered.", null=True),
                        ),
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
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="question_rounds",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="question_rounds",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day"],
                        "indexes": [models.Index(fields=["patient", "day"], name="question_round_by_patient")],
                        "constraints": [
                            models.UniqueConstraint(fields=("course", "day"), name="question_round_once_a_day"),
                            models.CheckConstraint(
                                condition=models.Q(("closes_at__gt", models.F("asked_at"))),
                                name="question_round_closes_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Talk",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("visit", "A visit"),
                                    ("papers", "Papers and forms"),
                                    ("health", "How the patient is"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits for us"), ("answered", "answered"), ("closed", "closed")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Staff who began it; empty: the patient.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-last_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["site", "waiting_since"],
                                name="talk_waiting_by_site",
                            ),
                            models.Index(fields=["patient", "last_at"], name="talk_by_patient"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "answered", "closed"])), name="talk_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), ("waiting_since__isnull", False)),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("waiting_since__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="talk_waits_since",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("kind", models.CharField(default="infusion", max_length=16)),
                        ("from_day", models.DateField()),
                        ("until_day", models.DateField()),
                        (
                            "part",
                            models.CharField(
                                choices=[("any", "Any time"), ("morning", "Morning"), ("afternoon", "Afternoon")],
                                default="any",
                                max_length=10,
                            ),
                        ),
                        (
                            "weekdays",
                            models.JSONField(blank=True, default=list, help_text="0 Monday to 6 Sunday; empty: any."),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("booked", "booked"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                        (
                            "added_by",
                            models.ForeignKey(
                                db_constraint=False,
                                null=True,
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
                                to="followup.waitlistentry",
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
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="The visit that would be moved; empty: a new one is booked.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.appointment",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_why", models.CharField(blank=True, max_length=200)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "notice_hours",
                            models.PositiveSmallIntegerField(
                                default=4, help_text="How long before a visit they must know."
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRuleEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("slot", models.SlugField(db_index=False, max_length=20)),
                        (
                            "kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("infusion", "Infusion"),
                                    ("booster", "Booster"),
                                    ("follow_up", "Follow-up"),
                                    ("adjunct", "Adjunct"),
                                ],
                                help_text="Empty: every kind.",
                                max_length=16,
                                verbose_name="kind of visit",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("elapsed", "Hours"),
                                    ("wall", "Days, at the visit's hour"),
                                    ("local_time", "Days, at a local time"),
                                ],
                                max_length=12,
                                verbose_name="counted in",
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(default=0)),
                        ("hours", models.PositiveSmallIntegerField(default=0)),
                        (
                            "at",
                            models.TimeField(
                                blank=True,
                                help_text="On the patient's own clock.",
                                null=True,
                                verbose_name="local time",
                            ),
                        ),
                        ("message_kind", models.CharField(max_length=30, verbose_name="message")),
                        ("is_on", models.BooleanField(default=True)),
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
                                to="followup.reminderrule",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Empty: all sites without a rule of their own for this slot.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "only",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Every visit"),
                                    ("unconfirmed", "Not confirmed yet"),
                                    ("unanswered", "Questions before the visit not answered yet"),
                                    ("came", "The patient came"),
                                    ("missed", "The patient did not come"),
                                ],
                                max_length=12,
                                verbose_name="for which visits",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("before", "Before the visit"), ("after", "After the visit")],
                                default="before",
                                max_length=6,
                                verbose_name="when",
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "As the patient chose"),
                                    ("email", "By mail only"),
                                    ("sms", "By text message only"),
                                    ("both", "By mail and by text message"),
                                ],
                                max_length=6,
                                verbose_name="how it goes out",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                migrations.CreateModel(
                    name="CalendarFeedEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("token_hash", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
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
                                to="followup.calendarfeed",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="FreedSlotEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        (
                            "in_a_chair",
                            models.BooleanField(help_text="A chair and a nurse are free; else a prescriber's time."),
                        ),
                        ("freed_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("taken", "taken"),
                                    ("filled", "booked by the clinic"),
                                    ("closed", "no longer offered"),
                                    ("lapsed", "too near, nobody took it"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("rounds", models.PositiveSmallIntegerField(default=0)),
                        ("next_round_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "freed_by",
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
                                to="followup.freedslot",
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
                            "source",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="WaitlistOffer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("round", models.PositiveSmallIntegerField()),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for an answer"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("lapsed", "no answer"),
                                    ("beaten", "somebody was faster"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                help_text="What was booked or moved by saying yes.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="followup.waitlistentry",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="followup.freedslot",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["offered_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "accepted", "declined", "lapsed", "beaten", "withdrawn"])
                                ),
                                name="waitlist_offer_known",
                            ),
                            models.UniqueConstraint(fields=("slot", "entry"), name="offered_once_a_slot"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "accepted")),
                                fields=("slot",),
                                name="freed_slot_taken_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "accepted"), _negated=True),
                                    models.Q(("answered_at__isnull", False), ("appointment__isnull", False)),
                                    _connector="OR",
                                ),
                                name="offer_accepted_has_visit",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("client_id", models.UUIDField(unique=True)),
                        (
                            "direction",
                            models.CharField(
                                choices=[("out", "We called"), ("in", "They called")], default="out", max_length=3
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("reached", "Spoke with the patient"),
                                    ("other_person", "Spoke with somebody else"),
                                    ("message", "Left a message to call back"),
                                    ("no_answer", "No answer"),
                                    ("wrong_number", "Wrong number"),
                                    ("gave_up", "No more tries, the prescriber knows"),
                                ],
                                max_length=14,
                            ),
                        ),
                        ("called_at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        (
                            "pain",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="0-10, as told on the phone.", null=True
                            ),
                        ),
                        ("side_effects", models.JSONField(blank=True, default=list)),
                        ("next_try_at", models.DateTimeField(blank=True, null=True)),
                        ("noted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                help_text="The next-day contact it was made for.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="followup.followupcontact",
                            ),
                        ),
                        (
                            "noted_by",
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
                                related_name="call_notes",
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
                            "task",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.task",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["called_at", "noted_at"],
                        "indexes": [models.Index(fields=["patient", "called_at"], name="call_note_by_patient")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("pain__isnull", True), ("pain__range", (0, 10)), _connector="OR"),
                                name="call_pain_0_to_10",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("next_try_at__isnull", True),
                                    ("next_try_at__gt", models.F("called_at")),
                                    _connector="OR",
                                ),
                                name="call_tried_again_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionRoundEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it was asked for.")),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("baseline", "Before the first infusion"),
                                    ("weekly", "Weekly"),
                                    ("monthly", "Monthly"),
                                    ("asked", "Asked by hand"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("pages", models.JSONField(help_text="Codes of the pages asked, in order.")),
                        ("asked_at", models.DateTimeField()),
                        ("closes_at", models.DateTimeField(help_text="Not answered until then, it stays missed.")),
                        (
                            "finished_at",
                            models.DateTimeField(blank=True, help_text="When its last page was answered.", null=True),
                        ),
                        (
                            "asked_by",
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
                                to="followup.questionround",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpioidReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The patient's local day it is about.")),
                        ("is_none", models.BooleanField(help_text='The patient says: "no opioids".')),
                        (
                            "medicines",
                            models.JSONField(
                                blank=True, default=list, help_text="name, amount, unit, times_a_day as told."
                            ),
                        ),
                        ("mme", models.DecimalField(blank=True, decimal_places=1, max_digits=8, null=True)),
                        ("factor_year", models.PositiveSmallIntegerField()),
                        (
                            "source",
                            models.CharField(
                                choices=[("link", "By link"), ("staff", "Told to staff")], default="link", max_length=8
                            ),
                        ),
                        ("told_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
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
                            "round",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opioid_reports",
                                to="followup.questionround",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day", "told_at"],
                        "indexes": [models.Index(fields=["course", "day"], name="opioid_report_by_course_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_none", False), models.Q(("medicines", []), ("mme", 0)), _connector="OR"
                                ),
                                name="opioid_none_is_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mme__isnull", True), ("mme__gte", 0), _connector="OR"),
                                name="opioid_dose_not_below_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("recorded_by__isnull", True), ("source", "link")),
                                    models.Q(("recorded_by__isnull", False), ("source", "staff")),
                                    _connector="OR",
                                ),
                                name="opioid_told_to_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalkEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "topic",
                            models.CharField(
                                choices=[
                                    ("visit", "A visit"),
                                    ("papers", "Papers and forms"),
                                    ("health", "How the patient is"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waits for us"), ("answered", "answered"), ("closed", "closed")],
                                default="waiting",
                                max_length=10,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("last_at", models.DateTimeField()),
                        ("waiting_since", models.DateTimeField(blank=True, null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Staff who began it; empty: the patient.",
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
                                to="followup.talk",
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
                    name="TalkMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("client_id", models.UUIDField(unique=True)),
                        ("is_patients", models.BooleanField(help_text="Written by the patient; else by the clinic.")),
                        ("desk_words", models.TextField(blank=True, help_text="What the front desk may read too.")),
                        ("words", models.TextField(blank=True, help_text="What only clinicians may read.")),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("sent_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                            "talk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="followup.talk"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["sent_at"],
                        "indexes": [models.Index(fields=["talk", "sent_at"], name="talk_message_by_talk")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), models.Q(("desk_words", ""), _negated=True)),
                                    models.Q(models.Q(("words", ""), _negated=True), ("desk_words", "")),
                                    _connector="OR",
                                ),
                                name="talk_message_one_place_for_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("is_patients", True), ("sent_by__isnull", True)),
                                    models.Q(("is_patients", False), ("sent_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="talk_message_of_one_side",
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
                    name="WaitlistOfferEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("round", models.PositiveSmallIntegerField()),
                        ("offered_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for an answer"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("lapsed", "no answer"),
                                    ("beaten", "somebody was faster"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="What was booked or moved by saying yes.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followup.waitlistentry",
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
                                to="followup.waitlistoffer",
                            ),
                        ),
                        (
                            "slot",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="followup.freedslot",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
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
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="waitlist_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:booked,waiting:withdrawn,waiting:expired}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="40282f09901731c0b6a34c92aec53aea30e34b30",
                            operation="UPDATE",
                            pgid="pgtrigger_waitlist_moves_764b4",
                            table="followup_waitlistentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_waitlistentryevent" ("added_at", "added_by_id", "appointment_id", "course_id", "ended_at", "ended_why", "from_day", "id", "kind", "note", "notice_hours", "part", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "until_day", "weekdays") VALUES (NEW."added_at", NEW."added_by_id", NEW."appointment_id", NEW."course_id", NEW."ended_at", NEW."ended_why", NEW."from_day", NEW."id", NEW."kind", NEW."note", NEW."notice_hours", NEW."part", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."state", NEW."until_day", NEW."weekdays"); RETURN NULL;',
                            hash="180e49bb670d0bfe4a441a51601886124aa2ef85",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ba413",
                            table="followup_waitlistentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_waitlistentryevent" ("added_at", "added_by_id", "appointment_id", "course_id", "ended_at", "ended_why", "from_day", "id", "kind", "note", "notice_hours", "part", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "until_day", "weekdays") VALUES (NEW."added_at", NEW."added_by_id", NEW."appointment_id", NEW."course_id", NEW."ended_at", NEW."ended_why", NEW."from_day", NEW."id", NEW."kind", NEW."note", NEW."notice_hours", NEW."part", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."state", NEW."until_day", NEW."weekdays"); RETURN NULL;',
                            hash="dd414ab46b0005161727de1644c4e689d95c5d32",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fe685",
                            table="followup_waitlistentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="diaryentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="diary_entry_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="869d8b89f7caf2f80f334aff9334d42e34436608",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_diary_entry_stays_11a7e",
                            table="followup_diaryentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reminderrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_reminderruleevent" ("at", "days", "hours", "how", "id", "is_on", "kind", "message_kind", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "site_id", "slot", "way") VALUES (NEW."at", NEW."days", NEW."hours", NEW."how", NEW."id", NEW."is_on", NEW."kind", NEW."message_kind", NEW."only", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."side", NEW."site_id", NEW."slot", NEW."way"); RETURN NULL;',
                            hash="68a076315e9d3851290a2c9457dd501b108a2b05",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8a22",
                            table="followup_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reminderrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_reminderruleevent" ("at", "days", "hours", "how", "id", "is_on", "kind", "message_kind", "only", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "side", "site_id", "slot", "way") VALUES (NEW."at", NEW."days", NEW."hours", NEW."how", NEW."id", NEW."is_on", NEW."kind", NEW."message_kind", NEW."only", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."side", NEW."site_id", NEW."slot", NEW."way"); RETURN NULL;',
                            hash="f0683251ef2295a20f8cd331db192633b2414ff8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8994e",
                            table="followup_reminderrule",
                            when="AFTER",
                        ),
                    ),
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
                    model_name="calendarfeed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_calendarfeedevent" ("id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "token_hash", "user_id") VALUES (NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."token_hash", NEW."user_id"); RETURN NULL;',
                            hash="ec8bf40ba490e45599fb030206cb4fd1ad4a0df3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_54846",
                            table="followup_calendarfeed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="calendarfeed",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_calendarfeedevent" ("id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "token_hash", "user_id") VALUES (NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."token_hash", NEW."user_id"); RETURN NULL;',
                            hash="fbe6d7dbf96c423a90e63c3170eede7241c1f3ae",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_54ed3",
                            table="followup_calendarfeed",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freedslot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="freed_slot_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:taken,open:filled,open:closed,open:lapsed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="6261ea0ea320dc20948e664e2d0e0259e8e597df",
                            operation="UPDATE",
                            pgid="pgtrigger_freed_slot_moves_c83a7",
                            table="followup_freedslot",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freedslot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_freedslotevent" ("ended_at", "ends_at", "freed_at", "freed_by_id", "id", "in_a_chair", "next_round_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounds", "site_id", "source_id", "starts_at", "state") VALUES (NEW."ended_at", NEW."ends_at", NEW."freed_at", NEW."freed_by_id", NEW."id", NEW."in_a_chair", NEW."next_round_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rounds", NEW."site_id", NEW."source_id", NEW."starts_at", NEW."state"); RETURN NULL;',
                            hash="e69bd63ef47c48b2e2abdbf7fcd389a306608e68",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ef58e",
                            table="followup_freedslot",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="freedslot",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_freedslotevent" ("ended_at", "ends_at", "freed_at", "freed_by_id", "id", "in_a_chair", "next_round_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounds", "site_id", "source_id", "starts_at", "state") VALUES (NEW."ended_at", NEW."ends_at", NEW."freed_at", NEW."freed_by_id", NEW."id", NEW."in_a_chair", NEW."next_round_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rounds", NEW."site_id", NEW."source_id", NEW."starts_at", NEW."state"); RETURN NULL;',
                            hash="2ad1aecb36c940a75997a8d0b8bf710aadb3f804",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8b1d8",
                            table="followup_freedslot",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="recordarchive",
                    trigger=pgtrigger.compiler.Trigger(
                        name="record_archive_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:making,asked:failed,making:ready,making:asked,making:failed,ready:emptied,failed:asked}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="70663d958761e55da29c27d61049716fce526dc0",
                            operation="UPDATE",
                            pgid="pgtrigger_record_archive_moves_4ee3b",
                            table="followup_recordarchive",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="waitlist_offer_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:declined,open:lapsed,open:beaten,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="88962e426735ff86e9fad63488bfb13f232a81de",
                            operation="UPDATE",
                            pgid="pgtrigger_waitlist_offer_moves_9bddb",
                            table="followup_waitlistoffer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_waitlistofferevent" ("answered_at", "appointment_id", "entry_id", "expires_at", "id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "slot_id", "state") VALUES (NEW."answered_at", NEW."appointment_id", NEW."entry_id", NEW."expires_at", NEW."id", NEW."offered_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round", NEW."slot_id", NEW."state"); RETURN NULL;',
                            hash="f284ba6ad88f12842850e001ea0b6e6a984a8c72",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a77bc",
                            table="followup_waitlistoffer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="waitlistoffer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_waitlistofferevent" ("answered_at", "appointment_id", "entry_id", "expires_at", "id", "offered_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round", "slot_id", "state") VALUES (NEW."answered_at", NEW."appointment_id", NEW."entry_id", NEW."expires_at", NEW."id", NEW."offered_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round", NEW."slot_id", NEW."state"); RETURN NULL;',
                            hash="287532299f2f50eaa49d8fb928635078ab25c687",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3b170",
                            table="followup_waitlistoffer",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="callnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="call_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cd4fbf233673af4b3eb596e3e9de638d5bdf14de",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_call_note_stays_fc8b6",
                            table="followup_callnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="questionround",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_questionroundevent" ("asked_at", "asked_by_id", "closes_at", "course_id", "day", "finished_at", "id", "occasion", "pages", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closes_at", NEW."course_id", NEW."day", NEW."finished_at", NEW."id", NEW."occasion", NEW."pages", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="67d6626725664d6658372443bc4e153c79088cc1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1ceb3",
                            table="followup_questionround",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="questionround",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_questionroundevent" ("asked_at", "asked_by_id", "closes_at", "course_id", "day", "finished_at", "id", "occasion", "pages", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."closes_at", NEW."course_id", NEW."day", NEW."finished_at", NEW."id", NEW."occasion", NEW."pages", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="fe2d6be5cbea886dc1eaa43018fdc23317e84241",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_062ae",
                            table="followup_questionround",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="opioidreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="opioid_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1d379bd64a41ba27edf3462db6036385d8661e2e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_opioid_report_stays_b64da",
                            table="followup_opioidreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="talk_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:answered,waiting:closed,answered:waiting,answered:closed,closed:waiting}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="7e782f01925030fef98fc4bd70338f4b1db73a4f",
                            operation="UPDATE",
                            pgid="pgtrigger_talk_moves_a321b",
                            table="followup_talk",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "followup_talkevent" ("id", "last_at", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "topic", "waiting_since") VALUES (NEW."id", NEW."last_at", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."state", NEW."topic", NEW."waiting_since"); RETURN NULL;',
                            hash="9be02b1dbd9eec8d76daf0c3878819a9dac8376c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_156f8",
                            table="followup_talk",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talk",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "followup_talkevent" ("id", "last_at", "opened_at", "opened_by_id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "topic", "waiting_since") VALUES (NEW."id", NEW."last_at", NEW."opened_at", NEW."opened_by_id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."state", NEW."topic", NEW."waiting_since"); RETURN NULL;',
                            hash="c142c9e0f017d149bd71f3e3748322c84c646048",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_83587",
                            table="followup_talk",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="talkmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="talk_message_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90e0a4b1c0cff801947c917860a6fc4a68339b88",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_talk_message_stays_5a64f",
                            table="followup_talkmessage",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
        migrations.RunPython(add, remove, elidable=False),
    ]
