import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0020_doors_to_offers_and_own_page"),
        ("followup", "0007_booked_boosters_adjuncts_and_progress_letters"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="waitlistentry",
                    name="waitlist_moves",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="waitlistentry",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="waitlistentry",
                    name="update_update",
                ),
                migrations.RemoveConstraint(
                    model_name="waitlistentry",
                    name="waitlist_known",
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
                migrations.AddField(
                    model_name="waitlistentry",
                    name="appointment",
                    field=models.ForeignKey(
                        blank=True,
                        help_text="The visit that would be moved; empty: a new one is booked.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="waitlist",
                        to="clinic.appointment",
                    ),
                ),
                migrations.AddField(
                    model_name="waitlistentry",
                    name="ended_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="waitlistentry",
                    name="ended_why",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="waitlistentry",
                    name="note",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="waitlistentry",
                    name="notice_hours",
                    field=models.PositiveSmallIntegerField(
                        default=4, help_text="How long before a visit they must know."
                    ),
                ),
                migrations.AddField(
                    model_name="waitlistentryevent",
                    name="appointment",
                    field=models.ForeignKey(
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
                migrations.AddField(
                    model_name="waitlistentryevent",
                    name="ended_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="waitlistentryevent",
                    name="ended_why",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="waitlistentryevent",
                    name="note",
                    field=models.CharField(blank=True, max_length=200),
                ),
                migrations.AddField(
                    model_name="waitlistentryevent",
                    name="notice_hours",
                    field=models.PositiveSmallIntegerField(
                        default=4, help_text="How long before a visit they must know."
                    ),
                ),
                migrations.AlterField(
                    model_name="waitlistentry",
                    name="state",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="waitlistentryevent",
                    name="state",
                    field=models.CharField(
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
                migrations.AddIndex(
                    model_name="waitlistentry",
                    index=models.Index(
                        condition=models.Q(("state", "waiting")), fields=["site", "added_at"], name="waitlist_waiting"
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
                migrations.AddConstraint(
                    model_name="waitlistentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "booked", "withdrawn", "expired"])),
                        name="waitlist_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="waitlistentry",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("patient", "site", "kind", "appointment"),
                        name="waitlist_waits_once",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="waitlistentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "waiting")),
                            models.Q(models.Q(("state", "waiting"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="waitlist_ended_has_time",
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
            ],
        ),
    ]
