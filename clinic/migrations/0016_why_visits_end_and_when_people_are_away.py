"""Why a visit did not take place; who is away, called off rather than deleted; days with hours of their own."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.together


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0015_vitals_overdue_and_alarms"),
    ]

    operations = [
        clinic.together.Together(
            operations=[
                pgtrigger.migrations.RemoveTrigger(
                    model_name="appointment",
                    name="insert_insert",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="appointment",
                    name="update_update",
                ),
                migrations.RemoveConstraint(
                    model_name="staffabsence",
                    name="absence_no_overlap",
                ),
                migrations.AddField(
                    model_name="appointment",
                    name="end_code",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="appointmentevent",
                    name="end_code",
                    field=models.CharField(
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
                migrations.AddField(
                    model_name="closedday",
                    name="closes",
                    field=models.TimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="closedday",
                    name="opens",
                    field=models.TimeField(blank=True, help_text="Both times empty: closed all day.", null=True),
                ),
                migrations.AddField(
                    model_name="staffabsence",
                    name="called_off_at",
                    field=models.DateTimeField(blank=True, null=True),
                ),
                migrations.AddField(
                    model_name="staffabsence",
                    name="called_off_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    model_name="staffabsence",
                    name="kind",
                    field=models.CharField(
                        choices=[("leave", "Leave"), ("ill", "Ill"), ("training", "Training"), ("other", "Other")],
                        default="other",
                        max_length=8,
                    ),
                ),
                migrations.AddField(
                    model_name="staffabsence",
                    name="noted_at",
                    field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
                migrations.AddField(
                    model_name="staffabsence",
                    name="noted_by",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                migrations.AddConstraint(
                    model_name="appointment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("end_code", ""), ("state__in", ["cancelled", "no_show"]), _connector="OR"),
                        name="appointment_end_code_of_an_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="closedday",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closes__isnull", True), ("opens__isnull", True)),
                            models.Q(
                                ("closes__gt", models.F("opens")), ("closes__isnull", False), ("opens__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="closed_day_hours_both_or_neither",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffabsence",
                    constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("called_off_at__isnull", True)),
                        expressions=[("user", "="), ("during", "&&")],
                        name="absence_no_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="staffabsence",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_off_at__isnull", True), ("called_off_by__isnull", True)),
                            models.Q(("called_off_at__isnull", False), ("called_off_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="absence_called_off_at_and_by",
                    ),
                ),
            ]
        )
    ]
