"""A patient's whole record as one file, made by the worker and kept for a week."""

from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row
from clinic.states import machine

ARCHIVE = machine("record_archive", "asked", {
    "asked": "making failed",
    "making": "ready asked failed",
    "ready": "emptied",
    "failed": "asked",
    "emptied": "",
}, {"asked": "waits for the worker", "making": "being made", "emptied": "taken away after a week"})  # fmt: skip


class ArchiveManager(models.Manager):
    """Lists never carry the bytes; whoever sends the file reads its bytes then."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class RecordArchive(Row):
    """One copy of everything, asked for by the patient (`asked_by` empty) or by staff. Its bytes go after a week."""

    CLASSIFY = dict.fromkeys(
        (
            "state",
            "asked_at",
            "parts",
            "parts_done",
            "claimed_at",
            "attempts",
            "made_at",
            "expires_at",
            "size",
            "sha256",
        ),
        SAFE,
    ) | {"content": MENTAL, "error": PERSONAL}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="record_archives")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ARCHIVE.choices, default=ARCHIVE.start)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    parts = models.PositiveSmallIntegerField(default=0, help_text="How many parts it will have; 0: not known yet.")
    parts_done = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True, help_text="When the worker last said it is at it.")
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    size = models.PositiveIntegerField(default=0, help_text="Bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(default=bytes)

    objects = ArchiveManager()

    class Meta:
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["patient", "-asked_at"], name="archive_by_patient"),
            models.Index(fields=["asked_at"], condition=Q(state__in=("asked", "making")), name="archive_to_make"),
        ]
        constraints = [
            ARCHIVE.known(),
            models.UniqueConstraint(
                fields=["patient"], condition=Q(state__in=("asked", "making")), name="archive_one_under_way"
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(made_at__isnull=False, expires_at__isnull=False, size__gt=0),
                name="archive_ready_has_file",
            ),
            models.CheckConstraint(condition=~Q(state="emptied") | Q(content=b""), name="archive_emptied_is_empty"),
        ]
        triggers = [ARCHIVE.trigger()]
