"""Counselling, physical therapy and the like beside the infusions: who was asked, and which appointments were kept."""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, MENTAL, PERSONAL, SAFE, Row
from clinic.states import machine

REFERRAL = machine(
    "adjunct_referral",
    "asked",
    {
        "asked": "active declined ended",
        "active": "ended",
        "declined": "asked",
        "ended": "active",
    },
    {"asked": "referred, not begun", "active": "under way", "declined": "declined", "ended": "ended"},
)
ADJUNCT_VISIT = machine(
    "adjunct_visit",
    "planned",
    {
        "planned": "attended missed cancelled",
        "attended": "planned",
        "missed": "planned",
        "cancelled": "planned",
    },
)


@pghistory.track()
class AdjunctReferral(Row):
    """A referral of one patient to one kind of help, inside or outside the clinic, during one course."""

    KINDS = [
        ("counselling", "Counselling"),
        ("physical", "Physical therapy"),
        ("occupational", "Occupational therapy"),
        ("sleep", "Sleep programme"),
        ("other", "Other"),
    ]
    CLASSIFY = {
        "kind": MENTAL,
        "to_whom": PERSONAL,
        "phone": PERSONAL,
        "goal": MENTAL,
        "planned_visits": CLINICAL,
        "state": SAFE,
        "asked_on": SAFE,
        "asked_at": SAFE,
        "why_ended": MENTAL,
        "version": SAFE,
    }

    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="adjunct_referrals")
    kind = models.CharField(max_length=14, choices=KINDS)
    to_whom = models.CharField(max_length=160, help_text="The person or practice.")
    phone = models.CharField(max_length=40, blank=True)
    goal = models.CharField(max_length=300, blank=True)
    planned_visits = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=REFERRAL.choices, default=REFERRAL.start)
    asked_on = models.DateField(help_text="A day of the site's calendar.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    why_ended = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-asked_on", "-asked_at"]
        constraints = [
            REFERRAL.known(),
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "ended"]) | ~Q(why_ended=""),
                name="adjunct_referral_over_with_reason",
            ),
        ]
        triggers = [REFERRAL.trigger()]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.to_whom}"


@pghistory.track()
class AdjunctVisit(Row):
    """One appointment of a referral and whether it was kept. `appointment`: the clinic's own visit, where it is one.

    A state taken back goes to "planned" first, so that the history shows both.
    """

    CLASSIFY = {"day": CLINICAL, "state": CLINICAL, "words": MENTAL, "planned_at": SAFE, "told_at": SAFE}

    referral = models.ForeignKey(AdjunctReferral, models.PROTECT, related_name="visits")
    day = models.DateField(help_text="A day of the site's calendar.")
    state = models.CharField(max_length=10, choices=ADJUNCT_VISIT.choices, default=ADJUNCT_VISIT.start)
    words = models.CharField(max_length=300, blank=True)
    appointment = models.OneToOneField(
        "clinic.Appointment", models.PROTECT, null=True, blank=True, related_name="adjunct_visit"
    )
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["day", "planned_at"]
        indexes = [models.Index(fields=["referral", "day"], name="adjunct_visit_by_referral")]
        constraints = [
            ADJUNCT_VISIT.known(),
            models.UniqueConstraint(
                fields=["referral", "day"], condition=~Q(state="cancelled"), name="adjunct_visit_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state="planned") | Q(told_at__isnull=False, told_by__isnull=False),
                name="adjunct_visit_told_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(told_at__gte=F("planned_at")), name="adjunct_visit_told_after"
            ),
        ]
        triggers = [ADJUNCT_VISIT.trigger()]
