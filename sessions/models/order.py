"""Orders: written, standing or verbal; and the dose order of an infused drug with every figure it rests on."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, both_or_neither, stay_put
from sessions.rules.dose import BASES, WEIGHT_KINDS


class Order(Row):
    """Every drug, oxygen, fluid and change of rate names its order.

    `ordered_by` is the prescriber whose order it is. A verbal one was taken by somebody, read back, and waits for the
    prescriber's co-signature until `cosign_due_at`.
    """

    KINDS = [("written", "Written"), ("standing", "Standing"), ("verbal", "Verbal"), ("plan", "From the signed plan")]
    CATEGORIES = [
        ("drug", "Drug"),
        ("oxygen", "Oxygen"),
        ("fluid", "Fluid"),
        ("dose", "Infusion dose"),
        ("rate", "Rate"),
        ("extension", "Longer infusion"),
        ("resume", "Go on after a pause"),
        ("discharge", "Discharge"),
        ("other", "Other"),
    ]
    CLASSIFY = dict.fromkeys(
        (
            "drug",
            "dose_mg",
            "max_doses",
            "route",
            "interval_minutes",
            "condition",
            "text",
            "rate_ml_h",
            "minutes",
            "said_back",
        ),
        CLINICAL,
    ) | dict.fromkeys(("kind", "category", "ordered_at", "read_back", "cosign_due_at", "cosigned_at", "ended_at"), SAFE)

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=10, choices=KINDS)
    category = models.CharField(max_length=10, choices=CATEGORIES)
    drug = models.CharField(max_length=60, blank=True)
    dose_mg = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    rate_ml_h = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    minutes = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True, help_text="Of an extension: so many minutes more."
    )
    extends = models.ForeignKey(
        "treatment_sessions.DoseOrder", models.PROTECT, null=True, blank=True, related_name="extensions"
    )
    max_doses = models.PositiveSmallIntegerField(null=True, blank=True)
    route = models.CharField(max_length=12, blank=True)
    interval_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    condition = models.CharField(max_length=160, blank=True)
    text = models.CharField(max_length=300, blank=True)
    standing_order = models.ForeignKey("clinic.StandingOrder", models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    taken_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    read_back = models.BooleanField(default=False)
    said_back = models.CharField(
        max_length=600, blank=True, help_text="Of a verbal order: the sentence that was read back and confirmed."
    )
    cosign_due_at = models.DateTimeField(null=True, blank=True)
    cosigned_at = models.DateTimeField(null=True, blank=True)
    cosigned_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["ordered_at"]
        constraints = [
            both_or_neither("order", "cosigned"),
            both_or_neither("order", "ended"),
            models.CheckConstraint(
                condition=~Q(kind="verbal")
                | Q(taken_by__isnull=False, read_back=True, cosign_due_at__isnull=False) & ~Q(taken_by=F("ordered_by")),
                name="order_verbal_read_back",
            ),
            models.CheckConstraint(
                condition=~Q(kind="standing") | Q(standing_order__isnull=False), name="order_standing_names_it"
            ),
            models.CheckConstraint(
                condition=~Q(category="extension") & Q(extends__isnull=True)
                | Q(category="extension", extends__isnull=False, dose_mg__gt=0, minutes__gt=0),
                name="order_extension_complete",
            ),
            models.CheckConstraint(
                condition=Q(cosigned_by__isnull=True) | Q(cosigned_by=F("ordered_by")), name="order_cosigned_by_orderer"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="order_words_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["cosigned_at", "cosigned_by", "ended_at", "ended_by"]),
            ),
            pgtrigger.Protect(name="order_stays", operation=pgtrigger.Delete),
        ]

    @property
    def is_signed(self):
        """In force without waiting for anybody: written, standing, from the plan, or verbal and co-signed."""
        return self.kind != "verbal" or self.cosigned_at is not None

    def awaits_cosign(self):
        return self.kind == "verbal" and self.cosigned_at is None


class DoseOrder(Row):
    """One infused drug's order in figures: mg, mg/kg, mg/kg/h, mL and mL/h of one weight, strength and duration."""

    append_only = True
    ENDS = [("total", "Total mg"), ("time", "Total time"), ("first", "Whichever comes first")]
    CLASSIFY = dict.fromkeys(
        (
            "drug",
            "basis",
            "per_unit",
            "dosing_weight_kg",
            "weight_kind",
            "planned_mg",
            "minutes",
            "strength_mg_ml",
            "volume_ml",
            "rate_ml_h",
            "ends_by",
            "max_rate_mg_h",
            "max_total_mg",
            "rate_steps",
            "pump",
            "previous_mg",
            "confirmed",
        ),
        CLINICAL,
    ) | {"position": SAFE, "controlled": SAFE}

    order = models.OneToOneField(Order, models.PROTECT, related_name="dose_order")
    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="dose_orders")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    position = models.PositiveSmallIntegerField(default=0)
    drug = models.CharField(max_length=40)
    controlled = models.BooleanField(default=True)
    basis = models.CharField(max_length=8, choices=[(b, b) for b in BASES])
    per_unit = models.DecimalField(max_digits=8, decimal_places=3, help_text="In the unit of the basis.")
    dosing_weight_kg = models.DecimalField(max_digits=5, decimal_places=1)
    weight_kind = models.CharField(max_length=10, choices=[(k, k) for k in WEIGHT_KINDS])
    weight_entry = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, related_name="+")
    planned_mg = models.DecimalField(max_digits=9, decimal_places=1)
    minutes = models.DecimalField(max_digits=6, decimal_places=1)
    strength_mg_ml = models.DecimalField(max_digits=8, decimal_places=4)
    volume_ml = models.DecimalField(max_digits=8, decimal_places=2)
    rate_ml_h = models.DecimalField(max_digits=7, decimal_places=2)
    ends_by = models.CharField(max_length=6, choices=ENDS, default="first")
    max_rate_mg_h = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    max_total_mg = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    rate_steps = models.JSONField(
        default=list, blank=True, help_text='[minute, "mL/h"] pairs from minute 0 on; empty: one rate.'
    )
    pump = models.CharField(max_length=40, blank=True)
    previous_mg = models.DecimalField(max_digits=9, decimal_places=1, null=True, blank=True)
    confirmed = models.JSONField(default=list, blank=True, help_text="What was odd and confirmed, in words.")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    planned_mg__gt=0, minutes__gt=0, strength_mg_ml__gt=0, dosing_weight_kg__gt=0, rate_ml_h__gt=0
                ),
                name="dose_order_above_zero",
            ),
        ]
        triggers = [stay_put("dose_order_stays")]

    @property
    def mg_per_kg(self):
        return self.planned_mg / self.dosing_weight_kg

    @property
    def mg_per_h(self):
        return self.planned_mg * 60 / self.minutes

    @property
    def mg_per_kg_h(self):
        return self.mg_per_kg * 60 / self.minutes
