"""What patients report between visits, and on which day the next report is asked for."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, Xid8Field, by_xact, stay_put


def _scale(name):
    return models.CheckConstraint(
        condition=Q(**{f"{name}__range": (0, 10)}) | Q(**{f"{name}__isnull": True}), name=f"diary_{name}_0_to_10"
    )


class DiaryEntry(Row):
    """One report about one local day; empty is not zero. The latest of a day counts, earlier ones stay.

    `client_id` is made with the form, so that sending it twice records it once. Scales are 0-10.
    """

    append_only = True
    CLASSIFY = {
        "day": SAFE,
        "zone_name": SAFE,
        "client_id": SAFE,
        "body_hash": SAFE,
        "recorded_at": SAFE,
        "is_late": SAFE,
        "source": SAFE,
        "language": SAFE,
        "pain": CLINICAL,
        "mood": MENTAL,
        "sleep": CLINICAL,
        "function": CLINICAL,
        "relief_gone": CLINICAL,
        "asks_next": CLINICAL,
        "medicines_as_usual": CLINICAL,
        "side_effects": CLINICAL,
        "call_me": SAFE,
        "self_harm": MENTAL,
        "words": MENTAL,
        "xact": SAFE,
    }
    SOURCES = [("link", "By link"), ("staff", "Told to staff")]

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="diary_entries")
    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="diary_entries")
    link = models.ForeignKey("clinic.PatientLink", models.PROTECT, null=True, blank=True, related_name="+")
    day = models.DateField(help_text="The local day it is about.")
    zone_name = models.CharField(max_length=64)
    client_id = models.UUIDField(unique=True)
    body_hash = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=8, choices=SOURCES, default="link")
    language = models.CharField(max_length=8, default="en", help_text="The language it was answered in.")
    is_late = models.BooleanField(default=False)
    pain = models.PositiveSmallIntegerField(null=True, blank=True)
    mood = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 worst to 10 best.")
    sleep = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 worst to 10 best.")
    function = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 could do nothing to 10 everything.")
    relief_gone = models.BooleanField(default=False, help_text='The patient says: "the relief is gone".')
    asks_next = models.BooleanField(default=False, help_text='The patient says: "I would like the next infusion".')
    medicines_as_usual = models.BooleanField(null=True, blank=True)
    side_effects = models.JSONField(default=list, blank=True)
    call_me = models.BooleanField(default=False)
    self_harm = models.BooleanField(null=True, blank=True)
    words = models.TextField(blank=True)
    xact = Xid8Field()

    class Meta:
        verbose_name_plural = "diary entries"
        ordering = ["day", "recorded_at"]
        indexes = [models.Index(fields=["course", "day"], name="diary_by_course_day"), by_xact("diary_by_xact")]
        constraints = [_scale(name) for name in ("pain", "mood", "sleep", "function")]
        triggers = [stay_put("diary_entry_stays")]


class DiaryPlan(Row):
    """When a course's next diary is asked for: the time to act is this row's column, claimed by the worker."""

    CLASSIFY = {
        "review_at": SAFE,
        "next_at": SAFE,
        "next_day": SAFE,
        "started_at": SAFE,
        "ended_at": SAFE,
        "ended_why": SAFE,
        "round_at": SAFE,
        "round_day": SAFE,
    }

    course = models.OneToOneField("clinic.Course", models.PROTECT, related_name="diary_plan")
    started_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True)
    next_day = models.DateField(null=True, blank=True)
    review_at = models.DateTimeField(help_text="When episodes are rebuilt and a proposal is weighed next.")
    round_at = models.DateTimeField(null=True, blank=True, help_text="When questionnaires are asked next.")
    round_day = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_at"], condition=Q(ended_at__isnull=True), name="diary_plan_due"),
            models.Index(fields=["review_at"], condition=Q(ended_at__isnull=True), name="diary_plan_review_due"),
            models.Index(fields=["round_at"], condition=Q(ended_at__isnull=True), name="diary_plan_round_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=True, next_day__isnull=True)
                | Q(next_at__isnull=False, next_day__isnull=False),
                name="diary_plan_next_both",
            ),
            models.CheckConstraint(
                condition=Q(round_at__isnull=True, round_day__isnull=True)
                | Q(round_at__isnull=False, round_day__isnull=False),
                name="diary_plan_round_both",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="diary_plan_ended_with_reason",
            ),
        ]
