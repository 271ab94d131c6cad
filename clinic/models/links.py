"""Links that let a patient in for one purpose. Only a hash of the token is kept."""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row


class PatientLink(Row):
    """An invitation, not a login. `trusted_device` is the hash of the cookie of the browser that first opened it."""

    PURPOSES = [
        ("packet", "Intake packet"),
        ("questions", "Questions sent back"),
        ("diary", "Diary"),
        ("readiness", "Readiness questions"),
        ("visits", "Visits"),
        ("stop", "Message choices"),
        ("consent", "Consents"),
        ("education", "Before the first infusion"),
        ("documents", "Documents"),
        ("checkup", "Questionnaires of a course"),
        ("messages", "Messages with the clinic"),
        ("offer", "An offered time"),
        ("home", "The patient's own page"),
    ]
    CLASSIFY = {
        "purpose": SAFE,
        "token_hash": SAFE,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "made_at": SAFE,
        "expires_at": SAFE,
        "wrong_tries": SAFE,
        "first_opened_at": SAFE,
        "trusted_device": SAFE,
        "ended_at": SAFE,
        "ended_why": SAFE,
        "local_day": SAFE,
    }
    ENDED = [("tries", "five wrong tries"), ("submitted", "submitted"), ("revoked", "replaced or withdrawn")]

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="links")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    representative = models.ForeignKey(
        "clinic.Representative", models.PROTECT, null=True, blank=True, related_name="links",
        help_text="Whom it was sent to, when not to the patient.",
    )  # fmt: skip
    purpose = models.CharField(max_length=12, choices=PURPOSES)
    token_hash = models.CharField(max_length=64, unique=True)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    local_day = models.DateField(null=True, blank=True, help_text="For a diary link: the day it asks about.")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    first_opened_at = models.DateTimeField(null=True, blank=True)
    trusted_device = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=10, choices=ENDED, blank=True)

    class Meta:
        indexes = [models.Index(fields=["patient", "purpose"], name="link_by_patient")]
        constraints = [
            models.CheckConstraint(condition=Q(wrong_tries__lte=5), name="link_five_tries"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="link_ended_with_reason",
            ),
        ]

    def is_open(self, at):
        return self.ended_at is None and self.expires_at > at


class LinkCode(Row):
    """A six-digit code sent to the contact on file, good for ten minutes and five tries."""

    CLASSIFY = {"code_hash": PERSONAL, "made_at": SAFE, "expires_at": SAFE, "wrong_tries": SAFE, "used_at": SAFE}

    link = models.ForeignKey(PatientLink, models.PROTECT, related_name="codes")
    code_hash = models.CharField(max_length=128)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at"]
