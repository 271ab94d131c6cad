import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
from clinic.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clinic", "0001_the_shared_record"),
        ("intake", "0001_packet_and_assessment"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("treatment_sessions", "0001_the_infusion"),
    ]

    operations = [
        Together(
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
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["proposed", "accepted", "changed", "declined", "superseded"])
                                ),
                                name="booster_proposal_known",
                            ),
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
                                    ("offered", "offered"),
                                    ("booked", "booked"),
                                    ("withdrawn", "withdrawn"),
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
                    ],
                    options={
                        "ordering": ["added_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "offered", "booked", "withdrawn"])),
                                name="waitlist_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until_day__gte", models.F("from_day"))),
                                name="waitlist_days_in_order",
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
                                    ("offered", "offered"),
                                    ("booked", "booked"),
                                    ("withdrawn", "withdrawn"),
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
                    ],
                    options={
                        "abstract": False,
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
                    ],
                    options={
                        "ordering": ["day", "recorded_at"],
                        "indexes": [models.Index(fields=["course", "day"], name="diary_by_course_day")],
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("measure", "purpose", "reason", "percent"), name="clinic_curve_once"
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
                                    ("elapsed", "Hours before"),
                                    ("wall", "Days before, at the visit's hour"),
                                    ("local_time", "Days before, at a local time"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(default=0)),
                        ("hours", models.PositiveSmallIntegerField(default=0)),
                        ("at", models.TimeField(blank=True, null=True)),
                        ("message_kind", models.CharField(max_length=30)),
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
                    ],
                    options={
                        "ordering": ["-days", "-hours"],
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
                        ],
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
                                    ("elapsed", "Hours before"),
                                    ("wall", "Days before, at the visit's hour"),
                                    ("local_time", "Days before, at a local time"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("days", models.PositiveSmallIntegerField(default=0)),
                        ("hours", models.PositiveSmallIntegerField(default=0)),
                        ("at", models.TimeField(blank=True, null=True)),
                        ("message_kind", models.CharField(max_length=30)),
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
                    ],
                    options={
                        "abstract": False,
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
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{proposed:accepted,proposed:changed,proposed:declined,proposed:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="b562faa23fbb61fff15d50371035fee9faec46ed",
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
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{waiting:offered,waiting:booked,waiting:withdrawn,offered:waiting,offered:booked,offered:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="f2f96983ec15de3c85c2c664e82fe1c9fe28b1b6",
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
                            func='INSERT INTO "followup_waitlistentryevent" ("added_at", "added_by_id", "course_id", "from_day", "id", "kind", "part", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "until_day", "weekdays") VALUES (NEW."added_at", NEW."added_by_id", NEW."course_id", NEW."from_day", NEW."id", NEW."kind", NEW."part", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."state", NEW."until_day", NEW."weekdays"); RETURN NULL;',
                            hash="95cdf0037382e550c50979c3017b8a65fbe66cd4",
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
                            func='INSERT INTO "followup_waitlistentryevent" ("added_at", "added_by_id", "course_id", "from_day", "id", "kind", "part", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "until_day", "weekdays") VALUES (NEW."added_at", NEW."added_by_id", NEW."course_id", NEW."from_day", NEW."id", NEW."kind", NEW."part", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."state", NEW."until_day", NEW."weekdays"); RETURN NULL;',
                            hash="fcf1e48019587610ee9f3c1d970ab11594028f76",
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
                            func='INSERT INTO "followup_reminderruleevent" ("at", "days", "hours", "how", "id", "is_on", "kind", "message_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "slot") VALUES (NEW."at", NEW."days", NEW."hours", NEW."how", NEW."id", NEW."is_on", NEW."kind", NEW."message_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."slot"); RETURN NULL;',
                            hash="4316239b19415c197294a537549547eafc66c75f",
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
                            func='INSERT INTO "followup_reminderruleevent" ("at", "days", "hours", "how", "id", "is_on", "kind", "message_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "slot") VALUES (NEW."at", NEW."days", NEW."hours", NEW."how", NEW."id", NEW."is_on", NEW."kind", NEW."message_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."slot"); RETURN NULL;',
                            hash="8ff19079dec25c1639ce2e4cd0f6169cded3ca05",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8994e",
                            table="followup_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
