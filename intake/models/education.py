"""What a patient reads before the first infusion, how far they got, and what they asked a nurse about it."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import MENTAL, PERSONAL, SAFE, Row, both_or_neither, locked_once, stay_put


class EducationText(Row):
    """The sections of a sheet, one topic each. A draft may change; once published it is frozen, as consents are."""

    KINDS = [("first_infusion", "Before the first infusion")]
    CLASSIFY = {"kind": SAFE, "language": SAFE, "number": SAFE, "title": SAFE, "body": SAFE, "published_at": SAFE}

    kind = models.CharField(max_length=20, choices=KINDS, default="first_infusion")
    language = models.CharField(max_length=8, default="en")
    number = models.PositiveIntegerField("version", default=1)
    title = models.CharField(max_length=160)
    body = models.TextField(help_text="A line that begins with ## starts a section; a blank line parts paragraphs.")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["kind", "language", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "number"], name="education_text_version_once"),
            both_or_neither("education_text", "published"),
        ]
        triggers = [locked_once("education_text_frozen", "published_at")]

    def __str__(self):
        return f"{self.title}, version {self.number}"


class SectionRead(Row):
    """The patient has read one section of a text. ``section`` counts from 1."""

    append_only = True
    CLASSIFY = {"section": SAFE, "read_at": SAFE}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="sections_read")
    text = models.ForeignKey(EducationText, models.PROTECT, related_name="+")
    section = models.PositiveSmallIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "text", "section"], name="section_read_once")]
        triggers = [stay_put("section_read_stays")]


class EducationReading(Row):
    """The whole text was read and confirmed by the patient, or explained to them in person by somebody with a name."""

    append_only = True
    HOWS = [("read", "read and confirmed"), ("in_person", "explained in person")]
    CLASSIFY = {"how": SAFE, "explained_by": PERSONAL, "confirmed_at": SAFE}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="education_readings")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    text = models.ForeignKey(EducationText, models.PROTECT, related_name="readings")
    how = models.CharField(max_length=10, choices=HOWS, default="read")
    explained_by = models.CharField(max_length=120, blank=True, help_text="Who explained it, by name.")
    confirmed_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["confirmed_at"]
        indexes = [models.Index(fields=["patient", "confirmed_at"], name="education_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "text"], condition=Q(how="read"), name="education_read_once_a_version"
            ),
            models.CheckConstraint(
                condition=Q(how="read", explained_by="")
                | (Q(how="in_person", recorded_by__isnull=False) & ~Q(explained_by="")),
                name="education_in_person_has_a_name",
            ),
        ]
        triggers = [stay_put("education_reading_stays")]


@pghistory.track()
class NurseQuestion(Row):
    """What the patient asked about a text, and what came of it. The patient's words never change."""

    CLASSIFY = {
        "section": SAFE,
        "words": MENTAL,
        "asked_at": SAFE,
        "answer": MENTAL,
        "answered_at": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="nurse_questions")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    text = models.ForeignKey(EducationText, models.PROTECT, null=True, blank=True, related_name="+")
    section = models.PositiveSmallIntegerField(default=0, help_text="Counts from 1; 0: about the whole.")
    words = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked_at"]
        indexes = [models.Index(fields=["patient", "asked_at"], name="nurse_question_by_patient")]
        constraints = [
            both_or_neither("nurse_question", "answered"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="nurse_question_answer_has_words",
            ),
        ]
