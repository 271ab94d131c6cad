"""Corrections of the record that patients ask for, what was answered, and what they said to that."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, both_or_neither, locked_once, stay_put
from clinic.rules.amendments import AMENDMENT, GROUNDS


@pghistory.track()
class AmendmentRequest(Row):
    """One request. `due_on` is a day at the site. What was asked and what was answered stay with the record."""

    HOWS = [("link", "By the patient, online"), ("letter", "By letter"), ("phone", "By phone"), ("person", "In person")]
    CLASSIFY = {
        "about": PERSONAL,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "words": MENTAL,
        "should_say": MENTAL,
        "tell": PERSONAL,
        "how": SAFE,
        "asked_at": SAFE,
        "due_on": SAFE,
        "extended_at": SAFE,
        "extended_why": PERSONAL,
        "state": SAFE,
        "added": MENTAL,
        "grounds": SAFE,
        "decision_words": MENTAL,
        "decided_at": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="amendment_requests")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="amendment_requests")
    about = models.CharField(max_length=200, help_text="Which part of the record, in words.")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    words = models.TextField(help_text="What is wrong or missing.")
    should_say = models.TextField(help_text="What it should say.")
    tell = models.CharField(max_length=300, blank=True, help_text="Who else should be told, if it is accepted.")
    how = models.CharField(max_length=8, choices=HOWS, default="link")
    asked_at = models.DateTimeField()
    entered_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    due_on = models.DateField()
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    extended_why = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=AMENDMENT.choices, default=AMENDMENT.start)
    added = models.TextField(blank=True, help_text="What was put into the record.")
    grounds = models.CharField(max_length=12, blank=True, choices=list(GROUNDS.items()))
    decision_words = models.TextField(blank=True, help_text="The reason, as the patient reads it.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["due_on"]
        indexes = [
            models.Index(fields=["site", "due_on"], condition=Q(state="open"), name="amendment_open_by_site"),
            models.Index(fields=["subject_kind", "subject_id"], name="amendment_about"),
        ]
        constraints = [
            AMENDMENT.known(),
            both_or_neither("amendment", "extended"),
            both_or_neither("amendment", "decided"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(should_say=""), name="amendment_says_something"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"], decided_at__isnull=True)
                | Q(decided_at__isnull=False) & ~Q(decision_words=""),
                name="amendment_decided_has_words",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["denied", "partly"]) | ~Q(grounds=""), name="amendment_denied_has_ground"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "partly"]) | ~Q(added=""), name="amendment_accepted_is_added"
            ),
        ]
        triggers = [AMENDMENT.trigger(), locked_once("amendment_decided_stays", "decided_at")]

    def __str__(self):
        return f"Correction asked for: {self.about}"


class AmendmentStatement(Row):
    """What is said after a denial: the patient's statement of disagreement, the clinic's rebuttal. Shown with both."""

    append_only = True
    KINDS = [("disagreement", "Statement of disagreement"), ("rebuttal", "Our answer to the statement")]
    CLASSIFY = {"kind": SAFE, "words": MENTAL, "made_at": SAFE, "how": SAFE}

    request = models.ForeignKey(AmendmentRequest, models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=12, choices=KINDS)
    words = models.TextField()
    how = models.CharField(max_length=8, choices=AmendmentRequest.HOWS, default="link")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        "clinic.User", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Who of the staff wrote it down.",
    )  # fmt: skip

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="amendment_statement_says_something"),
            models.CheckConstraint(
                condition=Q(kind="disagreement") | Q(made_by__isnull=False), name="amendment_rebuttal_has_author"
            ),
        ]
        triggers = [stay_put("amendment_statement_stays")]
