"""The route an unanswered alert takes, who was told of it, and what became known later; what a site says in a crisis."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.base
from clinic.together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0007_letter_texts_and_questions_sent_back"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="alert",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="alert",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="message",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_one_recipient",
        ),
        migrations.AddField(
            model_name="alert",
            name="code",
            field=models.CharField(
                blank=True, help_text="The question that was answered, where it was one.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="value",
            field=models.SmallIntegerField(blank=True, help_text="The answer to it: a higher one is worse.", null=True),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="code",
            field=models.CharField(
                blank=True, help_text="The question that was answered, where it was one.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="alertevent",
            name="value",
            field=models.SmallIntegerField(blank=True, help_text="The answer to it: a higher one is worse.", null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="outside",
            field=models.CharField(
                blank=True,
                help_text="Name of somebody who is neither patient nor staff; the address is fixed.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="messageevent",
            name="outside",
            field=models.CharField(
                blank=True,
                help_text="Name of somebody who is neither patient nor staff; the address is fixed.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="sitepolicy",
            name="crisis_text_phone",
            field=models.CharField(
                blank=True, default="988", help_text="The same by text message. Empty: no such button.", max_length=40
            ),
        ),
        migrations.AddField(
            model_name="sitepolicy",
            name="crisis_words",
            field=models.CharField(
                blank=True,
                help_text="A sentence of your own beside these numbers, as patients read it.",
                max_length=300,
            ),
        ),
        migrations.AddField(
            model_name="sitepolicy",
            name="crisis_words_es",
            field=models.CharField(
                blank=True,
                help_text="Without it, readers of Spanish see none.",
                max_length=300,
                verbose_name="crisis words in Spanish",
            ),
        ),
        migrations.AddField(
            model_name="sitepolicy",
            name="emergency_phone",
            field=models.CharField(default="911", help_text="When a life is in danger.", max_length=40),
        ),
        migrations.AlterField(
            model_name="sitepolicy",
            name="crisis_phone",
            field=models.CharField(
                default="988", help_text="Patients are told to call this in a crisis, day or night.", max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="sitepolicy",
            name="out_of_hours_phone",
            field=models.CharField(
                blank=True, help_text="Whom staff calls out of hours; shown on the page of an alert.", max_length=40
            ),
        ),
        migrations.AlterField(
            model_name="sitepolicy",
            name="out_of_hours_words",
            field=models.CharField(
                blank=True,
                help_text="For staff: what happens out of hours; shown on the page of an alert.",
                max_length=200,
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
            model_name="message",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                    hash="1bb370719b87420de9c36167595bdddebb8b1b51",
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
                    func='INSERT INTO "clinic_messageevent" ("address", "attempts", "channel", "choice_kind", "claimed_at", "claimed_by", "context", "dedupe_key", "due_at", "expires_at", "id", "kind", "last_error", "next_attempt_at", "outside", "patient_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "provider_id", "queued_at", "queued_by_id", "representative_id", "resolved_at", "resolved_by_id", "sent_at", "site_id", "state", "subject_id", "subject_kind", "text_id", "user_id") VALUES (NEW."address", NEW."attempts", NEW."channel", NEW."choice_kind", NEW."claimed_at", NEW."claimed_by", NEW."context", NEW."dedupe_key", NEW."due_at", NEW."expires_at", NEW."id", NEW."kind", NEW."last_error", NEW."next_attempt_at", NEW."outside", NEW."patient_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."provider_id", NEW."queued_at", NEW."queued_by_id", NEW."representative_id", NEW."resolved_at", NEW."resolved_by_id", NEW."sent_at", NEW."site_id", NEW."state", NEW."subject_id", NEW."subject_kind", NEW."text_id", NEW."user_id"); RETURN NULL;',
                    hash="aac6dac2f5810b8c3d6c1bbd53aaea45c5810e23",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f58f2",
                    table="clinic_message",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
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
        ),
        Together(
            [
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
                            ),
                        ],
                        "ordering": ["-set_at"],
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
                            ),
                        ],
                        "ordering": ["sent_at"],
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
            ]
        ),
    ]
