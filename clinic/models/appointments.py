"""Who is where, when. The database, not the page, refuses to book a chair, a patient or a lane of a person twice."""

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Q
from django.db.models.functions import Coalesce

from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row, Xid8Field, by_xact, stay_put
from clinic.states import machine

APPOINTMENT = machine(
    "appointment",
    "booked",
    {
        "booked": "confirmed arrived cancelled no_show",
        "confirmed": "arrived cancelled no_show booked",
        "arrived": "in_progress cancelled done",
        "in_progress": "done",
        "done": "",
        "cancelled": "",
        "no_show": "",
    },
    {"in_progress": "in progress", "no_show": "did not come"},
)
# Why a visit did not take place, for the reports; clinic default, the clinic approves.
END_CODES = [
    ("ill", "Ill"),
    ("no_ride", "Nobody to take them home"),
    ("not_ready", "Not ready: ate, drank, or medicines"),
    ("life", "Work or family"),
    ("forgot", "Forgot"),
    ("travel", "Travel or weather"),
    ("cost", "Cost"),
    ("not_wanted", "Does not want it any more"),
    ("no_answer", "Could not be reached"),
    ("clinical", "A clinician decided so"),
    ("staff", "Clinic: nobody to look after the visit"),
    ("place", "Clinic: chair, room or closed"),
    ("other", "Another reason"),
    ("not_said", "Not said"),
]
OCCUPIES = ("booked", "confirmed", "arrived", "in_progress")

# Claims follow the state in the database too: a cancelled visit frees its chair whichever way it was cancelled.
FREE_CLAIMS = """
    UPDATE clinic_resourceclaim SET occupies = (NEW.state IN ('booked', 'confirmed', 'arrived', 'in_progress', 'done'))
      WHERE appointment_id = NEW.id;
    RETURN NEW;
"""


@pghistory.track()
class Appointment(Row):
    """`starts_at` and `ends_at` are the patient's visit; `zone_name` is the zone it was meant in."""

    KINDS = [
        ("consultation", "Consultation"),
        ("infusion", "Infusion"),
        ("booster", "Booster"),
        ("follow_up", "Follow-up"),
        ("adjunct", "Adjunct"),
    ]
    CLASSIFY = {
        "kind": CLINICAL,
        "starts_at": SAFE,
        "ends_at": SAFE,
        "zone_name": SAFE,
        "state": SAFE,
        "number": CLINICAL,
        "note": PERSONAL,
        "cancel_reason": PERSONAL,
        "end_code": PERSONAL,
        "booked_at": SAFE,
        "version": SAFE,
        "confirmed_at": SAFE,
        "sequence": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="appointments")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="appointments")
    course = models.ForeignKey("clinic.Course", models.PROTECT, null=True, blank=True, related_name="appointments")
    kind = models.CharField(max_length=16, choices=KINDS)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Which infusion of the course.")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone_name = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=APPOINTMENT.choices, default=APPOINTMENT.start)
    note = models.CharField(max_length=200, blank=True)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="The patient said yes.")
    cancel_reason = models.CharField(max_length=200, blank=True)
    end_code = models.CharField(
        "why it did not take place",
        max_length=12,
        blank=True,
        choices=END_CODES,
        help_text="Of a cancelled visit or one nobody came to; blank: not asked.",
    )
    version = models.PositiveIntegerField(default=1)
    sequence = models.PositiveIntegerField(
        default=0, help_text="Calendar SEQUENCE: grows with each change sent to the patient."
    )

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["site", "starts_at"], name="appointment_by_site_day")]
        constraints = [
            APPOINTMENT.known(),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="appointment_ends_after_start"),
            models.CheckConstraint(
                condition=Q(end_code="") | Q(state__in=["cancelled", "no_show"]), name="appointment_end_code_of_an_end"
            ),
            models.UniqueConstraint(
                fields=["course", "number"],
                condition=Q(state__in=[*OCCUPIES, "done"], number__isnull=False),
                name="appointment_number_once",
                deferrable=None,
            ),
        ]
        triggers = [
            APPOINTMENT.trigger(),
            pgtrigger.Trigger(
                name="claims_follow_state",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("state"),
                func=FREE_CLAIMS,
            ),
        ]

    @property
    def is_infusion(self):
        return self.kind in ("infusion", "booster")


class Hold(Row):
    """Somebody is filling the booking form: the slot is kept for ten minutes."""

    CLASSIFY = {"made_at": SAFE, "expires_at": SAFE, "ended_at": SAFE}

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="holds")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)


class ResourceClaim(Row):
    """One resource, one lane, one range.

    A chair, a patient and a prescriber have lane 0 only; a nurse as many as the site sets.
    """

    CLASSIFY = {"lane": SAFE, "during": SAFE, "occupies": SAFE, "resource": SAFE}

    appointment = models.ForeignKey(Appointment, models.PROTECT, null=True, blank=True, related_name="claims")
    hold = models.ForeignKey(Hold, models.PROTECT, null=True, blank=True, related_name="claims")
    chair = models.ForeignKey("clinic.Chair", models.PROTECT, null=True, blank=True, related_name="claims")
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="claims")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="claims")
    resource = models.GeneratedField(
        expression=Coalesce("chair_id", "user_id", "patient_id"), output_field=models.UUIDField(), db_persist=True
    )
    lane = models.PositiveSmallIntegerField(default=0)
    during = DateTimeRangeField()
    occupies = models.BooleanField(default=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="never_booked_twice",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    ("lane", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(occupies=True),
                deferrable=Deferrable.IMMEDIATE,
            ),
            models.CheckConstraint(
                name="claim_of_one_resource",
                condition=Q(chair__isnull=False, user__isnull=True, patient__isnull=True)
                | Q(chair__isnull=True, user__isnull=False, patient__isnull=True)
                | Q(chair__isnull=True, user__isnull=True, patient__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_of_appointment_or_hold",
                condition=Q(appointment__isnull=False, hold__isnull=True)
                | Q(appointment__isnull=True, hold__isnull=False),
            ),
            models.CheckConstraint(name="claim_lanes_of_staff_only", condition=Q(lane=0) | Q(user__isnull=False)),
        ]


class ReadinessAnswer(Row):
    """What the patient answered before a visit: ready or not, and why. A later answer is a later row."""

    append_only = True
    CLASSIFY = {"answers": CLINICAL, "ready": SAFE, "answered_at": SAFE, "xact": SAFE}

    appointment = models.ForeignKey(Appointment, models.PROTECT, related_name="readiness_answers")
    answers = models.JSONField()
    ready = models.BooleanField()
    answered_at = models.DateTimeField()
    xact = Xid8Field()

    class Meta:
        ordering = ["answered_at"]
        triggers = [stay_put("readiness_answer_stays")]


class StateChange(Row):
    """Who moved what from where to where, when: the history of every state machine."""

    append_only = True
    CLASSIFY = {
        "machine": SAFE,
        "subject_id": SAFE,
        "from_state": SAFE,
        "to_state": SAFE,
        "at": SAFE,
        "recorded_at": SAFE,
        "reason": PERSONAL,
        "xact": SAFE,
    }

    machine = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    by_user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["at", "recorded_at"]
        indexes = [models.Index(fields=["subject_id", "at"], name="state_change_of"), by_xact("state_change_by_xact")]
        triggers = [stay_put("state_change_stays")]
