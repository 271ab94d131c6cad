"""Reminders after a visit too, for some visits only, by one way or both; plans know the zone they were made in."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0017_what_is_heard_back"),
        ("followup", "0004_spoken_language"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                migrations.AlterModelOptions(
                    name="reminderrule",
                    options={"ordering": ["-side", "-days", "-hours", "slot"]},
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reminderrule",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="reminderrule",
                    name="update_update",
                ),
                migrations.AddField(
                    model_name="reminderplan",
                    name="zone_name",
                    field=models.CharField(
                        blank=True,
                        help_text="The zone the times were worked out in.",
                        max_length=64,
                        verbose_name="the patient's own time zone",
                    ),
                ),
                migrations.AddField(
                    model_name="reminderrule",
                    name="only",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="reminderrule",
                    name="side",
                    field=models.CharField(
                        choices=[("before", "Before the visit"), ("after", "After the visit")],
                        default="before",
                        max_length=6,
                        verbose_name="when",
                    ),
                ),
                migrations.AddField(
                    model_name="reminderrule",
                    name="way",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="reminderruleevent",
                    name="only",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="reminderruleevent",
                    name="side",
                    field=models.CharField(
                        choices=[("before", "Before the visit"), ("after", "After the visit")],
                        default="before",
                        max_length=6,
                        verbose_name="when",
                    ),
                ),
                migrations.AddField(
                    model_name="reminderruleevent",
                    name="way",
                    field=models.CharField(
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
                migrations.AlterField(
                    model_name="reminderrule",
                    name="at",
                    field=models.TimeField(
                        blank=True, help_text="On the patient's own clock.", null=True, verbose_name="local time"
                    ),
                ),
                migrations.AlterField(
                    model_name="reminderrule",
                    name="how",
                    field=models.CharField(
                        choices=[
                            ("elapsed", "Hours"),
                            ("wall", "Days, at the visit's hour"),
                            ("local_time", "Days, at a local time"),
                        ],
                        max_length=12,
                        verbose_name="counted in",
                    ),
                ),
                migrations.AlterField(
                    model_name="reminderrule",
                    name="message_kind",
                    field=models.CharField(max_length=30, verbose_name="message"),
                ),
                migrations.AlterField(
                    model_name="reminderruleevent",
                    name="at",
                    field=models.TimeField(
                        blank=True, help_text="On the patient's own clock.", null=True, verbose_name="local time"
                    ),
                ),
                migrations.AlterField(
                    model_name="reminderruleevent",
                    name="how",
                    field=models.CharField(
                        choices=[
                            ("elapsed", "Hours"),
                            ("wall", "Days, at the visit's hour"),
                            ("local_time", "Days, at a local time"),
                        ],
                        max_length=12,
                        verbose_name="counted in",
                    ),
                ),
                migrations.AlterField(
                    model_name="reminderruleevent",
                    name="message_kind",
                    field=models.CharField(max_length=30, verbose_name="message"),
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
                migrations.AddConstraint(
                    model_name="reminderrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("only__in", ["", "unconfirmed", "unanswered"]), ("side", "before")),
                            models.Q(("only__in", ["came", "missed"]), ("side", "after")),
                            _connector="OR",
                        ),
                        name="reminder_rule_only_fits_its_side",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reminderrule",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("days__lte", 60), ("hours__lte", 240)),
                        name="reminder_rule_within_sixty_days",
                    ),
                ),
            ],
        ),
    ]
