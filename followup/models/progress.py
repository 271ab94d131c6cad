"""The progress letter to the referrer after a series: drafted, edited, signed, and each time it went out."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, PERSONAL, SAFE, Row, both_or_neither, locked_once, stay_put


@pghistory.track()
class ProgressLetter(Row):
    """One letter about one course up to one day. Once signed, its words and its file never change.

    `infusions`: how many had been given when it was drafted. `figures` and `curve`: the table and the drawing
    under the words, as drafted; an empty curve: there were no reports.
    """

    CLASSIFY = {
        "infusions": CLINICAL,
        "title": MENTAL,
        "body": MENTAL,
        "figures": MENTAL,
        "curve": MENTAL,
        "to_name": PERSONAL,
        "to_address": PERSONAL,
        "with_figures": SAFE,
        "language": SAFE,
        "made_at": SAFE,
        "signed_at": SAFE,
        "printed_name": PERSONAL,
        "discarded_at": SAFE,
        "version": SAFE,
    }

    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="progress_letters")
    referrer = models.ForeignKey("clinic.Referrer", models.PROTECT, null=True, blank=True, related_name="+")
    infusions = models.PositiveSmallIntegerField()
    text = models.ForeignKey("clinic.LetterText", models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=8, default="en")
    title = models.CharField(max_length=160)
    body = models.TextField()
    figures = models.JSONField(default=list)
    curve = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))
    with_figures = models.BooleanField(
        default=True, help_text="The curve and the table of infusions go under the words."
    )
    to_name = models.CharField(max_length=200)
    to_address = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    printed_name = models.CharField(max_length=160, blank=True)
    discarded_at = models.DateTimeField(null=True, blank=True, help_text="The draft was put away unsent.")
    discarded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    document = models.ForeignKey("clinic.Document", models.PROTECT, null=True, blank=True, related_name="+")
    task = models.ForeignKey("clinic.Task", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            both_or_neither("progress_letter", "signed"),
            both_or_neither("progress_letter", "discarded"),
            models.UniqueConstraint(
                fields=["course"],
                condition=Q(signed_at__isnull=True, discarded_at__isnull=True),
                name="progress_letter_one_draft",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | (Q(document__isnull=False) & ~Q(printed_name="")),
                name="progress_letter_signed_has_file_and_name",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(discarded_at__isnull=True),
                name="progress_letter_signed_or_discarded",
            ),
        ]
        triggers = [locked_once("progress_letter_locked", "signed_at")]

    @property
    def is_signed(self):
        """Is it signed? Then it is locked."""
        return self.signed_at is not None

    @property
    def is_open(self):
        """May it still be edited?"""
        return self.signed_at is None and self.discarded_at is None


class LetterSending(Row):
    """One time a signed letter went out: how, to whom, by whom. It is a disclosure, so it is never changed."""

    append_only = True
    WAYS = [
        ("printed", "printed and handed over"),
        ("post", "by post"),
        ("fax", "by fax"),
        ("secure", "by a secure message"),
    ]
    CLASSIFY = {"way": SAFE, "to_whom": PERSONAL, "words": PERSONAL, "sent_at": SAFE}

    letter = models.ForeignKey(ProgressLetter, models.PROTECT, related_name="sendings")
    way = models.CharField(max_length=8, choices=WAYS)
    to_whom = models.CharField(max_length=200)
    words = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-sent_at"]
        triggers = [stay_put("letter_sending_stays")]
