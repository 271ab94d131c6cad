"""The shared record as it was after its first twenty-eight migrations, made at once where nothing was made yet."""

import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.models.places
import clinic.together


class Migration(migrations.Migration):
    replaces = [
        ("clinic", "0001_the_shared_record"),
        ("clinic", "0002_plural_names"),
        ("clinic", "0003_documents_and_renewed_consents"),
        ("clinic", "0004_alerts_said_and_representatives"),
        ("clinic", "0005_results_of_tests_and_reversible_merges"),
        ("clinic", "0006_spoken_language"),
        ("clinic", "0007_letter_texts_and_questions_sent_back"),
        ("clinic", "0008_alert_routes_and_notices"),
        ("clinic", "0009_cut_of_the_pcl5"),
        ("clinic", "0010_wall_screens"),
        ("clinic", "0011_ledger_and_paper_settings"),
        ("clinic", "0012_corrections_asked_for"),
        ("clinic", "0013_daily_equipment_check"),
        ("clinic", "0014_a_call_of_an_emergency"),
        ("clinic", "0015_vitals_overdue_and_alarms"),
        ("clinic", "0016_why_visits_end_and_when_people_are_away"),
        ("clinic", "0017_what_is_heard_back"),
        ("clinic", "0018_words_of_names"),
        ("clinic", "0019_long_term_safety"),
        ("clinic", "0020_doors_to_offers_and_own_page"),
        ("clinic", "0021_a_patient_has_written"),
        ("clinic", "0022_break_glass_and_access_reviews"),
        ("clinic", "0023_backups_taken_and_tried"),
        ("clinic", "0024_seals_and_disclosures"),
        ("clinic", "0025_sealed_in_the_order_of_commit"),
        ("clinic", "0026_known_browsers"),
        ("clinic", "0027_plans_signed_with_their_hash"),
        ("clinic", "0028_weekly_shifts"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        django.contrib.postgres.operations.TrigramExtension(),
        migrations.RunSQL(
            sql="CREATE SEQUENCE clinic_record_number MINVALUE 1",
            reverse_sql="DROP SEQUENCE clinic_record_number",
        ),
        clinic.together.Together(
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
                    name="DeploymentMark",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=20, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("detail", models.JSONField(default=dict)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChannelPause",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "E-mail"), ("sms", "Text message")], max_length=8, unique=True
                            ),
                        ),
                        ("failures", models.PositiveIntegerField(default=0, help_text="In a row; 0: it works.")),
                        ("since", models.DateTimeField(blank=True, help_text="When the first of them was.", null=True)),
                        ("until", models.DateTimeField(blank=True, help_text="Not tried before this.", null=True)),
                        ("why", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NameWord",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("word", models.TextField(db_collation="C", unique=True)),
                    ],
                    options={
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                django.contrib.postgres.indexes.OpClass("word", name="gin_trgm_ops"),
                                name="name_word_trgm",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BackupRun",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("base", "Copy of the whole server"),
                                    ("dump", "Copy of the database"),
                                    ("copy", "Carried to another place"),
                                    ("check", "Files checked"),
                                    ("restore", "Restored on trial"),
                                    ("prune", "Old copies removed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True, help_text="Of the copy, as its folder is called.", max_length=60
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField()),
                        ("outcome", models.CharField(choices=[("ok", "Done"), ("failed", "Failed")], max_length=6)),
                        ("size", models.PositiveBigIntegerField(blank=True, help_text="Bytes, sealed.", null=True)),
                        (
                            "words",
                            models.CharField(blank=True, help_text="What failed, or what was found.", max_length=400),
                        ),
                        ("detail", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "ordering": ["-ended_at"],
                        "indexes": [models.Index(fields=["kind", "-ended_at"], name="backup_run_by_kind")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ended_at__gte", models.F("started_at"))),
                                name="backup_run_ends_after_its_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "failed"), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="backup_run_says_what_failed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealRecipe",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("digest", models.CharField(help_text="SHA-256 over `tables`.", max_length=64, unique=True)),
                        (
                            "tables",
                            models.JSONField(
                                help_text="[[model label, [column, ...]], ...]; a leaf names its table by the place here."
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="SealHead",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(unique=True)),
                        ("text", models.TextField(help_text="The file as it was written, with its signature.")),
                        (
                            "sha256",
                            models.CharField(help_text="Over `text`; the next day's file names it.", max_length=64),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("file", models.CharField(max_length=80)),
                        ("mailed_at", models.DateTimeField(blank=True, null=True)),
                        ("mailed_to", models.JSONField(blank=True, default=list)),
                    ],
                    options={
                        "ordering": ["-day"],
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
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="What they read and are written to in; blank: not asked yet.",
                                max_length=8,
                            ),
                        ),
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
                        (
                            "person",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="records",
                                to="clinic.patient",
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
                            models.Index(
                                django.contrib.postgres.indexes.OpClass(
                                    django.db.models.functions.text.Reverse("phone_digits"), name="text_pattern_ops"
                                ),
                                name="patient_phone_back",
                            ),
                        ],
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
                            models.PositiveSmallIntegerField(default=9, help_text="Of 10, on that score."),
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
                        (
                            "discharge_scale",
                            models.CharField(
                                choices=[
                                    ("aldrete", "Modified Aldrete (1995)"),
                                    ("padss", "Post-anaesthetic discharge score (PADSS)"),
                                ],
                                default="aldrete",
                                help_text="Which score the nurse takes before going home.",
                                max_length=12,
                                verbose_name="discharge score",
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
                        "indexes": [
                            models.Index(fields=["subject_id", "at"], name="state_change_of"),
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="state_change_by_xact",
                                pages_per_range=32,
                            ),
                        ],
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
                        (
                            "change_words",
                            models.TextField(
                                blank=True,
                                help_text="For patients who signed an earlier version; may be left empty.",
                                verbose_name="what is new, in short",
                            ),
                        ),
                        (
                            "renewal",
                            models.CharField(
                                choices=[
                                    ("sign_again", "Patients must sign it again before their next visit"),
                                    ("tell", "Patients are only told of the change"),
                                ],
                                default="sign_again",
                                max_length=12,
                                verbose_name="when this version replaces another",
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
                        "verbose_name_plural": "opening hours",
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
                        ("closes", models.TimeField(blank=True, null=True)),
                        (
                            "opens",
                            models.TimeField(blank=True, help_text="Both times empty: closed all day.", null=True),
                        ),
                    ],
                    options={
                        "ordering": ["day"],
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "day"), name="closed_day_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closes__isnull", True), ("opens__isnull", True)),
                                    models.Q(
                                        ("closes__gt", models.F("opens")),
                                        ("closes__isnull", False),
                                        ("opens__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="closed_day_hours_both_or_neither",
                            ),
                        ],
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
                        (
                            "crisis_phone",
                            models.CharField(
                                default="988",
                                help_text="Patients are told to call this in a crisis, day or night.",
                                max_length=40,
                            ),
                        ),
                        (
                            "out_of_hours_phone",
                            models.CharField(
                                blank=True,
                                help_text="Whom staff calls out of hours; shown on the page of an alert.",
                                max_length=40,
                            ),
                        ),
                        (
                            "out_of_hours_words",
                            models.CharField(
                                blank=True,
                                help_text="For staff: what happens out of hours; shown on the page of an alert.",
                                max_length=200,
                            ),
                        ),
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
                        (
                            "crisis_text_phone",
                            models.CharField(
                                blank=True,
                                default="988",
                                help_text="The same by text message. Empty: no such button.",
                                max_length=40,
                            ),
                        ),
                        (
                            "crisis_words",
                            models.CharField(
                                blank=True,
                                help_text="A sentence of your own beside these numbers, as patients read it.",
                                max_length=300,
                            ),
                        ),
                        (
                            "crisis_words_es",
                            models.CharField(
                                blank=True,
                                help_text="Without it, readers of Spanish see none.",
                                max_length=300,
                                verbose_name="crisis words in Spanish",
                            ),
                        ),
                        (
                            "emergency_phone",
                            models.CharField(default="911", help_text="When a life is in danger.", max_length=40),
                        ),
                        (
                            "pcl5_cut",
                            models.PositiveSmallIntegerField(
                                default=33,
                                help_text="A total from here on counts as provisional PTSD: 31, 32 or 33.",
                                verbose_name="cut of the PCL-5",
                            ),
                        ),
                        (
                            "wall_values",
                            models.BooleanField(
                                default=False,
                                help_text="Off: a screen on the wall shows chair, initials, phase, what is due and how grave an alarm is.",
                                verbose_name="vital signs on the wall",
                            ),
                        ),
                        (
                            "dea_number",
                            models.CharField(
                                blank=True,
                                help_text="Of this registered location, as its register prints it.",
                                max_length=20,
                                verbose_name="DEA number",
                            ),
                        ),
                        (
                            "dead_space_ml",
                            models.DecimalField(
                                decimal_places=2,
                                default=0,
                                help_text="What the line and connectors hold, proposed as waste of its own. 0: nothing is proposed.",
                                max_digits=5,
                                verbose_name="dead space of the line, mL",
                            ),
                        ),
                        (
                            "ledger_retention_years",
                            models.PositiveSmallIntegerField(
                                default=2,
                                help_text="At least 2 (21 CFR 1304.04(a)); ask your state.",
                                verbose_name="controlled-drug records are kept, years",
                            ),
                        ),
                        (
                            "pack_minutes_before",
                            models.PositiveSmallIntegerField(
                                default=60, verbose_name="the downtime pack is made, minutes before opening"
                            ),
                        ),
                        (
                            "equipment_check",
                            models.CharField(
                                choices=[
                                    ("day", "A list once a day, before the first start"),
                                    ("session", "Asked before every start"),
                                ],
                                default="day",
                                max_length=8,
                                verbose_name="emergency equipment is checked",
                            ),
                        ),
                        (
                            "mails_a_day",
                            models.PositiveSmallIntegerField(
                                default=4,
                                help_text="Of those that can be stopped: reminders, diary, forms. Days are the patient's own.",
                                verbose_name="mails a patient gets in a day, at most",
                            ),
                        ),
                        (
                            "texts_a_day",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="text messages a patient gets in a day, at most"
                            ),
                        ),
                        (
                            "texts_a_week",
                            models.PositiveSmallIntegerField(
                                default=10, verbose_name="text messages a patient gets in seven days, at most"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-set_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("nurse_lanes__gte", 1), ("nurse_lanes__lte", 12)),
                                name="policy_nurse_lanes_1_to_12",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pcl5_cut__gte", 31), ("pcl5_cut__lte", 33)),
                                name="policy_pcl5_cut_31_to_33",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ledger_retention_years__gte", 2)),
                                name="policy_ledger_kept_two_years_or_more",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dead_space_ml__gte", 0), ("dead_space_ml__lte", 50)),
                                name="policy_dead_space_0_to_50_ml",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pack_minutes_before__lte", 600)),
                                name="policy_pack_within_ten_hours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mails_a_day__gte", 1), ("texts_a_day__gte", 1), ("texts_a_week__gte", 1)
                                ),
                                name="policy_messages_one_or_more",
                            ),
                        ],
                        "verbose_name_plural": "site policies",
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
                        ("called_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "called_off_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("leave", "Leave"),
                                    ("ill", "Ill"),
                                    ("training", "Training"),
                                    ("other", "Other"),
                                ],
                                default="other",
                                max_length=8,
                            ),
                        ),
                        ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "noted_by",
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
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("called_off_at__isnull", True)),
                                expressions=[("user", "="), ("during", "&&")],
                                name="absence_no_overlap",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                                    models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="absence_called_off_at_and_by",
                            ),
                        ],
                    },
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
                                    ("progress", "To the referrer: progress after a series"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("title", models.CharField(max_length=160)),
                        (
                            "body",
                            models.TextField(
                                help_text="Plain paragraphs, a blank line between them. Placeholders in braces."
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
                                fields=("kind", "language", "number"), name="letter_text_version_once"
                            ),
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
                migrations.CreateModel(
                    name="AlertRoute",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("set_at", models.DateTimeField()),
                        (
                            "repeat_minutes",
                            models.PositiveSmallIntegerField(
                                default=30,
                                help_text="When all steps are taken, the last one is repeated after so many minutes.",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="why it changed")),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alert_routes",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("repeat_minutes__gte", 5), ("repeat_minutes__lte", 240)),
                                name="route_repeats_5_to_240_minutes",
                            )
                        ],
                        "ordering": ["-set_at"],
                    },
                ),
                migrations.CreateModel(
                    name="WallScreen",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("code_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="asked from")),
                        ("code_until", models.DateTimeField()),
                        ("name", models.CharField(blank=True, help_text="Where it hangs.", max_length=60)),
                        ("paired_at", models.DateTimeField(blank=True, null=True)),
                        ("last_seen_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paired_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wall_screens",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["name", "asked_at"],
                        "indexes": [models.Index(fields=["code_hash"], name="wall_screen_by_code")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paired_at__isnull", True), ("paired_by__isnull", True)),
                                    models.Q(("paired_at__isnull", False), ("paired_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="wall_screen_paired_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                                    models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="wall_screen_revoked_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("name", ""), ("paired_at__isnull", True), ("site__isnull", True)),
                                    models.Q(
                                        ("paired_at__isnull", False),
                                        ("site__isnull", False),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="wall_screen_paired_has_site_and_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True), ("paired_at__isnull", False), _connector="OR"
                                ),
                                name="wall_screen_paired_then_revoked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BadAddress",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "channel",
                            models.CharField(choices=[("email", "E-mail"), ("sms", "Text message")], max_length=8),
                        ),
                        ("address", models.CharField(max_length=254)),
                        ("code", models.CharField(blank=True, max_length=80)),
                        ("since", models.DateTimeField()),
                        ("cleared_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cleared_by",
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
                        "verbose_name_plural": "bad addresses",
                        "ordering": ["-since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cleared_at__isnull", True), ("cleared_by__isnull", True)),
                                    models.Q(("cleared_at__isnull", False), ("cleared_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="bad_address_cleared_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("cleared_at__isnull", True)),
                                fields=("channel", "address"),
                                name="bad_address_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("checked_at", models.DateTimeField()),
                        ("people", models.PositiveSmallIntegerField(help_text="How many had access at that moment.")),
                        ("words", models.CharField(blank=True, max_length=200)),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="access_checks",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-checked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("previous", models.CharField(max_length=64)),
                        ("head", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        (
                            "cluster",
                            models.CharField(
                                help_text="The database cluster that counted the transactions.", max_length=24
                            ),
                        ),
                        ("from_xact", models.BigIntegerField()),
                        ("upto_xact", models.BigIntegerField()),
                        ("carried", models.BooleanField(default=False)),
                        ("count", models.PositiveIntegerField()),
                        ("leaves", models.BinaryField()),
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
                        (
                            "recipe",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.sealrecipe"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at", "number"],
                        "indexes": [
                            models.Index(fields=["upto_xact"], name="seal_by_xact"),
                            models.Index(fields=["made_at"], name="seal_by_time"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "number"), name="seal_number_once", nulls_distinct=False
                            ),
                            models.UniqueConstraint(
                                fields=("site", "previous"), name="seal_follows_one", nulls_distinct=False
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("count__gt", 0), ("number__gt", 0)), name="seal_covers_something"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SealCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("checked_at", models.DateTimeField()),
                        (
                            "scope",
                            models.CharField(choices=[("all", "Everything"), ("recent", "The last day")], max_length=6),
                        ),
                        ("seals", models.PositiveIntegerField()),
                        ("rows", models.PositiveIntegerField()),
                        ("documents", models.PositiveIntegerField()),
                        ("unsealed", models.PositiveIntegerField()),
                        (
                            "problems",
                            models.JSONField(
                                blank=True, default=list, help_text="Sentences; tables and keys only, no names."
                            ),
                        ),
                        ("took_ms", models.PositiveIntegerField()),
                        (
                            "checked_by",
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
                        "ordering": ["-checked_at"],
                        "indexes": [models.Index(fields=["-checked_at"], name="seal_check_by_time")],
                    },
                ),
                migrations.CreateModel(
                    name="KnownBrowser",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "mark",
                            models.CharField(help_text="SHA-256 of the secret in the browser's cookie.", max_length=64),
                        ),
                        (
                            "words",
                            models.CharField(help_text="What kind of browser: Chrome on Android.", max_length=60),
                        ),
                        ("address", models.GenericIPAddressField(blank=True, null=True)),
                        ("since", models.DateTimeField()),
                        ("full_at", models.DateTimeField()),
                        ("left_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("forgotten", "Forgotten by its owner"),
                                    ("signed_out", "All sign-ins ended"),
                                    ("lost", "A device was lost"),
                                ],
                                max_length=12,
                            ),
                        ),
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="browsers",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-full_at"],
                        "indexes": [models.Index(fields=["mark"], name="known_browser_by_mark")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("user", "mark"),
                                name="known_browser_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ended_why", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_by__isnull", False),
                                        models.Q(("ended_why", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="known_browser_ended_with_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Shift",
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
                        ("starts", models.TimeField(help_text="Local time of the site.")),
                        ("ends", models.TimeField()),
                        (
                            "days",
                            django.contrib.postgres.fields.ranges.DateRangeField(
                                help_text="Until before its end; without an end until another week is set."
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shifts", to="clinic.site"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["weekday", "starts"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="shift_ends_after_start"
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("user", "="), ("site", "="), ("weekday", "="), ("days", "&&")],
                                name="shift_once_a_weekday",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ShiftDay",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        ("starts", models.TimeField(help_text="Local time of the site.")),
                        ("ends", models.TimeField()),
                        ("noted_at", models.DateTimeField()),
                        ("called_off_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "called_off_by",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="shift_days", to="clinic.site"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shift_days",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["day"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="shift_day_ends_after_start"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("called_off_at__isnull", True)),
                                fields=("user", "site", "day"),
                                name="shift_day_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                                    models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="shift_day_called_off_at_and_by",
                            ),
                        ],
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
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="audit_by_xact",
                                pages_per_range=32,
                            ),
                        ],
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
                            models.Index(fields=["patient", "instrument", "answered_at"], name="response_by_patient"),
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="response_by_xact",
                                pages_per_range=32,
                            ),
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
                        ("email", models.EmailField(blank=True, max_length=254)),
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
                        "abstract": False,
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
                        (
                            "language",
                            models.CharField(
                                blank=True,
                                default="",
                                help_text="What they read and are written to in; blank: not asked yet.",
                                max_length=8,
                            ),
                        ),
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
                        (
                            "person",
                            models.ForeignKey(
                                db_constraint=False,
                                editable=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.patient",
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
                        ("undo_reason", models.TextField(blank=True)),
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
                        (
                            "how",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("page", "On our page, by the patient"),
                                    ("reply", "By a reply to a text message"),
                                    ("spoken", "Said to us"),
                                    ("paper", "Signed on paper"),
                                ],
                                max_length=8,
                                verbose_name="how we know",
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="clinic.patient"
                            ),
                        ),
                        ("occasion_id", models.UUIDField(blank=True, null=True)),
                        ("occasion_kind", models.CharField(blank=True, max_length=20)),
                        (
                            "source",
                            models.CharField(
                                choices=[("staff", "Staff noted"), ("patient", "Patient said")],
                                default="staff",
                                max_length=10,
                            ),
                        ),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
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
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="patient_alert_verified_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("patient", "kind", "words"),
                                name="patient_alert_once",
                            ),
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
                                    ("talk", "A patient has written"),
                                    ("assessment", "Assess a packet"),
                                    ("co_sign", "Co-sign an order"),
                                    ("discrepancy", "Ledger difference"),
                                    ("test", "Required test"),
                                    ("vitals", "Vitals overdue"),
                                    ("duplicate", "Two records of one person"),
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
                                    ("emergency", "Emergency"),
                                    ("alarm", "Alarm at a chair"),
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
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="The question that was answered, where it was one.", max_length=40
                            ),
                        ),
                        (
                            "value",
                            models.SmallIntegerField(
                                blank=True, help_text="The answer to it: a higher one is worse.", null=True
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
                            models.CharField(
                                help_text="Over the bytes, checked each time the file is sent.", max_length=64
                            ),
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
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
                        "indexes": [
                            models.Index(fields=["patient", "-made_at"], name="document_by_patient"),
                            models.Index(fields=["subject_kind", "subject_id"], name="document_by_subject"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "consent_copy")),
                                fields=("subject_id",),
                                name="consent_copy_once_a_signature",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "size",
                                        models.Func(
                                            models.F("content"),
                                            function="octet_length",
                                            output_field=models.IntegerField(),
                                        ),
                                    )
                                ),
                                name="document_size_is_its_bytes",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DuplicateNote",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("proposed", "One person"),
                                    ("dismissed", "Two people"),
                                    ("reopened", "Look again"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("noted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "one",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                        (
                            "two",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-noted_at"],
                        "indexes": [models.Index(fields=["one", "two", "-noted_at"], name="duplicate_note_by_pair")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("two"))), name="duplicate_pair_in_order"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TestOrder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        (
                            "title",
                            models.CharField(
                                blank=True, help_text='Which test, in words, where the code is "other".', max_length=120
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked for"),
                                    ("decision", "Asked for with the decision to wait"),
                                    ("brought", "Result brought along"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[("ordered", "asked for"), ("done", "result in"), ("cancelled", "cancelled")],
                                default="ordered",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("cancel_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "verified_at",
                            models.DateTimeField(
                                blank=True, help_text="A prescriber has read these results.", null=True
                            ),
                        ),
                        ("verified_words", models.CharField(blank=True, max_length=300)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
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
                            "cancelled_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="test_orders",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="test_orders",
                                to="clinic.site",
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
                    ],
                    options={
                        "ordering": ["due_on", "asked_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "ordered")),
                                fields=["site", "due_on"],
                                name="test_order_due_by_site",
                            ),
                            models.Index(fields=["patient", "code"], name="test_order_by_patient"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ordered", "done", "cancelled"])),
                                name="test_order_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", True), ("done_by__isnull", True)),
                                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_done_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cancelled_at__isnull", True), ("cancelled_by__isnull", True)),
                                    models.Q(("cancelled_at__isnull", False), ("cancelled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_cancelled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verified_at__isnull", True), ("verified_by__isnull", True)),
                                    models.Q(("verified_at__isnull", False), ("verified_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="test_order_verified_at_and_by",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "ordered"), models.Q(("code", "other"), _negated=True)),
                                fields=("patient", "code"),
                                name="test_order_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(
                                        ("cancelled_at__isnull", False), models.Q(("cancel_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="test_order_cancelled_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("code", "other"), _negated=True),
                                    models.Q(("title", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="test_order_other_has_title",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RouteStep",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "after_minutes",
                            models.PositiveSmallIntegerField(
                                help_text="Minutes after the alert was raised; 0 is at once."
                            ),
                        ),
                        (
                            "when",
                            models.CharField(
                                choices=[
                                    ("always", "At any hour"),
                                    ("open", "Only while the site is open"),
                                    ("closed", "Only while the site is closed: somebody on call reads it"),
                                ],
                                default="always",
                                max_length=8,
                            ),
                        ),
                        (
                            "whom",
                            models.CharField(
                                choices=[
                                    ("role", "Everyone of a role at this site"),
                                    ("user", "A named colleague"),
                                    ("outside", "Somebody outside"),
                                ],
                                default="role",
                                max_length=8,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nurse", "nurse"),
                                    ("prescriber", "prescriber"),
                                    ("clinic_admin", "clinic admin"),
                                    ("front_desk", "front desk"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=80, verbose_name="name outside")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail outside")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone outside")),
                        (
                            "route",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="clinic.alertroute",
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("after_minutes__lte", 1440)), name="route_step_within_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("email", ""),
                                        ("name", ""),
                                        ("phone", ""),
                                        ("user__isnull", True),
                                        ("whom", "role"),
                                        models.Q(("role", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("email", ""),
                                        ("name", ""),
                                        ("phone", ""),
                                        ("role", ""),
                                        ("user__isnull", False),
                                        ("whom", "user"),
                                    ),
                                    models.Q(
                                        ("role", ""),
                                        ("user__isnull", True),
                                        ("whom", "outside"),
                                        models.Q(("name", ""), _negated=True),
                                        models.Q(
                                            models.Q(("email", ""), _negated=True),
                                            models.Q(("phone", ""), _negated=True),
                                            _connector="OR",
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="route_step_names_one_recipient",
                            ),
                        ],
                        "ordering": ["after_minutes", "when", "whom", "role", "name"],
                    },
                ),
                migrations.CreateModel(
                    name="WallScreenEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("token_hash", models.CharField(max_length=64)),
                        ("code_hash", models.CharField(max_length=64)),
                        ("asked_at", models.DateTimeField()),
                        ("address", models.GenericIPAddressField(blank=True, null=True, verbose_name="asked from")),
                        ("code_until", models.DateTimeField()),
                        ("name", models.CharField(blank=True, help_text="Where it hangs.", max_length=60)),
                        ("paired_at", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "paired_by",
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
                                to="clinic.wallscreen",
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
                            "site",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
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
                    name="AmendmentRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("about", models.CharField(help_text="Which part of the record, in words.", max_length=200)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("words", models.TextField(help_text="What is wrong or missing.")),
                        ("should_say", models.TextField(help_text="What it should say.")),
                        (
                            "tell",
                            models.CharField(
                                blank=True, help_text="Who else should be told, if it is accepted.", max_length=300
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("extended_at", models.DateTimeField(blank=True, null=True)),
                        ("extended_why", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be decided"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("denied", "denied"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("added", models.TextField(blank=True, help_text="What was put into the record.")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "The record is accurate and complete as it stands"),
                                    ("not_ours", "We did not write that part, and who wrote it can still be asked"),
                                    ("not_record", "It is not part of the record we use to decide about care"),
                                    ("no_access", "It is a part that may not be seen either"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "decision_words",
                            models.TextField(blank=True, help_text="The reason, as the patient reads it."),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
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
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "extended_by",
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
                                related_name="amendment_requests",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendment_requests",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["due_on"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["site", "due_on"],
                                name="amendment_open_by_site",
                            ),
                            models.Index(fields=["subject_kind", "subject_id"], name="amendment_about"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["open", "accepted", "partly", "denied", "withdrawn"])
                                ),
                                name="amendment_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("extended_at__isnull", True), ("extended_by__isnull", True)),
                                    models.Q(("extended_at__isnull", False), ("extended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="amendment_extended_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                                    models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="amendment_decided_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("words", ""), _negated=True), models.Q(("should_say", ""), _negated=True)
                                ),
                                name="amendment_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decided_at__isnull", True), ("state__in", ["open", "withdrawn"])),
                                    models.Q(
                                        ("decided_at__isnull", False), models.Q(("decision_words", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="amendment_decided_has_words",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["denied", "partly"]), _negated=True),
                                    models.Q(("grounds", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="amendment_denied_has_ground",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["accepted", "partly"]), _negated=True),
                                    models.Q(("added", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="amendment_accepted_is_added",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("part", models.PositiveSmallIntegerField()),
                        ("word", models.TextField(db_collation="C")),
                        ("line", models.TextField(db_collation="C")),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.patient"
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("site", "part", "word", "line", "patient"), name="search_word_once"
                            )
                        ],
                    },
                ),
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
                migrations.CreateModel(
                    name="BreakGlass",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("role", models.CharField(max_length=20)),
                        (
                            "why",
                            models.CharField(
                                choices=[
                                    ("emergency", "Emergency: the patient needs treatment now"),
                                    ("here", "The patient is here, their record is at another site"),
                                    ("called", "Another clinician or a hospital asks about the patient"),
                                    ("safety", "Worry that the patient may come to harm"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField()),
                        ("opened_at", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("address", models.GenericIPAddressField(blank=True, null=True)),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="broken_glass",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                help_text="Where the user works.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="broken_glass",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "emergency looks",
                        "ordering": ["-opened_at"],
                        "indexes": [models.Index(fields=["user", "-opened_at"], name="break_glass_by_user")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="break_glass_has_a_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until__gt", models.F("opened_at")),
                                    (
                                        "until__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("opened_at"), "+", models.Value("01:00:00", models.DurationField())
                                        ),
                                    ),
                                ),
                                name="break_glass_is_an_hour_at_most",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Fingerprint",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("subject_kind", models.CharField(max_length=60)),
                        ("subject_id", models.UUIDField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("signed_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-signed_at"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("subject_kind", "subject_id"), name="fingerprint_once_a_signature"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("letter", "Letter"),
                                    ("record", "Copy of the record"),
                                    ("document", "Document"),
                                    ("told", "Told by phone or in person"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("post", "by post"),
                                    ("fax", "by fax"),
                                    ("mail", "by e-mail"),
                                    ("secure", "by a secure message"),
                                    ("handed", "handed over on paper"),
                                    ("file", "as a file"),
                                    ("spoken", "spoken"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("treatment", "Treatment: another clinician who cares for the patient"),
                                    ("payment", "Payment"),
                                    ("operations", "Running the clinic"),
                                    ("own", "The patient, or who speaks for them"),
                                    ("agreed", "The patient agreed in writing"),
                                    ("law", "The law asks for it: court, subpoena, police"),
                                    ("health", "Public health, or a danger to somebody"),
                                    ("oversight", "Inspection, complaint or safety board"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "what",
                            models.CharField(help_text="What was told, without findings or scores.", max_length=300),
                        ),
                        ("to_whom", models.CharField(help_text="Name and place.", max_length=200)),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("told_at", models.DateTimeField()),
                        ("noted_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "noted_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: the patient took it through a link.",
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
                                related_name="disclosures",
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
                        "ordering": ["-told_at"],
                        "indexes": [
                            models.Index(fields=["patient", "-told_at"], name="disclosure_by_patient"),
                            models.Index(fields=["site", "-told_at"], name="disclosure_by_site"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("what", ""), _negated=True), models.Q(("to_whom", ""), _negated=True)
                                ),
                                name="disclosure_says_what_to_whom",
                            )
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
                        (
                            "end_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ill", "Ill"),
                                    ("no_ride", "Nobody to take them home"),
                                    ("not_ready", "Not ready: ate, drank, or medicines"),
                                    ("life", "Work or family"),
                                    ("forgot", "Forgot"),
                                    ("travel", "Travel or weather"),
                                    ("cost", "Cost"),
                                    ("not_wanted", "Does not want it any more"),
                                    ("no_answer", "Could not be reached"),
                                    ("clinical", "A clinician decided so"),
                                    ("staff", "Clinic: nobody to look after the visit"),
                                    ("place", "Clinic: chair, room or closed"),
                                    ("other", "Another reason"),
                                    ("not_said", "Not said"),
                                ],
                                help_text="Of a cancelled visit or one nobody came to; blank: not asked.",
                                max_length=12,
                                verbose_name="why it did not take place",
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
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("end_code", ""), ("state__in", ["cancelled", "no_show"]), _connector="OR"
                                ),
                                name="appointment_end_code_of_an_end",
                            ),
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
                        (
                            "electronic_agreed",
                            models.BooleanField(
                                default=False,
                                help_text="The signer agreed to sign on a screen and to get the copy as a file.",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[("electronic", "on a screen"), ("paper", "on paper")],
                                default="electronic",
                                max_length=10,
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
                        (
                            "taken_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Staff who handed over the tablet or took the paper; empty: signed from the patient's own link.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["signed_at"],
                        "indexes": [models.Index(fields=["patient", "signed_at"], name="consent_by_patient")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("representative__isnull", True),
                                    models.Q(("relation", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="consent_representative_has_relation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("method", "paper"), _negated=True),
                                    ("taken_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="consent_paper_was_taken_by_someone",
                            ),
                        ],
                    },
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
                                    ("questions", "Questions sent back"),
                                    ("diary", "Diary"),
                                    ("readiness", "Readiness questions"),
                                    ("visits", "Visits"),
                                    ("stop", "Message choices"),
                                    ("consent", "Consents"),
                                    ("education", "Before the first infusion"),
                                    ("documents", "Documents"),
                                    ("checkup", "Questionnaires of a course"),
                                    ("messages", "Messages with the clinic"),
                                    ("offer", "An offered time"),
                                    ("home", "The patient's own page"),
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
                        (
                            "representative",
                            models.ForeignKey(
                                blank=True,
                                help_text="Whom it was sent to, when not to the patient.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="clinic.representative",
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
                        (
                            "representative",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who receives it on the patient's behalf.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="clinic.representative",
                            ),
                        ),
                        (
                            "outside",
                            models.CharField(
                                blank=True,
                                help_text="Name of somebody who is neither patient nor staff; the address is fixed.",
                                max_length=120,
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "taken by the provider"),
                                    ("delayed", "delayed, still trying"),
                                    ("delivered", "delivered"),
                                    ("bounced", "came back"),
                                ],
                                help_text="Blank: sent, and nothing was heard of it since.",
                                max_length=10,
                            ),
                        ),
                        ("delivery_at", models.DateTimeField(blank=True, null=True)),
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
                            models.Index(
                                condition=models.Q(("provider_id", ""), _negated=True),
                                fields=["provider_id"],
                                name="message_by_provider",
                            ),
                            models.Index(
                                condition=models.Q(("sent_at__isnull", False)),
                                fields=["patient", "sent_at"],
                                name="message_sent_to",
                            ),
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
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="message_sent_has_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("representative__isnull", True), ("patient__isnull", False), _connector="OR"
                                ),
                                name="message_on_behalf_of_a_patient",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outside", ""), ("patient__isnull", False), ("user__isnull", True)),
                                    models.Q(("outside", ""), ("patient__isnull", True), ("user__isnull", False)),
                                    models.Q(
                                        ("patient__isnull", True),
                                        ("user__isnull", True),
                                        models.Q(("outside", ""), _negated=True),
                                        models.Q(("address", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="message_one_recipient",
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
                                    ("talk", "A patient has written"),
                                    ("assessment", "Assess a packet"),
                                    ("co_sign", "Co-sign an order"),
                                    ("discrepancy", "Ledger difference"),
                                    ("test", "Required test"),
                                    ("vitals", "Vitals overdue"),
                                    ("duplicate", "Two records of one person"),
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
                                    ("emergency", "Emergency"),
                                    ("alarm", "Alarm at a chair"),
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
                        (
                            "code",
                            models.CharField(
                                blank=True, help_text="The question that was answered, where it was one.", max_length=40
                            ),
                        ),
                        (
                            "value",
                            models.SmallIntegerField(
                                blank=True, help_text="The answer to it: a higher one is worse.", null=True
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TestOrderEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("code", models.CharField(max_length=20)),
                        (
                            "title",
                            models.CharField(
                                blank=True, help_text='Which test, in words, where the code is "other".', max_length=120
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("asked", "Asked for"),
                                    ("decision", "Asked for with the decision to wait"),
                                    ("brought", "Result brought along"),
                                ],
                                default="asked",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField(help_text="A day of the site's calendar.")),
                        (
                            "state",
                            models.CharField(
                                choices=[("ordered", "asked for"), ("done", "result in"), ("cancelled", "cancelled")],
                                default="ordered",
                                max_length=10,
                            ),
                        ),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                        ("cancel_reason", models.CharField(blank=True, max_length=300)),
                        (
                            "verified_at",
                            models.DateTimeField(
                                blank=True, help_text="A prescriber has read these results.", null=True
                            ),
                        ),
                        ("verified_words", models.CharField(blank=True, max_length=300)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
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
                            "cancelled_by",
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
                                to="clinic.testorder",
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
                            "verified_by",
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
                    name="TestResult",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("analyte", models.CharField(max_length=30)),
                        ("number", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        (
                            "comparator",
                            models.CharField(
                                blank=True, choices=[("", "="), ("<", "less than"), (">", "more than")], max_length=1
                            ),
                        ),
                        ("choice", models.CharField(blank=True, max_length=20)),
                        ("words", models.TextField(blank=True)),
                        ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit (UCUM)")),
                        ("range_low", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("range_high", models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True)),
                        ("taken_on", models.DateField(help_text="The day of the sample, the tracing or the look-up.")),
                        ("lab", models.CharField(blank=True, max_length=120)),
                        ("entered_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField(auto_now_add=True)),
                        ("is_struck", models.BooleanField(default=False)),
                        ("change_reason", models.CharField(blank=True, max_length=300)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="clinic.testorder",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="test_results",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="clinic.testresult",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["taken_on", "entered_at"],
                        "indexes": [
                            models.Index(fields=["patient", "analyte", "-taken_on"], name="test_result_by_patient")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("order", "analyte"),
                                name="test_result_first_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("choice", ""), ("is_struck", True), ("number__isnull", True), ("words", "")
                                    ),
                                    models.Q(
                                        ("choice", ""), ("is_struck", False), ("number__isnull", False), ("words", "")
                                    ),
                                    models.Q(
                                        ("is_struck", False),
                                        ("number__isnull", True),
                                        ("words", ""),
                                        models.Q(("choice", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("choice", ""),
                                        ("is_struck", False),
                                        ("number__isnull", True),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="test_result_one_value_or_struck",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("comparator", ""), ("number__isnull", False), _connector="OR"),
                                name="test_result_comparator_of_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("range_low__isnull", True),
                                    ("range_high__isnull", True),
                                    ("range_low__lte", models.F("range_high")),
                                    _connector="OR",
                                ),
                                name="test_result_range_in_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("change_reason", ""), ("is_struck", False), ("supersedes__isnull", True)),
                                    models.Q(
                                        ("supersedes__isnull", False), models.Q(("change_reason", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="test_result_change_has_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AlertRemark",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("made_at", models.DateTimeField()),
                        ("words", models.CharField(max_length=300)),
                        ("value", models.SmallIntegerField(blank=True, null=True)),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="clinic.alert"
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
                    ],
                    options={
                        "ordering": ["made_at"],
                    },
                ),
                migrations.CreateModel(
                    name="AmendmentRequestEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("about", models.CharField(help_text="Which part of the record, in words.", max_length=200)),
                        ("subject_kind", models.CharField(blank=True, max_length=60)),
                        ("subject_id", models.UUIDField(blank=True, null=True)),
                        ("words", models.TextField(help_text="What is wrong or missing.")),
                        ("should_say", models.TextField(help_text="What it should say.")),
                        (
                            "tell",
                            models.CharField(
                                blank=True, help_text="Who else should be told, if it is accepted.", max_length=300
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("due_on", models.DateField()),
                        ("extended_at", models.DateTimeField(blank=True, null=True)),
                        ("extended_why", models.TextField(blank=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "to be decided"),
                                    ("accepted", "accepted"),
                                    ("partly", "accepted in part"),
                                    ("denied", "denied"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("added", models.TextField(blank=True, help_text="What was put into the record.")),
                        (
                            "grounds",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accurate", "The record is accurate and complete as it stands"),
                                    ("not_ours", "We did not write that part, and who wrote it can still be asked"),
                                    ("not_record", "It is not part of the record we use to decide about care"),
                                    ("no_access", "It is a part that may not be seen either"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "decision_words",
                            models.TextField(blank=True, help_text="The reason, as the patient reads it."),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "decided_by",
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
                            "entered_by",
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
                            "extended_by",
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
                                to="clinic.amendmentrequest",
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
                    name="AmendmentStatement",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("disagreement", "Statement of disagreement"),
                                    ("rebuttal", "Our answer to the statement"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("link", "By the patient, online"),
                                    ("letter", "By letter"),
                                    ("phone", "By phone"),
                                    ("person", "In person"),
                                ],
                                default="link",
                                max_length=8,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Who of the staff wrote it down.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="clinic.amendmentrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="amendment_statement_says_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "disagreement"), ("made_by__isnull", False), _connector="OR"
                                ),
                                name="amendment_rebuttal_has_author",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AccessReview",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("break_glass", "Emergency look"),
                                    ("glass_missed", "Wrong names at the emergency look"),
                                    ("many_records", "Many records in a short time"),
                                    ("many_files", "Many files taken out"),
                                    ("many_refused", "Many pages asked for that are not theirs"),
                                    ("many_searches", "Many searches"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for a review"),
                                    ("taken", "being looked into"),
                                    ("settled", "settled"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("figures", models.JSONField(blank=True, default=dict)),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("justified", "It was right"),
                                    ("explained", "A mistake or a habit: explained to the person"),
                                    ("unjustified", "It was not right: measures follow"),
                                    ("reported", "Reported as a breach"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("outcome_words", models.TextField(blank=True)),
                        ("dedupe_key", models.CharField(max_length=120, unique=True)),
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
                            "settled_by",
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
                                help_text="Where that person works.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
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
                            "user",
                            models.ForeignKey(
                                help_text="Whose access it is about.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "glass",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review",
                                to="clinic.breakglass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-raised_at"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "settled"), _negated=True),
                                fields=["site", "due_at"],
                                name="access_review_open_by_site",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["open", "taken", "settled"])),
                                name="access_review_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="access_review_taken_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="access_review_settled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_at__isnull", False),
                                        ("state", "settled"),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("outcome_words", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "settled"), _negated=True),
                                        ("outcome", ""),
                                        ("outcome_words", ""),
                                        ("settled_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="access_review_settled_has_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("settled_by__isnull", True),
                                        models.Q(("settled_by", models.F("user")), _negated=True),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("taken_by__isnull", True),
                                        models.Q(("taken_by", models.F("user")), _negated=True),
                                        _connector="OR",
                                    ),
                                ),
                                name="access_review_by_somebody_else",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlassEnd",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("ended_at", models.DateTimeField()),
                        ("why", models.CharField(max_length=80)),
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
                            "glass",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ending",
                                to="clinic.breakglass",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-ended_at"],
                    },
                ),
                migrations.CreateModel(
                    name="PlanSignature",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "occasion",
                            models.CharField(
                                choices=[
                                    ("signed", "Signed"),
                                    ("changed", "Changed and signed anew"),
                                    ("moved", "Moved to another version"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "course_version",
                            models.PositiveIntegerField(help_text="The course's version that this signature made."),
                        ),
                        ("facts", models.JSONField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("printed_name", models.CharField(max_length=160)),
                        ("signed_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "course",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="plan_signatures",
                                to="clinic.course",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-course_version"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("course", "course_version"), name="plan_signature_once_a_version"
                            )
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
                        (
                            "end_code",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ill", "Ill"),
                                    ("no_ride", "Nobody to take them home"),
                                    ("not_ready", "Not ready: ate, drank, or medicines"),
                                    ("life", "Work or family"),
                                    ("forgot", "Forgot"),
                                    ("travel", "Travel or weather"),
                                    ("cost", "Cost"),
                                    ("not_wanted", "Does not want it any more"),
                                    ("no_answer", "Could not be reached"),
                                    ("clinical", "A clinician decided so"),
                                    ("staff", "Clinic: nobody to look after the visit"),
                                    ("place", "Clinic: chair, room or closed"),
                                    ("other", "Another reason"),
                                    ("not_said", "Not said"),
                                ],
                                help_text="Of a cancelled visit or one nobody came to; blank: not asked.",
                                max_length=12,
                                verbose_name="why it did not take place",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
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
                        (
                            "representative",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="Who receives it on the patient's behalf.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.representative",
                            ),
                        ),
                        (
                            "outside",
                            models.CharField(
                                blank=True,
                                help_text="Name of somebody who is neither patient nor staff; the address is fixed.",
                                max_length=120,
                            ),
                        ),
                        (
                            "delivery",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("accepted", "taken by the provider"),
                                    ("delayed", "delayed, still trying"),
                                    ("delivered", "delivered"),
                                    ("bounced", "came back"),
                                ],
                                help_text="Blank: sent, and nothing was heard of it since.",
                                max_length=10,
                            ),
                        ),
                        ("delivery_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AlertNotice",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sent_at", models.DateTimeField()),
                        ("after_minutes", models.PositiveSmallIntegerField()),
                        ("when", models.CharField(max_length=8)),
                        ("is_repeat", models.BooleanField(default=False)),
                        ("whom", models.CharField(max_length=160)),
                        (
                            "channel",
                            models.CharField(
                                choices=[("email", "e-mail"), ("sms", "text message")], default="email", max_length=8
                            ),
                        ),
                        ("why_not", models.CharField(blank=True, max_length=120)),
                        (
                            "alert",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="clinic.alert"
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("message__isnull", False), ("why_not", "")),
                                    models.Q(("message__isnull", True), models.Q(("why_not", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="alert_notice_sent_or_why_not",
                            )
                        ],
                        "ordering": ["sent_at"],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "told",
                            models.CharField(
                                choices=[
                                    ("accepted", "taken by the provider"),
                                    ("delayed", "delayed, still trying"),
                                    ("delivered", "delivered"),
                                    ("bounced", "came back"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "code",
                            models.CharField(
                                blank=True,
                                help_text="The other side's code; neither names nor addresses.",
                                max_length=80,
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("provider", "The provider's report"),
                                    ("mail", "A mail that came back"),
                                    ("refusal", "Refused at once"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("heard_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="clinic.message"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["heard_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("message", "told", "code"), name="delivery_report_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TextReply",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("provider_id", models.CharField(max_length=120, unique=True)),
                        ("sender", models.CharField(max_length=40)),
                        ("words", models.TextField(blank=True)),
                        (
                            "meaning",
                            models.CharField(
                                choices=[
                                    ("stop", "No more text messages"),
                                    ("start", "Text messages again"),
                                    ("help", "Asks who this is"),
                                    ("yes", "Comes to the visit"),
                                    ("words", "Words of their own"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "message",
                            models.ForeignKey(
                                blank=True,
                                help_text="The newest text message sent to them before.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="clinic.message",
                            ),
                        ),
                        (
                            "patient",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="text_replies",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="text_replies",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "text replies",
                        "ordering": ["received_at"],
                    },
                ),
                migrations.CreateModel(
                    name="AccessReviewEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("break_glass", "Emergency look"),
                                    ("glass_missed", "Wrong names at the emergency look"),
                                    ("many_records", "Many records in a short time"),
                                    ("many_files", "Many files taken out"),
                                    ("many_refused", "Many pages asked for that are not theirs"),
                                    ("many_searches", "Many searches"),
                                    ("other", "Other"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waits for a review"),
                                    ("taken", "being looked into"),
                                    ("settled", "settled"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("words", models.CharField(max_length=300)),
                        ("figures", models.JSONField(blank=True, default=dict)),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("justified", "It was right"),
                                    ("explained", "A mistake or a habit: explained to the person"),
                                    ("unjustified", "It was not right: measures follow"),
                                    ("reported", "Reported as a breach"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("outcome_words", models.TextField(blank=True)),
                        ("dedupe_key", models.CharField(max_length=120)),
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
                                to="clinic.accessreview",
                            ),
                        ),
                        (
                            "settled_by",
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
                                help_text="Where that person works.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "taken_by",
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
                                db_constraint=False,
                                help_text="Whose access it is about.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "glass",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.breakglass",
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
                        name="own_person",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    NEW.person_id := COALESCE(NEW.person_id, NEW.id);\n    RETURN NEW;\n",
                            hash="f1fc897f1d9285acff8fc3978a572b2df1652697",
                            operation="INSERT",
                            pgid="pgtrigger_own_person_e7cb6",
                            table="clinic_patient",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="d28fd4432569af626184ad7d7f3a1e882a50462c",
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
                            func='INSERT INTO "clinic_patientevent" ("added_at", "added_by_id", "address", "born_on", "died_on", "email", "emergency_name", "emergency_phone", "emergency_relation", "family_name", "given_name", "id", "language", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "phone_digits", "preferred_name", "reason", "reason_words", "record_number", "referrer_id", "search_text", "sex", "version", "zone_name") VALUES (NEW."added_at", NEW."added_by_id", NEW."address", NEW."born_on", NEW."died_on", NEW."email", NEW."emergency_name", NEW."emergency_phone", NEW."emergency_relation", NEW."family_name", NEW."given_name", NEW."id", NEW."language", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."phone_digits", NEW."preferred_name", NEW."reason", NEW."reason_words", NEW."record_number", NEW."referrer_id", NEW."search_text", NEW."sex", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="2b571e762b061e8ceb0759a0a3f6b80983699497",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_87142",
                            table="clinic_patient",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patient",
                    trigger=pgtrigger.compiler.Trigger(
                        name="words_follow_names",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE who uuid[];",
                            func="\n  SELECT array_agg(DISTINCT one.person) INTO who\n    FROM old_rows o JOIN new_rows n USING (id) CROSS JOIN LATERAL (VALUES (o.person_id), (n.person_id)) AS one (person)\n   WHERE (o.family_name, o.given_name, o.preferred_name, o.person_id)\n         IS DISTINCT FROM (n.family_name, n.given_name, n.preferred_name, n.person_id);\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                            hash="b3068a03660bb761843a5240c8499cf9959071ce",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_words_follow_names_f46fd",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
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
                            func='INSERT INTO "clinic_appointmentevent" ("booked_at", "booked_by_id", "cancel_reason", "confirmed_at", "course_id", "end_code", "ends_at", "id", "kind", "note", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sequence", "site_id", "starts_at", "state", "version", "zone_name") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."confirmed_at", NEW."course_id", NEW."end_code", NEW."ends_at", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sequence", NEW."site_id", NEW."starts_at", NEW."state", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="4ea2e6841e2e328e7bd4699ba28f82215d0e544e",
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
                            func='INSERT INTO "clinic_appointmentevent" ("booked_at", "booked_by_id", "cancel_reason", "confirmed_at", "course_id", "end_code", "ends_at", "id", "kind", "note", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sequence", "site_id", "starts_at", "state", "version", "zone_name") VALUES (NEW."booked_at", NEW."booked_by_id", NEW."cancel_reason", NEW."confirmed_at", NEW."course_id", NEW."end_code", NEW."ends_at", NEW."id", NEW."kind", NEW."note", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sequence", NEW."site_id", NEW."starts_at", NEW."state", NEW."version", NEW."zone_name"); RETURN NULL;',
                            hash="ed846d7476b0597b8fa73c2bd9f5aaaed6b7663d",
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
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{due:sending,due:withdrawn,due:failed,sending:sent,sending:due,sending:failed,sending:unknown,sent:failed,failed:due,failed:withdrawn,unknown:sent,unknown:due,unknown:withdrawn,withdrawn:due}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8f65f24c5deb5e66a28f461c4f74f63a40c04bde",
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
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "delivery", "delivery_at", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."delivery", NEW."delivery_at", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="f9115fd541bf98b3e5f7ffbf739891360b3b0882",
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
                            func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "delivery", "delivery_at", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."delivery", NEW."delivery_at", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                            hash="e64aa9aeff76a4735342f2f81a962c0ebc872ce0",
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
                    model_name="patientsite",
                    trigger=pgtrigger.compiler.Trigger(
                        name="words_follow_new_sites",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE who uuid[];",
                            func="\n  SELECT array_agg(DISTINCT p.person_id) INTO who FROM new_rows n JOIN clinic_patient p ON p.id = n.patient_id;\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                            hash="c9238d40829bd12779ec869564ffc5befde97e8e",
                            level="STATEMENT",
                            operation="INSERT",
                            pgid="pgtrigger_words_follow_new_sites_37996",
                            referencing="REFERENCING NEW TABLE AS new_rows ",
                            table="clinic_patientsite",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patientsite",
                    trigger=pgtrigger.compiler.Trigger(
                        name="words_follow_sites",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE who uuid[];",
                            func="\n  SELECT array_agg(DISTINCT p.person_id) INTO who FROM new_rows n JOIN clinic_patient p ON p.id = n.patient_id;\n  IF who IS NULL THEN RETURN NULL; END IF;\n  DELETE FROM clinic_searchword w USING clinic_patient p WHERE p.id = w.patient_id AND p.person_id = ANY(who);\n  \n  INSERT INTO clinic_nameword (id, word)\n    SELECT gen_random_uuid(), word FROM (SELECT DISTINCT word FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w ORDER BY word) one\n    ON CONFLICT (word) DO NOTHING;\n  INSERT INTO clinic_searchword (id, site_id, patient_id, part, word, line)\n    SELECT gen_random_uuid(), place.site_id, w.patient_id, w.part, w.word, w.line\n      FROM (\n  SELECT p.id AS patient_id, p.person_id, part.n AS part, found.word,\n         left(' ' || regexp_replace(lower(regexp_replace(normalize(p.family_name || ' ' || p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')), E'[\\\\s\\u2010-\\u2015,;-]+', ' ', 'g') || ' ', 800) AS line\n    FROM clinic_patient p\n   CROSS JOIN LATERAL (VALUES (0, lower(regexp_replace(normalize(p.family_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g'))), (1, lower(regexp_replace(normalize(p.given_name || ' ' || p.preferred_name, NFD), E'[\\u0300-\\u036f''\\u2019.]', '', 'g')))) AS part (n, text)\n   CROSS JOIN LATERAL (SELECT DISTINCT left(word, 200) AS word\n                         FROM regexp_split_to_table(part.text, E'[\\\\s\\u2010-\\u2015,;-]+') AS word WHERE word <> '') AS found\n   WHERE p.person_id = ANY(who)\n) w JOIN (\n  SELECT DISTINCT r.person_id, s.site_id FROM clinic_patientsite s JOIN clinic_patient r ON r.id = s.patient_id\n   WHERE s.until IS NULL AND r.person_id = ANY(who)) place USING (person_id)\n    ON CONFLICT (site_id, part, word, line, patient_id) DO NOTHING;\n\n  RETURN NULL;\n",
                            hash="cab83722dcdd15dcac7103d2810bc8f6ae4dd7f2",
                            level="STATEMENT",
                            operation="UPDATE",
                            pgid="pgtrigger_words_follow_sites_7ba30",
                            referencing="REFERENCING OLD TABLE AS old_rows  NEW TABLE AS new_rows ",
                            table="clinic_patientsite",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patientmerge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="merge_one_deep",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF EXISTS (SELECT 1 FROM clinic_patientmerge m\n                WHERE m.undone_at IS NULL AND (m.merged_id = NEW.kept_id OR m.kept_id = NEW.merged_id)) THEN\n      RAISE EXCEPTION 'merge_one_deep: a record that is merged, or has records merged into it, cannot be merged on';\n    END IF;\n    RETURN NEW;\n",
                            hash="d45de75c9ddfc36b5a62c094784ee63e3a769bcc",
                            operation="INSERT",
                            pgid="pgtrigger_merge_one_deep_a2381",
                            table="clinic_patientmerge",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patientmerge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="person_follows_merge",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    UPDATE clinic_patient AS p SET person_id = COALESCE(\n        (SELECT m.kept_id FROM clinic_patientmerge m WHERE m.merged_id = p.id AND m.undone_at IS NULL), p.id)\n      WHERE p.id = NEW.merged_id;\n    RETURN NEW;\n",
                            hash="d09c3daea1b9f34ba4657190e0ab0a0743a85fdb",
                            operation="INSERT OR UPDATE",
                            pgid="pgtrigger_person_follows_merge_84b9a",
                            table="clinic_patientmerge",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="patientmerge",
                    trigger=pgtrigger.compiler.Trigger(
                        name="merge_undone_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."undone_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a9ec67e155b9c51a6a4e59962dbb0aac32f96071",
                            operation="UPDATE",
                            pgid="pgtrigger_merge_undone_stays_71256",
                            table="clinic_patientmerge",
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
                            func='INSERT INTO "clinic_alertevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "closed_by_id", "code", "dedupe_key", "done_words", "escalation", "id", "kind", "neutral_words", "next_escalation_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "site_id", "state", "subject_id", "subject_kind", "value", "words") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."closed_by_id", NEW."code", NEW."dedupe_key", NEW."done_words", NEW."escalation", NEW."id", NEW."kind", NEW."neutral_words", NEW."next_escalation_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."value", NEW."words"); RETURN NULL;',
                            hash="468640a4fb27b6c517a8e31df61dabe0f347447c",
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
                            func='INSERT INTO "clinic_alertevent" ("acknowledged_at", "acknowledged_by_id", "closed_at", "closed_by_id", "code", "dedupe_key", "done_words", "escalation", "id", "kind", "neutral_words", "next_escalation_at", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "site_id", "state", "subject_id", "subject_kind", "value", "words") VALUES (NEW."acknowledged_at", NEW."acknowledged_by_id", NEW."closed_at", NEW."closed_by_id", NEW."code", NEW."dedupe_key", NEW."done_words", NEW."escalation", NEW."id", NEW."kind", NEW."neutral_words", NEW."next_escalation_at", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."value", NEW."words"); RETURN NULL;',
                            hash="1a3d999d4277accbbd06e47ce573dc89171b4455",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_38ccb",
                            table="clinic_alert",
                            when="AFTER",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="duplicatenote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="duplicate_note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5c41f6f64de40741e2d580314e9e57475b1f0196",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_duplicate_note_stays_55419",
                            table="clinic_duplicatenote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="test_order_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{ordered:done,ordered:cancelled,done:ordered}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="2ffaa76abc6497a9a5126440c669689b16c69a16",
                            operation="UPDATE",
                            pgid="pgtrigger_test_order_moves_d23ed",
                            table="clinic_testorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_testorderevent" ("asked_at", "asked_by_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "code", "done_at", "done_by_id", "due_on", "id", "origin", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "state", "subject_id", "subject_kind", "title", "verified_at", "verified_by_id", "verified_words", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."code", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."id", NEW."origin", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."verified_at", NEW."verified_by_id", NEW."verified_words", NEW."version"); RETURN NULL;',
                            hash="14523c6e4a1ad4f77ade2b9e3a84be2e11e2e632",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_29ed2",
                            table="clinic_testorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_testorderevent" ("asked_at", "asked_by_id", "cancel_reason", "cancelled_at", "cancelled_by_id", "code", "done_at", "done_by_id", "due_on", "id", "origin", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "site_id", "state", "subject_id", "subject_kind", "title", "verified_at", "verified_by_id", "verified_words", "version") VALUES (NEW."asked_at", NEW."asked_by_id", NEW."cancel_reason", NEW."cancelled_at", NEW."cancelled_by_id", NEW."code", NEW."done_at", NEW."done_by_id", NEW."due_on", NEW."id", NEW."origin", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."title", NEW."verified_at", NEW."verified_by_id", NEW."verified_words", NEW."version"); RETURN NULL;',
                            hash="1edf7e8b1202c4008b84261257ac2a70286a6e7b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f4b47",
                            table="clinic_testorder",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="testresult",
                    trigger=pgtrigger.compiler.Trigger(
                        name="test_result_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42b0d1cefdf0f8a94f618d82518fd893ebd8179b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_test_result_stays_531a9",
                            table="clinic_testresult",
                            when="BEFORE",
                        ),
                    ),
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
                pgtrigger.migrations.AddTrigger(
                    model_name="alertroute",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alert_route_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1c3f99017501a9a3c91c08b73f8a462c32a0cb34",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_alert_route_stays_d51c3",
                            table="clinic_alertroute",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="route_step_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f46639f06d53c9c915823202fe34611d83584c47",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_route_step_stays_b62f6",
                            table="clinic_routestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routestep",
                    trigger=pgtrigger.compiler.Trigger(
                        name="route_step_with_its_route",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF (SELECT xact FROM clinic_alertroute WHERE id = NEW.route_id) <> pg_current_xact_id() THEN\n                      RAISE EXCEPTION 'route_step_with_its_route: a route is set whole; make a new version';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="8a262933a504075a06ae0f7fd8daeff001003c14",
                            operation="INSERT",
                            pgid="pgtrigger_route_step_with_its_route_8191d",
                            table="clinic_routestep",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alertnotice",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alert_notice_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="785cc3f11c4a30d0d9a7d62fd5b518b44cb5e24f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_alert_notice_stays_9a7a1",
                            table="clinic_alertnotice",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alertremark",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alert_remark_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="eeef7e8ee94f775a1deafc077d7b29ed54441d54",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_alert_remark_stays_fe3e4",
                            table="clinic_alertremark",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wallscreen",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_wallscreenevent" ("address", "asked_at", "code_hash", "code_until", "id", "name", "paired_at", "paired_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "site_id", "token_hash") VALUES (NEW."address", NEW."asked_at", NEW."code_hash", NEW."code_until", NEW."id", NEW."name", NEW."paired_at", NEW."paired_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."site_id", NEW."token_hash"); RETURN NULL;',
                            hash="2b979ed9e86e2e35655c430178a7087aa1301858",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fe1c2",
                            table="clinic_wallscreen",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="wallscreen",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."code_hash" IS DISTINCT FROM (NEW."code_hash") OR OLD."code_until" IS DISTINCT FROM (NEW."code_until") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."paired_at" IS DISTINCT FROM (NEW."paired_at") OR OLD."paired_by_id" IS DISTINCT FROM (NEW."paired_by_id") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."token_hash" IS DISTINCT FROM (NEW."token_hash"))',
                            func='INSERT INTO "clinic_wallscreenevent" ("address", "asked_at", "code_hash", "code_until", "id", "name", "paired_at", "paired_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revoked_at", "revoked_by_id", "site_id", "token_hash") VALUES (NEW."address", NEW."asked_at", NEW."code_hash", NEW."code_until", NEW."id", NEW."name", NEW."paired_at", NEW."paired_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revoked_at", NEW."revoked_by_id", NEW."site_id", NEW."token_hash"); RETURN NULL;',
                            hash="2696171cf3aee47a2be0a8c3a575f1c86a40192d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_ce47f",
                            table="clinic_wallscreen",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:accepted,open:partly,open:denied,open:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="1e45a3669fd3ff79b0556fbd501766b97b9750d2",
                            operation="UPDATE",
                            pgid="pgtrigger_amendment_moves_ad304",
                            table="clinic_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_decided_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."decided_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a21dbd538d6837ff48cec71f43278ec275d7a359",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_amendment_decided_stays_7a8d2",
                            table="clinic_amendmentrequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_amendmentrequestevent" ("about", "added", "asked_at", "decided_at", "decided_by_id", "decision_words", "due_on", "entered_by_id", "extended_at", "extended_by_id", "extended_why", "grounds", "how", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "should_say", "site_id", "state", "subject_id", "subject_kind", "tell", "words") VALUES (NEW."about", NEW."added", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_words", NEW."due_on", NEW."entered_by_id", NEW."extended_at", NEW."extended_by_id", NEW."extended_why", NEW."grounds", NEW."how", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."should_say", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."tell", NEW."words"); RETURN NULL;',
                            hash="3af244e24471676d7b0c4a28130168c6cd7abbb4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_67816",
                            table="clinic_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentrequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_amendmentrequestevent" ("about", "added", "asked_at", "decided_at", "decided_by_id", "decision_words", "due_on", "entered_by_id", "extended_at", "extended_by_id", "extended_why", "grounds", "how", "id", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "should_say", "site_id", "state", "subject_id", "subject_kind", "tell", "words") VALUES (NEW."about", NEW."added", NEW."asked_at", NEW."decided_at", NEW."decided_by_id", NEW."decision_words", NEW."due_on", NEW."entered_by_id", NEW."extended_at", NEW."extended_by_id", NEW."extended_why", NEW."grounds", NEW."how", NEW."id", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."should_say", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."tell", NEW."words"); RETURN NULL;',
                            hash="dcd17f80ac4ca514e8f7fac23c0512aef1ffbbd6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0cdfc",
                            table="clinic_amendmentrequest",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="amendmentstatement",
                    trigger=pgtrigger.compiler.Trigger(
                        name="amendment_statement_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d8f699fa4ad3145388a2d46c2af52c712f8b27b7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_amendment_statement_stays_aa980",
                            table="clinic_amendmentstatement",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="deliveryreport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delivery_report_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="86356328f4b57930ae145aeb44252e96f04ff9bf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_report_stays_a68bf",
                            table="clinic_deliveryreport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="textreply",
                    trigger=pgtrigger.compiler.Trigger(
                        name="text_reply_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1692c706733e8347530ff26f06163709e3539470",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_text_reply_stays_1a032",
                            table="clinic_textreply",
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
                    model_name="accesscheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="access_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9655bf3ff62c70d77a4b46eeb050312e39e33317",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_access_check_stays_591be",
                            table="clinic_accesscheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accessreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="access_review_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:taken,open:settled,taken:open,taken:settled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="8e8a93a95c607409c7197044ece96e90237539d2",
                            operation="UPDATE",
                            pgid="pgtrigger_access_review_moves_a9b19",
                            table="clinic_accessreview",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accessreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_accessreviewevent" ("dedupe_key", "due_at", "figures", "glass_id", "id", "kind", "outcome", "outcome_words", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "settled_at", "settled_by_id", "site_id", "state", "taken_at", "taken_by_id", "user_id", "words") VALUES (NEW."dedupe_key", NEW."due_at", NEW."figures", NEW."glass_id", NEW."id", NEW."kind", NEW."outcome", NEW."outcome_words", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."settled_at", NEW."settled_by_id", NEW."site_id", NEW."state", NEW."taken_at", NEW."taken_by_id", NEW."user_id", NEW."words"); RETURN NULL;',
                            hash="14028e07c7ff86e4ea985786d15f190735e71ad1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4f572",
                            table="clinic_accessreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="accessreview",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_accessreviewevent" ("dedupe_key", "due_at", "figures", "glass_id", "id", "kind", "outcome", "outcome_words", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "settled_at", "settled_by_id", "site_id", "state", "taken_at", "taken_by_id", "user_id", "words") VALUES (NEW."dedupe_key", NEW."due_at", NEW."figures", NEW."glass_id", NEW."id", NEW."kind", NEW."outcome", NEW."outcome_words", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."settled_at", NEW."settled_by_id", NEW."site_id", NEW."state", NEW."taken_at", NEW."taken_by_id", NEW."user_id", NEW."words"); RETURN NULL;',
                            hash="52c3d3641f24e7157c2f21b413d9f8be2e317327",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f810",
                            table="clinic_accessreview",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="breakglass",
                    trigger=pgtrigger.compiler.Trigger(
                        name="break_glass_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b7e8bdc1cbfdf228c830209a8c8dd0b30ba2fcef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_break_glass_stays_e1769",
                            table="clinic_breakglass",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="breakglassend",
                    trigger=pgtrigger.compiler.Trigger(
                        name="break_glass_end_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3b1940d4fde727e54f0404b1f1e9cf6d423a8948",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_break_glass_end_stays_45081",
                            table="clinic_breakglassend",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="backuprun",
                    trigger=pgtrigger.compiler.Trigger(
                        name="backup_run_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d8490ad55404ed16f1331754fb940b85bdb8a123",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_backup_run_stays_18049",
                            table="clinic_backuprun",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealrecipe",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_recipe_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="005fc888f0d35a5ac96d955f82d197a9cad30b9c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_recipe_stays_dd6a6",
                            table="clinic_sealrecipe",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="6e65b32712d42a4aed46b130444de590ac9913bc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_stays_fe047",
                            table="clinic_seal",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealhead",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_head_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."mailed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="bbc0ac3a70bac65851037996ce958325079e1e7b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_head_stays_6de5a",
                            table="clinic_sealhead",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sealcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="seal_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="43aed23ab685efe2981471409e3570388728a23b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_seal_check_stays_9844d",
                            table="clinic_sealcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="fingerprint",
                    trigger=pgtrigger.compiler.Trigger(
                        name="fingerprint_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="3de1f93ecdfefde712332921c170faa492ed6249",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_fingerprint_stays_773c6",
                            table="clinic_fingerprint",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="disclosure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="disclosure_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="42373c34643f95ddfff20e74602c211155dd91b5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_disclosure_stays_baf77",
                            table="clinic_disclosure",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="plansignature",
                    trigger=pgtrigger.compiler.Trigger(
                        name="plan_signature_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c3fd72acdaabc4778c5c8cb9684f1f8fa269608c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_plan_signature_stays_4ccb1",
                            table="clinic_plansignature",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
