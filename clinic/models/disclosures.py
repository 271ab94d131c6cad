"""What left the clinic about a patient: to whom, what, why, how. One row each time, never changed."""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row, Xid8Field, classify, stay_put
from clinic.rules.disclosures import KINDS, PURPOSES, WAYS


class Disclosure(Row):
    """One disclosure: date, time, patient, by whom, to whom, what. `sha256` is over the bytes, where there are any."""

    append_only = True
    CLASSIFY = classify("kind way purpose told_at noted_at subject_kind subject_id sha256 xact", SAFE) | classify(
        "what to_whom note", PERSONAL
    )

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="disclosures")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=list(KINDS.items()))
    way = models.CharField(max_length=8, choices=list(WAYS.items()))
    purpose = models.CharField(max_length=10, choices=list(PURPOSES.items()))
    what = models.CharField(max_length=300, help_text="What was told, without findings or scores.")
    to_whom = models.CharField(max_length=200, help_text="Name and place.")
    note = models.CharField(max_length=300, blank=True)
    told_at = models.DateTimeField()
    noted_at = models.DateTimeField(db_default=models.functions.Now())
    noted_by = models.ForeignKey(
        "clinic.User", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Empty: the patient took it through a link.",
    )  # fmt: skip
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.UUIDField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["-told_at"]
        indexes = [
            models.Index(fields=["patient", "-told_at"], name="disclosure_by_patient"),
            models.Index(fields=["site", "-told_at"], name="disclosure_by_site"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(to_whom=""), name="disclosure_says_what_to_whom")
        ]
        triggers = [stay_put("disclosure_stays")]

    def __str__(self):
        return f"{self.get_kind_display()} to {self.to_whom}"
