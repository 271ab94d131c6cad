"""What stands beside a sent packet: words of staff, pages sent back to the patient and what was answered then."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, SAFE, Row, both_or_neither, parent_not_frozen, stay_put
from intake.rules.returned import CORRECTIONS, NOTE, REQUEST, SUPPLEMENT


class PageCorrection(Row):
    """Staff's words beside one answer, never over it. ``value`` is the answer as staff have it (kind "value").

    Taking it back is another row. The newest row of a question counts; each names the one it follows.
    """

    append_only = True
    CLASSIFY = {
        "slug": SAFE,
        "code": SAFE,
        "field_class": SAFE,
        "kind": SAFE,
        "value": MENTAL,
        "words": MENTAL,
        "reason": MENTAL,
        "corrected_at": SAFE,
    }

    packet = models.ForeignKey("intake.Packet", models.PROTECT, related_name="corrections")
    slug = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    field_class = models.CharField(max_length=10)
    kind = models.CharField(max_length=8, choices=list(CORRECTIONS.items()))
    value = models.JSONField(null=True, blank=True, help_text="As the page keeps it; null: left blank.")
    words = models.TextField(blank=True, help_text="A note beside the answer.")
    reason = models.TextField()
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    class Meta:
        ordering = ["corrected_at"]
        indexes = [models.Index(fields=["packet", "corrected_at"], name="correction_by_packet")]
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "code"],
                condition=Q(supersedes__isnull=True) & ~Q(kind=NOTE),
                name="correction_one_first",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="correction_has_reason"),
            models.CheckConstraint(condition=~Q(kind=NOTE) | ~Q(words=""), name="correction_note_has_words"),
        ]
        triggers = [stay_put("page_correction_stays")]


@pghistory.track()
class PageRequest(Row):
    """Pages sent back: "please complete these two". ``words`` go to the patient on the page, never by mail."""

    CLASSIFY = {
        "words": MENTAL,
        "due_on": SAFE,
        "state": SAFE,
        "asked_at": SAFE,
        "closed_at": SAFE,
        "withdrawn_at": SAFE,
        "withdrawn_reason": MENTAL,
        "reminded_at": SAFE,
    }

    packet = models.ForeignKey("intake.Packet", models.PROTECT, related_name="requests")
    words = models.TextField()
    due_on = models.DateField(help_text="The site's local day.")
    state = models.CharField(max_length=10, choices=REQUEST.choices, default=REQUEST.start)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True, help_text="Answered by the patient, or taken back.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_reason = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            REQUEST.known(),
            both_or_neither("page_request", "withdrawn"),
            models.UniqueConstraint(fields=["packet"], condition=Q(state="asked"), name="page_request_one_open"),
            models.CheckConstraint(
                condition=Q(state="asked", closed_at__isnull=True) | (~Q(state="asked") & Q(closed_at__isnull=False)),
                name="page_request_closed_has_time",
            ),
        ]
        triggers = [REQUEST.trigger()]

    @property
    def is_open(self):
        """Can the patient still answer?"""
        return self.state == REQUEST.start

    @property
    def patient(self):
        """Whom it goes to."""
        return self.packet.patient


@pghistory.track()
class PageSupplement(Row):
    """One reopened page: the answers given then. The page sent first stays as it was; both are shown."""

    ASKED, DRAFT, DONE = "asked", "draft", "done"
    CLASSIFY = {
        "slug": SAFE,
        "field_class": SAFE,
        "codes": SAFE,
        "answers": MENTAL,
        "draft": MENTAL,
        "question_versions": SAFE,
        "language": SAFE,
        "state": SAFE,
        "version": SAFE,
        "saved_at": SAFE,
        "sent_at": SAFE,
    }

    request = models.ForeignKey(PageRequest, models.PROTECT, related_name="pages")
    packet = models.ForeignKey("intake.Packet", models.PROTECT, related_name="supplements")
    slug = models.CharField(max_length=40)
    field_class = models.CharField(max_length=10)
    codes = models.JSONField(default=list, blank=True, help_text="The questions meant; empty: the whole page.")
    answers = models.JSONField(default=dict, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    question_versions = models.JSONField(default=dict, blank=True)
    language = models.CharField(max_length=8, default="en", help_text="Of the page as it was answered.")
    state = models.CharField(max_length=8, choices=SUPPLEMENT.choices, default=SUPPLEMENT.start)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["sent_at"]
        constraints = [
            SUPPLEMENT.known(),
            models.UniqueConstraint(fields=["request", "slug"], name="supplement_once_a_request"),
            models.CheckConstraint(condition=Q(sent_at__isnull=True) | Q(state="done"), name="supplement_sent_is_done"),
        ]
        triggers = [
            SUPPLEMENT.trigger(),
            parent_not_frozen("page_supplement_sent", "intake_pagerequest", "request_id", "closed_at"),
        ]

    @property
    def is_done(self):
        """Is every answer that the page needs there?"""
        return self.state == self.DONE
