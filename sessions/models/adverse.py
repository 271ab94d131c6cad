"""Adverse events after they were charted: how they went on, and the report that a serious one asks for."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, both_or_neither, locked_once, stay_put
from sessions.rules import adverse


class EventFollowUp(Row):
    """How a side effect was when somebody looked or asked again, until it is over."""

    append_only = True
    CLASSIFY = {"status": CLINICAL, "how": SAFE, "words": CLINICAL, "seen_at": SAFE, "recorded_at": SAFE, "xact": SAFE}

    entry = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, related_name="follow_ups")
    status = models.CharField(max_length=16, choices=list(adverse.STATUSES.items()))
    how = models.CharField(max_length=10, choices=list(adverse.HOWS.items()), default="seen")
    words = models.CharField(max_length=600, blank=True)
    seen_at = models.DateTimeField(help_text="When it was so, not when it was written down.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["seen_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=list(adverse.STATUSES)), name="event_follow_up_status_known"
            )
        ]  # fmt: skip
        triggers = [stay_put("event_follow_up_stays")]


@pghistory.track()
class AdverseReport(Row):
    """The report of one serious adverse event: a draft until a prescriber signs it, locked from then on.

    `facts` are filled at the signature with what the record said then: [name, value].
    """

    CLASSIFY = {
        "criteria": CLINICAL,
        "narrative": CLINICAL,
        "outcome": CLINICAL,
        "action_taken": CLINICAL,
        "relatedness": CLINICAL,
        "history": CLINICAL,
        "tests": CLINICAL,
        "told": CLINICAL,
        "told_reference": SAFE,
        "facts": CLINICAL,
        "opened_at": SAFE,
        "due_at": SAFE,
        "version": SAFE,
        "signed_at": SAFE,
        "printed_name": SAFE,
    }

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="adverse_reports")
    entry = models.OneToOneField("treatment_sessions.Entry", models.PROTECT, related_name="adverse_report")
    criteria = models.JSONField(default=list, blank=True)
    narrative = models.TextField(blank=True)
    outcome = models.CharField(max_length=16, blank=True, choices=list(adverse.OUTCOMES.items()))
    action_taken = models.CharField(max_length=16, blank=True, choices=list(adverse.ACTIONS.items()))
    relatedness = models.CharField(max_length=12, blank=True, choices=list(adverse.RELATEDNESS.items()))
    history = models.TextField(blank=True)
    tests = models.TextField(blank=True)
    told = models.CharField(max_length=12, blank=True, choices=list(adverse.TOLD.items()))
    told_reference = models.CharField(max_length=120, blank=True)
    facts = models.JSONField(default=list, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    printed_name = models.CharField(max_length=160, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            both_or_neither("adverse_report", "signed"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True)
                | ~Q(criteria=[]) & ~Q(narrative="") & ~Q(outcome="") & ~Q(action_taken="") & ~Q(relatedness=""),
                name="adverse_report_signed_whole",
            ),
        ]
        triggers = [locked_once("adverse_report_locked", "signed_at")]

    @property
    def is_signed(self):
        """Has a prescriber signed it? Then it is locked."""
        return self.signed_at is not None
