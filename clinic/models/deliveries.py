"""What is heard back after a message went out: reports, addresses that do not work, replies, and a channel at rest."""

from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, Xid8Field, both_or_neither, stay_put
from clinic.models.messages import CHANNELS, DELIVERY


class DeliveryReport(Row):
    """One report of the other side about one message: a provider's call back, or a mail that came back."""

    append_only = True
    SOURCES = [("provider", "The provider's report"), ("mail", "A mail that came back"), ("refusal", "Refused at once")]
    CLASSIFY = {"told": SAFE, "code": SAFE, "source": SAFE, "heard_at": SAFE, "xact": SAFE}

    message = models.ForeignKey("clinic.Message", models.PROTECT, related_name="reports")
    told = models.CharField(max_length=10, choices=DELIVERY)
    code = models.CharField(max_length=80, blank=True, help_text="The other side's code; neither names nor addresses.")
    source = models.CharField(max_length=10, choices=SOURCES)
    heard_at = models.DateTimeField()
    xact = Xid8Field()

    class Meta:
        ordering = ["heard_at"]
        constraints = [
            models.UniqueConstraint(fields=["message", "told", "code"], name="delivery_report_once"),
        ]
        triggers = [stay_put("delivery_report_stays")]


class BadAddress(Row):
    """An address that sent our message back for good: nothing goes there until somebody has looked at it."""

    CLASSIFY = {"channel": SAFE, "address": PERSONAL, "code": SAFE, "since": SAFE, "cleared_at": SAFE}

    channel = models.CharField(max_length=8, choices=CHANNELS)
    address = models.CharField(max_length=254)
    code = models.CharField(max_length=80, blank=True)
    since = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "bad addresses"
        ordering = ["-since"]
        constraints = [
            both_or_neither("bad_address", "cleared"),
            models.UniqueConstraint(
                fields=["channel", "address"], condition=Q(cleared_at__isnull=True), name="bad_address_open_once"
            ),
        ]


class ChannelPause(Row):
    """A way of sending that does not answer: it rests until a moment, so that its messages keep their tries."""

    CLASSIFY = dict.fromkeys(("channel", "failures", "since", "until", "why"), SAFE)

    channel = models.CharField(max_length=8, choices=CHANNELS, unique=True)
    failures = models.PositiveIntegerField(default=0, help_text="In a row; 0: it works.")
    since = models.DateTimeField(null=True, blank=True, help_text="When the first of them was.")
    until = models.DateTimeField(null=True, blank=True, help_text="Not tried before this.")
    why = models.CharField(max_length=200, blank=True)


class TextReply(Row):
    """A text message somebody sent to us, as it came, and what it was taken for. It is never changed."""

    append_only = True
    MEANINGS = [
        ("stop", "No more text messages"),
        ("start", "Text messages again"),
        ("help", "Asks who this is"),
        ("yes", "Comes to the visit"),
        ("words", "Words of their own"),
    ]
    CLASSIFY = {
        "provider_id": SAFE,
        "sender": PERSONAL,
        "words": MENTAL,
        "meaning": SAFE,
        "received_at": SAFE,
        "xact": SAFE,
    }

    provider_id = models.CharField(max_length=120, unique=True)
    sender = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    meaning = models.CharField(max_length=8, choices=MEANINGS)
    received_at = models.DateTimeField()
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="text_replies")
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="text_replies")
    message = models.ForeignKey(
        "clinic.Message", models.PROTECT, null=True, blank=True, related_name="replies",
        help_text="The newest text message sent to them before.",
    )  # fmt: skip
    xact = Xid8Field()

    class Meta:
        verbose_name_plural = "text replies"
        ordering = ["received_at"]
        triggers = [stay_put("text_reply_stays")]
