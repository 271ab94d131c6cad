"""What a tablet wrote without network and the record could not take by itself: kept until a human decides."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, SAFE, Row, both_or_neither, classify

OUTCOMES = [("recorded", "Recorded"), ("set_aside", "Set aside")]


class HeldSet(models.QuerySet):
    def waiting(self):
        """Those nobody has decided about."""
        return self.filter(settled_at__isnull=True)


@pghistory.track()
class HeldEntry(Row):
    """Its id is the one the tablet gave the entry. `fields` are pairs of name and typed value, as the form sent them.

    `author` is who the ticket says wrote it (empty when the ticket could not be read). Never deleted: it becomes an
    entry with the same id, or it is set aside with a reason and stays readable.
    """

    CLASSIFY = classify(
        "door written_at tablet tablet_at ticket clock_offset_s received_at settled_at outcome body_hash", SAFE
    ) | classify("fields reasons words", CLINICAL)

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="held_entries")
    door = models.CharField(max_length=40)
    fields = models.JSONField()
    reasons = models.JSONField(help_text="Pairs of code and words: why it was not taken.")
    author = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    tablet = models.UUIDField(null=True, blank=True)
    ticket = models.UUIDField(null=True, blank=True)
    tablet_at = models.DateTimeField(help_text="The tablet's own clock when it was written.")
    clock_offset_s = models.IntegerField(default=0, help_text="The tablet's clock minus ours.")
    written_at = models.DateTimeField(help_text="The same moment by our clock.")
    received_at = models.DateTimeField()
    body_hash = models.CharField(max_length=64)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    words = models.TextField(blank=True)
    entry = models.OneToOneField(
        "treatment_sessions.Entry", models.PROTECT, null=True, blank=True, related_name="held_before"
    )

    objects = HeldSet.as_manager()

    class Meta:
        verbose_name_plural = "held entries"
        ordering = ["written_at", "received_at"]
        constraints = [
            both_or_neither("held", "settled"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, outcome="", entry__isnull=True)
                | Q(settled_at__isnull=False, outcome="recorded", entry__isnull=False)
                | Q(settled_at__isnull=False, outcome="set_aside", entry__isnull=True) & ~Q(words=""),
                name="held_settled_one_way",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="held_settled_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__settled_at__isnull=False),
            ),
            pgtrigger.Protect(name="held_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.door} held"

    @property
    def is_waiting(self):
        """Whether nobody has decided yet."""
        return self.settled_at is None
