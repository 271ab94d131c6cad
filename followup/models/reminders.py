"""When patients are reminded: the clinic's rules, and for which version of a visit they have been worked out."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models import Appointment
from clinic.models.base import SAFE, Row


@pghistory.track()
class ReminderRule(Row):
    """One message before or after a visit: so many hours, days at the visit's hour, or days at a local time."""

    SIDES = [("before", "Before the visit"), ("after", "After the visit")]
    HOW = [("elapsed", "Hours"), ("wall", "Days, at the visit's hour"), ("local_time", "Days, at a local time")]
    BEFORE_ONLY, AFTER_ONLY = ("", "unconfirmed", "unanswered"), ("came", "missed")
    ONLY = [
        ("", "Every visit"),
        ("unconfirmed", "Not confirmed yet"),
        ("unanswered", "Questions before the visit not answered yet"),
        ("came", "The patient came"),
        ("missed", "The patient did not come"),
    ]
    WAYS = [
        ("", "As the patient chose"),
        ("email", "By mail only"),
        ("sms", "By text message only"),
        ("both", "By mail and by text message"),
    ]
    FIELDS = ("slot", "kind", "side", "how", "days", "hours", "at", "only", "way", "message_kind", "is_on")
    CLASSIFY = dict.fromkeys(FIELDS, SAFE)

    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="reminder_rules",
                             help_text="Empty: all sites without a rule of their own for this slot.")  # fmt: skip
    slot = models.SlugField(max_length=20)
    kind = models.CharField(
        "kind of visit", max_length=16, choices=Appointment.KINDS, blank=True, help_text="Empty: every kind."
    )
    side = models.CharField("when", max_length=6, choices=SIDES, default="before")
    how = models.CharField("counted in", max_length=12, choices=HOW)
    days = models.PositiveSmallIntegerField(default=0)
    hours = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField("local time", null=True, blank=True, help_text="On the patient's own clock.")
    only = models.CharField("for which visits", max_length=12, choices=ONLY, blank=True)
    way = models.CharField("how it goes out", max_length=6, choices=WAYS, blank=True)
    message_kind = models.CharField("message", max_length=30)
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["-side", "-days", "-hours", "slot"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "slot", "kind"], nulls_distinct=False, name="reminder_rule_slot_once"
            ),
            models.CheckConstraint(
                condition=~Q(how="local_time") | Q(at__isnull=False), name="reminder_rule_local_time_named"
            ),
            models.CheckConstraint(condition=~Q(how="elapsed") | Q(hours__gt=0), name="reminder_rule_hours_named"),
            models.CheckConstraint(
                condition=Q(side="before", only__in=["", "unconfirmed", "unanswered"])
                | Q(side="after", only__in=["came", "missed"]),
                name="reminder_rule_only_fits_its_side",
            ),
            models.CheckConstraint(condition=Q(days__lte=60, hours__lte=240), name="reminder_rule_within_sixty_days"),
        ]

    def __str__(self):
        return f"{self.slot} ({self.get_how_display().lower()})"


class ReminderPlan(Row):
    """Reminders of one visit as worked out for one version of it and one zone; another one means: plan again.

    Version 0 stands for none: the rules or the patient's choices have changed since.
    """

    CLASSIFY = {"appointment_version": SAFE, "zone_name": SAFE, "planned_at": SAFE, "left_out": SAFE}

    appointment = models.OneToOneField("clinic.Appointment", models.PROTECT, related_name="reminder_plan")
    appointment_version = models.PositiveIntegerField()
    zone_name = models.CharField(
        "the patient's own time zone", max_length=64, blank=True, help_text="The zone the times were worked out in."
    )
    planned_at = models.DateTimeField()
    left_out = models.JSONField(default=dict, blank=True, help_text="Slot and why it is not sent.")
