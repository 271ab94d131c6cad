"""The clinic's own letters: drafts until published, frozen afterwards, one numbered row a version and language."""

from django.db import models

from clinic.models.base import SAFE, Row, both_or_neither, locked_once


class LetterText(Row):
    """The template of a letter. Placeholders in braces are allow-listed by its kind (clinic.letters)."""

    KINDS = [
        ("patient_candidate", "To the patient: a candidate"),
        ("patient_conditions", "To the patient: a candidate with conditions"),
        ("patient_wait", "To the patient: wait for something first"),
        ("patient_not", "To the patient: not a candidate"),
        ("referrer", "To the referrer: the decision"),
        ("progress", "To the referrer: progress after a series"),
    ]
    CLASSIFY = {"kind": SAFE, "language": SAFE, "number": SAFE, "title": SAFE, "body": SAFE, "published_at": SAFE}

    kind = models.CharField(max_length=20, choices=KINDS)
    language = models.CharField(max_length=8, default="en")
    number = models.PositiveIntegerField("version", default=1)
    title = models.CharField(max_length=160)
    body = models.TextField(help_text="Plain paragraphs, a blank line between them. Placeholders in braces.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="letter_text_version_once"),
            both_or_neither("letter_text", "published"),
        ]
        triggers = [locked_once("letter_text_frozen", "published_at")]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.language}), version {self.number}"
