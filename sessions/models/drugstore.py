"""Where a drug comes from and where every mg went: containers, preparations, second checks, ledger, differences."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, both_or_neither, stay_put
from clinic.states import machine
from sessions.rules.ledger import KINDS as LEDGER_KINDS
from sessions.rules.ledger import MANNERS, OUTCOMES
from sessions.rules.second_check import OCCASIONS

CONTAINER = machine(
    "container",
    "sealed",
    {
        "sealed": "open empty discarded returned",
        "open": "empty discarded",
        "empty": "",
        "discarded": "",
        "returned": "",
    },
    {"sealed": "sealed", "open": "opened"},
)


class Container(Row):
    """A vial. Single-dose: one patient, the rest is waste. Multi-dose: opened on, discard by."""

    CLASSIFY = dict.fromkeys(
        (
            "code",
            "gtin",
            "ndc",
            "drug",
            "strength_mg_ml",
            "volume_ml",
            "lot",
            "expires_on",
            "use",
            "state",
            "received_at",
            "opened_at",
            "discard_on",
            "supplier",
            "schedule",
            "kept_in",
        ),
        SAFE,
    )
    USES = [("single", "Single-dose"), ("multi", "Multi-dose")]
    SCHEDULES = [("II", "C-II"), ("III", "C-III"), ("IV", "C-IV"), ("V", "C-V")]

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="containers")
    code = models.CharField(max_length=40, help_text="What is scanned or typed off its label.")
    gtin = models.CharField(max_length=14, blank=True, help_text="The product in its barcode (GTIN-14).")
    ndc = models.CharField(
        max_length=13, blank=True, help_text="National drug code: with hyphens as typed, else the barcode's ten digits."
    )
    drug = models.CharField(max_length=40)
    schedule = models.CharField(max_length=3, choices=SCHEDULES, default="III", help_text="Of the controlled drug.")
    strength_mg_ml = models.DecimalField(max_digits=7, decimal_places=3)
    volume_ml = models.DecimalField(max_digits=8, decimal_places=3)
    lot = models.CharField(max_length=40)
    expires_on = models.DateField()
    supplier = models.CharField(max_length=120, blank=True)
    delivery = models.ForeignKey(
        "treatment_sessions.Delivery", models.PROTECT, null=True, blank=True, related_name="containers"
    )
    came_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="went_to",
        help_text="The same vial at another site.",
    )
    kept_in = models.CharField(max_length=40, blank=True, help_text="The safe or cupboard.")
    use = models.CharField(max_length=6, choices=USES)
    state = models.CharField(max_length=10, choices=CONTAINER.choices, default=CONTAINER.start)
    patient = models.ForeignKey(
        "clinic.Patient",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom a single-dose container was opened for.",
    )
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    discard_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["expires_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["site", "code"], name="container_code_once"),
            CONTAINER.known(),
            both_or_neither("container", "opened"),
            models.CheckConstraint(
                condition=Q(strength_mg_ml__gt=0, volume_ml__gt=0), name="container_holds_something"
            ),
            models.CheckConstraint(
                condition=Q(patient__isnull=True) | Q(use="single"), name="container_single_for_patient"
            ),
        ]
        triggers = [CONTAINER.trigger()]

    def __str__(self):
        return f"{self.drug} {self.strength_mg_ml.normalize():f} mg/mL, lot {self.lot}, {self.code}"

    @property
    def total_mg(self):
        """mg in the unopened container."""
        return self.strength_mg_ml * self.volume_ml


class Preparation(Row):
    """A syringe or bag, drawn from containers. What it says is what its label says."""

    append_only = True
    CLASSIFY = dict.fromkeys(("drug", "total_mg", "volume_ml", "strength_mg_ml", "diluent", "diluent_ml"), CLINICAL) | {
        "form": SAFE,
        "made_at": SAFE,
        "use_by": SAFE,
        "label": SAFE,
        "number": SAFE,
    }

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="preparations")
    dose_order = models.ForeignKey(
        "treatment_sessions.DoseOrder", models.PROTECT, null=True, blank=True, related_name="preparations"
    )
    number = models.PositiveSmallIntegerField(default=1)
    drug = models.CharField(max_length=40)
    form = models.CharField(max_length=8, choices=[("syringe", "Syringe"), ("bag", "Bag")], default="syringe")
    total_mg = models.DecimalField(max_digits=9, decimal_places=3)
    volume_ml = models.DecimalField(max_digits=9, decimal_places=3)
    strength_mg_ml = models.DecimalField(max_digits=8, decimal_places=4)
    diluent = models.CharField(max_length=60, blank=True)
    diluent_ml = models.DecimalField(max_digits=9, decimal_places=3, default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    use_by = models.DateTimeField()
    label = models.CharField(max_length=40)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="preparation_number_once"),
            models.CheckConstraint(condition=Q(total_mg__gt=0, volume_ml__gt=0), name="preparation_holds_something"),
            models.CheckConstraint(condition=Q(use_by__gt=F("made_at")), name="preparation_use_by_after_made"),
        ]
        triggers = [stay_put("preparation_stays")]


class PreparationSource(Row):
    append_only = True
    CLASSIFY = {"mg": SAFE, "volume_ml": SAFE, "position": SAFE}

    preparation = models.ForeignKey(Preparation, models.PROTECT, related_name="sources")
    container = models.ForeignKey(Container, models.PROTECT, related_name="drawn_into")
    mg = models.DecimalField(max_digits=9, decimal_places=3)
    volume_ml = models.DecimalField(max_digits=8, decimal_places=3)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(condition=Q(mg__gt=0), name="source_gives_something"),
            models.UniqueConstraint(fields=["preparation", "container"], name="source_once"),
        ]
        triggers = [stay_put("preparation_source_stays")]


class SecondCheck(Row):
    """What a second person read off label and pump, blind; matched or not, both are kept."""

    append_only = True
    CLASSIFY = dict.fromkeys(
        ("patient_read", "strength_read", "rate_read", "volume_read", "mismatches", "reason", "rate_checked"), CLINICAL
    ) | {"occasion": SAFE, "matched": SAFE, "checked_at": SAFE, "stand_in": SAFE, "xact": SAFE}

    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="second_checks")
    dose_order = models.ForeignKey("treatment_sessions.DoseOrder", models.PROTECT, related_name="second_checks")
    preparation = models.ForeignKey(Preparation, models.PROTECT, related_name="second_checks")
    occasion = models.CharField(max_length=8, choices=[(o, o) for o in OCCASIONS])
    patient_read = models.CharField(max_length=160)
    strength_read = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    rate_read = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    volume_read = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    rate_checked = models.DecimalField(
        max_digits=7, decimal_places=2, help_text="The computed rate it was compared with, mL/h."
    )
    matched = models.BooleanField()
    mismatches = models.JSONField(default=list, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    drawn_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    stand_in = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["checked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(stand_in="") & ~Q(reason="")
                | Q(stand_in="") & ~Q(checked_by=F("ordered_by")) & ~Q(checked_by=F("drawn_by")),
                name="second_check_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(stand_in="prescriber") | ~Q(checked_by=F("ordered_by")),
                name="second_check_never_own_order",
            ),
            models.CheckConstraint(
                condition=Q(matched=True, mismatches=[]) | Q(matched=False) & ~Q(mismatches=[]),
                name="second_check_names_mismatch",
            ),
        ]
        triggers = [stay_put("second_check_stays")]


class LedgerEntry(Row):
    """One movement of a controlled drug, mg and mL to 3 places.

    mg is positive; only an adjustment of a named difference and the taking back of a wrong movement (`corrects`) may
    be negative. Of a count `computed_mg` is what should have been there.
    """

    append_only = True
    CLASSIFY = {
        "kind": SAFE,
        "manner": SAFE,
        "mg": SAFE,
        "volume_ml": SAFE,
        "computed_mg": CLINICAL,
        "posted_at": SAFE,
        "reason": SAFE,
        "xact": SAFE,
    }

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="ledger")
    container = models.ForeignKey(Container, models.PROTECT, related_name="ledger")
    preparation = models.ForeignKey(Preparation, models.PROTECT, null=True, blank=True, related_name="ledger")
    session = models.ForeignKey(
        "treatment_sessions.InfusionSession", models.PROTECT, null=True, blank=True, related_name="ledger"
    )
    entry = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, null=True, blank=True, related_name="ledger")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in LEDGER_KINDS])
    manner = models.CharField(max_length=12, choices=list(MANNERS.items()), blank=True)
    mg = models.DecimalField(max_digits=10, decimal_places=3)
    volume_ml = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    computed_mg = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    posted_at = models.DateTimeField()
    posted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    witness = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    discrepancy = models.ForeignKey(
        "treatment_sessions.Discrepancy", models.PROTECT, null=True, blank=True, related_name="adjustments"
    )
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back", help_text="What this takes back."
    )
    stock_count = models.ForeignKey(
        "treatment_sessions.StockCount", models.PROTECT, null=True, blank=True, related_name="lines"
    )
    to_site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    xact = Xid8Field()

    class Meta:
        verbose_name_plural = "ledger entries"
        ordering = ["posted_at", "id"]
        indexes = [
            models.Index(fields=["container", "posted_at"], name="ledger_of_container"),
            models.Index(fields=["site", "posted_at"], name="ledger_of_site"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LEDGER_KINDS), name="ledger_kind_known"),
            models.CheckConstraint(
                condition=Q(mg__gt=0)
                | Q(kind__in=["counted", "given"], mg=0)
                | Q(discrepancy__isnull=False)
                | Q(corrects__isnull=False),
                name="ledger_mg_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("posted_by")), name="ledger_witness_not_maker"
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=False)
                | ~Q(kind__in=["wasted", "returned", "counted"]) & Q(discrepancy__isnull=True, corrects__isnull=True),
                name="ledger_witnessed",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["drawn", "given"]) | Q(preparation__isnull=False),
                name="ledger_names_preparation",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | Q(mg__lt=0) & ~Q(reason=""), name="ledger_taken_back_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(to_site__isnull=True) | Q(kind="returned", manner="site") & ~Q(to_site=F("site")),
                name="ledger_goes_to_another_site",
            ),
        ]
        triggers = [stay_put("ledger_stays")]


class Discrepancy(Row):
    """A difference that somebody has to explain: opened by rule, closed only with an explanation and a witness."""

    CLASSIFY = {
        "expected_mg": CLINICAL,
        "found_mg": CLINICAL,
        "cause": CLINICAL,
        "opened_at": SAFE,
        "closed_at": SAFE,
        "explanation": CLINICAL,
        "outcome": SAFE,
    }

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="discrepancies")
    session = models.ForeignKey(
        "treatment_sessions.InfusionSession", models.PROTECT, null=True, blank=True, related_name="discrepancies"
    )
    container = models.ForeignKey(Container, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    preparation = models.ForeignKey(Preparation, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    entry = models.ForeignKey(
        "treatment_sessions.Entry", models.PROTECT, null=True, blank=True, related_name="discrepancies"
    )
    expected_mg = models.DecimalField(max_digits=10, decimal_places=3, help_text="As the ledger stands.")
    found_mg = models.DecimalField(max_digits=10, decimal_places=3, help_text="As charted or counted.")
    cause = models.CharField(max_length=200)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    witness = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=list(OUTCOMES.items()), blank=True)

    class Meta:
        verbose_name_plural = "discrepancies"
        ordering = ["opened_at"]
        constraints = [
            both_or_neither("discrepancy", "closed"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(witness__isnull=False) & ~Q(explanation=""),
                name="discrepancy_closed_with_witness",
            ),
            models.CheckConstraint(
                condition=Q(witness__isnull=True) | ~Q(witness=F("closed_by")), name="discrepancy_witness_not_closer"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="discrepancy_closed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            pgtrigger.Protect(name="discrepancy_stays", operation=pgtrigger.Delete),
        ]

    @property
    def difference_mg(self):
        return self.found_mg - self.expected_mg
