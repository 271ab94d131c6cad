"""The packet a patient fills in before the first visit, one row of answers a page."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, SAFE, Row, both_or_neither, parent_not_frozen, stay_put
from intake.rules.packet import OPEN, PACKET, PAGE


class PacketQuerySet(models.QuerySet):
    """The packets' own words."""

    def open(self):
        """Still being filled in, or waiting for its first page."""
        return self.filter(state__in=OPEN)

    def waiting(self):
        """Sent by the patient, not decided yet."""
        return self.filter(state__in=("submitted", "in_review"))


@pghistory.track()
class Packet(Row):
    """One filling of the questionnaires by one patient. ``version`` is bumped by every page saved."""

    CLASSIFY = {
        "reason": MENTAL,
        "state": SAFE,
        "made_at": SAFE,
        "started_at": SAFE,
        "submitted_at": SAFE,
        "touched_at": SAFE,
        "held_at": SAFE,
        "nudged_at": SAFE,
        "version": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="packets")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="packets")
    reason = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=PACKET.choices, default=PACKET.start)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(
        "clinic.User", models.PROTECT, null=True, blank=True, related_name="+", help_text="The prescriber who has it."
    )
    nudged_at = models.DateTimeField(null=True, blank=True, help_text="When the one reminder to finish was queued.")
    version = models.PositiveIntegerField(default=1)

    objects = PacketQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["site", "-touched_at"], name="packet_by_site"),
            models.Index(
                fields=["touched_at"], condition=Q(state__in=OPEN, nudged_at__isnull=True), name="packet_to_nudge"
            ),
        ]
        constraints = [
            PACKET.known(),
            both_or_neither("packet", "held"),
            models.UniqueConstraint(fields=["patient"], condition=Q(state__in=OPEN), name="packet_one_open"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=False) | Q(state__in=("invited", "started", "withdrawn")),
                name="packet_submitted_has_time",
            ),
        ]
        triggers = [PACKET.trigger()]

    def __str__(self):
        return f"Packet of {self.made_at:%Y-%m-%d}"

    @property
    def is_open(self):
        """Can the patient still change answers?"""
        return self.state in OPEN


class Invitation(Row):
    """One sending of the link. Sending it again is another row."""

    append_only = True
    CLASSIFY = {"made_at": SAFE}

    packet = models.ForeignKey(Packet, models.PROTECT, related_name="invitations")
    message = models.ForeignKey("clinic.Message", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-made_at"]
        triggers = [stay_put("invitation_stays")]


@pghistory.track()
class PageAnswers(Row):
    """What was answered on one page: ``answers`` when complete and checked, ``draft`` as typed while it is not."""

    DRAFT, DONE = "draft", "done"
    CLASSIFY = {
        "slug": SAFE,
        "field_class": SAFE,
        "answers": MENTAL,
        "draft": MENTAL,
        "question_versions": SAFE,
        "language": SAFE,
        "state": SAFE,
        "version": SAFE,
        "saved_at": SAFE,
    }

    packet = models.ForeignKey(Packet, models.PROTECT, related_name="pages")
    slug = models.CharField(max_length=40)
    field_class = models.CharField(max_length=10)
    answers = models.JSONField(default=dict, blank=True, help_text="Question code to answer; null where left blank.")
    draft = models.JSONField(default=dict, blank=True, help_text="As typed, while the page is not complete.")
    question_versions = models.JSONField(default=dict, blank=True, help_text="Question code to version asked.")
    language = models.CharField(max_length=8, default="en", help_text="The language the page was answered in.")
    state = models.CharField(max_length=8, choices=PAGE.choices, default=PAGE.start)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    help = models.ForeignKey(
        "intake.PacketHelp", models.PROTECT, null=True, blank=True, related_name="pages",
        help_text="Who helped when it was saved last; empty when the patient was alone.",
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "page answers"
        ordering = ["saved_at"]
        constraints = [PAGE.known(), models.UniqueConstraint(fields=["packet", "slug"], name="page_once_a_packet")]
        triggers = [
            PAGE.trigger(),
            parent_not_frozen("page_answers_sent", "intake_packet", "packet_id", "submitted_at"),
        ]

    @property
    def is_done(self):
        """Is every answer that the page needs there?"""
        return self.state == self.DONE
