"""The outbox: what must be said to whom by when. Celery only wakes; these rows are the memory."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row, both_or_neither, locked_once
from clinic.states import machine

MESSAGE = machine(
    "message",
    "due",
    {
        "due": "sending withdrawn failed",
        "sending": "sent due failed unknown",
        "sent": "failed",
        "failed": "due withdrawn",
        "unknown": "sent due withdrawn",
        "withdrawn": "due",
    },
    {"unknown": "unknown, check"},
)
CHANNELS = [("email", "E-mail"), ("sms", "Text message")]
# What became of a message after it was handed over, as far as the other side tells.
DELIVERY = [
    ("accepted", "taken by the provider"),
    ("delayed", "delayed, still trying"),
    ("delivered", "delivered"),
    ("bounced", "came back"),
]


class MessageText(Row):
    """Words of a message kind in a language: a published version is frozen, the newest published one is used."""

    CLASSIFY = {
        "kind": SAFE,
        "language": SAFE,
        "channel": SAFE,
        "number": SAFE,
        "subject": SAFE,
        "body": SAFE,
        "published_at": SAFE,
    }

    kind = models.CharField(max_length=30)
    channel = models.CharField(max_length=8, choices=CHANNELS, default="email")
    language = models.CharField(max_length=8, default="en")
    number = models.PositiveIntegerField("version", default=1)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "channel", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "channel", "language", "number"], name="message_text_version_once")
        ]
        triggers = [locked_once("message_text_frozen", "published_at")]

    def __str__(self):
        return f"{self.kind} ({self.channel}, {self.language}), version {self.number}"


@pghistory.track()
class Message(Row):
    """One message to one recipient. `dedupe_key` is unique: the same reminder can't be queued twice."""

    CLASSIFY = {
        "kind": SAFE,
        "choice_kind": SAFE,
        "channel": SAFE,
        "address": PERSONAL,
        "outside": PERSONAL,
        "context": PERSONAL,
        "due_at": SAFE,
        "expires_at": SAFE,
        "dedupe_key": SAFE,
        "state": SAFE,
        "attempts": SAFE,
        "next_attempt_at": SAFE,
        "last_error": SAFE,
        "claimed_at": SAFE,
        "claimed_by": SAFE,
        "sent_at": SAFE,
        "queued_at": SAFE,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "resolved_at": SAFE,
        "provider_id": SAFE,
        "delivery": SAFE,
        "delivery_at": SAFE,
    }

    kind = models.CharField(max_length=30)
    choice_kind = models.CharField(
        max_length=12,
        default="form",
        help_text="Which contact choice stops it: reminder, diary, form; '' can't be stopped.",
        blank=True,
    )
    channel = models.CharField(max_length=8, default="email")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="messages")
    representative = models.ForeignKey(
        "clinic.Representative", models.PROTECT, null=True, blank=True, related_name="messages",
        help_text="Who receives it on the patient's behalf.",
    )  # fmt: skip
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="messages")
    outside = models.CharField(
        max_length=120, blank=True, help_text="Name of somebody who is neither patient nor staff; the address is fixed."
    )
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="messages")
    text = models.ForeignKey(MessageText, models.PROTECT, null=True, blank=True, related_name="+")
    address = models.CharField(max_length=254, blank=True, help_text="Taken from the record when it is claimed.")
    context = models.JSONField(
        default=dict, blank=True, help_text="Values for the allow-listed placeholders; never a token."
    )
    due_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField()
    expires_at = models.DateTimeField(
        null=True, blank=True, help_text="Of no use after this: withdrawn instead of sent late."
    )
    dedupe_key = models.CharField(max_length=160, unique=True)
    state = models.CharField(max_length=12, choices=MESSAGE.choices, default=MESSAGE.start)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    provider_id = models.CharField(max_length=120, blank=True)
    delivery = models.CharField(
        max_length=10, choices=DELIVERY, blank=True, help_text="Blank: sent, and nothing was heard of it since."
    )
    delivery_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField()
    queued_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["due_at"]
        indexes = [
            models.Index(fields=["next_attempt_at"], condition=Q(state="due"), name="message_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="message_sending"),
            models.Index(fields=["subject_kind", "subject_id"], name="message_of"),
            models.Index(fields=["site", "due_at"], name="message_by_site"),
            models.Index(fields=["provider_id"], condition=~Q(provider_id=""), name="message_by_provider"),
            models.Index(fields=["patient", "sent_at"], condition=Q(sent_at__isnull=False), name="message_sent_to"),
        ]
        constraints = [
            MESSAGE.known(),
            both_or_neither("message", "resolved"),
            models.CheckConstraint(
                condition=Q(patient__isnull=False, user__isnull=True, outside="")
                | Q(patient__isnull=True, user__isnull=False, outside="")
                | (Q(patient__isnull=True, user__isnull=True) & ~Q(outside="") & ~Q(address="")),
                name="message_one_recipient",
            ),
            models.CheckConstraint(
                condition=Q(representative__isnull=True) | Q(patient__isnull=False),
                name="message_on_behalf_of_a_patient",
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_has_time"),
        ]
        triggers = [MESSAGE.trigger()]
