"""The letters that follow a signed assessment: to the patient and to the referrer, kept exactly as they were sent."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, both_or_neither, locked_once
from intake.rules.letters import AUDIENCES, WAYS


@pghistory.track()
class Letter(Row):
    """One letter of one assessment: a draft the prescriber edits; once sent, its words and its file never change."""

    CLASSIFY = {
        "audience": SAFE,
        "language": SAFE,
        "title": MENTAL,
        "body": MENTAL,
        "to_name": PERSONAL,
        "made_at": SAFE,
        "sent_at": SAFE,
        "way": SAFE,
        "version": SAFE,
    }

    assessment = models.ForeignKey("intake.Assessment", models.PROTECT, related_name="letters")
    audience = models.CharField(max_length=10, choices=list(AUDIENCES.items()))
    language = models.CharField(max_length=8, default="en")
    text = models.ForeignKey("clinic.LetterText", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=160)
    body = models.TextField()
    to_name = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField("how it was sent", max_length=10, choices=list(WAYS.items()), blank=True)
    document = models.ForeignKey("clinic.Document", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            both_or_neither("letter", "sent"),
            models.UniqueConstraint(
                fields=["assessment", "audience"], condition=Q(sent_at__isnull=True), name="letter_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | (Q(document__isnull=False) & ~Q(way="")),
                name="letter_sent_has_file_and_way",
            ),
        ]
        triggers = [locked_once("letter_sent_locked", "sent_at")]

    @property
    def is_sent(self):
        """Has it gone out? Then it is locked."""
        return self.sent_at is not None
