"""Rounds of questionnaires asked by link, and the opioid dose that patients tell in them."""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, stay_put


@pghistory.track()
class QuestionRound(Row):
    """Questionnaires asked of one course about one local day. The answers are InstrumentResponses of this occasion."""

    OCCASIONS = [("baseline", "Before the first infusion"), ("weekly", "Weekly"), ("monthly", "Monthly"),
                 ("asked", "Asked by hand")]  # fmt: skip
    CLASSIFY = {
        "day": SAFE,
        "occasion": SAFE,
        "pages": CLINICAL,
        "asked_at": SAFE,
        "closes_at": SAFE,
        "finished_at": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="question_rounds")
    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="question_rounds")
    day = models.DateField(help_text="The patient's local day it was asked for.")
    occasion = models.CharField(max_length=10, choices=OCCASIONS)
    pages = models.JSONField(help_text="Codes of the pages asked, in order.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    closes_at = models.DateTimeField(help_text="Not answered until then, it stays missed.")
    finished_at = models.DateTimeField(null=True, blank=True, help_text="When its last page was answered.")

    class Meta:
        ordering = ["day"]
        indexes = [models.Index(fields=["patient", "day"], name="question_round_by_patient")]
        constraints = [
            models.UniqueConstraint(fields=["course", "day"], name="question_round_once_a_day"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("asked_at")), name="question_round_closes_later"),
        ]

    @property
    def site(self):
        """Where the course is."""
        return self.course.site


class OpioidReport(Row):
    """The opioids of a day as the patient told them, in morphine equivalents. The latest of a day counts.

    `mme` is mg of morphine a day, None while one opioid can't be computed: that is unknown, never 0. The year of the
    factors is kept, so that a trend does not jump when the table changes.
    """

    append_only = True
    SOURCES = [("link", "By link"), ("staff", "Told to staff")]
    CLASSIFY = {
        "day": SAFE,
        "is_none": CLINICAL,
        "medicines": CLINICAL,
        "mme": CLINICAL,
        "factor_year": SAFE,
        "source": SAFE,
        "told_at": SAFE,
        "xact": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="opioid_reports")
    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="opioid_reports")
    round = models.ForeignKey(QuestionRound, models.PROTECT, null=True, blank=True, related_name="opioid_reports")
    day = models.DateField(help_text="The patient's local day it is about.")
    is_none = models.BooleanField(help_text='The patient says: "no opioids".')
    medicines = models.JSONField(default=list, blank=True, help_text="name, amount, unit, times_a_day as told.")
    mme = models.DecimalField(max_digits=8, decimal_places=1, null=True, blank=True)
    factor_year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=8, choices=SOURCES, default="link")
    told_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["day", "told_at"]
        indexes = [models.Index(fields=["course", "day"], name="opioid_report_by_course_day")]
        constraints = [
            models.CheckConstraint(condition=Q(is_none=False) | Q(mme=0, medicines=[]), name="opioid_none_is_zero"),
            models.CheckConstraint(condition=Q(mme__isnull=True) | Q(mme__gte=0), name="opioid_dose_not_below_zero"),
            models.CheckConstraint(
                condition=Q(source="link", recorded_by__isnull=True) | Q(source="staff", recorded_by__isnull=False),
                name="opioid_told_to_somebody",
            ),
        ]
        triggers = [stay_put("opioid_report_stays")]
