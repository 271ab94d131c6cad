"""The infusion as it was after its first thirteen migrations, made at once where nothing was made yet."""

import uuid
from decimal import Decimal

import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
import clinic.together


class Migration(migrations.Migration):
    replaces = [
        ("treatment_sessions", "0001_the_infusion"),
        ("treatment_sessions", "0002_plural_names"),
        ("treatment_sessions", "0003_monitors"),
        ("treatment_sessions", "0004_deliveries_counts_and_paper"),
        ("treatment_sessions", "0005_going_home_and_adverse_events"),
        ("treatment_sessions", "0006_pins_drug_decisions_and_equipment"),
        ("treatment_sessions", "0007_written_without_network"),
        ("treatment_sessions", "0008_leaving_longer_infusions_and_emergencies_in_order"),
        ("treatment_sessions", "0009_looked_at_and_called"),
        ("treatment_sessions", "0010_read_back_in_words_and_what_a_vial_is"),
        ("treatment_sessions", "0011_sealed_in_the_order_of_commit"),
        ("treatment_sessions", "0012_baselines_found_by_session"),
        ("treatment_sessions", "0013_alarms_found_by_session"),
    ]

    initial = True

    dependencies = [
        ("clinic", "0001_squashed_0028_weekly_shifts"),
        ("intake", "0001_squashed_0007_levels_of_rules_and_new_findings"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.CreateModel(
                    name="InfusionSession",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("infusing", "infusing"),
                                    ("paused", "paused"),
                                    ("observing", "under observation"),
                                    ("ended", "ended"),
                                ],
                                default="preparing",
                                max_length=12,
                            ),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("completed", "Completed"),
                                    ("stopped_early", "Stopped early"),
                                    ("not_started", "Not started"),
                                    ("against_advice", "Left against advice"),
                                    ("transferred", "Transferred"),
                                    ("died", "Died"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("last_seq", models.PositiveIntegerField(default=0)),
                        ("checked_in_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="infusion_session",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="infusion_sessions",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "checked_in_by",
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
                                related_name="infusion_sessions",
                                to="clinic.course",
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
                            "patient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="infusion_sessions",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "protocol_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="infusion_sessions",
                                to="clinic.protocolversion",
                            ),
                        ),
                        (
                            "responsible_nurse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "responsible_prescriber",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                                related_name="infusion_sessions",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-checked_in_at"],
                        "indexes": [models.Index(fields=["site", "checked_in_at"], name="session_by_site_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("phase__in", ["preparing", "infusing", "paused", "observing", "ended"])
                                ),
                                name="session_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("patient",),
                                name="session_one_open_per_patient",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("ending", "not_started"), _negated=True),
                                fields=("course", "number"),
                                name="session_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="session_ended_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="session_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("phase", "ended"),
                                        models.Q(("ending", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("phase", "ended"), _negated=True),
                                        ("ended_at__isnull", True),
                                        ("ending", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="session_ended_has_ending",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ending", ""),
                                    (
                                        "ending__in",
                                        [
                                            "completed",
                                            "stopped_early",
                                            "not_started",
                                            "against_advice",
                                            "transferred",
                                            "died",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="session_ending_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True), ("ended_at__isnull", False), _connector="OR"
                                ),
                                name="session_signed_after_end",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Device",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sender", models.CharField(help_text="MSH-3 and MSH-4.", max_length=120)),
                        (
                            "unit",
                            models.CharField(
                                blank=True, help_text="OBX-18, as the monitor names itself.", max_length=120
                            ),
                        ),
                        ("bed", models.CharField(blank=True, help_text="PV1-3, the bed it is set to.", max_length=120)),
                        ("label", models.CharField(blank=True, max_length=40)),
                        ("first_heard_at", models.DateTimeField()),
                        ("last_heard_at", models.DateTimeField()),
                        (
                            "clock_offset_s",
                            models.IntegerField(
                                default=0, help_text="Its clock minus ours, in seconds, when last heard."
                            ),
                        ),
                        (
                            "clock_right_at",
                            models.DateTimeField(
                                blank=True, help_text="The last time at which its clock agreed.", null=True
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="devices",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "retired_by",
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
                                related_name="devices",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("sender", "unit", "bed"), name="device_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                                    models.Q(("confirmed_at__isnull", False), ("confirmed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_confirmed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("retired_at__isnull", True), ("retired_by__isnull", True)),
                                    models.Q(("retired_at__isnull", False), ("retired_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_retired_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    models.Q(("chair__isnull", False), ("site__isnull", False)),
                                    _connector="OR",
                                ),
                                name="device_confirmed_at_a_chair",
                            ),
                        ],
                        "ordering": ["sender", "unit", "bed"],
                    },
                ),
                migrations.CreateModel(
                    name="DayClose",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The day at the site.")),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[("closed", "Closed"), ("reopened", "Opened again")], max_length=8
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        (
                            "facts",
                            models.JSONField(
                                default=dict, help_text="What was true when it was closed, and what was explained."
                            ),
                        ),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="day_closes", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-day", "-number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "day", "number"), name="day_close_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "closed"),
                                    models.Q(("kind", "reopened"), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="day_reopened_with_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("supplier", models.CharField(max_length=120)),
                        ("supplier_address", models.CharField(blank=True, max_length=200)),
                        (
                            "supplier_dea",
                            models.CharField(blank=True, max_length=20, verbose_name="supplier's DEA number"),
                        ),
                        ("invoice", models.CharField(blank=True, max_length=60)),
                        (
                            "order_form",
                            models.CharField(
                                blank=True,
                                help_text="Only schedule II is ordered on it.",
                                max_length=40,
                                verbose_name="DEA form 222 number",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("received_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="clinic.site"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "deliveries",
                        "ordering": ["-received_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("supplier", ""), _negated=True), name="delivery_names_supplier"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DowntimePack",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The day at the site.")),
                        ("made_at", models.DateTimeField()),
                        ("content", models.BinaryField()),
                        ("size", models.PositiveIntegerField(help_text="Bytes.")),
                        (
                            "sha256",
                            models.CharField(
                                blank=True, help_text="Over the bytes, checked each time it is sent.", max_length=64
                            ),
                        ),
                        (
                            "visits",
                            models.JSONField(default=dict, help_text="Visit -> a hash of what was printed about it."),
                        ),
                        ("problem", models.CharField(blank=True, max_length=300)),
                        (
                            "made_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: made in the morning.",
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
                                related_name="downtime_packs",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-made_at"],
                        "indexes": [models.Index(fields=["site", "day", "-made_at"], name="pack_by_site_day")],
                        "constraints": [
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
                                name="pack_size_is_its_bytes",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("problem", ""), ("size__gt", 0), models.Q(("sha256", ""), _negated=True)),
                                    models.Q(models.Q(("problem", ""), _negated=True), ("sha256", ""), ("size", 0)),
                                    _connector="OR",
                                ),
                                name="pack_or_problem",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StockCount",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("day", "Count"),
                                    ("initial", "Initial inventory"),
                                    ("biennial", "Biennial inventory"),
                                ],
                                default="day",
                                max_length=8,
                            ),
                        ),
                        (
                            "moment",
                            models.CharField(
                                blank=True,
                                choices=[("open", "At opening of business"), ("close", "At close of business")],
                                max_length=5,
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("counted_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "counted_by",
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
                                related_name="stock_counts",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-counted_at"],
                        "indexes": [models.Index(fields=["site", "-counted_at"], name="count_by_site")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("witness", models.F("counted_by")), _negated=True),
                                name="count_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["day", "initial", "biennial"])),
                                name="count_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "day"), models.Q(("moment", ""), _negated=True), _connector="OR"
                                ),
                                name="inventory_says_open_or_close",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AftercareText",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("going_home", "Going home")], default="going_home", max_length=20
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=8)),
                        ("number", models.PositiveIntegerField(default=1, verbose_name="version")),
                        ("title", models.CharField(max_length=160)),
                        (
                            "body",
                            models.TextField(
                                help_text="A line that begins with ## starts a section, one with - is a point. {tomorrow}, {phone}, {emergency_phone}, {crisis_phone} and {site} are filled in."
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
                                fields=("kind", "language", "number"), name="aftercare_text_version_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("published_at__isnull", True), ("published_by__isnull", True)),
                                    models.Q(("published_at__isnull", False), ("published_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="aftercare_text_published_at_and_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EquipmentCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("day", models.DateField(help_text="The site's own day.")),
                        ("items", models.JSONField(help_text="[code, label, in order, words] as answered then.")),
                        ("in_order", models.BooleanField()),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("checked_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                                related_name="equipment_checks",
                                to="clinic.site",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["checked_at", "id"],
                        "indexes": [models.Index(fields=["site", "day"], name="equipment_of_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("items", []), _negated=True), name="equipment_names_items"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuickPin",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("pin_hash", models.CharField(blank=True, help_text="Empty: taken away.", max_length=128)),
                        ("for_password", models.CharField(blank=True, max_length=64)),
                        (
                            "badge",
                            models.CharField(
                                blank=True, help_text="What is scanned or typed off the badge.", max_length=40
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("wrong_tries", models.PositiveSmallIntegerField(default=0)),
                        ("locked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quick_pin",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "quick PIN",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("badge", ""), _negated=True),
                                fields=("badge",),
                                name="quick_pin_badge_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitorLook",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("code", "Code or unit"),
                                    ("message", "Message"),
                                    ("device", "Monitor and the values held of it"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("subject", models.CharField(max_length=320)),
                        ("words", models.CharField(blank=True, help_text="What it turned out to be.", max_length=200)),
                        ("looked_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "looked_by",
                            models.ForeignKey(
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
                    ],
                    options={
                        "ordering": ["looked_at"],
                        "indexes": [models.Index(fields=["site", "about", "looked_at"], name="monitor_look_of_site")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ["code", "message", "device"])),
                                name="monitor_look_about_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("seq", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("weight", "Weight"),
                                    ("vitals", "Vitals"),
                                    ("drug", "Drug"),
                                    ("oxygen", "Oxygen"),
                                    ("line", "IV line"),
                                    ("side_effect", "Side effect"),
                                    ("score", "Score"),
                                    ("alarm", "Alarm"),
                                    ("alarm_answer", "Alarm answered"),
                                    ("emergency", "Emergency"),
                                    ("note", "Note"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("observation", "Observation"),
                                    ("correction", "Correction"),
                                    ("strike", "Struck out"),
                                ],
                                default="observation",
                                max_length=12,
                            ),
                        ),
                        ("observed_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("typed", "Typed at the chair"),
                                    ("back_entered", "Entered afterwards"),
                                    ("paper", "From a paper sheet"),
                                    ("monitor", "Accepted from a monitor"),
                                    ("offline", "Written without network"),
                                    ("system", "By rule"),
                                ],
                                default="typed",
                                max_length=12,
                            ),
                        ),
                        ("late", models.BooleanField(default=False)),
                        (
                            "clock_offset_s",
                            models.IntegerField(
                                default=0, help_text="The device's clock minus ours, as corrected for."
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("after_signature", models.BooleanField(default=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                help_text="Empty: raised or closed by rule.",
                                null=True,
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
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "tablet",
                            models.UUIDField(
                                blank=True, help_text="The device that wrote it without network.", null=True
                            ),
                        ),
                        (
                            "tablet_at",
                            models.DateTimeField(
                                blank=True, help_text="That device's own clock when it was written.", null=True
                            ),
                        ),
                        (
                            "ticket",
                            models.UUIDField(
                                blank=True, help_text="The authorship ticket that names the author.", null=True
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["observed_at", "seq"],
                        "indexes": [
                            models.Index(fields=["session", "observed_at", "seq"], name="entry_of_session"),
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="entry_by_xact",
                                pages_per_range=32,
                            ),
                            models.Index(
                                condition=models.Q(("kind", "alarm")), fields=["session", "seq"], name="entry_alarms"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "seq"), name="entry_seq_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "weight",
                                            "vitals",
                                            "drug",
                                            "oxygen",
                                            "line",
                                            "side_effect",
                                            "score",
                                            "alarm",
                                            "alarm_answer",
                                            "emergency",
                                            "note",
                                        ],
                                    )
                                ),
                                name="entry_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "observation"), ("supersedes__isnull", True)),
                                    models.Q(
                                        ("role__in", ["correction", "strike"]),
                                        ("supersedes__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_correction_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("supersedes", models.F("id")), _negated=True),
                                    _connector="OR",
                                ),
                                name="entry_not_of_itself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("recorded_by__isnull", False), ("source", "system"), _connector="OR"
                                ),
                                name="entry_has_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("source", "offline"), _negated=True),
                                    models.Q(
                                        ("sent_by__isnull", False),
                                        ("tablet__isnull", False),
                                        ("tablet_at__isnull", False),
                                        ("ticket__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="entry_offline_has_ticket",
                            ),
                        ],
                        "verbose_name_plural": "entries",
                    },
                ),
                migrations.CreateModel(
                    name="Container",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(help_text="What is scanned or typed off its label.", max_length=40)),
                        ("drug", models.CharField(max_length=40)),
                        ("strength_mg_ml", models.DecimalField(decimal_places=3, max_digits=7)),
                        ("volume_ml", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("lot", models.CharField(max_length=40)),
                        ("expires_on", models.DateField()),
                        ("supplier", models.CharField(blank=True, max_length=120)),
                        (
                            "use",
                            models.CharField(
                                choices=[("single", "Single-dose"), ("multi", "Multi-dose")], max_length=6
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sealed", "sealed"),
                                    ("open", "opened"),
                                    ("empty", "empty"),
                                    ("discarded", "discarded"),
                                    ("returned", "returned"),
                                ],
                                default="sealed",
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("opened_at", models.DateTimeField(blank=True, null=True)),
                        ("discard_on", models.DateField(blank=True, null=True)),
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
                                help_text="Whom a single-dose container was opened for.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.patient",
                            ),
                        ),
                        (
                            "received_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="containers", to="clinic.site"
                            ),
                        ),
                        (
                            "came_from",
                            models.OneToOneField(
                                blank=True,
                                help_text="The same vial at another site.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="went_to",
                                to="treatment_sessions.container",
                            ),
                        ),
                        ("kept_in", models.CharField(blank=True, help_text="The safe or cupboard.", max_length=40)),
                        (
                            "schedule",
                            models.CharField(
                                choices=[("II", "C-II"), ("III", "C-III"), ("IV", "C-IV"), ("V", "C-V")],
                                default="III",
                                help_text="Of the controlled drug.",
                                max_length=3,
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="containers",
                                to="treatment_sessions.delivery",
                            ),
                        ),
                        (
                            "gtin",
                            models.CharField(
                                blank=True, help_text="The product in its barcode (GTIN-14).", max_length=14
                            ),
                        ),
                        (
                            "ndc",
                            models.CharField(
                                blank=True,
                                help_text="National drug code: with hyphens as typed, else the barcode's ten digits.",
                                max_length=13,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["expires_on", "code"],
                        "constraints": [
                            models.UniqueConstraint(fields=("site", "code"), name="container_code_once"),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["sealed", "open", "empty", "discarded", "returned"])),
                                name="container_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                                    models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="container_opened_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("strength_mg_ml__gt", 0), ("volume_ml__gt", 0)),
                                name="container_holds_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("patient__isnull", True), ("use", "single"), _connector="OR"),
                                name="container_single_for_patient",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InfusionSessionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "phase",
                            models.CharField(
                                choices=[
                                    ("preparing", "being prepared"),
                                    ("infusing", "infusing"),
                                    ("paused", "paused"),
                                    ("observing", "under observation"),
                                    ("ended", "ended"),
                                ],
                                default="preparing",
                                max_length=12,
                            ),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("completed", "Completed"),
                                    ("stopped_early", "Stopped early"),
                                    ("not_started", "Not started"),
                                    ("against_advice", "Left against advice"),
                                    ("transferred", "Transferred"),
                                    ("died", "Died"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("checked_in_at", models.DateTimeField()),
                        ("started_at", models.DateTimeField(blank=True, null=True)),
                        ("stopped_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "appointment",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.appointment",
                            ),
                        ),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "checked_in_by",
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
                            "ended_by",
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
                                to="treatment_sessions.infusionsession",
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
                            "responsible_nurse",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "responsible_prescriber",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Handover",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("handed_at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "from_nurse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "handed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "to_nurse",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="handovers",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "summary",
                            models.JSONField(
                                blank=True, default=list, help_text="[name, words] as they stood at that moment."
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["handed_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("from_nurse", models.F("to_nurse")), _negated=True),
                                name="handover_to_another",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckAnswer",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("code", models.CharField(max_length=24)),
                        ("answer", models.CharField(blank=True, max_length=20)),
                        ("detail", models.CharField(blank=True, max_length=300)),
                        ("override_reason", models.TextField(blank=True)),
                        ("answered_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "answered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="check_answers",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["answered_at", "id"],
                        "indexes": [
                            models.Index(fields=["session", "code"], name="check_answer_of_session"),
                            django.contrib.postgres.indexes.BrinIndex(
                                django.db.models.functions.comparison.Cast(
                                    django.db.models.functions.comparison.Cast("xact", models.TextField()),
                                    models.BigIntegerField(),
                                ),
                                name="answer_by_xact",
                                pages_per_range=32,
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("answer", ""), ("override_reason", ""), _negated=True),
                                name="check_answer_or_override",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ending",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("completed", "Completed"),
                                    ("stopped_early", "Stopped early"),
                                    ("not_started", "Not started"),
                                    ("against_advice", "Left against advice"),
                                    ("transferred", "Transferred"),
                                    ("died", "Died"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("ended_at", models.DateTimeField()),
                        ("reason", models.TextField(blank=True)),
                        (
                            "criteria",
                            models.JSONField(
                                blank=True, default=list, help_text="[code, label, met, words] as judged then."
                            ),
                        ),
                        ("override_reason", models.TextField(blank=True)),
                        ("escort_arrived_at", models.DateTimeField(blank=True, null=True)),
                        ("other_way_home", models.CharField(blank=True, max_length=200)),
                        ("instructions_given", models.BooleanField(blank=True, null=True)),
                        ("line_out", models.BooleanField(blank=True, null=True)),
                        ("advice", models.TextField(blank=True)),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("able", "Able to decide"),
                                    ("doubtful", "Doubtful"),
                                    ("not_able", "Not able to decide"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[("signed", "Signed"), ("refused", "Refused to sign")],
                                max_length=10,
                            ),
                        ),
                        ("told", models.CharField(blank=True, max_length=200)),
                        ("to_where", models.CharField(blank=True, max_length=200)),
                        ("taken_by", models.CharField(blank=True, max_length=120)),
                        ("handed_to", models.CharField(blank=True, max_length=120)),
                        ("died_at", models.DateTimeField(blank=True, null=True)),
                        ("pronounced_by", models.CharField(blank=True, max_length=120)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "ended_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "override_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ending_facts",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "drawing",
                            models.JSONField(blank=True, help_text="Strokes of [x, y] in a 600 x 200 box.", null=True),
                        ),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        (
                            "risks",
                            models.TextField(blank=True, help_text="The risks of leaving that were told, in words."),
                        ),
                        (
                            "witness",
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
                                    ("kind", "completed"),
                                    ("kind", "died"),
                                    models.Q(("reason", ""), _negated=True),
                                    ("kind", "against_advice"),
                                    _connector="OR",
                                ),
                                name="ending_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "against_advice"), _negated=True),
                                    models.Q(
                                        models.Q(("advice", ""), _negated=True),
                                        models.Q(("capacity", ""), _negated=True),
                                        models.Q(("form", ""), _negated=True),
                                        models.Q(("told", ""), _negated=True),
                                        ("line_out__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_against_advice_facts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "transferred"), _negated=True),
                                    models.Q(
                                        models.Q(("to_where", ""), _negated=True),
                                        models.Q(("taken_by", ""), _negated=True),
                                        models.Q(("handed_to", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_transferred_facts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "died"), _negated=True),
                                    models.Q(
                                        ("died_at__isnull", False),
                                        models.Q(("pronounced_by", ""), _negated=True),
                                        models.Q(("told", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_died_facts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("override_by__isnull", True), ("override_reason", "")),
                                    models.Q(
                                        models.Q(("override_reason", ""), _negated=True), ("override_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="ending_override_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", True),
                                    models.Q(("witness", models.F("ended_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="ending_witness_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Signature",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("signed_at", models.DateTimeField()),
                        ("printed_name", models.CharField(max_length=160)),
                        ("meaning", models.CharField(max_length=120)),
                        ("record_hash", models.CharField(max_length=64)),
                        ("at_version", models.PositiveIntegerField()),
                        ("at_seq", models.PositiveIntegerField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "session",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signature",
                                to="treatment_sessions.infusionsession",
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
                ),
                migrations.CreateModel(
                    name="DeviceEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("sender", models.CharField(help_text="MSH-3 and MSH-4.", max_length=120)),
                        (
                            "unit",
                            models.CharField(
                                blank=True, help_text="OBX-18, as the monitor names itself.", max_length=120
                            ),
                        ),
                        ("bed", models.CharField(blank=True, help_text="PV1-3, the bed it is set to.", max_length=120)),
                        ("label", models.CharField(blank=True, max_length=40)),
                        ("first_heard_at", models.DateTimeField()),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "confirmed_by",
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
                                to="treatment_sessions.device",
                            ),
                        ),
                        (
                            "retired_by",
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
                    name="RawMessage",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("sender", models.CharField(blank=True, max_length=120)),
                        ("control_id", models.CharField(blank=True, help_text="MSH-10.", max_length=200)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("body", models.BinaryField()),
                        ("kind", models.CharField(blank=True, help_text="MSH-9.", max_length=40)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "Values read"),
                                    ("held", "Held: the monitor is not confirmed"),
                                    ("other", "Not a report of values"),
                                    ("unreadable", "Could not be read"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("problem", models.CharField(blank=True, max_length=200)),
                        ("address", models.GenericIPAddressField(blank=True, null=True)),
                        ("received_at", models.DateTimeField()),
                        (
                            "said_at",
                            models.DateTimeField(blank=True, help_text="MSH-7, by the sender's clock.", null=True),
                        ),
                        ("clock_offset_s", models.IntegerField(default=0)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "device",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="treatment_sessions.device",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("outcome", "taken"), _negated=True),
                                fields=["received_at"],
                                name="raw_message_to_look_at",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sender", "control_id", "body_hash"), name="raw_message_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outcome__in", ["taken", "held", "other", "unreadable"])),
                                name="raw_message_outcome_known",
                            ),
                        ],
                        "ordering": ["received_at"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("outage", models.CharField(help_text="Why it was charted on paper.", max_length=200)),
                        ("sheet_on", models.DateField(help_text="The day on the sheet, at the site.")),
                        ("note", models.CharField(blank=True, max_length=300)),
                        ("opened_at", models.DateTimeField()),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        (
                            "author",
                            models.ForeignKey(
                                help_text="Who charted on paper.",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_sheets",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "ordering": ["opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="paper_sheet_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_by__isnull", True),
                                    models.Q(
                                        ("signed_by", models.F("author")), models.Q(("printed_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="paper_sheet_signed_by_author",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("outage", ""), _negated=True), name="paper_sheet_says_why"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AftercareSheet",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("language", models.CharField(max_length=8)),
                        ("title", models.CharField(max_length=160)),
                        ("body", models.TextField()),
                        ("own_words", models.TextField(blank=True)),
                        (
                            "to_whom",
                            models.CharField(
                                choices=[
                                    ("patient", "The patient"),
                                    ("escort", "The escort"),
                                    ("both", "Patient and escort"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("talked_through", models.BooleanField()),
                        ("printed", models.BooleanField()),
                        ("mailed", models.BooleanField()),
                        ("given_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
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
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="aftercare_sheets",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.aftercaretext",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["given_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("printed", True), ("mailed", True), _connector="OR"),
                                name="aftercare_sheet_reaches_somebody",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DischargeRequest",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("asked_at", models.DateTimeField()),
                        ("words", models.TextField(blank=True)),
                        ("missing", models.JSONField(default=list)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "of_whom",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discharge_requests",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["asked_at"],
                    },
                ),
                migrations.CreateModel(
                    name="DrugDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("drug", models.CharField(max_length=60)),
                        ("kind", models.CharField(help_text="allergy or interaction", max_length=12)),
                        ("level", models.CharField(max_length=12)),
                        ("words", models.CharField(max_length=300)),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "occasion",
                            models.CharField(
                                choices=[("order", "When ordered"), ("give", "When given"), ("ahead", "Decided ahead")],
                                max_length=6,
                            ),
                        ),
                        ("decided_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drug_decisions",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at", "id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", ""), _negated=True), models.Q(("words", ""), _negated=True)
                                ),
                                name="drug_decision_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WeightEntry",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("kg", models.DecimalField(decimal_places=1, max_digits=5)),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("measured", "Measured today"),
                                    ("stated", "Stated by the patient"),
                                    ("other_day", "From another day"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("typed_value", models.DecimalField(decimal_places=2, max_digits=7)),
                        ("typed_unit", models.CharField(choices=[("kg", "kg"), ("lb", "lb")], max_length=2)),
                        ("measured_on", models.DateField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kg__gte", 1), ("kg__lte", 650)), name="weight_1_to_650"
                            )
                        ],
                        "verbose_name_plural": "weight entries",
                    },
                ),
                migrations.CreateModel(
                    name="VitalsReading",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("systolic", models.SmallIntegerField(blank=True, null=True)),
                        ("diastolic", models.SmallIntegerField(blank=True, null=True)),
                        ("mean_pressure", models.SmallIntegerField(blank=True, null=True)),
                        ("heart_rate", models.SmallIntegerField(blank=True, null=True)),
                        ("spo2", models.SmallIntegerField(blank=True, null=True)),
                        ("resp_rate", models.SmallIntegerField(blank=True, null=True)),
                        ("etco2", models.SmallIntegerField(blank=True, null=True)),
                        ("temperature", models.DecimalField(blank=True, decimal_places=1, max_digits=3, null=True)),
                        ("sedation", models.SmallIntegerField(blank=True, null=True)),
                        ("sedation_scale", models.CharField(blank=True, max_length=10)),
                        ("pain", models.SmallIntegerField(blank=True, null=True)),
                        ("dissociation", models.SmallIntegerField(blank=True, null=True)),
                        ("comfort", models.SmallIntegerField(blank=True, null=True)),
                        ("cuff_at", models.DateTimeField(blank=True, help_text="The cuff's own time.", null=True)),
                        ("cuff_site", models.CharField(blank=True, max_length=20)),
                        (
                            "oxygen",
                            models.CharField(
                                blank=True, choices=[("room_air", "Room air"), ("flow", "Oxygen")], max_length=10
                            ),
                        ),
                        (
                            "oxygen_flow",
                            models.DecimalField(
                                blank=True, decimal_places=1, max_digits=4, null=True, verbose_name="L/min"
                            ),
                        ),
                        ("oxygen_device", models.CharField(blank=True, max_length=40)),
                        ("asleep", models.BooleanField(default=False)),
                        ("breathing_seen", models.BooleanField(default=False)),
                        (
                            "baseline",
                            models.BooleanField(
                                default=False, help_text="A named pre-infusion set that limits are compared with."
                            ),
                        ),
                        (
                            "missing",
                            models.JSONField(
                                blank=True, default=dict, help_text="Measure to the reason why there is no value."
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("systolic__isnull", True),
                                    models.Q(("systolic__gte", 20), ("systolic__lte", 350)),
                                    _connector="OR",
                                ),
                                name="vitals_systolic_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("systolic__isnull", True),
                                    models.Q(("missing__has_key", "systolic"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_systolic_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("diastolic__isnull", True),
                                    models.Q(("diastolic__gte", 10), ("diastolic__lte", 250)),
                                    _connector="OR",
                                ),
                                name="vitals_diastolic_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("diastolic__isnull", True),
                                    models.Q(("missing__has_key", "diastolic"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_diastolic_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mean_pressure__isnull", True),
                                    models.Q(("mean_pressure__gte", 10), ("mean_pressure__lte", 300)),
                                    _connector="OR",
                                ),
                                name="vitals_mean_pressure_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mean_pressure__isnull", True),
                                    models.Q(("missing__has_key", "mean_pressure"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_mean_pressure_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("heart_rate__isnull", True),
                                    models.Q(("heart_rate__gte", 0), ("heart_rate__lte", 350)),
                                    _connector="OR",
                                ),
                                name="vitals_heart_rate_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("heart_rate__isnull", True),
                                    models.Q(("missing__has_key", "heart_rate"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_heart_rate_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("spo2__isnull", True),
                                    models.Q(("spo2__gte", 0), ("spo2__lte", 100)),
                                    _connector="OR",
                                ),
                                name="vitals_spo2_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("spo2__isnull", True),
                                    models.Q(("missing__has_key", "spo2"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_spo2_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resp_rate__isnull", True),
                                    models.Q(("resp_rate__gte", 0), ("resp_rate__lte", 100)),
                                    _connector="OR",
                                ),
                                name="vitals_resp_rate_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resp_rate__isnull", True),
                                    models.Q(("missing__has_key", "resp_rate"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_resp_rate_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etco2__isnull", True),
                                    models.Q(("etco2__gte", 0), ("etco2__lte", 150)),
                                    _connector="OR",
                                ),
                                name="vitals_etco2_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("etco2__isnull", True),
                                    models.Q(("missing__has_key", "etco2"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_etco2_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("temperature__isnull", True),
                                    models.Q(("temperature__gte", Decimal("20")), ("temperature__lte", Decimal("45"))),
                                    _connector="OR",
                                ),
                                name="vitals_temperature_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("temperature__isnull", True),
                                    models.Q(("missing__has_key", "temperature"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_temperature_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sedation__isnull", True),
                                    models.Q(("sedation__gte", -5), ("sedation__lte", 4)),
                                    _connector="OR",
                                ),
                                name="vitals_sedation_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sedation__isnull", True),
                                    models.Q(("missing__has_key", "sedation"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_sedation_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pain__isnull", True),
                                    models.Q(("pain__gte", 0), ("pain__lte", 10)),
                                    _connector="OR",
                                ),
                                name="vitals_pain_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("pain__isnull", True),
                                    models.Q(("missing__has_key", "pain"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_pain_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dissociation__isnull", True),
                                    models.Q(("dissociation__gte", 0), ("dissociation__lte", 10)),
                                    _connector="OR",
                                ),
                                name="vitals_dissociation_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dissociation__isnull", True),
                                    models.Q(("missing__has_key", "dissociation"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_dissociation_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comfort__isnull", True),
                                    models.Q(("comfort__gte", 0), ("comfort__lte", 10)),
                                    _connector="OR",
                                ),
                                name="vitals_comfort_possible",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comfort__isnull", True),
                                    models.Q(("missing__has_key", "comfort"), _negated=True),
                                    _connector="OR",
                                ),
                                name="vitals_comfort_or_missing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("systolic__isnull", True),
                                    ("diastolic__isnull", True),
                                    ("systolic__gt", models.F("diastolic")),
                                    _connector="OR",
                                ),
                                name="vitals_systolic_above_diastolic",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("oxygen", "flow"), ("oxygen_flow__isnull", False)),
                                    models.Q(
                                        models.Q(("oxygen", "flow"), _negated=True), ("oxygen_flow__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="vitals_oxygen_flow",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LineEntry",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("attempt", "Attempt"),
                                    ("placed", "Placed"),
                                    ("checked", "Checked"),
                                    ("infiltrated", "Infiltrated"),
                                    ("resited", "New line"),
                                    ("removed", "Removed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("site", models.CharField(blank=True, max_length=60)),
                        ("gauge", models.CharField(blank=True, max_length=6)),
                        ("attempts", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("dose_uncertain", models.BooleanField(default=False)),
                        ("text", models.CharField(blank=True, max_length=300)),
                        ("uncertain_since", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("uncertain_since__isnull", True), ("dose_uncertain", True), _connector="OR"
                                ),
                                name="line_since_when_uncertain",
                            )
                        ],
                        "verbose_name_plural": "line entries",
                    },
                ),
                migrations.CreateModel(
                    name="SideEffect",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("term", models.CharField(max_length=60)),
                        (
                            "severity",
                            models.CharField(
                                choices=[("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")],
                                max_length=10,
                            ),
                        ),
                        ("serious", models.BooleanField(default=False)),
                        ("onset_at", models.DateTimeField(blank=True, null=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        ("treatment", models.CharField(blank=True, max_length=200)),
                        ("text", models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name="ScoreEntry",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("scale", models.CharField(max_length=12)),
                        ("scale_version", models.CharField(max_length=20)),
                        ("items", models.JSONField()),
                        ("total", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "oriented",
                            models.BooleanField(
                                blank=True,
                                help_text="Oriented and steady on the feet, asked with the score.",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "score entries",
                    },
                ),
                migrations.CreateModel(
                    name="AlarmRaised",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("measure", models.CharField(max_length=16)),
                        ("level", models.CharField(choices=[("caution", "Caution"), ("alarm", "Alarm")], max_length=8)),
                        ("direction", models.CharField(max_length=4)),
                        ("value", models.DecimalField(decimal_places=1, max_digits=6)),
                        ("limit_value", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("limit_text", models.CharField(max_length=160)),
                        ("baseline", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
                        ("rule_version", models.CharField(max_length=20)),
                        ("instruction", models.CharField(blank=True, max_length=200)),
                        (
                            "reading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="alarms",
                                to="treatment_sessions.entry",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AlarmAnswered",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("going", "I am going"),
                                    ("recheck_ok", "Fresh set within limits"),
                                    ("decided", "Prescriber decided"),
                                    ("value_corrected", "Value corrected"),
                                    ("called", "Prescriber called too"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("recheck_due_at", models.DateTimeField(blank=True, null=True)),
                        ("text", models.CharField(blank=True, max_length=300)),
                        (
                            "alarm",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "reading",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.entry",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "recheck_ok"), _negated=True),
                                    ("reading__isnull", False),
                                    _connector="OR",
                                ),
                                name="alarm_recheck_has_reading",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answer", "going"), _negated=True),
                                    ("recheck_due_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="alarm_going_has_recheck",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EmergencyEvent",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "step",
                            models.CharField(
                                choices=[
                                    ("called", "Emergency called"),
                                    ("airway", "Airway"),
                                    ("oxygen", "Oxygen"),
                                    ("cpr", "CPR"),
                                    ("shock", "Shock"),
                                    ("drug", "Drug"),
                                    ("services_called", "Emergency services called"),
                                    ("services_here", "Emergency services here"),
                                    ("handed_over", "Handed over"),
                                    ("over", "Over"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=300)),
                    ],
                ),
                migrations.CreateModel(
                    name="SessionNote",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        ("text", models.TextField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="note_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Addendum",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("text", models.TextField()),
                        ("added_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addendum",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addenda",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["added_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("text", ""), _negated=True), name="addendum_says_something"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitorSample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("measure", models.CharField(blank=True, max_length=20)),
                        ("code", models.CharField(help_text="OBX-3 as sent.", max_length=120)),
                        ("value", models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True)),
                        ("text", models.CharField(blank=True, help_text="OBX-5 as sent.", max_length=120)),
                        ("unit", models.CharField(blank=True, help_text="OBX-6 as sent.", max_length=80)),
                        ("status", models.CharField(blank=True, help_text="OBX-11.", max_length=2)),
                        (
                            "odd",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_value", "Sent without a value"),
                                    ("not_number", "Not a number"),
                                    ("unit", "Unknown unit"),
                                    ("code", "Unknown code"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("device_at", models.DateTimeField(blank=True, null=True)),
                        ("observed_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("clock_offset_s", models.IntegerField(default=0)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "chair",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.chair",
                            ),
                        ),
                        (
                            "device",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.device",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.infusionsession",
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
                            "message",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="samples",
                                to="treatment_sessions.rawmessage",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["session", "-observed_at"], name="sample_of_session"),
                            models.Index(
                                condition=models.Q(("odd__in", ["code", "unit"])),
                                fields=["received_at"],
                                name="sample_to_look_at",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("message", "position"), name="sample_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("odd", ""), ("value__isnull", False), models.Q(("measure", ""), _negated=True)
                                    ),
                                    models.Q(("odd", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sample_value_or_why_not",
                            ),
                        ],
                        "ordering": ["observed_at", "position"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperLine",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper_line",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="treatment_sessions.papersheet",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="DischargeDecision",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("allows", models.BooleanField()),
                        ("codes", models.JSONField(blank=True, default=list)),
                        ("other_way", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField()),
                        ("decided_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discharge_decisions",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "request",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decision",
                                to="treatment_sessions.dischargerequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["decided_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="discharge_decision_has_reason"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("allows", True), models.Q(("codes", []), ("other_way", "")), _connector="OR"
                                ),
                                name="discharge_refusal_allows_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventFollowUp",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("same", "As before"),
                                    ("better", "Better"),
                                    ("worse", "Worse"),
                                    ("resolved", "Over"),
                                    ("after_effects", "Over, with lasting effects"),
                                    ("died", "Died"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[("seen", "Seen"), ("phone", "By phone"), ("message", "By message")],
                                default="seen",
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=600)),
                        ("seen_at", models.DateTimeField(help_text="When it was so, not when it was written down.")),
                        ("recorded_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="follow_ups",
                                to="treatment_sessions.entry",
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
                        "ordering": ["seen_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("status__in", ["same", "better", "worse", "resolved", "after_effects", "died"])
                                ),
                                name="event_follow_up_status_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdverseReport",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("criteria", models.JSONField(blank=True, default=list)),
                        ("narrative", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("recovered", "Recovered"),
                                    ("recovering", "Recovering"),
                                    ("not_recovered", "Not recovered"),
                                    ("after_effects", "Recovered with lasting effects"),
                                    ("died", "Died"),
                                    ("unknown", "Not known yet"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "action_taken",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Infusion went on unchanged"),
                                    ("slowed", "Rate lowered"),
                                    ("paused", "Paused, then resumed"),
                                    ("stopped", "Stopped for good"),
                                    ("after", "Not applicable: it was over"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "relatedness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unrelated", "Not related"),
                                    ("unlikely", "Unlikely"),
                                    ("possible", "Possible"),
                                    ("probable", "Probable"),
                                    ("certain", "Certain"),
                                    ("unknown", "Can't be judged"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("history", models.TextField(blank=True)),
                        ("tests", models.TextField(blank=True)),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nobody", "Nobody outside"),
                                    ("regulator", "The drug regulator"),
                                    ("maker", "The maker"),
                                    ("both", "Regulator and maker"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("told_reference", models.CharField(blank=True, max_length=120)),
                        ("facts", models.JSONField(blank=True, default=list)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adverse_report",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adverse_reports",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "ordering": ["opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="adverse_report_signed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signed_at__isnull", True),
                                    models.Q(
                                        models.Q(("criteria", []), _negated=True),
                                        models.Q(("narrative", ""), _negated=True),
                                        models.Q(("outcome", ""), _negated=True),
                                        models.Q(("action_taken", ""), _negated=True),
                                        models.Q(("relatedness", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="adverse_report_signed_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HeldEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("door", models.CharField(max_length=40)),
                        ("fields", models.JSONField()),
                        ("reasons", models.JSONField(help_text="Pairs of code and words: why it was not taken.")),
                        ("tablet", models.UUIDField(blank=True, null=True)),
                        ("ticket", models.UUIDField(blank=True, null=True)),
                        ("tablet_at", models.DateTimeField(help_text="The tablet's own clock when it was written.")),
                        ("clock_offset_s", models.IntegerField(default=0, help_text="The tablet's clock minus ours.")),
                        ("written_at", models.DateTimeField(help_text="The same moment by our clock.")),
                        ("received_at", models.DateTimeField()),
                        ("body_hash", models.CharField(max_length=64)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("recorded", "Recorded"), ("set_aside", "Set aside")],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_before",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="held_entries",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "verbose_name_plural": "held entries",
                        "ordering": ["written_at", "received_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="held_settled_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("entry__isnull", True), ("outcome", ""), ("settled_at__isnull", True)),
                                    models.Q(
                                        ("entry__isnull", False), ("outcome", "recorded"), ("settled_at__isnull", False)
                                    ),
                                    models.Q(
                                        ("entry__isnull", True),
                                        ("outcome", "set_aside"),
                                        ("settled_at__isnull", False),
                                        models.Q(("words", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="held_settled_one_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reconciliation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "items",
                            models.JSONField(help_text="[code, what it is about, what was found] as judged then."),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField()),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "called",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconciliation",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reconciliations",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["done_at"],
                    },
                ),
                migrations.CreateModel(
                    name="BaselineSet",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="treatment_sessions.entry",
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
                ),
                migrations.CreateModel(
                    name="AcceptedSample",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted_samples",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "sample",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="accepted",
                                to="treatment_sessions.monitorsample",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("entry", "sample"), name="accepted_sample_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AdverseReportEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("criteria", models.JSONField(blank=True, default=list)),
                        ("narrative", models.TextField(blank=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("recovered", "Recovered"),
                                    ("recovering", "Recovering"),
                                    ("not_recovered", "Not recovered"),
                                    ("after_effects", "Recovered with lasting effects"),
                                    ("died", "Died"),
                                    ("unknown", "Not known yet"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "action_taken",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Infusion went on unchanged"),
                                    ("slowed", "Rate lowered"),
                                    ("paused", "Paused, then resumed"),
                                    ("stopped", "Stopped for good"),
                                    ("after", "Not applicable: it was over"),
                                ],
                                max_length=16,
                            ),
                        ),
                        (
                            "relatedness",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unrelated", "Not related"),
                                    ("unlikely", "Unlikely"),
                                    ("possible", "Possible"),
                                    ("probable", "Probable"),
                                    ("certain", "Certain"),
                                    ("unknown", "Can't be judged"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("history", models.TextField(blank=True)),
                        ("tests", models.TextField(blank=True)),
                        (
                            "told",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nobody", "Nobody outside"),
                                    ("regulator", "The drug regulator"),
                                    ("maker", "The maker"),
                                    ("both", "Regulator and maker"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("told_reference", models.CharField(blank=True, max_length=120)),
                        ("facts", models.JSONField(blank=True, default=list)),
                        ("opened_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("printed_name", models.CharField(blank=True, max_length=160)),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "entry",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "opened_by",
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
                                to="treatment_sessions.adversereport",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HeldEntryEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                        ("door", models.CharField(max_length=40)),
                        ("fields", models.JSONField()),
                        ("reasons", models.JSONField(help_text="Pairs of code and words: why it was not taken.")),
                        ("tablet", models.UUIDField(blank=True, null=True)),
                        ("ticket", models.UUIDField(blank=True, null=True)),
                        ("tablet_at", models.DateTimeField(help_text="The tablet's own clock when it was written.")),
                        ("clock_offset_s", models.IntegerField(default=0, help_text="The tablet's clock minus ours.")),
                        ("written_at", models.DateTimeField(help_text="The same moment by our clock.")),
                        ("received_at", models.DateTimeField()),
                        ("body_hash", models.CharField(max_length=64)),
                        ("settled_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[("recorded", "Recorded"), ("set_aside", "Set aside")],
                                max_length=12,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        (
                            "author",
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
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.entry",
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
                                to="treatment_sessions.heldentry",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="treatment_sessions.infusionsession",
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
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("written", "Written"),
                                    ("standing", "Standing"),
                                    ("verbal", "Verbal"),
                                    ("plan", "From the signed plan"),
                                ],
                                max_length=10,
                            ),
                        ),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("drug", "Drug"),
                                    ("oxygen", "Oxygen"),
                                    ("fluid", "Fluid"),
                                    ("dose", "Infusion dose"),
                                    ("rate", "Rate"),
                                    ("extension", "Longer infusion"),
                                    ("resume", "Go on after a pause"),
                                    ("discharge", "Discharge"),
                                    ("other", "Other"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("drug", models.CharField(blank=True, max_length=60)),
                        ("dose_mg", models.DecimalField(blank=True, decimal_places=3, max_digits=10, null=True)),
                        ("rate_ml_h", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        ("max_doses", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("route", models.CharField(blank=True, max_length=12)),
                        ("interval_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("condition", models.CharField(blank=True, max_length=160)),
                        ("text", models.CharField(blank=True, max_length=300)),
                        ("ordered_at", models.DateTimeField()),
                        ("read_back", models.BooleanField(default=False)),
                        ("cosign_due_at", models.DateTimeField(blank=True, null=True)),
                        ("cosigned_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "cosigned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                            "ordered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "standing_order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.standingorder",
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
                    ],
                    options={
                        "ordering": ["ordered_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("cosigned_at__isnull", True), ("cosigned_by__isnull", True)),
                                    models.Q(("cosigned_at__isnull", False), ("cosigned_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_cosigned_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="order_ended_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "verbal"), _negated=True),
                                    models.Q(
                                        ("cosign_due_at__isnull", False),
                                        ("read_back", True),
                                        ("taken_by__isnull", False),
                                        models.Q(("taken_by", models.F("ordered_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_verbal_read_back",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "standing"), _negated=True),
                                    ("standing_order__isnull", False),
                                    _connector="OR",
                                ),
                                name="order_standing_names_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("cosigned_by__isnull", True),
                                    ("cosigned_by", models.F("ordered_by")),
                                    _connector="OR",
                                ),
                                name="order_cosigned_by_orderer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DoseOrder",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("drug", models.CharField(max_length=40)),
                        ("controlled", models.BooleanField(default=True)),
                        (
                            "basis",
                            models.CharField(
                                choices=[("mg/kg", "mg/kg"), ("mg/kg/h", "mg/kg/h"), ("mg/h", "mg/h")], max_length=8
                            ),
                        ),
                        (
                            "per_unit",
                            models.DecimalField(decimal_places=3, help_text="In the unit of the basis.", max_digits=8),
                        ),
                        ("dosing_weight_kg", models.DecimalField(decimal_places=1, max_digits=5)),
                        (
                            "weight_kind",
                            models.CharField(
                                choices=[
                                    ("actual", "actual"),
                                    ("ideal", "ideal"),
                                    ("adjusted", "adjusted"),
                                    ("capped", "capped"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("planned_mg", models.DecimalField(decimal_places=1, max_digits=9)),
                        ("minutes", models.DecimalField(decimal_places=1, max_digits=6)),
                        ("strength_mg_ml", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("volume_ml", models.DecimalField(decimal_places=2, max_digits=8)),
                        ("rate_ml_h", models.DecimalField(decimal_places=2, max_digits=7)),
                        (
                            "ends_by",
                            models.CharField(
                                choices=[
                                    ("total", "Total mg"),
                                    ("time", "Total time"),
                                    ("first", "Whichever comes first"),
                                ],
                                default="first",
                                max_length=6,
                            ),
                        ),
                        ("max_rate_mg_h", models.DecimalField(blank=True, decimal_places=3, max_digits=9, null=True)),
                        ("max_total_mg", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                        (
                            "rate_steps",
                            models.JSONField(
                                blank=True,
                                default=list,
                                help_text='[minute, "mL/h"] pairs from minute 0 on; empty: one rate.',
                            ),
                        ),
                        ("pump", models.CharField(blank=True, max_length=40)),
                        ("previous_mg", models.DecimalField(blank=True, decimal_places=1, max_digits=9, null=True)),
                        (
                            "confirmed",
                            models.JSONField(
                                blank=True, default=list, help_text="What was odd and confirmed, in words."
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="treatment_sessions.doseorder",
                            ),
                        ),
                        (
                            "weight_entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dose_orders",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dose_order",
                                to="treatment_sessions.order",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dosing_weight_kg__gt", 0),
                                    ("minutes__gt", 0),
                                    ("planned_mg__gt", 0),
                                    ("rate_ml_h__gt", 0),
                                    ("strength_mg_ml__gt", 0),
                                ),
                                name="dose_order_above_zero",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OxygenEvent",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "flow_l_min",
                            models.DecimalField(
                                decimal_places=1,
                                max_digits=4,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(60),
                                ],
                            ),
                        ),
                        ("device", models.CharField(blank=True, max_length=40)),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="treatment_sessions.order",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("flow_l_min__gte", 0), ("flow_l_min__lte", 60)),
                                name="oxygen_flow_0_to_60",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Preparation",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("number", models.PositiveSmallIntegerField(default=1)),
                        ("drug", models.CharField(max_length=40)),
                        (
                            "form",
                            models.CharField(
                                choices=[("syringe", "Syringe"), ("bag", "Bag")], default="syringe", max_length=8
                            ),
                        ),
                        ("total_mg", models.DecimalField(decimal_places=3, max_digits=9)),
                        ("volume_ml", models.DecimalField(decimal_places=3, max_digits=9)),
                        ("strength_mg_ml", models.DecimalField(decimal_places=4, max_digits=8)),
                        ("diluent", models.CharField(blank=True, max_length=60)),
                        ("diluent_ml", models.DecimalField(decimal_places=3, default=0, max_digits=9)),
                        ("made_at", models.DateTimeField()),
                        ("use_by", models.DateTimeField()),
                        ("label", models.CharField(max_length=40)),
                        (
                            "dose_order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preparations",
                                to="treatment_sessions.doseorder",
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preparations",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["made_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "number"), name="preparation_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("total_mg__gt", 0), ("volume_ml__gt", 0)),
                                name="preparation_holds_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("use_by__gt", models.F("made_at"))),
                                name="preparation_use_by_after_made",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DrugEvent",
                    fields=[
                        (
                            "entry",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                serialize=False,
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("start", "Start"),
                                    ("rate", "Rate"),
                                    ("pause", "Pause"),
                                    ("resume", "Resume"),
                                    ("bolus", "Bolus"),
                                    ("syringe", "Syringe change"),
                                    ("stop", "Stop"),
                                    ("given", "Drug given"),
                                    ("fluid", "Fluid"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("drug", models.CharField(max_length=60)),
                        ("dose_mg", models.DecimalField(blank=True, decimal_places=3, max_digits=10, null=True)),
                        ("volume_ml", models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                        ("rate_ml_h", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        ("strength_mg_ml", models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True)),
                        ("route", models.CharField(blank=True, max_length=12)),
                        ("pump", models.CharField(blank=True, max_length=40)),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("ordered_end", "End of the order"),
                                    ("alarm", "Alarm"),
                                    ("stop_rule", "Stop rule"),
                                    ("emergency", "Emergency"),
                                    ("side_effect", "Side effect"),
                                    ("patient", "The patient asked"),
                                    ("line", "Line"),
                                    ("toilet", "Toilet"),
                                    ("handover", "Handover"),
                                    ("other", "Other"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=300)),
                        (
                            "dose_order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="treatment_sessions.doseorder",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="treatment_sessions.order",
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="treatment_sessions.preparation",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dose_order__isnull", False),
                                    models.Q(("action__in", ["given", "fluid"]), ("dose_order__isnull", True)),
                                    _connector="OR",
                                ),
                                name="drug_event_names_dose_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", "start"), _negated=True),
                                    models.Q(
                                        ("preparation__isnull", False),
                                        ("rate_ml_h__isnull", False),
                                        ("strength_mg_ml__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="drug_start_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action", "rate"), _negated=True),
                                    ("rate_ml_h__isnull", False),
                                    _connector="OR",
                                ),
                                name="drug_rate_has_rate",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("action__in", ["bolus", "fluid"]), _negated=True),
                                    ("volume_ml__isnull", False),
                                    _connector="OR",
                                ),
                                name="drug_bolus_has_volume",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("rate_ml_h__isnull", True), ("rate_ml_h__gte", 0), _connector="OR"),
                                name="drug_rate_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("volume_ml__isnull", True), ("volume_ml__gte", 0), _connector="OR"),
                                name="drug_volume_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("dose_mg__isnull", True), ("dose_mg__gt", 0), _connector="OR"),
                                name="drug_dose_above_zero",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PreparationSource",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("mg", models.DecimalField(decimal_places=3, max_digits=9)),
                        ("volume_ml", models.DecimalField(decimal_places=3, max_digits=8)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "container",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drawn_into",
                                to="treatment_sessions.container",
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sources",
                                to="treatment_sessions.preparation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("mg__gt", 0)), name="source_gives_something"),
                            models.UniqueConstraint(fields=("preparation", "container"), name="source_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecondCheck",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "occasion",
                            models.CharField(
                                choices=[("start", "start"), ("syringe", "syringe"), ("rate", "rate")], max_length=8
                            ),
                        ),
                        ("patient_read", models.CharField(max_length=160)),
                        ("strength_read", models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True)),
                        ("rate_read", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        ("volume_read", models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True)),
                        (
                            "rate_checked",
                            models.DecimalField(
                                decimal_places=2,
                                help_text="The computed rate it was compared with, mL/h.",
                                max_digits=7,
                            ),
                        ),
                        ("matched", models.BooleanField()),
                        ("mismatches", models.JSONField(blank=True, default=list)),
                        ("checked_at", models.DateTimeField()),
                        ("stand_in", models.CharField(blank=True, max_length=12)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "dose_order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_checks",
                                to="treatment_sessions.doseorder",
                            ),
                        ),
                        (
                            "drawn_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ordered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_checks",
                                to="treatment_sessions.preparation",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="second_checks",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["checked_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("stand_in", ""), _negated=True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("stand_in", ""),
                                        models.Q(("checked_by", models.F("ordered_by")), _negated=True),
                                        models.Q(("checked_by", models.F("drawn_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="second_check_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stand_in", "prescriber"), _negated=True),
                                    models.Q(("checked_by", models.F("ordered_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="second_check_never_own_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("matched", True), ("mismatches", [])),
                                    models.Q(("matched", False), models.Q(("mismatches", []), _negated=True)),
                                    _connector="OR",
                                ),
                                name="second_check_names_mismatch",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Discrepancy",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "expected_mg",
                            models.DecimalField(decimal_places=3, help_text="As the ledger stands.", max_digits=10),
                        ),
                        (
                            "found_mg",
                            models.DecimalField(decimal_places=3, help_text="As charted or counted.", max_digits=10),
                        ),
                        ("cause", models.CharField(max_length=200)),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        ("explanation", models.TextField(blank=True)),
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
                            "container",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discrepancies",
                                to="treatment_sessions.container",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discrepancies",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "opened_by",
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
                                related_name="discrepancies",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discrepancies",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="discrepancies",
                                to="treatment_sessions.preparation",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("charting", "Charted or read off wrong, the drug is accounted for"),
                                    ("measuring", "Measured wrong, or overfill of the container"),
                                    ("spilled", "Spilled or broken"),
                                    ("loss", "Loss or theft: cannot be accounted for"),
                                ],
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["opened_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="discrepancy_closed_at_and_by",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_at__isnull", True),
                                    models.Q(("witness__isnull", False), models.Q(("explanation", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="discrepancy_closed_with_witness",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", True),
                                    models.Q(("witness", models.F("closed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="discrepancy_witness_not_closer",
                            ),
                        ],
                        "verbose_name_plural": "discrepancies",
                    },
                ),
                migrations.CreateModel(
                    name="LedgerEntry",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("received", "received"),
                                    ("drawn", "drawn"),
                                    ("given", "given"),
                                    ("wasted", "wasted"),
                                    ("returned", "returned"),
                                    ("counted", "counted"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("mg", models.DecimalField(decimal_places=3, max_digits=10)),
                        ("volume_ml", models.DecimalField(blank=True, decimal_places=3, max_digits=8, null=True)),
                        ("computed_mg", models.DecimalField(blank=True, decimal_places=3, max_digits=10, null=True)),
                        ("posted_at", models.DateTimeField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("xact", clinic.models.base.Xid8Field(db_default=models.Func(function="pg_current_xact_id"))),
                        (
                            "container",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="treatment_sessions.container",
                            ),
                        ),
                        (
                            "discrepancy",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="adjustments",
                                to="treatment_sessions.discrepancy",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="treatment_sessions.entry",
                            ),
                        ),
                        (
                            "posted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="treatment_sessions.infusionsession",
                            ),
                        ),
                        (
                            "site",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ledger", to="clinic.site"
                            ),
                        ),
                        (
                            "witness",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "preparation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ledger",
                                to="treatment_sessions.preparation",
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                blank=True,
                                help_text="What this takes back.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_back",
                                to="treatment_sessions.ledgerentry",
                            ),
                        ),
                        (
                            "manner",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("rest", "Left over after use"),
                                    ("dead_space", "Dead space of line and connectors"),
                                    ("expired", "Expired or open too long"),
                                    ("broken", "Broken or spilled"),
                                    ("destroyed", "Destroyed, DEA form 41"),
                                    ("supplier", "Back to the supplier"),
                                    ("distributor", "To a reverse distributor"),
                                    ("site", "To another site"),
                                    ("found", "Found in the count"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "to_site",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.site",
                            ),
                        ),
                        (
                            "stock_count",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="treatment_sessions.stockcount",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["posted_at", "id"],
                        "indexes": [
                            models.Index(fields=["container", "posted_at"], name="ledger_of_container"),
                            models.Index(fields=["site", "posted_at"], name="ledger_of_site"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ("received", "drawn", "given", "wasted", "returned", "counted"))
                                ),
                                name="ledger_kind_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", True),
                                    models.Q(("witness", models.F("posted_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="ledger_witness_not_maker",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind__in", ["drawn", "given"]), _negated=True),
                                    ("preparation__isnull", False),
                                    _connector="OR",
                                ),
                                name="ledger_names_preparation",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mg__gt", 0),
                                    models.Q(("kind__in", ["counted", "given"]), ("mg", 0)),
                                    ("discrepancy__isnull", False),
                                    ("corrects__isnull", False),
                                    _connector="OR",
                                ),
                                name="ledger_mg_above_zero",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("witness__isnull", False),
                                    models.Q(
                                        models.Q(("kind__in", ["wasted", "returned", "counted"]), _negated=True),
                                        ("corrects__isnull", True),
                                        ("discrepancy__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ledger_witnessed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("corrects__isnull", True),
                                    models.Q(("mg__lt", 0), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="ledger_taken_back_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("to_site__isnull", True),
                                    models.Q(
                                        ("kind", "returned"),
                                        ("manner", "site"),
                                        models.Q(("to_site", models.F("site")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ledger_goes_to_another_site",
                            ),
                        ],
                        "verbose_name_plural": "ledger entries",
                    },
                ),
            ],
        ),
        clinic.together.Together(
            operations=[
                migrations.AddField(
                    model_name="Order",
                    name="extends",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="treatment_sessions.doseorder",
                    ),
                ),
                migrations.AddField(
                    model_name="Order",
                    name="minutes",
                    field=models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        help_text="Of an extension: so many minutes more.",
                        max_digits=6,
                        null=True,
                    ),
                ),
                migrations.AddField(
                    model_name="Order",
                    name="said_back",
                    field=models.CharField(
                        blank=True,
                        help_text="Of a verbal order: the sentence that was read back and confirmed.",
                        max_length=600,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="Order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("category", "extension"), _negated=True), ("extends__isnull", True)),
                            models.Q(
                                ("category", "extension"),
                                ("dose_mg__gt", 0),
                                ("extends__isnull", False),
                                ("minutes__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="order_extension_complete",
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="infusionsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."phase", \':\', NEW."phase") = ANY(\'{preparing:infusing,preparing:paused,preparing:observing,preparing:ended,infusing:paused,infusing:observing,infusing:ended,infusing:preparing,paused:infusing,paused:observing,paused:ended,paused:preparing,observing:infusing,observing:paused,observing:preparing,observing:ended}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."phase" IS DISTINCT FROM NEW."phase") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "phase" from "%" to "%" on table %\', OLD."phase", NEW."phase", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="a00f6b11bc3a55e8ba56b7eb40695c6d5db9d3fd",
                            operation="UPDATE",
                            pgid="pgtrigger_session_moves_a3176",
                            table="treatment_sessions_infusionsession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="infusionsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_signed_is_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL AND (OLD."phase" IS DISTINCT FROM (NEW."phase") OR OLD."ending" IS DISTINCT FROM (NEW."ending") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."protocol_version_id" IS DISTINCT FROM (NEW."protocol_version_id")))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9d89685db01459b38be14928a580e867676e8f78",
                            operation="UPDATE",
                            pgid="pgtrigger_session_signed_is_locked_e3c15",
                            table="treatment_sessions_infusionsession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="infusionsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="session_belongs_for_good",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."appointment_id" IS DISTINCT FROM (NEW."appointment_id") OR OLD."protocol_version_id" IS DISTINCT FROM (NEW."protocol_version_id"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f50f6fc23626d5d4e93b285aca57de400a429421",
                            operation="UPDATE",
                            pgid="pgtrigger_session_belongs_for_good_0a7b4",
                            table="treatment_sessions_infusionsession",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="infusionsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_infusionsessionevent" ("appointment_id", "chair_id", "checked_in_at", "checked_in_by_id", "course_id", "ended_at", "ended_by_id", "ending", "id", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "protocol_version_id", "responsible_nurse_id", "responsible_prescriber_id", "signed_at", "signed_by_id", "site_id", "started_at", "stopped_at") VALUES (NEW."appointment_id", NEW."chair_id", NEW."checked_in_at", NEW."checked_in_by_id", NEW."course_id", NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."id", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phase", NEW."protocol_version_id", NEW."responsible_nurse_id", NEW."responsible_prescriber_id", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."stopped_at"); RETURN NULL;',
                            hash="5303cd5f7d31d71a656620a687fda9bee982b7e5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d22cd",
                            table="treatment_sessions_infusionsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="infusionsession",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."appointment_id" IS DISTINCT FROM (NEW."appointment_id") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."checked_in_at" IS DISTINCT FROM (NEW."checked_in_at") OR OLD."checked_in_by_id" IS DISTINCT FROM (NEW."checked_in_by_id") OR OLD."course_id" IS DISTINCT FROM (NEW."course_id") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."ended_by_id" IS DISTINCT FROM (NEW."ended_by_id") OR OLD."ending" IS DISTINCT FROM (NEW."ending") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."patient_id" IS DISTINCT FROM (NEW."patient_id") OR OLD."phase" IS DISTINCT FROM (NEW."phase") OR OLD."protocol_version_id" IS DISTINCT FROM (NEW."protocol_version_id") OR OLD."responsible_nurse_id" IS DISTINCT FROM (NEW."responsible_nurse_id") OR OLD."responsible_prescriber_id" IS DISTINCT FROM (NEW."responsible_prescriber_id") OR OLD."signed_at" IS DISTINCT FROM (NEW."signed_at") OR OLD."signed_by_id" IS DISTINCT FROM (NEW."signed_by_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."stopped_at" IS DISTINCT FROM (NEW."stopped_at"))',
                            func='INSERT INTO "treatment_sessions_infusionsessionevent" ("appointment_id", "chair_id", "checked_in_at", "checked_in_by_id", "course_id", "ended_at", "ended_by_id", "ending", "id", "number", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phase", "protocol_version_id", "responsible_nurse_id", "responsible_prescriber_id", "signed_at", "signed_by_id", "site_id", "started_at", "stopped_at") VALUES (NEW."appointment_id", NEW."chair_id", NEW."checked_in_at", NEW."checked_in_by_id", NEW."course_id", NEW."ended_at", NEW."ended_by_id", NEW."ending", NEW."id", NEW."number", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phase", NEW."protocol_version_id", NEW."responsible_nurse_id", NEW."responsible_prescriber_id", NEW."signed_at", NEW."signed_by_id", NEW."site_id", NEW."started_at", NEW."stopped_at"); RETURN NULL;',
                            hash="61a2ba561016985b0aa9e4ff7e646f4cf3896b33",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_be7fc",
                            table="treatment_sessions_infusionsession",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="entry_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="22a8cfe1910032b86d68ce0e65731f4d34518ebe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_entry_stays_9647a",
                            table="treatment_sessions_entry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="entry_supersedes_in_session",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NEW.supersedes_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM treatment_sessions_entry e WHERE e.id = NEW.supersedes_id AND e.session_id = NEW.session_id\n          AND e.kind = NEW.kind AND e.role <> 'strike') THEN\n      RAISE EXCEPTION 'entry_supersedes_in_session: a correction stays within its session and kind';\n    END IF;\n    RETURN NEW;\n",
                            hash="0fd0bdc583545021c0cae41c48e17826cc817e88",
                            operation="INSERT",
                            pgid="pgtrigger_entry_supersedes_in_session_bbdc4",
                            table="treatment_sessions_entry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="entry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="entry_after_signature",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n    IF NOT NEW.after_signature AND EXISTS (\n        SELECT 1 FROM treatment_sessions_signature s WHERE s.session_id = NEW.session_id) THEN\n      RAISE EXCEPTION 'entry_after_signature: the chart is signed';\n    END IF;\n    RETURN NEW;\n",
                            hash="39a053c9f7b00c70c3f6a6e2bc859f9dc6da5b4a",
                            operation="INSERT",
                            pgid="pgtrigger_entry_after_signature_887d7",
                            table="treatment_sessions_entry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="weightentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="weight_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0659e0d47389ccb5f2abc1e29b9e07da82695beb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_weight_stays_9d074",
                            table="treatment_sessions_weightentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vitalsreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="vitals_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="623f48247c88865f26f1202055fcc31728264ccb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_vitals_stay_72a62",
                            table="treatment_sessions_vitalsreading",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="vitalsreading",
                    trigger=pgtrigger.compiler.Trigger(
                        name="vitals_baseline_named",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."baseline")',
                            func="\n    INSERT INTO treatment_sessions_baselineset (entry_id, session_id)\n      SELECT e.id, e.session_id FROM treatment_sessions_entry e WHERE e.id = NEW.entry_id;\n    IF NOT FOUND THEN\n      RAISE EXCEPTION 'vitals_baseline_named: a baseline belongs to an entry of a session';\n    END IF;\n    RETURN NEW;\n",
                            hash="1cd86e4d9c7f972a4e339d34bc7fcccc08a561be",
                            operation="INSERT",
                            pgid="pgtrigger_vitals_baseline_named_4f962",
                            table="treatment_sessions_vitalsreading",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="order_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="d9dc4f0ef286187218b581bb51334bca1558893f",
                            operation="DELETE",
                            pgid="pgtrigger_order_stays_a83fd",
                            table="treatment_sessions_order",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="order",
                    trigger=pgtrigger.compiler.Trigger(
                        name="order_words_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."category" IS DISTINCT FROM (NEW."category") OR OLD."condition" IS DISTINCT FROM (NEW."condition") OR OLD."cosign_due_at" IS DISTINCT FROM (NEW."cosign_due_at") OR OLD."dose_mg" IS DISTINCT FROM (NEW."dose_mg") OR OLD."drug" IS DISTINCT FROM (NEW."drug") OR OLD."extends_id" IS DISTINCT FROM (NEW."extends_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."interval_minutes" IS DISTINCT FROM (NEW."interval_minutes") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."max_doses" IS DISTINCT FROM (NEW."max_doses") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."ordered_at" IS DISTINCT FROM (NEW."ordered_at") OR OLD."ordered_by_id" IS DISTINCT FROM (NEW."ordered_by_id") OR OLD."rate_ml_h" IS DISTINCT FROM (NEW."rate_ml_h") OR OLD."read_back" IS DISTINCT FROM (NEW."read_back") OR OLD."route" IS DISTINCT FROM (NEW."route") OR OLD."said_back" IS DISTINCT FROM (NEW."said_back") OR OLD."session_id" IS DISTINCT FROM (NEW."session_id") OR OLD."standing_order_id" IS DISTINCT FROM (NEW."standing_order_id") OR OLD."taken_by_id" IS DISTINCT FROM (NEW."taken_by_id") OR OLD."text" IS DISTINCT FROM (NEW."text"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f67975252b3dd4fc07f36b365239e3a110797a3f",
                            operation="UPDATE",
                            pgid="pgtrigger_order_words_stay_9f813",
                            table="treatment_sessions_order",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="doseorder",
                    trigger=pgtrigger.compiler.Trigger(
                        name="dose_order_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="412da76bd67932a658ee36fd1823fdc36d30665f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_dose_order_stays_fc879",
                            table="treatment_sessions_doseorder",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="preparation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="preparation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="600262944ffb6b23aba1cca75aa600aee4b0e6c4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_preparation_stays_aa50b",
                            table="treatment_sessions_preparation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="drugevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="drug_event_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5f1c3e38344c4218e734576804ba41c8e8254d68",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_drug_event_stays_28ec1",
                            table="treatment_sessions_drugevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="oxygenevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="oxygen_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cfa9b79448f77a5dd5469ebe38be03ab4b234c0a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_oxygen_stays_5dc98",
                            table="treatment_sessions_oxygenevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="lineentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="line_entry_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="baca2ff95bb9e28b0149b602412c5fddd6302c30",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_line_entry_stays_01ee7",
                            table="treatment_sessions_lineentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sideeffect",
                    trigger=pgtrigger.compiler.Trigger(
                        name="side_effect_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0f032ba0c9ff110163bb0a512857fac509c714b7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_side_effect_stays_6e59a",
                            table="treatment_sessions_sideeffect",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="scoreentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="score_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0865c2451e25bd1f46be9e53fc9bac69c7a4245e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_score_stays_94cb4",
                            table="treatment_sessions_scoreentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alarmraised",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alarm_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="60a2614b23d97e0a3f549ecb01f5b89d44c096aa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_alarm_stays_b73a9",
                            table="treatment_sessions_alarmraised",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="alarmanswered",
                    trigger=pgtrigger.compiler.Trigger(
                        name="alarm_answer_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c97bb5c40231f87a20668a3f4b0cb81ebdb90962",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_alarm_answer_stays_51bc6",
                            table="treatment_sessions_alarmanswered",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="emergencyevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="emergency_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a956cc7bdda39de3ddb5b24ae6098f997cf5d451",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_emergency_stays_3e04e",
                            table="treatment_sessions_emergencyevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="sessionnote",
                    trigger=pgtrigger.compiler.Trigger(
                        name="note_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="302b61e71ad97e23d5e212d754b3da9ae9756502",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_note_stays_31863",
                            table="treatment_sessions_sessionnote",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="container",
                    trigger=pgtrigger.compiler.Trigger(
                        name="container_moves",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{sealed:open,sealed:empty,sealed:discarded,sealed:returned,open:empty,open:discarded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="aba88e586bf7f69b8ccb4e4f8c72032dbee4f7cc",
                            operation="UPDATE",
                            pgid="pgtrigger_container_moves_ee194",
                            table="treatment_sessions_container",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="preparationsource",
                    trigger=pgtrigger.compiler.Trigger(
                        name="preparation_source_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a4309271495d6a0392ae186951b0151d606dad4d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_preparation_source_stays_6cbdb",
                            table="treatment_sessions_preparationsource",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="secondcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="second_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="01086b4c3c0ec2e78f62c8735611ece920a17b8e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_second_check_stays_bb783",
                            table="treatment_sessions_secondcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="discrepancy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discrepancy_closed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."closed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a11eee00864a76749af1f9c88e261bc3776406f3",
                            operation="UPDATE",
                            pgid="pgtrigger_discrepancy_closed_stays_d9b81",
                            table="treatment_sessions_discrepancy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="discrepancy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discrepancy_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="d7dbd1d96afa6232dd1d155428e43c4d136676bd",
                            operation="DELETE",
                            pgid="pgtrigger_discrepancy_stays_6d308",
                            table="treatment_sessions_discrepancy",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ledgerentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ledger_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="634153c5adeef631092cbbbd07513a0d2f246186",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_ledger_stays_c4822",
                            table="treatment_sessions_ledgerentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="handover",
                    trigger=pgtrigger.compiler.Trigger(
                        name="handover_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e3c1f15c0655fc22d180f0a59e570373e71566c5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_handover_stays_a248d",
                            table="treatment_sessions_handover",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="checkanswer",
                    trigger=pgtrigger.compiler.Trigger(
                        name="check_answer_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="54c5f574ec35c7839865d4255022cd9561e8237b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_check_answer_stays_d079d",
                            table="treatment_sessions_checkanswer",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="ending",
                    trigger=pgtrigger.compiler.Trigger(
                        name="ending_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="26f79d8f8b619afb77f1424653ff41b725e76809",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_ending_stays_451cf",
                            table="treatment_sessions_ending",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="signature",
                    trigger=pgtrigger.compiler.Trigger(
                        name="chart_signature_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="acb62c988644545ba8510cd76dd760208a455297",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_chart_signature_stays_db0d1",
                            table="treatment_sessions_signature",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="addendum",
                    trigger=pgtrigger.compiler.Trigger(
                        name="addendum_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b76c1fb54b20153182dbe1430dff4c05a34a014c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_addendum_stays_981bb",
                            table="treatment_sessions_addendum",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="addendum",
                    trigger=pgtrigger.compiler.Trigger(
                        name="addendum_to_signed_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n                    IF NOT EXISTS (SELECT 1 FROM treatment_sessions_signature WHERE session_id = NEW.session_id) THEN\n                      RAISE EXCEPTION 'addendum_to_signed_only: the chart is not signed yet';\n                    END IF;\n                    RETURN NEW;\n                ",
                            hash="bc3d0017011e72b2193a6ab648bbb27bc6793f8c",
                            operation="INSERT",
                            pgid="pgtrigger_addendum_to_signed_only_53a70",
                            table="treatment_sessions_addendum",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="device",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_deviceevent" ("bed", "chair_id", "confirmed_at", "confirmed_by_id", "first_heard_at", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "sender", "site_id", "unit") VALUES (NEW."bed", NEW."chair_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."first_heard_at", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."sender", NEW."site_id", NEW."unit"); RETURN NULL;',
                            hash="aa2dec0f506c3b2d244ca2ed5a7becdbe4cbae71",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_528fc",
                            table="treatment_sessions_device",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="device",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."bed" IS DISTINCT FROM (NEW."bed") OR OLD."chair_id" IS DISTINCT FROM (NEW."chair_id") OR OLD."confirmed_at" IS DISTINCT FROM (NEW."confirmed_at") OR OLD."confirmed_by_id" IS DISTINCT FROM (NEW."confirmed_by_id") OR OLD."first_heard_at" IS DISTINCT FROM (NEW."first_heard_at") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."label" IS DISTINCT FROM (NEW."label") OR OLD."retired_at" IS DISTINCT FROM (NEW."retired_at") OR OLD."retired_by_id" IS DISTINCT FROM (NEW."retired_by_id") OR OLD."sender" IS DISTINCT FROM (NEW."sender") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."unit" IS DISTINCT FROM (NEW."unit"))',
                            func='INSERT INTO "treatment_sessions_deviceevent" ("bed", "chair_id", "confirmed_at", "confirmed_by_id", "first_heard_at", "id", "label", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "sender", "site_id", "unit") VALUES (NEW."bed", NEW."chair_id", NEW."confirmed_at", NEW."confirmed_by_id", NEW."first_heard_at", NEW."id", NEW."label", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."sender", NEW."site_id", NEW."unit"); RETURN NULL;',
                            hash="87d5dd811bc52a57be08880c779a45ed35dbb728",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b4a4f",
                            table="treatment_sessions_device",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="rawmessage",
                    trigger=pgtrigger.compiler.Trigger(
                        name="raw_message_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="25cbd11e19e531b4d5fa9c4091fe0f10a0cc396b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_raw_message_stays_8127f",
                            table="treatment_sessions_rawmessage",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="monitorsample",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sample_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="568def39cbcc3503cbee3998646a84a325c5f7d5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_sample_stays_cf96d",
                            table="treatment_sessions_monitorsample",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="acceptedsample",
                    trigger=pgtrigger.compiler.Trigger(
                        name="accepted_sample_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="72dc168f7814b7f3b7a97eb6762a9db4e9df30fe",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_accepted_sample_stays_6483c",
                            table="treatment_sessions_acceptedsample",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dayclose",
                    trigger=pgtrigger.compiler.Trigger(
                        name="day_close_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e631b40b1518706244310ec0b58a89c15edbbea",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_day_close_stays_61d56",
                            table="treatment_sessions_dayclose",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="delivery",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delivery_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2a429ee333066587813b7e896c7b90e186370072",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_delivery_stays_1ce90",
                            table="treatment_sessions_delivery",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="downtimepack",
                    trigger=pgtrigger.compiler.Trigger(
                        name="downtime_pack_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="44c5f979c4eb803fc7522e4c3b12a42b0dc24a06",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_downtime_pack_stays_b1ace",
                            table="treatment_sessions_downtimepack",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="paperline",
                    trigger=pgtrigger.compiler.Trigger(
                        name="paper_line_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a2fd0e0ccf3d5477a4a785f59e262c46869fe532",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_paper_line_stays_4ecbb",
                            table="treatment_sessions_paperline",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="papersheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="paper_sheet_signed_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fe697276061863f887a593b1fa3fe4a9d3d84dcb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_paper_sheet_signed_stays_36577",
                            table="treatment_sessions_papersheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="stockcount",
                    trigger=pgtrigger.compiler.Trigger(
                        name="stock_count_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ba7144851e62750cdb50b3b4ff413c467f1b47dc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_stock_count_stays_86dc1",
                            table="treatment_sessions_stockcount",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercaretext",
                    trigger=pgtrigger.compiler.Trigger(
                        name="aftercare_text_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."published_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="983439003b03f333d966805fbabf6062e705814b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_aftercare_text_frozen_e736d",
                            table="treatment_sessions_aftercaretext",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercaresheet",
                    trigger=pgtrigger.compiler.Trigger(
                        name="aftercare_sheet_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="509081569a959d70570c68af9d53a3310f82f6be",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_aftercare_sheet_stays_c29a1",
                            table="treatment_sessions_aftercaresheet",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dischargerequest",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discharge_request_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="29ee249f001a252a815214fb588479938df75010",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_discharge_request_stays_d0090",
                            table="treatment_sessions_dischargerequest",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="dischargedecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="discharge_decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="eaabcd9a3fbfefadd49b6899fb1f5a3ead692eef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_discharge_decision_stays_8e505",
                            table="treatment_sessions_dischargedecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="eventfollowup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="event_follow_up_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c2c7a2400923d97bcade37e36f6b66663a4697fb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_event_follow_up_stays_54568",
                            table="treatment_sessions_eventfollowup",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="adverse_report_locked",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."signed_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="4b740776ebc73972e4c4b7c9ecf63e79b56d3c30",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_adverse_report_locked_13736",
                            table="treatment_sessions_adversereport",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_adversereportevent" ("action_taken", "criteria", "due_at", "entry_id", "facts", "history", "id", "narrative", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "relatedness", "session_id", "signed_at", "signed_by_id", "tests", "told", "told_reference", "version") VALUES (NEW."action_taken", NEW."criteria", NEW."due_at", NEW."entry_id", NEW."facts", NEW."history", NEW."id", NEW."narrative", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."printed_name", NEW."relatedness", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."tests", NEW."told", NEW."told_reference", NEW."version"); RETURN NULL;',
                            hash="0d6fee9d3141e10b32c50bb8ac59c4a9c3962309",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f1c4d",
                            table="treatment_sessions_adversereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="adversereport",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessions_adversereportevent" ("action_taken", "criteria", "due_at", "entry_id", "facts", "history", "id", "narrative", "opened_at", "opened_by_id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "printed_name", "relatedness", "session_id", "signed_at", "signed_by_id", "tests", "told", "told_reference", "version") VALUES (NEW."action_taken", NEW."criteria", NEW."due_at", NEW."entry_id", NEW."facts", NEW."history", NEW."id", NEW."narrative", NEW."opened_at", NEW."opened_by_id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."printed_name", NEW."relatedness", NEW."session_id", NEW."signed_at", NEW."signed_by_id", NEW."tests", NEW."told", NEW."told_reference", NEW."version"); RETURN NULL;',
                            hash="dc853efff4b556c4da3d3aea5eb07a531cc131a4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91520",
                            table="treatment_sessions_adversereport",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="drugdecision",
                    trigger=pgtrigger.compiler.Trigger(
                        name="drug_decision_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5e5c0e864e834de57fac6f072edbb8d00a0937d4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_drug_decision_stays_2d638",
                            table="treatment_sessions_drugdecision",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="equipmentcheck",
                    trigger=pgtrigger.compiler.Trigger(
                        name="equipment_check_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c61b2fb19e44fcf035295661eaa5c1022d39fb4b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_equipment_check_stays_aa109",
                            table="treatment_sessions_equipmentcheck",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="held_settled_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."settled_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="e2be87bc38972db613fb3585f761d75313fc14e3",
                            operation="UPDATE",
                            pgid="pgtrigger_held_settled_stays_6116d",
                            table="treatment_sessions_heldentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="held_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="c386132172cfc06afb0a8b3e7ad974a19800be9d",
                            operation="DELETE",
                            pgid="pgtrigger_held_stays_c886d",
                            table="treatment_sessions_heldentry",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "treatment_sessions_heldentryevent" ("author_id", "body_hash", "clock_offset_s", "door", "entry_id", "fields", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "received_at", "sent_by_id", "session_id", "settled_at", "settled_by_id", "tablet", "tablet_at", "ticket", "words", "written_at") VALUES (NEW."author_id", NEW."body_hash", NEW."clock_offset_s", NEW."door", NEW."entry_id", NEW."fields", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reasons", NEW."received_at", NEW."sent_by_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."tablet", NEW."tablet_at", NEW."ticket", NEW."words", NEW."written_at"); RETURN NULL;',
                            hash="feade49ac4e7048d78fa8d5bb2b72d0c9ade9cdf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_314c3",
                            table="treatment_sessions_heldentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="heldentry",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "treatment_sessions_heldentryevent" ("author_id", "body_hash", "clock_offset_s", "door", "entry_id", "fields", "id", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reasons", "received_at", "sent_by_id", "session_id", "settled_at", "settled_by_id", "tablet", "tablet_at", "ticket", "words", "written_at") VALUES (NEW."author_id", NEW."body_hash", NEW."clock_offset_s", NEW."door", NEW."entry_id", NEW."fields", NEW."id", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reasons", NEW."received_at", NEW."sent_by_id", NEW."session_id", NEW."settled_at", NEW."settled_by_id", NEW."tablet", NEW."tablet_at", NEW."ticket", NEW."words", NEW."written_at"); RETURN NULL;',
                            hash="c9f6916b021f7a53e40ec8afe804b61ea0538c57",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5dc89",
                            table="treatment_sessions_heldentry",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reconciliation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="reconciliation_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="124f0f012a8da55e643ec023a8e058263315fb5f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_reconciliation_stays_8011c",
                            table="treatment_sessions_reconciliation",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="monitorlook",
                    trigger=pgtrigger.compiler.Trigger(
                        name="monitor_look_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ec55827f87cb8374e286eaf1558c853a3f06805e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_monitor_look_stays_7dd1e",
                            table="treatment_sessions_monitorlook",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="baselineset",
                    trigger=pgtrigger.compiler.Trigger(
                        name="baseline_set_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="21366ef405e2a46fba7707342b173c4adfa7a186",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_baseline_set_stays_f721b",
                            table="treatment_sessions_baselineset",
                            when="BEFORE",
                        ),
                    ),
                ),
            ],
        ),
    ]
