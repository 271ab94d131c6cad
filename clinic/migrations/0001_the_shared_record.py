import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations, models

import clinic.models.base
import clinic.models.places
from clinic.together import Together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunSQL(
            sql="CREATE SEQUENCE clinic_record_number MINVALUE 1",
            reverse_sql="DROP SEQUENCE clinic_record_number",
        ),
        Together(
            operations=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("email", models.EmailField(max_length=254, unique=True)),
                        ("name", models.CharField(max_length=120)),
                        ("initials", models.CharField(blank=True, max_length=6)),
                        ("credentials", models.CharField(blank=True, help_text="RN, MD, NP...", max_length=40)),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(auto_now_add=True)),
                        ("theme", models.CharField(blank=True, max_length=8)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="Referrer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        ("organisation", models.CharField(blank=True, max_length=120)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Patient",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("record_number", models.CharField(max_length=20, unique=True)),
                        ("family_name", models.CharField(max_length=120)),
                        ("given_name", models.CharField(max_length=120)),
                        ("preferred_name", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField()),
                        (
                            "sex",
                            models.CharField(
                                choices=[
                                    ("female", "female"),
                                    ("male", "male"),
                                    ("other", "other"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("phone_digits", models.CharField(blank=True, editable=False, max_length=20)),
                        ("address", models.TextField(blank=True)),
                        ("language", models.CharField(default="en", max_length=8)),
                        (
                            "zone_name",
                            models.CharField(
                                max_length=64,
                                validators=[clinic.models.places.check_zone],
                                verbose_name="own time zone",
                            ),
                        ),
                        ("emergency_name", models.CharField(blank=True, max_length=120)),
                        ("emergency_phone", models.CharField(blank=True, max_length=40)),
                        ("emergency_relation", models.CharField(blank=True, max_length=60)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("pain", "Chronic pain"),
                                    ("mood", "Low mood or depression"),
                                    ("ptsd", "PTSD"),
                                    ("anxiety", "Anxiety"),
                                    ("other", "Something else"),
                                ],
                                default="pain",
                                max_length=12,
                                verbose_name="reason for referral",
                            ),
                        ),
                        ("reason_words", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField()),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("search_text", models.CharField(default="", editable=False, max_length=400)),
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
                            "referrer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patients",
                                to="clinic.referrer",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["family_name", "given_name"],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Upper("search_text"), name="gin_trgm_ops"
                                ),
                                name="patient_search_trgm",
                            ),
                            models.Index(fields=["born_on"], name="patient_born_on"),
                            models.Index(fields=["phone_digits"], name="patient_phone_digits"),
                            models.Index(
                                django.db.models.functions.text.Lower("family_name"),
                                django.db.models.functions.text.Lower("given_name"),
                                name="patient_by_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Protocol",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80, unique=True)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("pain", "Chronic pain"), ("mood", "Mood"), ("booster", "Booster")],
                                max_length=10,
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["name"],
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolVersion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField(default=1)),
                        (
                            "words",
                            models.TextField(
                                blank=True, help_text="Instructions for the room, shown on the run sheet."
                            ),
                        ),
                        (
                            "source_words",
                            models.TextField(
                                blank=True,
                                help_text="Where the figures come from, and that they are defaults until approved.",
                            ),
                        ),
                        ("planned_number", models.PositiveSmallIntegerField(default=1)),
                        ("consecutive_days", models.BooleanField(default=False)),
                        ("spacing_min_days", models.PositiveSmallIntegerField(default=2)),
                        ("spacing_max_days", models.PositiveSmallIntegerField(default=4)),
                        ("booster_min_days", models.PositiveSmallIntegerField(default=14)),
                        ("booster_max_days", models.PositiveSmallIntegerField(default=84)),
                        (
                            "yearly_ceiling",
                            models.PositiveSmallIntegerField(
                                default=12, help_text="Infusions in 365 days, above it: stop and reassess."
                            ),
                        ),
                        (
                            "response_check_after",
                            models.PositiveSmallIntegerField(
                                default=3, help_text="No 30 % relief after this many: reassess."
                            ),
                        ),
                        ("prepare_minutes", models.PositiveSmallIntegerField(default=30)),
                        ("infusion_minutes", models.PositiveSmallIntegerField()),
                        ("observe_minutes", models.PositiveSmallIntegerField(default=60)),
                        (
                            "pause_baseline_minutes",
                            models.PositiveSmallIntegerField(
                                default=15, help_text="A pause longer than this needs a new baseline."
                            ),
                        ),
                        (
                            "discharge_score_min",
                            models.PositiveSmallIntegerField(default=9, help_text="Modified Aldrete, of 10."),
                        ),
                        (
                            "diary_days",
                            models.JSONField(
                                default=list, help_text="Days after an infusion on which the diary is asked."
                            ),
                        ),
                        ("questionnaire_days", models.JSONField(default=list)),
                        (
                            "mood_dose_guard_mg_kg",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True),
                        ),
                        (
                            "pain_rate_guard_mg_kg_h",
                            models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "protocol",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="clinic.protocol",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["protocol", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("protocol", "number"), name="protocol_version_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="protocol_version_approved_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("spacing_max_days__gte", models.F("spacing_min_days"))),
                                name="protocol_spacing_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("booster_max_days__gte", models.F("booster_min_days"))),
                                name="protocol_booster_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Site",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "short_name",
                            models.CharField(
                                help_text="A neutral name for messages: nothing that tells what is treated.",
                                max_length=40,
                            ),
                        ),
                        (
                            "zone_name",
                            models.CharField(
                                max_length=64, validators=[clinic.models.places.check_zone], verbose_name="time zone"
                            ),
                        ),
                        ("address", models.TextField(blank=True)),
                        ("phone", models.CharField(max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("open_for_booking", models.BooleanField(default=True)),
                    ],
                    options={
                        "ordering": ["name"],
                        "constraints": [models.UniqueConstraint(fields=("name",), name="site_name_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="The patient's first, second... course."
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                help_text="Condition code, e.g. crps, fibromyalgia, depression.", max_length=40
                            ),
                        ),
                        ("reason_words", models.CharField(blank=True, max_length=200)),
                        ("goals", models.TextField(blank=True)),
                        ("planned_number", models.PositiveSmallIntegerField()),
                        ("spacing_days", models.PositiveSmallIntegerField()),
                        ("dose", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("dose_basis", models.CharField(max_length=8)),
                        ("adjuncts", models.TextField(blank=True)),
                        (
                            "medicine_plan",
                            models.TextField(
                                blank=True, help_text="What to take or hold on the day; empty: take as usual, ask us."
                            ),
                        ),
                        (
                            "packet_pain_average",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Average pain 0-10 from the packet, for a baseline when the diary is too short.",
                                max_digits=4,
                                null=True,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("active", "under way"),
                                    ("paused", "paused"),
                                    ("completed", "series completed"),
                                    ("stopped", "stopped"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "signed_at",
                            models.DateTimeField(
                                blank=True, help_text="The plan is signed by the prescriber.", null=True
                            ),
                        ),
                        ("diary_from", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "prescriber",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="courses", to="clinic.patient"
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="courses",
                                to="clinic.protocolversion",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="courses", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "active", "paused", "completed", "stopped"])
                                ),
                                name="course_known",
                            ),
                            models.CheckConstraint(condition=models.Q(("dose__gt", 0)), name="course_dose_above_zero"),
                            models.UniqueConstraint(fields=("patient", "number"), name="course_number_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("infusion", "Infusion"),
                                    ("booster", "Booster"),
                                    ("follow_up", "Follow-up"),
                                    ("adjunct", "Adjunct"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Which infusion of the course.", null=True
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("zone_name", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("confirmed", "confirmed"),
                                    ("arrived", "arrived"),
                                    ("in_progress", "in progress"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                    ("no_show", "did not come"),
                                ],
                                default="booked",
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("booked_at", models.DateTimeField()),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, help_text="The patient said yes.", null=True),
                        ),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, help_text="Calendar SEQUENCE: grows with each change sent to the patient."
                            ),
                        ),
                        (
                            "booked_by",
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
                                related_name="appointments",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["starts_at"],
                        "indexes": [models.Index(fields=["site", "starts_at"], name="appointment_by_site_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "booked",
                                            "confirmed",
                                            "arrived",
                                            "in_progress",
                                            "done",
                                            "cancelled",
                                            "no_show",
                                        ],
                                    )
                                ),
                                name="appointment_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                                name="appointment_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("number__isnull", False),
                                    ("state__in", ["booked", "confirmed", "arrived", "in_progress", "done"]),
                                ),
                                fields=("course", "number"),
                                name="appointment_number_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AppointmentEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("consultation", "Consultation"),
                                    ("infusion", "Infusion"),
                                    ("booster", "Booster"),
                                    ("follow_up", "Follow-up"),
                                    ("adjunct", "Adjunct"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="Which infusion of the course.", null=True
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("zone_name", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("booked", "booked"),
                                    ("confirmed", "confirmed"),
                                    ("arrived", "arrived"),
                                    ("in_progress", "in progress"),
                                    ("done", "done"),
                                    ("cancelled", "cancelled"),
                                    ("no_show", "did not come"),
                                ],
                                default="booked",
                                max_length=12,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("booked_at", models.DateTimeField()),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, help_text="The patient said yes.", null=True),
                        ),
                        ("cancel_reason", models.CharField(blank=True, max_length=200)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "sequence",
                            models.PositiveIntegerField(
                                default=0, help_text="Calendar SEQUENCE: grows with each change sent to the patient."
                            ),
                        ),
                        (
                            "booked_by",
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
                                to="clinic.appointment",
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
                    name="Hold",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Chair",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("label", models.CharField(max_length=12)),
                        ("room", models.CharField(blank=True, max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("in_use", models.BooleanField(default=True)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="chairs", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position", "label"],
                        "constraints": [models.UniqueConstraint(fields=("site", "label"), name="chair_label_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ResourceClaim",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("lane", models.PositiveSmallIntegerField(default=0)),
                        ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("occupies", models.BooleanField(default=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "hold",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="clinic.hold",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resource",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.functions.comparison.Coalesce(
                                    "chair_id", "user_id", "patient_id"
                                ),
                                output_field=models.UUIDField(),
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("occupies", True)),
                                deferrable=django.db.models.constraints.Deferrable["IMMEDIATE"],
                                expressions=[("resource", "="), ("lane", "="), ("during", "&&")],
                                name="never_booked_twice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("chair__isnull", False), ("patient__isnull", True), ("user__isnull", True)
                                    ),
                                    models.Q(
                                        ("chair__isnull", True), ("patient__isnull", True), ("user__isnull", False)
                                    ),
                                    models.Q(
                                        ("chair__isnull", True), ("patient__isnull", False), ("user__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="claim_of_one_resource",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("appointment__isnull", False), ("hold__isnull", True)),
                                    models.Q(("appointment__isnull", True), ("hold__isnull", False)),
                                    _connector="OR",
                                ),
                                name="claim_of_appointment_or_hold",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lane", 0), ("user__isnull", False), _connector="OR"),
                                name="claim_lanes_of_staff_only",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReadinessAnswer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("answers", models.JSONField()),
                        ("ready", models.BooleanField()),
                        ("answered_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "appointment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="readiness_answers",
                                to="clinic.appointment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["answered_at"],
                    },
                ),
                migrations.CreateModel(
                    name="StateChange",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("machine", models.CharField(max_length=30)),
                        ("subject_id", models.UUIDField()),
                        ("from_state", models.CharField(max_length=20)),
                        ("to_state", models.CharField(max_length=20)),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(auto_now_add=True)),
                        ("reason", models.TextField(blank=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "by_user",
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
                        "ordering": ["at", "recorded_at"],
                        "indexes": [models.Index(fields=["subject_id", "at"], name="state_change_of")],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("acted_for", models.DateTimeField(blank=True, null=True)),
                        ("verb", models.CharField(max_length=60)),
                        ("is_look", models.BooleanField(default=False)),
                        (
                            "actor_kind",
                            models.CharField(
                                choices=[
                                    ("user", "Staff"),
                                    ("patient", "Patient"),
                                    ("system", "System"),
                                    ("anon", "Not signed in"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True)),
                        ("detail", models.JSONField(blank=True, default=dict)),
                        ("address", models.GenericIPAddressField(blank=True, null=True)),
                        ("request_id", models.CharField(blank=True, max_length=36)),
                        ("demo", models.BooleanField(default=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                        "ordering": ["-at"],
                        "indexes": [
                            models.Index(fields=["patient", "-at"], name="audit_by_patient"),
                            models.Index(fields=["user", "-at"], name="audit_by_user"),
                            models.Index(fields=["site", "-at"], name="audit_by_site"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("part", models.CharField(max_length=30, unique=True)),
                        ("at", models.DateTimeField()),
                        ("detail", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("pain", "Chronic pain"), ("mood", "Mood"), ("booster", "Booster")],
                                max_length=10,
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                                to="clinic.protocol",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolDrug",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("drug", models.CharField(default="ketamine", max_length=40)),
                        ("controlled", models.BooleanField(default=True, help_text="On the controlled-drug ledger.")),
                        ("route", models.CharField(default="IV", max_length=10)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("mg/kg", "mg/kg over the infusion"),
                                    ("mg/kg/h", "mg/kg/h"),
                                    ("mg/h", "mg/h"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "dose",
                            models.DecimalField(
                                decimal_places=3,
                                help_text="In the unit of the basis: the starting dose of the plan.",
                                max_digits=8,
                            ),
                        ),
                        ("dose_min", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("dose_max", models.DecimalField(decimal_places=3, max_digits=8)),
                        (
                            "weight_basis",
                            models.CharField(
                                choices=[
                                    ("actual", "actual"),
                                    ("ideal", "ideal"),
                                    ("adjusted", "adjusted"),
                                    ("capped", "actual, capped"),
                                ],
                                default="actual",
                                max_length=10,
                            ),
                        ),
                        ("weight_cap_kg", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                        (
                            "max_rate",
                            models.DecimalField(
                                decimal_places=3, help_text="In mg/kg/h (mg/h for a mg/h basis).", max_digits=8
                            ),
                        ),
                        ("max_total_mg", models.DecimalField(decimal_places=2, max_digits=8)),
                        (
                            "ends_by",
                            models.CharField(
                                choices=[
                                    ("total", "total mg"),
                                    ("time", "total time"),
                                    ("first", "whichever comes first"),
                                ],
                                default="first",
                                max_length=6,
                            ),
                        ),
                        (
                            "strength_mg_ml",
                            models.DecimalField(
                                decimal_places=3, max_digits=7, verbose_name="strength in the syringe or bag, mg/mL"
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "drug"), name="protocol_drug_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dose_max__gte", models.F("dose")),
                                    ("dose_min__gt", 0),
                                    ("dose_min__lte", models.F("dose")),
                                ),
                                name="protocol_drug_dose_in_bounds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RateStep",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("drug", models.CharField(default="ketamine", max_length=40)),
                        ("from_minute", models.PositiveSmallIntegerField()),
                        ("rate", models.DecimalField(decimal_places=3, max_digits=8)),
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
                        "ordering": ["drug", "from_minute"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "drug", "from_minute"), name="rate_step_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhaseMeasure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("baseline", "Baseline"),
                                    ("infusing", "Infusing"),
                                    ("paused", "Paused"),
                                    ("observation", "Observation"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("systolic", "Systolic"),
                                    ("diastolic", "Diastolic"),
                                    ("heart_rate", "Heart rate"),
                                    ("spo2", "SpO₂"),
                                    ("resp_rate", "Breathing rate"),
                                    ("sedation", "Sedation (RASS)"),
                                    ("pain", "Pain 0-10"),
                                    ("dissociation", "Dissociation 0-10"),
                                    ("comfort", "Comfort 0-10"),
                                    ("temperature", "Temperature"),
                                    ("etco2", "End-tidal CO₂"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("every_minutes", models.PositiveSmallIntegerField()),
                        (
                            "first_hour_every",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="A denser interval in the first hour, if any.", null=True
                            ),
                        ),
                        (
                            "asleep_counts",
                            models.BooleanField(
                                default=False, help_text="'Asleep, breathing seen' counts for this measure here."
                            ),
                        ),
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
                        "ordering": ["phase", "measure"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "phase", "measure"), name="phase_measure_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProtocolLimit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("systolic", "Systolic"),
                                    ("diastolic", "Diastolic"),
                                    ("heart_rate", "Heart rate"),
                                    ("spo2", "SpO₂"),
                                    ("resp_rate", "Breathing rate"),
                                    ("sedation", "Sedation (RASS)"),
                                    ("pain", "Pain 0-10"),
                                    ("dissociation", "Dissociation 0-10"),
                                    ("comfort", "Comfort 0-10"),
                                    ("temperature", "Temperature"),
                                    ("etco2", "End-tidal CO₂"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("caution", "Caution"), ("alarm", "Alarm"), ("hold", "Hold before start")],
                                max_length=8,
                            ),
                        ),
                        (
                            "low",
                            models.DecimalField(
                                blank=True, decimal_places=1, help_text="Below this.", max_digits=6, null=True
                            ),
                        ),
                        (
                            "high",
                            models.DecimalField(
                                blank=True, decimal_places=1, help_text="Above this.", max_digits=6, null=True
                            ),
                        ),
                        (
                            "percent_of_baseline",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="More than this many per cent away.", null=True
                            ),
                        ),
                        ("band_low", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
                        ("band_high", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
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
                        "ordering": ["measure", "level"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "measure", "level"), name="protocol_limit_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__isnull", False),
                                    ("high__isnull", False),
                                    ("percent_of_baseline__isnull", False),
                                    _connector="OR",
                                ),
                                name="protocol_limit_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StandingOrder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("drug", models.CharField(max_length=60)),
                        ("dose", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("unit", models.CharField(default="mg", max_length=12)),
                        ("route", models.CharField(default="IV", max_length=12)),
                        ("condition", models.CharField(max_length=160)),
                        ("interval_minutes", models.PositiveSmallIntegerField()),
                        ("max_doses", models.PositiveSmallIntegerField(default=1)),
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
                        "ordering": ["drug"],
                    },
                ),
                migrations.CreateModel(
                    name="DischargeCriterion",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("score", "Discharge score reached, or back to own baseline"),
                                    ("vitals_fresh", "Vitals fresh and within limits"),
                                    ("line_out", "IV line out"),
                                    ("room_air", "On room air"),
                                    ("oriented", "Oriented and steady"),
                                    ("no_dissociation", "No dissociation"),
                                    ("escort", "Escort arrived, or another way decided by the prescriber"),
                                    ("instructions", "Instructions handed over: no driving until tomorrow"),
                                    ("observed", "Observed for the protocol's minutes"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "code"), name="discharge_criterion_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistItem",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("identity", "Name and date of birth said by the patient"),
                                    ("consent", "Willing and able today"),
                                    ("fasting", "Last food and drink"),
                                    ("escort", "Escort named and reached"),
                                    ("medicines", "New medicines since last time"),
                                    ("antihypertensive", "Blood-pressure medicine taken today"),
                                    ("sedatives", "Benzodiazepine, opioid, alcohol or cannabis since yesterday"),
                                    ("pregnancy", "Pregnancy test"),
                                    ("allergies", "Allergies re-read"),
                                    ("last_time", "How the last one went"),
                                    ("monitoring", "Monitoring on"),
                                    ("emergency_equipment", "Emergency equipment checked today"),
                                    ("ketamine_elsewhere", "Ketamine or esketamine from elsewhere"),
                                    ("comfort", "Comfort wishes"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=0)),
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
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("version", "code"), name="checklist_item_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CourseEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "number",
                            models.PositiveSmallIntegerField(
                                default=1, help_text="The patient's first, second... course."
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                help_text="Condition code, e.g. crps, fibromyalgia, depression.", max_length=40
                            ),
                        ),
                        ("reason_words", models.CharField(blank=True, max_length=200)),
                        ("goals", models.TextField(blank=True)),
                        ("planned_number", models.PositiveSmallIntegerField()),
                        ("spacing_days", models.PositiveSmallIntegerField()),
                        ("dose", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("dose_basis", models.CharField(max_length=8)),
                        ("adjuncts", models.TextField(blank=True)),
                        (
                            "medicine_plan",
                            models.TextField(
                                blank=True, help_text="What to take or hold on the day; empty: take as usual, ask us."
                            ),
                        ),
                        (
                            "packet_pain_average",
                            models.DecimalField(
                                blank=True,
                                decimal_places=1,
                                help_text="Average pain 0-10 from the packet, for a baseline when the diary is too short.",
                                max_digits=4,
                                null=True,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("active", "under way"),
                                    ("paused", "paused"),
                                    ("completed", "series completed"),
                                    ("stopped", "stopped"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        (
                            "signed_at",
                            models.DateTimeField(
                                blank=True, help_text="The plan is signed by the prescriber.", null=True
                            ),
                        ),
                        ("diary_from", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                to="clinic.course",
                            ),
                        ),
                        (
                            "prescriber",
                            models.ForeignKey(
                                db_constraint=False,
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
                            "protocol_version",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.protocolversion",
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
                    name="CourseVersionMove",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("moved_at", models.DateTimeField()),
                        ("reason", models.TextField()),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="version_moves",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "moved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "frm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.protocolversion",
                            ),
                        ),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.protocolversion",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="CourseLimit",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("systolic", "Systolic"),
                                    ("diastolic", "Diastolic"),
                                    ("heart_rate", "Heart rate"),
                                    ("spo2", "SpO₂"),
                                    ("resp_rate", "Breathing rate"),
                                    ("sedation", "Sedation (RASS)"),
                                    ("pain", "Pain 0-10"),
                                    ("dissociation", "Dissociation 0-10"),
                                    ("comfort", "Comfort 0-10"),
                                    ("temperature", "Temperature"),
                                    ("etco2", "End-tidal CO₂"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("level", models.CharField(max_length=8)),
                        ("low", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
                        ("high", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
                        ("reason", models.TextField()),
                        ("set_at", models.DateTimeField()),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="limits", to="clinic.course"
                            ),
                        ),
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
                    },
                ),
                migrations.CreateModel(
                    name="InstrumentResponse",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("instrument", models.CharField(max_length=20)),
                        ("version", models.CharField(max_length=20)),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("answers", models.JSONField(help_text="Item code to number, or null where left blank.")),
                        ("score", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        ("scorable", models.BooleanField()),
                        ("band", models.CharField(blank=True, max_length=60)),
                        ("answered_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(auto_now_add=True)),
                        ("occasion_kind", models.CharField(max_length=20)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Staff who filled it with the patient; empty: the patient.",
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
                                related_name="instrument_responses",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["answered_at"],
                        "indexes": [
                            models.Index(fields=["patient", "instrument", "answered_at"], name="response_by_patient")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("scorable", True), ("score__isnull", False)),
                                    models.Q(("scorable", False), ("score__isnull", True)),
                                    _connector="OR",
                                ),
                                name="response_score_or_not_scorable",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("treatment", "Treatment"),
                                    ("off_label", "Off-label use"),
                                    ("messages", "Messages by e-mail and text"),
                                    ("privacy", "Privacy notice"),
                                    ("escort", "Escort and no driving"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField(help_text="Plain paragraphs, a blank line between them.")),
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
                                fields=("kind", "language", "number"), name="consent_text_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="consent_text_published_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Representative",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        ("relation", models.CharField(max_length=60)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="representatives",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ConsentSignature",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("relation", models.CharField(blank=True, max_length=60)),
                        ("printed_name", models.CharField(max_length=160)),
                        (
                            "drawing",
                            models.JSONField(
                                blank=True, help_text="Strokes: lists of [x, y] in a 600 x 200 box.", null=True
                            ),
                        ),
                        ("meaning", models.CharField(default="I have read this and I agree.", max_length=200)),
                        (
                            "text_hash",
                            models.CharField(help_text="SHA-256 over the exact words that were shown.", max_length=64),
                        ),
                        ("signed_at", models.DateTimeField()),
                        ("occasion_kind", models.CharField(blank=True, max_length=20)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "text",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="clinic.consenttext",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to="clinic.patient",
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
                    ],
                    options={
                        "ordering": ["signed_at"],
                    },
                ),
                migrations.CreateModel(
                    name="ConsentRevocation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("revoked_at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signature",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revocation",
                                to="clinic.consentsignature",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PatientLink",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("packet", "Intake packet"),
                                    ("diary", "Diary"),
                                    ("readiness", "Readiness questions"),
                                    ("visits", "Visits"),
                                    ("stop", "Message choices"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        (
                            "local_day",
                            models.DateField(
                                blank=True, help_text="For a diary link: the day it asks about.", null=True
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                        ("first_opened_at", models.DateTimeField(blank=True, null=True)),
                        ("trusted_device", models.CharField(blank=True, max_length=64)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("tries", "five wrong tries"),
                                    ("submitted", "submitted"),
                                    ("revoked", "replaced or withdrawn"),
                                ],
                                max_length=10,
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
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="clinic.patient"
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
                        "indexes": [models.Index(fields=["patient", "purpose"], name="link_by_patient")],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("wrong_tries__lte", 5)), name="link_five_tries"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_why", "")),
                                    models.Q(("ended_at__isnull", False), models.Q(("ended_why", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="link_ended_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LinkCode",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code_hash", models.CharField(max_length=128)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="codes",
                                to="clinic.patientlink",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                    },
                ),
                migrations.CreateModel(
                    name="MessageText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=30)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "E-mail"), ("sms", "Text message")], default="email", max_length=8
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("subject", models.CharField(blank=True, max_length=120)),
                        ("body", models.TextField()),
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
                        "ordering": ["kind", "channel", "language", "-number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("kind", "channel", "language", "number"), name="message_text_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=30)),
                        (
                            "choice_kind",
                            models.CharField(
                                blank=True,
                                default="form",
                                help_text="Which contact choice stops it: reminder, diary, form; '' can't be stopped.",
                                max_length=12,
                            ),
                        ),
                        ("channel", models.CharField(default="email", max_length=8)),
                        (
                            "address",
                            models.CharField(
                                blank=True, help_text="Taken from the record when it is claimed.", max_length=254
                            ),
                        ),
                        (
                            "context",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Values for the allow-listed placeholders; never a token.",
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("next_attempt_at", models.DateTimeField()),
                        (
                            "expires_at",
                            models.DateTimeField(
                                blank=True, help_text="Of no use after this: withdrawn instead of sent late.", null=True
                            ),
                        ),
                        ("dedupe_key", models.CharField(max_length=160, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("due", "due"),
                                    ("sending", "sending"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                    ("unknown", "unknown, check"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="due",
                                max_length=12,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_error", models.CharField(blank=True, max_length=200)),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("claimed_by", models.CharField(blank=True, max_length=60)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("provider_id", models.CharField(blank=True, max_length=120)),
                        ("queued_at", models.DateTimeField()),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        (
                            "queued_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
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
                                to="clinic.messagetext",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="messages", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "due")), fields=["next_attempt_at"], name="message_due"
                            ),
                            models.Index(
                                condition=models.Q(("state", "sending")), fields=["claimed_at"], name="message_sending"
                            ),
                            models.Index(fields=["subject_kind", "subject_id"], name="message_of"),
                            models.Index(fields=["site", "due_at"], name="message_by_site"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["due", "sending", "sent", "failed", "unknown", "withdrawn"])
                                ),
                                name="message_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                                    models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_resolved_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("patient__isnull", False), ("user__isnull", True)),
                                    models.Q(("patient__isnull", True), ("user__isnull", False)),
                                    _connector="OR",
                                ),
                                name="message_one_recipient",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_sent_has_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MessageEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("kind", models.CharField(max_length=30)),
                        (
                            "choice_kind",
                            models.CharField(
                                blank=True,
                                default="form",
                                help_text="Which contact choice stops it: reminder, diary, form; '' can't be stopped.",
                                max_length=12,
                            ),
                        ),
                        ("channel", models.CharField(default="email", max_length=8)),
                        (
                            "address",
                            models.CharField(
                                blank=True, help_text="Taken from the record when it is claimed.", max_length=254
                            ),
                        ),
                        (
                            "context",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="Values for the allow-listed placeholders; never a token.",
                            ),
                        ),
                        ("due_at", models.DateTimeField()),
                        ("next_attempt_at", models.DateTimeField()),
                        (
                            "expires_at",
                            models.DateTimeField(
                                blank=True, help_text="Of no use after this: withdrawn instead of sent late.", null=True
                            ),
                        ),
                        ("dedupe_key", models.CharField(max_length=160)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("due", "due"),
                                    ("sending", "sending"),
                                    ("sent", "sent"),
                                    ("failed", "failed"),
                                    ("unknown", "unknown, check"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="due",
                                max_length=12,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("last_error", models.CharField(blank=True, max_length=200)),
                        ("claimed_at", models.DateTimeField(blank=True, null=True)),
                        ("claimed_by", models.CharField(blank=True, max_length=60)),
                        ("sent_at", models.DateTimeField(blank=True, null=True)),
                        ("provider_id", models.CharField(blank=True, max_length=120)),
                        ("queued_at", models.DateTimeField()),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
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
                                to="clinic.message",
                            ),
                        ),
                        (
                            "queued_by",
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
                            "user",
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
                                to="clinic.messagetext",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.patient",
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
                    name="SiteEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        (
                            "short_name",
                            models.CharField(
                                help_text="A neutral name for messages: nothing that tells what is treated.",
                                max_length=40,
                            ),
                        ),
                        (
                            "zone_name",
                            models.CharField(
                                max_length=64, validators=[clinic.models.places.check_zone], verbose_name="time zone"
                            ),
                        ),
                        ("address", models.TextField(blank=True)),
                        ("phone", models.CharField(max_length=40)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("open_for_booking", models.BooleanField(default=True)),
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
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OpeningHours",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "weekday",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "Monday"),
                                    (1, "Tuesday"),
                                    (2, "Wednesday"),
                                    (3, "Thursday"),
                                    (4, "Friday"),
                                    (5, "Saturday"),
                                    (6, "Sunday"),
                                ]
                            ),
                        ),
                        ("opens", models.TimeField(help_text="Local time of the site.")),
                        ("closes", models.TimeField()),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "opens"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("closes__gt", models.F("opens"))), name="hours_close_after_open"
                            ),
                            models.UniqueConstraint(fields=("site", "weekday", "opens"), name="hours_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClosedDay",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        ("why", models.CharField(blank=True, max_length=120)),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closed_days",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day"],
                        "constraints": [models.UniqueConstraint(fields=("site", "day"), name="closed_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="ChairEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("label", models.CharField(max_length=12)),
                        ("room", models.CharField(blank=True, max_length=40)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("in_use", models.BooleanField(default=True)),
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
                                to="clinic.chair",
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
                    name="SitePolicy",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("set_at", models.DateTimeField()),
                        (
                            "second_person",
                            models.CharField(
                                choices=[
                                    ("clinician", "Any other nurse or prescriber at the site"),
                                    ("prescriber", "A prescriber checks the preparation, never their own order"),
                                    ("delayed_self", "Delayed blind self-check with a reason, counted monthly"),
                                ],
                                default="clinician",
                                max_length=20,
                            ),
                        ),
                        (
                            "prescriber_presence",
                            models.CharField(
                                choices=[
                                    ("on_site", "In the building while an infusion runs"),
                                    ("reachable", "Reachable by phone at once"),
                                ],
                                default="on_site",
                                max_length=20,
                            ),
                        ),
                        (
                            "nurse_lanes",
                            models.PositiveSmallIntegerField(
                                default=3, help_text="How many running infusions one nurse may hold."
                            ),
                        ),
                        (
                            "first_infusion_takes_all",
                            models.BooleanField(
                                default=False, help_text="A first infusion takes all lanes of its nurse."
                            ),
                        ),
                        (
                            "syringe_use_hours",
                            models.PositiveSmallIntegerField(
                                default=4, help_text="Beyond-use time of a drawn syringe or bag."
                            ),
                        ),
                        (
                            "multi_dose_days",
                            models.PositiveSmallIntegerField(
                                default=28, help_text="An opened multi-dose vial is discarded after this."
                            ),
                        ),
                        (
                            "weight_valid_days",
                            models.PositiveSmallIntegerField(default=0, help_text="0: the weight must be of today."),
                        ),
                        ("fasting_hours", models.PositiveSmallIntegerField(default=6)),
                        (
                            "stale_vitals_minutes",
                            models.PositiveSmallIntegerField(
                                default=15, help_text="Last vitals at discharge not older than this."
                            ),
                        ),
                        ("alarm_repeat_seconds", models.PositiveSmallIntegerField(default=60)),
                        ("crisis_phone", models.CharField(default="988", max_length=40)),
                        ("out_of_hours_phone", models.CharField(blank=True, max_length=40)),
                        ("out_of_hours_words", models.CharField(blank=True, max_length=200)),
                        (
                            "quiet_until",
                            models.TimeField(
                                default="08:00", help_text="No messages before this, in the recipient's own zone."
                            ),
                        ),
                        ("quiet_from", models.TimeField(default="21:00")),
                        ("retention_years", models.PositiveSmallIntegerField(default=10)),
                        (
                            "set_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="policies", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-set_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("nurse_lanes__gte", 1), ("nurse_lanes__lte", 12)),
                                name="policy_nurse_lanes_1_to_12",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeploymentMark",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=20, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("detail", models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="PatientEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("record_number", models.CharField(max_length=20)),
                        ("family_name", models.CharField(max_length=120)),
                        ("given_name", models.CharField(max_length=120)),
                        ("preferred_name", models.CharField(blank=True, max_length=120)),
                        ("born_on", models.DateField()),
                        (
                            "sex",
                            models.CharField(
                                choices=[
                                    ("female", "female"),
                                    ("male", "male"),
                                    ("other", "other"),
                                    ("unknown", "not known"),
                                ],
                                default="unknown",
                                max_length=10,
                            ),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("phone_digits", models.CharField(blank=True, editable=False, max_length=20)),
                        ("address", models.TextField(blank=True)),
                        ("language", models.CharField(default="en", max_length=8)),
                        (
                            "zone_name",
                            models.CharField(
                                max_length=64,
                                validators=[clinic.models.places.check_zone],
                                verbose_name="own time zone",
                            ),
                        ),
                        ("emergency_name", models.CharField(blank=True, max_length=120)),
                        ("emergency_phone", models.CharField(blank=True, max_length=40)),
                        ("emergency_relation", models.CharField(blank=True, max_length=60)),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("pain", "Chronic pain"),
                                    ("mood", "Low mood or depression"),
                                    ("ptsd", "PTSD"),
                                    ("anxiety", "Anxiety"),
                                    ("other", "Something else"),
                                ],
                                default="pain",
                                max_length=12,
                                verbose_name="reason for referral",
                            ),
                        ),
                        ("reason_words", models.TextField(blank=True)),
                        ("added_at", models.DateTimeField()),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("search_text", models.CharField(default="", editable=False, max_length=400)),
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
                                to="clinic.patient",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PatientSite",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="sites", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="patients", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("patient", "site"),
                                name="patient_site_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatientMerge",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("reason", models.TextField()),
                        ("merged_at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_in",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "merged",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged_into",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "merged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "undone_by",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kept", models.F("merged")), _negated=True),
                                name="merge_two_records",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at__isnull", True)), fields=("merged",), name="merge_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                                    models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="merge_undone_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactChoice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(choices=[("email", "E-mail"), ("sms", "Text message")], max_length=8),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("all", "All messages"),
                                    ("reminder", "Visit reminders"),
                                    ("diary", "Diary"),
                                    ("form", "Forms to fill"),
                                ],
                                default="all",
                                max_length=12,
                            ),
                        ),
                        ("agreed_at", models.DateTimeField(blank=True, null=True)),
                        ("opted_out_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_choices",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("patient", "channel", "kind"), name="contact_choice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatientAlert",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("no_pressure", "No blood pressure on a limb"),
                                    ("no_iv", "No IV on a limb"),
                                    ("vein", "Difficult vein"),
                                    ("falls", "Falls"),
                                    ("device", "Implanted device"),
                                    ("resuscitation", "Resuscitation wishes"),
                                    ("interpreter", "Interpreter"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.CharField(max_length=200)),
                        ("since", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="clinic.patient"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="patient_alert_ended_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConditionStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("patient", "Patient said"),
                                    ("staff", "Staff recorded"),
                                    ("referrer", "Referral letter"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=20)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        (
                            "code",
                            models.CharField(
                                help_text="Our own short code, e.g. crps, fibromyalgia, ptsd.", max_length=40
                            ),
                        ),
                        ("label", models.CharField(max_length=120)),
                        ("words", models.TextField(blank=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verified_by",
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
                                related_name="%(class)ss",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="condition_verified_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MedicationStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("patient", "Patient said"),
                                    ("staff", "Staff recorded"),
                                    ("referrer", "Referral letter"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=20)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        ("name", models.CharField(max_length=120)),
                        ("ingredient", models.CharField(blank=True, max_length=80)),
                        ("drug_class", models.CharField(blank=True, max_length=80)),
                        ("dose_words", models.CharField(blank=True, max_length=120)),
                        (
                            "daily_mg",
                            models.DecimalField(
                                blank=True,
                                decimal_places=3,
                                help_text="mg a day (fentanyl patch: mcg/h).",
                                max_digits=9,
                                null=True,
                            ),
                        ),
                        ("as_needed", models.BooleanField(default=False)),
                        ("last_taken_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verified_by",
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
                                related_name="%(class)ss",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="medication_verified_at_and_by",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllergyStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("patient", "Patient said"),
                                    ("staff", "Staff recorded"),
                                    ("referrer", "Referral letter"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("said_at", models.DateTimeField()),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=20)),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        ("substance", models.CharField(blank=True, max_length=120)),
                        ("reaction", models.CharField(blank=True, max_length=120)),
                        (
                            "none_known",
                            models.BooleanField(default=False, help_text="Asked, and the patient knows of none."),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "verified_by",
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
                                related_name="%(class)ss",
                                to="clinic.patient",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="allergy_verified_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("none_known", True), ("substance", "")),
                                    models.Q(("none_known", False), models.Q(("substance", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="allergy_substance_or_none_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("front_desk", "Front desk"),
                                    ("nurse", "Nurse"),
                                    ("prescriber", "Prescriber"),
                                    ("clinic_admin", "Clinic admin"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("until", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["site__name", "role"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("user", "site", "role"),
                                name="membership_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="membership_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("front_desk", "Front desk"),
                                    ("nurse", "Nurse"),
                                    ("prescriber", "Prescriber"),
                                    ("clinic_admin", "Clinic admin"),
                                    ("auditor", "Auditor"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("since", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("until", models.DateTimeField(blank=True, null=True)),
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
                                to="clinic.membership",
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
                    name="StaffAbsence",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("during", django.contrib.postgres.fields.ranges.DateTimeRangeField()),
                        ("why", models.CharField(blank=True, max_length=80)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="absences",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("user", "="), ("during", "&&")], name="absence_no_overlap"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Task",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("booking", "Book a visit"),
                                    ("call_back", "Call the patient"),
                                    ("contact", "Next-day contact"),
                                    ("not_ready", "Not ready for the visit"),
                                    ("review", "Review an answer"),
                                    ("message", "A message needs a look"),
                                    ("assessment", "Assess a packet"),
                                    ("co_sign", "Co-sign an order"),
                                    ("discrepancy", "Ledger difference"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("neutral_title", models.CharField(max_length=200)),
                        ("details", models.TextField(blank=True)),
                        ("for_role", models.CharField(max_length=20)),
                        ("due_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("withdrawn", "withdrawn")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.TextField(blank=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("dedupe_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["site", "due_at"],
                                name="task_open_by_site",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "done", "withdrawn"])), name="task_known"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="task_done_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("booking", "Book a visit"),
                                    ("call_back", "Call the patient"),
                                    ("contact", "Next-day contact"),
                                    ("not_ready", "Not ready for the visit"),
                                    ("review", "Review an answer"),
                                    ("message", "A message needs a look"),
                                    ("assessment", "Assess a packet"),
                                    ("co_sign", "Co-sign an order"),
                                    ("discrepancy", "Ledger difference"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("neutral_title", models.CharField(max_length=200)),
                        ("details", models.TextField(blank=True)),
                        ("for_role", models.CharField(max_length=20)),
                        ("due_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("done", "done"), ("withdrawn", "withdrawn")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("outcome", models.TextField(blank=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("dedupe_key", models.CharField(blank=True, max_length=120, null=True)),
                        (
                            "done_by",
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
                            "opened_by",
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
                                blank=True,
                                db_constraint=False,
                                null=True,
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
                                to="clinic.task",
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
                    name="Alert",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("suicide", "Answer about suicide"),
                                    ("side_effect", "Serious side effect"),
                                    ("worse", "Much worse than before"),
                                    ("call_me", "Please call me"),
                                    ("bladder", "Bladder symptoms"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "neutral_words",
                            models.CharField(
                                default="Needs a clinician: ask the nurse or the prescriber.", max_length=200
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("acknowledged", "acknowledged"), ("closed", "closed")],
                                default="open",
                                max_length=14,
                            ),
                        ),
                        ("escalation", models.PositiveSmallIntegerField(default=0)),
                        ("next_escalation_at", models.DateTimeField(blank=True, null=True)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        ("done_words", models.TextField(blank=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("dedupe_key", models.CharField(blank=True, max_length=120, null=True, unique=True)),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "closed_by",
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
                                related_name="raised_alerts",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["raised_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "closed"), _negated=True),
                                fields=["site", "raised_at"],
                                name="alert_open_by_site",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "acknowledged", "closed"])),
                                name="alert_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="alert_acknowledged_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="alert_closed_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("suicide", "Answer about suicide"),
                                    ("side_effect", "Serious side effect"),
                                    ("worse", "Much worse than before"),
                                    ("call_me", "Please call me"),
                                    ("bladder", "Bladder symptoms"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "neutral_words",
                            models.CharField(
                                default="Needs a clinician: ask the nurse or the prescriber.", max_length=200
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("acknowledged", "acknowledged"), ("closed", "closed")],
                                default="open",
                                max_length=14,
                            ),
                        ),
                        ("escalation", models.PositiveSmallIntegerField(default=0)),
                        ("next_escalation_at", models.DateTimeField(blank=True, null=True)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        ("done_words", models.TextField(blank=True)),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("dedupe_key", models.CharField(blank=True, max_length=120, null=True)),
                        (
                            "acknowledged_by",
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
                            "closed_by",
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
                                to="clinic.alert",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="2c656e4e6caf3ea5cd4fe9678010bde8667d5287",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_91ad5",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="733789496c3271476299bede89e576e1353c0cc4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87142",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protocol",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_protocolevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "retired_at") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."retired_at"); RETURN NULL;',
                            hash="43c7e534cee3fdc9191377eb7d755b4301e08f80",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_900b7",
                            table="clinic_protocol",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protocol",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_protocolevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "retired_at") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."retired_at"); RETURN NULL;',
                            hash="314f5c70dacf3d76d1b109d27d5340d591394bd1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_afedf",
                            table="clinic_protocol",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protocolversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="protocol_version_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."approved_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1a0cf8eb5c05bb871f010090b611fd1e8560a1cc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_protocol_version_frozen_b23a9",
                            table="clinic_protocolversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="site",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_siteevent" ("address", "email", "id", "name", "open_for_booking", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "short_name", "zone_name") VALUES (NEW."address", NEW."email", NEW."id", NEW."name", NEW."open_for_booking", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."short_name", NEW."zone_name"); RETURN NULL;',
                            hash="d013822dcb2e1985cbb8e7b7a1272aa2596acbb1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_43f6d",
                            table="clinic_site",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="site",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_siteevent" ("address", "email", "id", "name", "open_for_booking", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "short_name", "zone_name") VALUES (NEW."address", NEW."email", NEW."id", NEW."name", NEW."open_for_booking", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."short_name", NEW."zone_name"); RETURN NULL;',
                            hash="03d0837358d7e35f6a26bd27b289176b2b891e21",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fbf19",
                            table="clinic_site",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="course",
                    trigger=pgtrigger.compiler.Trigger(
                        name="course_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:active,planned:stopped,active:paused,active:completed,active:stopped,paused:active,paused:stopped,completed:active}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="ccfa7effd684eb5d15dde7c5f2ff1f414a01fd1e",
                            operation="UPDATE",
                            pgid="pgtrigger_course_moves_ee834",
                            table="clinic_course",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="course",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_courseevent" ("adjuncts", "diary_from", "dose", "dose_basis", "goals", "id", "medicine_plan", "number", "opened_at", "packet_pain_average", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_number", "prescriber_id", "protocol_version_id", "reason", "reason_words", "signed_at", "site_id", "spacing_days", "state", "version") VALUES (NEW."adjuncts", NEW."diary_from", NEW."dose", NEW."dose_basis", NEW."goals", NEW."id", NEW."medicine_plan", NEW."number", NEW."opened_at", NEW."packet_pain_average", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."planned_number", NEW."prescriber_id", NEW."protocol_version_id", NEW."reason", NEW."reason_words", NEW."signed_at", NEW."site_id", NEW."spacing_days", NEW."state", NEW."version"); RETURN NULL;',
                            hash="fbdaa2ded274a9fd47019000716ea2bfc7953f59",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a525a",
                            table="clinic_course",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="course",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_courseevent" ("adjuncts", "diary_from", "dose", "dose_basis", "goals", "id", "medicine_plan", "number", "opened_at", "packet_pain_average", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "planned_number", "prescriber_id", "protocol_version_id", "reason", "reason_words", "signed_at", "site_id", "spacing_days", "state", "version") VALUES (NEW."adjuncts", NEW."diary_from", NEW."dose", NEW."dose_basis", NEW."goals", NEW."id", NEW."medicine_plan", NEW."number", NEW."opened_at", NEW."packet_pain_average", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."planned_number", NEW."prescriber_id", NEW."protocol_version_id", NEW."reason", NEW."reason_words", NEW."signed_at", NEW."site_id", NEW."spacing_days", NEW."state", NEW."version"); RETURN NULL;',
                            hash="894709da88b30f750178c63d9ac469c2eb1ce935",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08907",
                            table="clinic_course",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="appointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="appointment_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{booked:confirmed,booked:arrived,booked:cancelled,booked:no_show,confirmed:arrived,confirmed:cancelled,confirmed:no_show,confirmed:booked,arrived:in_progress,arrived:cancelled,arrived:done,in_progress:done}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="c0336ca863a3a9e5da74e5f1d631579187ea737d",
                            operation="UPDATE",
                            pgid="pgtrigger_appointment_moves_c4b24",
                            table="clinic_appointment",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="appointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="claims_follow_state",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    UPDATE clinic_resourceclaim SET occupies = (NEW.state IN ('booked', 'confirmed', 'arrived', 'in_progress', 'done'))\n      WHERE appointment_id = NEW.id;\n    RETURN NEW;\n",
                            hash="dd7ed2b636124877bfe42c799ac6aca123bde8b7",
                            operation='UPDATE OF "state"',
                            pgid="pgtrigger_claims_follow_state_ad70d",
                            table="clinic_appointment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="appointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_appointmentevent" ("booked_at", "booked_by_id", "cancel_reason", "confirmed_at", "course_id", "ends_at", "id", "kind", "note", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sequence", "site_id", "starts_at", "state", "version", "zone_name") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."confirmed_at", NEW."course_id", NEW."ends_at", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sequence", NEW."site_id", NEW."starts_at", NEW."state", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="f66b06e6777a0eea687427f0df72760bf7ad7989",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d5fac",
                            table="clinic_appointment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="appointment",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_appointmentevent" ("booked_at", "booked_by_id", "cancel_reason", "confirmed_at", "course_id", "ends_at", "id", "kind", "note", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sequence", "site_id", "starts_at", "state", "version", "zone_name") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."confirmed_at", NEW."course_id", NEW."ends_at", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sequence", NEW."site_id", NEW."starts_at", NEW."state", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="23d6d1e8abf07df2371d6acae56f23cc333723b5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c4b6b",
                            table="clinic_appointment",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chair",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_chairevent" ("id", "in_use", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "room", "site_id") VALUES (NEW."id", NEW."in_use", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."room", NEW."site_id"); RETURN NULL;',
                            hash="657cd81ff0acfa5be8137edd5090edfebfe83529",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_36e98",
                            table="clinic_chair",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="chair",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_chairevent" ("id", "in_use", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "room", "site_id") VALUES (NEW."id", NEW."in_use", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."room", NEW."site_id"); RETURN NULL;',
                            hash="d4a7c2256d78cc759423c24efcbe4e54b7514ec1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_108c1",
                            table="clinic_chair",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="readinessanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="readiness_answer_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="05dfb2576289a332f53b0c7f3423be11fca18b12",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_readiness_answer_stays_19dc3",
                            table="clinic_readinessanswer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="statechange",
                    trigger=pgtrigger.compiler.Trigger(
                        name="state_change_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ab04a8f1c7688096a3ee97224a05873eb9992867",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_state_change_stays_a7de2",
                            table="clinic_statechange",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="auditevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="audit_event_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="516404cf3a94abf6b8892dd4ce0fcd3e18fd9434",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_audit_event_stays_9c998",
                            table="clinic_auditevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protocoldrug",
                    trigger=pgtrigger.compiler.Trigger(
                        name="protocol_drug_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'protocol_drug_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="26786e073e963126f92db43e2aa8b60af7c1e155",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_protocol_drug_frozen_with_version_234b3",
                            table="clinic_protocoldrug",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ratestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="rate_step_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'rate_step_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="9715613c5681362cac8af0ef550155b9b99a3e90",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_rate_step_frozen_with_version_b2845",
                            table="clinic_ratestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="phasemeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="phase_measure_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'phase_measure_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="6838a15820eec1cfc4903863b1522eef4a9a6d76",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_phase_measure_frozen_with_version_d3512",
                            table="clinic_phasemeasure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="protocollimit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="protocol_limit_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'protocol_limit_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="9a5a2af65adb50ffdcdb73fe44447e3f6e84d7cc",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_protocol_limit_frozen_with_version_d9222",
                            table="clinic_protocollimit",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="standingorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="standing_order_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'standing_order_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="c083e04f77d12d334cd0c78121414c432a9d60b2",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_standing_order_frozen_with_version_c7bd6",
                            table="clinic_standingorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dischargecriterion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discharge_criterion_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'discharge_criterion_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="13a5b6a5ca381a6fa8c080ac6758cb42af6d1d7e",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_discharge_criterion_frozen_with_version_3d973",
                            table="clinic_dischargecriterion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="checklistitem",
                    trigger=pgtrigger.compiler.Trigger(
                        name="checklist_item_frozen_with_version",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE frozen timestamptz;",
                            func="\n    SELECT approved_at INTO frozen FROM clinic_protocolversion\n      WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END;\n    IF frozen IS NOT NULL THEN\n      RAISE EXCEPTION 'checklist_item_frozen_with_version: the approved version is frozen, make a new draft';\n    END IF;\n    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;\n    RETURN NEW;\n",
                            hash="11862330f108d6a94c940a3668649b815aa2cd13",
                            operation="INSERT OR UPDATE OR DELETE",
                            pgid="pgtrigger_checklist_item_frozen_with_version_4e9fe",
                            table="clinic_checklistitem",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="courseversionmove",
                    trigger=pgtrigger.compiler.Trigger(
                        name="course_version_move_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="7547a570f9bc9e394bf3e1bf8c8671afc1b1fac1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_course_version_move_stays_61cce",
                            table="clinic_courseversionmove",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="courselimit",
                    trigger=pgtrigger.compiler.Trigger(
                        name="course_limit_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="abd8ae7cda78c61b9013941ce41369cbca9ad722",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_course_limit_stays_2df11",
                            table="clinic_courselimit",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="instrumentresponse",
                    trigger=pgtrigger.compiler.Trigger(
                        name="instrument_response_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="070f31d723fd70b259a20c9ba29c028d73fdb6c7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_instrument_response_stays_8866a",
                            table="clinic_instrumentresponse",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consenttext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_text_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0d57db2cd4f40adebcae00c7228aa24568419f17",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consent_text_frozen_8b391",
                            table="clinic_consenttext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consentsignature",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_signature_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e76e38537d232570ca81220c1eb1e43e051f700e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consent_signature_stays_1a9b8",
                            table="clinic_consentsignature",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="consentrevocation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="consent_revocation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4e44391900f2ff13c71ef3c72084a8426e5adb0f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_consent_revocation_stays_bc6ae",
                            table="clinic_consentrevocation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="messagetext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="message_text_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8883d7d001ada1b86aad14a202ce3e4d611fbdd6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_message_text_frozen_4b7f9",
                            table="clinic_messagetext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="message_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:sending,due:withdrawn,due:failed,sending:sent,sending:due,sending:failed,sending:unknown,failed:due,failed:withdrawn,unknown:sent,unknown:due,unknown:withdrawn,withdrawn:due}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="09112b75091a4d1aa7cd5e14795b44cf719151f5",
                            operation="UPDATE",
                            pgid="pgtrigger_message_moves_48a85",
                            table="clinic_message",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="373b69f5435a8fb0410d970916f31be5659c6c31",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4fec2",
                            table="clinic_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="message",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="5040e84b445ed4bce1d24a643dddf693e9f37cec",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f58f2",
                            table="clinic_message",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sitepolicy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="site_policy_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c36c0122842274d5b31e4b3082a15977d1c8ccad",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_site_policy_stays_84735",
                            table="clinic_sitepolicy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deploymentmark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="deployment_mark_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="59f65999caed3c4ba5b27810ce71f7168006c14a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_deployment_mark_stays_94e18",
                            table="clinic_deploymentmark",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "site_id", "until", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."since", NEW."site_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="4f8b61c62241d647e8d4901fd0384dc6206334ae",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_847aa",
                            table="clinic_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="membership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_membershipevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "since", "site_id", "until", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."since", NEW."site_id", NEW."until", NEW."user_id"); RETURN NULL;',
                            hash="ba8180a01f245005db6ac5417be50536150d79ce",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d0685",
                            table="clinic_membership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="task_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:done,open:withdrawn,done:open}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="09db115e80747316cce65a7189893872acf7eae2",
                            operation="UPDATE",
                            pgid="pgtrigger_task_moves_9bd41",
                            table="clinic_task",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_taskevent" ("dedupe_key", "details", "done_at", "done_by_id", "due_at", "for_role", "id", "kind", "neutral_title", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "subject_id", "subject_kind", "title") VALUES (NEW."dedupe_key", NEW."details", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."for_role", NEW."id", NEW."kind", NEW."neutral_title", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title"); RETURN NULL;',
                            hash="69a76158c3736fc30664931210690839075a45a1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e8e1b",
                            table="clinic_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="task",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_taskevent" ("dedupe_key", "details", "done_at", "done_by_id", "due_at", "for_role", "id", "kind", "neutral_title", "opened_at", "opened_by_id", "outcome", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "state", "subject_id", "subject_kind", "title") VALUES (NEW."dedupe_key", NEW."details", NEW."done_at", NEW."done_by_id", NEW."due_at", NEW."for_role", NEW."id", NEW."kind", NEW."neutral_title", NEW."opened_at", NEW."opened_by_id", NEW."outcome", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title"); RETURN NULL;',
                            hash="20ef1b944fd016c4d2508dbc63f5b9fd5e7f2d66",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_85ef0",
                            table="clinic_task",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alert",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alert_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:acknowledged,acknowledged:closed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="638fd7164579160ff6f0091c747520c9fc662df4",
                            operation="UPDATE",
                            pgid="pgtrigger_alert_moves_95ce4",
                            table="clinic_alert",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alert",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_alertevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "closed_by_id", "dedupe_key", "done_words", "escalation", "id", "kind", "neutral_words", "next_escalation_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "site_id", "state", "subject_id", "subject_kind", "words") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."closed_by_id", NEW."dedupe_key", NEW."done_words", NEW."escalation", NEW."id", NEW."kind", NEW."neutral_words", NEW."next_escalation_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."words"); RETURN NULL;',
                            hash="50917eb1da4d2d7e0fb37af6d6730e845b553c07",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8958",
                            table="clinic_alert",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alert",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_alertevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "closed_by_id", "dedupe_key", "done_words", "escalation", "id", "kind", "neutral_words", "next_escalation_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "site_id", "state", "subject_id", "subject_kind", "words") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."closed_by_id", NEW."dedupe_key", NEW."done_words", NEW."escalation", NEW."id", NEW."kind", NEW."neutral_words", NEW."next_escalation_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."words"); RETURN NULL;',
                            hash="66fc9ad90de751e16b5d8f174d3541c74c41dc4a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38ccb",
                            table="clinic_alert",
                            when="AFTER",
                        ),
                    ),
                ),
            ],
        ),
    ]
