"""The log of calls: who was reached when, what was said, when it is tried again."""

from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, Xid8Field, stay_put


class CallNote(Row):
    """One call with a patient or one try, as it was noted at once. What was noted wrongly is noted again."""

    append_only = True
    OUTCOMES = [
        ("reached", "Spoke with the patient"),
        ("other_person", "Spoke with somebody else"),
        ("message", "Left a message to call back"),
        ("no_answer", "No answer"),
        ("wrong_number", "Wrong number"),
        ("gave_up", "No more tries, the prescriber knows"),
    ]
    DIRECTIONS = [("out", "We called"), ("in", "They called")]
    CLASSIFY = {
        "direction": SAFE,
        "outcome": SAFE,
        "called_at": SAFE,
        "next_try_at": SAFE,
        "noted_at": SAFE,
        "client_id": SAFE,
        "words": MENTAL,
        "pain": CLINICAL,
        "side_effects": CLINICAL,
        "xact": SAFE,
    }

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="call_notes")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        "followup.FollowUpContact", models.PROTECT, null=True, blank=True, related_name="calls",
        help_text="The next-day contact it was made for.",
    )  # fmt: skip
    task = models.ForeignKey("clinic.Task", models.PROTECT, null=True, blank=True, related_name="+")
    client_id = models.UUIDField(unique=True)
    direction = models.CharField(max_length=3, choices=DIRECTIONS, default="out")
    outcome = models.CharField(max_length=14, choices=OUTCOMES)
    called_at = models.DateTimeField()
    words = models.TextField(blank=True)
    pain = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0-10, as told on the phone.")
    side_effects = models.JSONField(default=list, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["called_at", "noted_at"]
        indexes = [models.Index(fields=["patient", "called_at"], name="call_note_by_patient")]
        constraints = [
            models.CheckConstraint(condition=Q(pain__isnull=True) | Q(pain__range=(0, 10)), name="call_pain_0_to_10"),
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=True) | Q(next_try_at__gt=F("called_at")), name="call_tried_again_later"
            ),
        ]
        triggers = [stay_put("call_note_stays")]
