"""Long-term safety: which checks a protocol asks for by exposure and time, and how each stands for a patient."""

from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, stay_put
from clinic.models.protocols import VersionPart, frozen_with_version

# What is looked at over months and years of treatment. What counts as having done it stands in sessions.rules.safety.
SAFETY_CHECKS = [
    ("bladder", "Bladder symptom score"),
    ("liver", "Liver panel"),
    ("kidney", "Kidney function"),
    ("cognition", "Cognition screen"),
    ("blood_pressure", "Blood pressure before an infusion"),
    ("misuse", "Misuse screen"),
    ("pregnancy", "Pregnancy test"),
]


class SafetyCheck(VersionPart):
    """One check of a protocol version: due after so many infusions or days, whichever comes first."""

    CLASSIFY = dict.fromkeys(("code", "at_start", "every_infusions", "every_days", "grace_days"), CLINICAL)

    code = models.CharField(max_length=16, choices=SAFETY_CHECKS)
    at_start = models.BooleanField(default=False, help_text="Also due once when the plan is signed.")
    every_infusions = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Since the last check.")
    every_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Since the last check.")
    grace_days = models.PositiveSmallIntegerField(default=14, help_text="From due to overdue.")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="safety_check_once"),
            models.CheckConstraint(
                condition=Q(every_infusions__gt=0) | Q(every_days__gt=0) | Q(at_start=True),
                name="safety_check_falls_due",
            ),
        ]
        triggers = [frozen_with_version("safety_check")]


class SafetyCheckDue(Row):
    """How one check stands for one person. Derived from sessions, scores and results, and worked out anew at any time.

    It lies on this floor so that the rules of eligibility can read it at booking and at check-in. `overdue_from`: the
    first day on which it is overdue; blank where it never falls due or is waived.
    """

    may_delete = True
    CLASSIFY = {
        "code": CLINICAL,
        "last_on": CLINICAL,
        "due_on": SAFE,
        "overdue_from": SAFE,
        "why": CLINICAL,
        "worked_out_at": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="safety_checks_due")
    code = models.CharField(max_length=16, choices=SAFETY_CHECKS)
    last_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    overdue_from = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=200, blank=True)
    worked_out_at = models.DateTimeField()

    class Meta:
        ordering = ["due_on", "code"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(due_on__isnull=False), name="safety_due_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["patient", "code"], name="safety_due_once"),
            models.CheckConstraint(
                condition=Q(overdue_from__isnull=True) | Q(due_on__isnull=False, overdue_from__gt=F("due_on")),
                name="safety_overdue_after_due",
            ),
        ]

    def is_overdue(self, day):
        """Whether it is overdue on that local day."""
        return self.overdue_from is not None and self.overdue_from <= day

    def is_due(self, day):
        """Whether it is due, overdue included, on that local day."""
        return self.due_on is not None and self.due_on <= day


class SafetyWaiver(Row):
    """A prescriber puts a check off, or says that it does not apply, with a reason. The newest row of a check counts.

    `until` blank: for good. `is_lifted`: from here on the check counts again.
    """

    append_only = True
    CLASSIFY = {"code": CLINICAL, "until": CLINICAL, "reason": CLINICAL, "made_at": SAFE, "is_lifted": SAFE}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="safety_waivers")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    code = models.CharField(max_length=16, choices=SAFETY_CHECKS)
    until = models.DateField(null=True, blank=True, help_text="The last day on which it is put off.")
    reason = models.CharField(max_length=300)
    is_lifted = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["patient", "code", "-made_at"], name="safety_waiver_newest")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="safety_waiver_has_reason"),
            models.CheckConstraint(
                condition=Q(is_lifted=False) | Q(until__isnull=True), name="safety_waiver_or_lifted"
            ),
        ]
        triggers = [stay_put("safety_waiver_stays")]
