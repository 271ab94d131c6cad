"""What the clinic is told about the next infusion, and what the prescriber decided."""

from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, both_or_neither
from clinic.states import machine

PROPOSAL = machine("booster_proposal", "proposed", {
    "proposed": "accepted changed declined superseded",
    "accepted": "withdrawn",
    "changed": "withdrawn",
    "declined": "withdrawn",
    "superseded": "",
    "withdrawn": "",
}, {"withdrawn": "decision taken back"})  # fmt: skip


class BoosterProposal(Row):
    """A window of dates, or "stop and reassess", with its reasons as they stood. It never books and names no dose."""

    KINDS = [("window", "Booster proposed"), ("reassess", "Stop and reassess")]
    CLASSIFY = {
        "kind": CLINICAL,
        "headline": CLINICAL,
        "reasons": CLINICAL,
        "against": CLINICAL,
        "confidence": CLINICAL,
        "rests_on": CLINICAL,
        "decision_reason": CLINICAL,
        "starts_on": SAFE,
        "ends_on": SAFE,
        "chosen_start": SAFE,
        "chosen_end": SAFE,
        "state": SAFE,
        "fingerprint": SAFE,
        "rule_version": SAFE,
        "made_at": SAFE,
        "decided_at": SAFE,
    }

    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="booster_proposals")
    kind = models.CharField(max_length=10, choices=KINDS)
    headline = models.CharField(max_length=160)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    against = models.JSONField(default=list)
    confidence = models.CharField(max_length=8)
    rests_on = models.CharField(max_length=160)
    fingerprint = models.CharField(max_length=64, help_text="What it says, so that the same proposal is made once.")
    rule_version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, choices=PROPOSAL.choices, default=PROPOSAL.start)
    made_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision_reason = models.TextField(blank=True)
    chosen_start = models.DateField(null=True, blank=True, help_text="The window the prescriber chose.")
    chosen_end = models.DateField(null=True, blank=True)
    task = models.ForeignKey("clinic.Task", models.PROTECT, null=True, blank=True, related_name="+")
    booking = models.ForeignKey(
        "clinic.Task", models.PROTECT, null=True, blank=True, related_name="+", help_text="What the front desk books."
    )
    visit = models.ForeignKey(
        "clinic.Appointment", models.PROTECT, null=True, blank=True, related_name="+", help_text="What was booked."
    )

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            PROPOSAL.known(),
            both_or_neither("booster", "decided"),
            models.UniqueConstraint(fields=["course"], condition=Q(state="proposed"), name="booster_one_open_a_course"),
            models.CheckConstraint(
                name="booster_window_in_order",
                condition=~Q(kind="window") | Q(starts_on__isnull=False, ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                condition=~Q(kind="reassess") | Q(starts_on__isnull=True, ends_on__isnull=True),
                name="booster_reassess_has_no_window",
            ),
            models.CheckConstraint(
                condition=Q(chosen_end__isnull=True) | Q(chosen_end__gte=F("chosen_start")),
                name="booster_choice_in_order",
            ),
        ]
        triggers = [PROPOSAL.trigger()]
