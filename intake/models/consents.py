"""Who was asked to sign which text again, and why. Whether it is settled is read from the signatures."""

from django.db import models
from django.db.models import Q

from clinic.models.base import SAFE, Row, stay_put


class ConsentRequest(Row):
    """A patient was asked to read and sign one version, or told of it. Asking again is another row.

    It is settled once a signature under a text of the same kind is not older than ``asked_at``; telling asks nothing.
    """

    CHANGED, TOLD, AGAIN = "changed", "told", "again"
    WHYS = [(CHANGED, "the text has changed"), (TOLD, "told of a change"), (AGAIN, "asked by the clinic")]
    append_only = True
    CLASSIFY = {"why": SAFE, "asked_at": SAFE}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="consent_requests")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    text = models.ForeignKey("clinic.ConsentText", models.PROTECT, related_name="requests")
    why = models.CharField(max_length=8, choices=WHYS)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["patient", "-asked_at"], name="consent_request_by_patient")]
        constraints = [
            models.UniqueConstraint(
                fields=["patient", "text"], condition=~Q(why="again"), name="consent_request_once_a_version"
            ),
        ]
        triggers = [stay_put("consent_request_stays")]
