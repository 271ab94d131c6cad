"""What is kept before an infusion beside the timed entries: PINs, decisions about a drug, equipment checks."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row, Xid8Field, stay_put


class QuickPin(Row):
    """A person's PIN for the second signature at the chair; it opens no page and never replaces a sign-in.

    `for_password` is the mark of the password it was set with: a new password ends the PIN.
    """

    CLASSIFY = dict.fromkeys(("pin_hash", "for_password", "badge"), PERSONAL) | dict.fromkeys(
        ("set_at", "wrong_tries", "locked_at"), SAFE
    )

    user = models.OneToOneField("clinic.User", models.PROTECT, related_name="quick_pin")
    pin_hash = models.CharField(max_length=128, blank=True, help_text="Empty: taken away.")
    for_password = models.CharField(max_length=64, blank=True)
    badge = models.CharField(max_length=40, blank=True, help_text="What is scanned or typed off the badge.")
    set_at = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    locked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "quick PIN"
        constraints = [
            models.UniqueConstraint(fields=["badge"], condition=~Q(badge=""), name="quick_pin_badge_once"),
        ]


class DrugDecision(Row):
    """A prescriber goes on with a drug although something speaks against it: what, why, and who wrote it down.

    It holds for this patient's course, for exactly these words: what speaks against it later anew is asked again.
    """

    append_only = True
    OCCASIONS = [("order", "When ordered"), ("give", "When given"), ("ahead", "Decided ahead")]
    CLASSIFY = dict.fromkeys(("drug", "kind", "level", "words", "reason"), CLINICAL) | dict.fromkeys(
        ("occasion", "decided_at", "xact"), SAFE
    )

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="drug_decisions")
    drug = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, help_text="allergy or interaction")
    level = models.CharField(max_length=12)
    words = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)
    occasion = models.CharField(max_length=6, choices=OCCASIONS)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    written_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["decided_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason="") & ~Q(words=""), name="drug_decision_has_reason"),
        ]
        triggers = [stay_put("drug_decision_stays")]


class EquipmentCheck(Row):
    """The emergency equipment of a site, looked through on one day: every item's answer; a later one replaces it."""

    append_only = True
    CLASSIFY = dict.fromkeys(("day", "items", "in_order", "note", "checked_at", "xact"), SAFE)

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="equipment_checks")
    day = models.DateField(help_text="The site's own day.")
    items = models.JSONField(help_text="[code, label, in order, words] as answered then.")
    in_order = models.BooleanField()
    note = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["checked_at", "id"]
        indexes = [models.Index(fields=["site", "day"], name="equipment_of_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(items=[]), name="equipment_names_items"),
        ]
        triggers = [stay_put("equipment_check_stays")]
