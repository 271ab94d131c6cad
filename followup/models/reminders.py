"""When patients are reminded: the clinic's rules, and for which version of a visit they have been worked out."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models import Appointment
from clinic.models.base import SAFE, Row


@pghistory.track()
class ReminderRule(Row):
    """One reminder before a visit: hours before, days before at the visit's hour, or days before at a local time."""

    HOW = [
        ("elapsed", "Hours before"),
        ("wall", "Days before, at the visit's hour"),
        ("local_time", "Days before, at a local time"),
    ]
    CLASSIFY = dict.fromkeys(("slot", "kind", "how", "days", "hours", "at", "message_kind", "is_on"), SAFE)

    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="reminder_rules",
                             help_text="Empty: all sites without a rule of their own for this slot.")  # fmt: skip
    slot = models.SlugField(max_length=20)
    kind = models.CharField(
        "kind of visit", max_length=16, choices=Appointment.KINDS, blank=True, help_text="Empty: every kind."
    )
    how = models.CharField(max_length=12, choices=HOW)
    days = models.PositiveSmallIntegerField(default=0)
    hours = models.PositiveSmallIntegerField(default=0)
    at = models.TimeField(null=True, blank=True)
    message_kind = models.CharField(max_length=30)
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["-days", "-hours"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "slot", "kind"], nulls_distinct=False, name="reminder_rule_slot_once"
            ),
            models.CheckConstraint(
                condition=~Q(how="local_time") | Q(at__isnull=False), name="reminder_rule_local_time_named"
            ),
            models.CheckConstraint(condition=~Q(how="elapsed") | Q(hours__gt=0), name="reminder_rule_hours_named"),
        ]

    def __str__(self):
        return f"{self.slot} ({self.get_how_display().lower()})"


class ReminderPlan(Row):
    """Reminders of one visit as worked out for one version of it; another version means: plan again."""

    CLASSIFY = {"appointment_version": SAFE, "planned_at": SAFE, "left_out": SAFE}

    appointment = models.OneToOneField("clinic.Appointment", models.PROTECT, related_name="reminder_plan")
    appointment_version = models.PositiveIntegerField()
    planned_at = models.DateTimeField()
    left_out = models.JSONField(default=dict, blank=True, help_text="Slot and why it is not sent.")
