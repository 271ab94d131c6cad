"""What came of "stop and reassess", and when the patient asked for the next infusion."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, stay_put


class Reassessment(Row):
    """What came of "stop and reassess": the course goes on, with a changed plan, rests or ends."""

    append_only = True
    OUTCOMES = [
        ("go_on", "Go on as planned"),
        ("change", "Go on with a changed plan"),
        ("pause", "Pause the course"),
        ("stop", "End the course"),
    ]
    CLASSIFY = {"outcome": CLINICAL, "reason": CLINICAL, "decided_at": SAFE}

    proposal = models.OneToOneField("followup.BoosterProposal", models.PROTECT, related_name="reassessment")
    outcome = models.CharField(max_length=8, choices=OUTCOMES)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-decided_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reassessment_has_reason")]
        triggers = [stay_put("reassessment_stays")]


class BoosterRequest(Row):
    """The patient asks for the next infusion, as staff heard it. Asking ever earlier is a reason to look again."""

    append_only = True
    HOW = [("phone", "On the phone"), ("visit", "At a visit"), ("message", "In a message"), ("other", "Another way")]
    CLASSIFY = {"asked_on": CLINICAL, "how": SAFE, "words": MENTAL, "recorded_at": SAFE}

    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="booster_requests")
    asked_on = models.DateField(help_text="A day of the site's calendar.")
    how = models.CharField(max_length=8, choices=HOW)
    words = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["asked_on", "recorded_at"]
        constraints = [models.UniqueConstraint(fields=["course", "asked_on"], name="booster_request_once_a_day")]
        triggers = [stay_put("booster_request_stays")]
