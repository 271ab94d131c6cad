"""Messages between a patient and the clinic, kept in talks: one matter each, both sides in order."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, Xid8Field, stay_put
from clinic.states import machine

TALK = machine(
    "talk",
    "waiting",
    {"waiting": "answered closed", "answered": "waiting closed", "closed": "waiting"},
    {"waiting": "waits for us", "answered": "answered", "closed": "closed"},
)
# Whom a matter concerns decides who may read it: the front desk reads those about visits and papers, no other.
DESK_TOPICS = ("visit", "papers")


@pghistory.track()
class Talk(Row):
    """One matter that a patient and the clinic write about. `waiting_since`: since when the patient waits for us."""

    TOPICS = [("visit", "A visit"), ("papers", "Papers and forms"), ("health", "How the patient is")]
    CLASSIFY = {"topic": SAFE, "state": SAFE, "opened_at": SAFE, "last_at": SAFE, "waiting_since": SAFE}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="talks")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="talks")
    topic = models.CharField(max_length=8, choices=TOPICS)
    state = models.CharField(max_length=10, choices=TALK.choices, default=TALK.start)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+",
                                  help_text="Staff who began it; empty: the patient.")  # fmt: skip
    last_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at"]
        indexes = [
            models.Index(fields=["site", "waiting_since"], condition=Q(state="waiting"), name="talk_waiting_by_site"),
            models.Index(fields=["patient", "last_at"], name="talk_by_patient"),
        ]
        constraints = [
            TALK.known(),
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since__isnull=True)),
                name="talk_waits_since",
            ),
        ]
        triggers = [TALK.trigger()]


class TalkMessage(Row):
    """One message of a talk, never changed. About a visit or papers the words are personal, about health mental."""

    append_only = True
    CLASSIFY = {
        "client_id": SAFE,
        "is_patients": SAFE,
        "desk_words": PERSONAL,
        "words": MENTAL,
        "language": SAFE,
        "sent_at": SAFE,
        "xact": SAFE,
    }

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="messages")
    client_id = models.UUIDField(unique=True)
    is_patients = models.BooleanField(help_text="Written by the patient; else by the clinic.")
    sent_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    desk_words = models.TextField(blank=True, help_text="What the front desk may read too.")
    words = models.TextField(blank=True, help_text="What only clinicians may read.")
    language = models.CharField(max_length=8, default="en")
    sent_at = models.DateTimeField()
    xact = Xid8Field()

    class Meta:
        ordering = ["sent_at"]
        indexes = [models.Index(fields=["talk", "sent_at"], name="talk_message_by_talk")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(words="") & ~Q(desk_words="")) | (~Q(words="") & Q(desk_words="")),
                name="talk_message_one_place_for_words",
            ),
            models.CheckConstraint(
                condition=Q(is_patients=True, sent_by__isnull=True) | Q(is_patients=False, sent_by__isnull=False),
                name="talk_message_of_one_side",
            ),
        ]
        triggers = [stay_put("talk_message_stays")]

    @property
    def said(self) -> str:
        """The words, whichever class they are of."""
        return self.words or self.desk_words
