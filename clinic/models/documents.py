"""Files that belong to a patient's record: copies of consents, letters, results, sheets to take home."""

from django.db import models
from django.db.models import F, Func, Q

from clinic.models.base import CLASSES, MENTAL, PERSONAL, SAFE, Row, stay_put


class DocumentManager(models.Manager):
    """Lists of documents never carry the bytes; whoever sends one file reads its bytes then."""

    def get_queryset(self):
        return super().get_queryset().defer("content")


class Document(Row):
    """One file as it was made or received. It is never changed; a newer one is another row.

    ``content`` may be of any class, so the column counts as the strictest; ``field_class`` says what this one is.
    """

    append_only = True
    KINDS = [
        ("consent_copy", "Copy of a consent"),
        ("letter", "Letter"),
        ("test_result", "Test result"),
        ("education", "Information to take home"),
        ("other", "Other"),
    ]
    CLASSIFY = {
        "kind": SAFE,
        "title": PERSONAL,
        "media_type": SAFE,
        "size": SAFE,
        "sha256": SAFE,
        "content": MENTAL,
        "field_class": SAFE,
        "subject_kind": SAFE,
        "subject_id": SAFE,
        "made_at": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="documents")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    title = models.CharField(max_length=160)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64, help_text="Over the bytes, checked each time the file is sent.")
    content = models.BinaryField()
    field_class = models.CharField(max_length=8, choices=[(name, name) for name in CLASSES])
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DocumentManager()

    class Meta:
        ordering = ["-made_at"]
        indexes = [
            models.Index(fields=["patient", "-made_at"], name="document_by_patient"),
            models.Index(fields=["subject_kind", "subject_id"], name="document_by_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id"], condition=Q(kind="consent_copy"), name="consent_copy_once_a_signature"
            ),
            models.CheckConstraint(
                condition=Q(size=Func(F("content"), function="octet_length", output_field=models.IntegerField())),
                name="document_size_is_its_bytes",
            ),
        ]
        triggers = [stay_put("document_stays")]

    def __str__(self):
        return self.title
