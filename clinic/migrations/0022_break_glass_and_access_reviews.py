"""Emergency looks, the queue of access to review, and the checks of who has access."""

import uuid

import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0021_a_patient_has_written"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="access_checks", to="clinic.site"
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_at"],
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
            ],
            options={
                "ordering": ["-raised_at"],
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="broken_glass", to="clinic.patient"
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
        migrations.AddField(
            model_name="accessreview",
            name="glass",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="review",
                to="clinic.breakglass",
            ),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="ending", to="clinic.breakglass"
                    ),
                ),
            ],
            options={
                "ordering": ["-ended_at"],
            },
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
        migrations.AddIndex(
            model_name="breakglass",
            index=models.Index(fields=["user", "-opened_at"], name="break_glass_by_user"),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="break_glass_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="breakglass",
            constraint=models.CheckConstraint(
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
        migrations.AddIndex(
            model_name="accessreview",
            index=models.Index(
                condition=models.Q(("state", "settled"), _negated=True),
                fields=["site", "due_at"],
                name="access_review_open_by_site",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "taken", "settled"])), name="access_review_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                    _connector="OR",
                ),
                name="access_review_taken_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                    _connector="OR",
                ),
                name="access_review_settled_at_and_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="accessreview",
            constraint=models.CheckConstraint(
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
    ]
