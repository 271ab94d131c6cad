"""The spine: patient -> course -> sessions -> relief."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, Xid8Field, classify, stay_put
from clinic.models.protocols import Measure
from clinic.states import machine

COURSE = machine(
    "course",
    "planned",
    {
        "planned": "active stopped",
        "active": "paused completed stopped",
        "paused": "active stopped",
        "completed": "active",
        "stopped": "",
    },
    {
        "planned": "planned",
        "active": "under way",
        "paused": "paused",
        "completed": "series completed",
        "stopped": "stopped",
    },
)


@pghistory.track()
class Course(Row):
    """A patient on a protocol. `dose` is the current plan in the unit of the protocol drug's basis."""

    CLASSIFY = {
        "reason": MENTAL,
        "reason_words": MENTAL,
        "goals": MENTAL,
        "planned_number": CLINICAL,
        "spacing_days": CLINICAL,
        "dose": CLINICAL,
        "dose_basis": CLINICAL,
        "adjuncts": CLINICAL,
        "medicine_plan": CLINICAL,
        "state": SAFE,
        "signed_at": SAFE,
        "opened_at": SAFE,
        "version": SAFE,
        "diary_from": SAFE,
        "packet_pain_average": CLINICAL,
        "number": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="courses")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="courses")
    number = models.PositiveSmallIntegerField(default=1, help_text="The patient's first, second... course.")
    protocol_version = models.ForeignKey("clinic.ProtocolVersion", models.PROTECT, related_name="courses")
    reason = models.CharField(max_length=40, help_text="Condition code, e.g. crps, fibromyalgia, depression.")
    reason_words = models.CharField(max_length=200, blank=True)
    goals = models.TextField(blank=True)
    planned_number = models.PositiveSmallIntegerField()
    spacing_days = models.PositiveSmallIntegerField()
    dose = models.DecimalField(max_digits=8, decimal_places=3)
    dose_basis = models.CharField(max_length=8)
    adjuncts = models.TextField(blank=True)
    medicine_plan = models.TextField(
        blank=True, help_text="What to take or hold on the day; empty: take as usual, ask us."
    )
    packet_pain_average = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        help_text="Average pain 0-10 from the packet, for a baseline when the diary is too short.",
    )
    state = models.CharField(max_length=12, choices=COURSE.choices, default=COURSE.start)
    opened_at = models.DateTimeField()
    prescriber = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True, help_text="The plan is signed by the prescriber.")
    diary_from = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            COURSE.known(),
            models.CheckConstraint(condition=Q(dose__gt=0), name="course_dose_above_zero"),
            models.UniqueConstraint(fields=["patient", "number"], name="course_number_once"),
        ]
        triggers = [COURSE.trigger()]

    def __str__(self):
        return f"Course {self.number}"


class CourseVersionMove(Row):
    """Moving a course to a newer protocol version is a recorded decision."""

    append_only = True
    CLASSIFY = {"moved_at": SAFE, "reason": CLINICAL}

    course = models.ForeignKey(Course, models.PROTECT, related_name="version_moves")
    frm = models.ForeignKey("clinic.ProtocolVersion", models.PROTECT, related_name="+")
    to = models.ForeignKey("clinic.ProtocolVersion", models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    moved_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    reason = models.TextField()

    class Meta:
        triggers = [stay_put("course_version_move_stays")]


class PlanSignature(Row):
    """A prescriber signed the plan of a course as it stood then. A changed plan is signed anew: another row.

    `facts` are what was signed, column by column in plain text; `sha256` is over them and over who signed what, when.
    """

    append_only = True
    OCCASIONS = [("signed", "Signed"), ("changed", "Changed and signed anew"), ("moved", "Moved to another version")]
    CLASSIFY = classify("occasion course_version sha256 signed_at printed_name xact", SAFE) | {"facts": MENTAL}

    course = models.ForeignKey(Course, models.PROTECT, related_name="plan_signatures")
    occasion = models.CharField(max_length=8, choices=OCCASIONS)
    course_version = models.PositiveIntegerField(help_text="The course's version that this signature made.")
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    printed_name = models.CharField(max_length=160)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["-course_version"]
        constraints = [
            models.UniqueConstraint(fields=["course", "course_version"], name="plan_signature_once_a_version")
        ]
        triggers = [stay_put("plan_signature_stays")]


class CourseLimit(Row):
    """A limit for this patient, set by the prescriber with a reason; the newest row of a measure and level counts."""

    append_only = True
    CLASSIFY = {
        "measure": CLINICAL,
        "level": CLINICAL,
        "low": CLINICAL,
        "high": CLINICAL,
        "reason": CLINICAL,
        "set_at": SAFE,
    }

    course = models.ForeignKey(Course, models.PROTECT, related_name="limits")
    measure = models.CharField(max_length=16, choices=Measure.choices)
    level = models.CharField(max_length=8)
    low = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    high = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-set_at"]
        triggers = [stay_put("course_limit_stays")]
