"""Who filled a packet in together with the patient, and from when to when."""

from django.db import models
from django.db.models import Q

from clinic.models.base import PERSONAL, SAFE, Row, stay_put


class PacketHelp(Row):
    """Somebody began to help, or (``ends``) stopped helping: two rows make the time, and neither ever changes."""

    RELATIVE, STAFF, REPRESENTATIVE = "relative", "staff", "representative"
    HELPERS = [
        (RELATIVE, "Relative or friend"),
        (STAFF, "Staff of the clinic"),
        (REPRESENTATIVE, "Representative"),
    ]
    append_only = True
    CLASSIFY = {"helper": SAFE, "name": PERSONAL, "relation": PERSONAL, "at": SAFE}

    packet = models.ForeignKey("intake.Packet", models.PROTECT, related_name="help")
    helper = models.CharField(max_length=16, choices=HELPERS)
    name = models.CharField(max_length=120)
    relation = models.CharField(max_length=60, blank=True)
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    representative = models.ForeignKey("clinic.Representative", models.PROTECT, null=True, blank=True, related_name="+")
    ends = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="end")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "packet help"
        ordering = ["at"]
        indexes = [models.Index(fields=["packet", "at"], name="packet_help_by_packet")]
        constraints = [
            models.CheckConstraint(
                condition=Q(helper="relative", user=None, representative=None)
                | Q(helper="staff", user__isnull=False, representative=None)
                | Q(helper="representative", user=None, representative__isnull=False),
                name="packet_help_names_its_helper",
            ),
        ]
        triggers = [stay_put("packet_help_stays")]

    def __str__(self):
        return f"{self.name}, {self.relation}" if self.relation else self.name

    @property
    def until(self):
        """When they stopped; None while they help."""
        return self.end.at if hasattr(self, "end") else None
