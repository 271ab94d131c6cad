"""Protocols: what is given, watched and asked, as frozen versions that a named prescriber approved.

All doses are Decimal in mg, rates in mg/kg/h or mg/h, times in minutes, spacing in days.
Shipped values are defaults to approve: see clinic.models.protocols.ProtocolVersion.approved_at.
"""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, SAFE, Row, both_or_neither, classify, locked_once, parent_not_frozen


class Measure(models.TextChoices):
    """What a phase may ask for. Units are fixed: mmHg, /min, %, score."""

    SYSTOLIC = "systolic", "Systolic"
    DIASTOLIC = "diastolic", "Diastolic"
    HEART_RATE = "heart_rate", "Heart rate"
    SPO2 = "spo2", "SpO\u2082"
    RESP_RATE = "resp_rate", "Breathing rate"
    SEDATION = "sedation", "Sedation (RASS)"
    PAIN = "pain", "Pain 0-10"
    DISSOCIATION = "dissociation", "Dissociation 0-10"
    COMFORT = "comfort", "Comfort 0-10"
    TEMPERATURE = "temperature", "Temperature"
    ETCO2 = "etco2", "End-tidal CO\u2082"


@pghistory.track()
class Protocol(Row):
    CLASSIFY = {"name": CLINICAL, "purpose": CLINICAL, "retired_at": SAFE}
    PURPOSES = [("pain", "Chronic pain"), ("mood", "Mood"), ("booster", "Booster")]

    name = models.CharField(max_length=80, unique=True)
    purpose = models.CharField(max_length=10, choices=PURPOSES)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def current(self):
        """The newest approved version, or None while there are only drafts."""
        return self.versions.filter(approved_at__isnull=False).order_by("-number").first()


# The items and their points are in sessions.rules.scores.
DISCHARGE_SCALES = [("aldrete", "Modified Aldrete (1995)"), ("padss", "Post-anaesthetic discharge score (PADSS)")]


class ProtocolVersion(Row):
    """Frozen by trigger, with all its rows, once approved. Editing makes a new draft."""

    CLASSIFY = classify(
        """
        number words source_words planned_number consecutive_days spacing_min_days spacing_max_days
        booster_min_days booster_max_days yearly_ceiling prepare_minutes infusion_minutes
        observe_minutes pause_baseline_minutes discharge_scale discharge_score_min response_check_after diary_days
        questionnaire_days mood_dose_guard_mg_kg pain_rate_guard_mg_kg_h
        """,
        CLINICAL,
    ) | {"approved_at": SAFE}

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True, help_text="Instructions for the room, shown on the run sheet.")
    source_words = models.TextField(
        blank=True, help_text="Where the figures come from, and that they are defaults until approved."
    )
    # the series
    planned_number = models.PositiveSmallIntegerField(default=1)
    consecutive_days = models.BooleanField(default=False)
    spacing_min_days = models.PositiveSmallIntegerField(default=2)
    spacing_max_days = models.PositiveSmallIntegerField(default=4)
    booster_min_days = models.PositiveSmallIntegerField(default=14)
    booster_max_days = models.PositiveSmallIntegerField(default=84)
    yearly_ceiling = models.PositiveSmallIntegerField(
        default=12, help_text="Infusions in 365 days, above it: stop and reassess."
    )
    response_check_after = models.PositiveSmallIntegerField(
        default=3, help_text="No 30 % relief after this many: reassess."
    )
    # the day, in minutes
    prepare_minutes = models.PositiveSmallIntegerField(default=30)
    infusion_minutes = models.PositiveSmallIntegerField()
    observe_minutes = models.PositiveSmallIntegerField(default=60)
    pause_baseline_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="A pause longer than this needs a new baseline."
    )
    discharge_scale = models.CharField(
        "discharge score", max_length=12, choices=DISCHARGE_SCALES, default="aldrete",
        help_text="Which score the nurse takes before going home.",
    )  # fmt: skip
    discharge_score_min = models.PositiveSmallIntegerField(default=9, help_text="Of 10, on that score.")
    # after it, in days counted from the infusion
    diary_days = models.JSONField(default=list, help_text="Days after an infusion on which the diary is asked.")
    questionnaire_days = models.JSONField(default=list)
    # guards that ask for a second look, never a limit by themselves
    mood_dose_guard_mg_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    pain_rate_guard_mg_kg_h = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["protocol", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["protocol", "number"], name="protocol_version_once"),
            both_or_neither("protocol_version", "approved"),
            models.CheckConstraint(
                condition=Q(spacing_max_days__gte=F("spacing_min_days")), name="protocol_spacing_in_order"
            ),
            models.CheckConstraint(
                condition=Q(booster_max_days__gte=F("booster_min_days")), name="protocol_booster_in_order"
            ),
        ]
        triggers = [locked_once("protocol_version_frozen", "approved_at")]

    def __str__(self):
        return f"{self.protocol}, version {self.number}"

    @property
    def chair_minutes(self):
        """How long the chair is taken: preparation, infusion and observation."""
        return self.prepare_minutes + self.infusion_minutes + self.observe_minutes


class VersionPart(Row):
    """A row of a version: changeable and deletable in a draft, frozen with its version."""

    may_delete = True
    version = models.ForeignKey(ProtocolVersion, models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True


def frozen_with_version(name):
    """Trigger for a kind of part: frozen with its version."""
    return parent_not_frozen(f"{name}_frozen_with_version", "clinic_protocolversion", "version_id", "approved_at")


class ProtocolDrug(VersionPart):
    """An infused drug: how its dose is reckoned, its bounds and what ends it."""

    BASIS = [("mg/kg", "mg/kg over the infusion"), ("mg/kg/h", "mg/kg/h"), ("mg/h", "mg/h")]
    WEIGHT = [("actual", "actual"), ("ideal", "ideal"), ("adjusted", "adjusted"), ("capped", "actual, capped")]
    ENDS = [("total", "total mg"), ("time", "total time"), ("first", "whichever comes first")]
    CLASSIFY = classify(
        """
        drug route basis dose dose_min dose_max weight_basis weight_cap_kg max_rate max_total_mg
        ends_by strength_mg_ml position controlled
        """,
        CLINICAL,
    )

    drug = models.CharField(max_length=40, default="ketamine")
    controlled = models.BooleanField(default=True, help_text="On the controlled-drug ledger.")
    route = models.CharField(max_length=10, default="IV")
    basis = models.CharField(max_length=8, choices=BASIS)
    dose = models.DecimalField(
        max_digits=8, decimal_places=3, help_text="In the unit of the basis: the starting dose of the plan."
    )
    dose_min = models.DecimalField(max_digits=8, decimal_places=3)
    dose_max = models.DecimalField(max_digits=8, decimal_places=3)
    weight_basis = models.CharField(max_length=10, choices=WEIGHT, default="actual")
    weight_cap_kg = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    max_rate = models.DecimalField(max_digits=8, decimal_places=3, help_text="In mg/kg/h (mg/h for a mg/h basis).")
    max_total_mg = models.DecimalField(max_digits=8, decimal_places=2)
    ends_by = models.CharField(max_length=6, choices=ENDS, default="first")
    strength_mg_ml = models.DecimalField("strength in the syringe or bag, mg/mL", max_digits=7, decimal_places=3)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "drug"], name="protocol_drug_once"),
            models.CheckConstraint(
                condition=Q(dose_min__lte=F("dose"), dose_max__gte=F("dose"), dose_min__gt=0),
                name="protocol_drug_dose_in_bounds",
            ),
        ]
        triggers = [frozen_with_version("protocol_drug")]


class RateStep(VersionPart):
    """From minute `from_minute` of the infusion the rate is `rate`, in the unit mg/kg/h (mg/h for a mg/h basis)."""

    CLASSIFY = {"from_minute": CLINICAL, "rate": CLINICAL, "drug": CLINICAL}

    drug = models.CharField(max_length=40, default="ketamine")
    from_minute = models.PositiveSmallIntegerField()
    rate = models.DecimalField(max_digits=8, decimal_places=3)

    class Meta:
        ordering = ["drug", "from_minute"]
        constraints = [models.UniqueConstraint(fields=["version", "drug", "from_minute"], name="rate_step_once")]
        triggers = [frozen_with_version("rate_step")]


class PhaseMeasure(VersionPart):
    """In this phase, this measure is due every `every_minutes`; 0 means once in the phase."""

    PHASES = [("baseline", "Baseline"), ("infusing", "Infusing"), ("paused", "Paused"), ("observation", "Observation")]
    CLASSIFY = {
        "phase": CLINICAL,
        "measure": CLINICAL,
        "every_minutes": CLINICAL,
        "first_hour_every": CLINICAL,
        "asleep_counts": CLINICAL,
    }

    phase = models.CharField(max_length=12, choices=PHASES)
    measure = models.CharField(max_length=16, choices=Measure.choices)
    every_minutes = models.PositiveSmallIntegerField()
    first_hour_every = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="A denser interval in the first hour, if any."
    )
    asleep_counts = models.BooleanField(
        default=False, help_text="'Asleep, breathing seen' counts for this measure here."
    )

    class Meta:
        ordering = ["phase", "measure"]
        constraints = [models.UniqueConstraint(fields=["version", "phase", "measure"], name="phase_measure_once")]
        triggers = [frozen_with_version("phase_measure")]


class ProtocolLimit(VersionPart):
    """A limit of one measure. Relative ones count only outside the absolute band (clinic default, to be approved)."""

    LEVELS = [("caution", "Caution"), ("alarm", "Alarm"), ("hold", "Hold before start")]
    CLASSIFY = classify(
        """
        measure level low high percent_of_baseline band_low band_high
        """,
        CLINICAL,
    )

    measure = models.CharField(max_length=16, choices=Measure.choices)
    level = models.CharField(max_length=8, choices=LEVELS)
    low = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True, help_text="Below this.")
    high = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True, help_text="Above this.")
    percent_of_baseline = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="More than this many per cent away."
    )
    band_low = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    band_high = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["measure", "level"]
        constraints = [
            models.UniqueConstraint(fields=["version", "measure", "level"], name="protocol_limit_once"),
            models.CheckConstraint(
                condition=Q(low__isnull=False) | Q(high__isnull=False) | Q(percent_of_baseline__isnull=False),
                name="protocol_limit_says_something",
            ),
        ]
        triggers = [frozen_with_version("protocol_limit")]


class StandingOrder(VersionPart):
    CLASSIFY = classify(
        """
        drug dose unit route condition interval_minutes max_doses
        """,
        CLINICAL,
    )

    drug = models.CharField(max_length=60)
    dose = models.DecimalField(max_digits=8, decimal_places=3)
    unit = models.CharField(max_length=12, default="mg")
    route = models.CharField(max_length=12, default="IV")
    condition = models.CharField(max_length=160)
    interval_minutes = models.PositiveSmallIntegerField()
    max_doses = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["drug"]
        triggers = [frozen_with_version("standing_order")]


class DischargeCriterion(VersionPart):
    """One thing that must be true before the patient goes home; `code` is what the discharge rules read."""

    CODES = [
        ("score", "Discharge score reached, or back to own baseline"),
        ("vitals_fresh", "Vitals fresh and within limits"),
        ("line_out", "IV line out"),
        ("room_air", "On room air"),
        ("oriented", "Oriented and steady"),
        ("no_dissociation", "No dissociation"),
        ("escort", "Escort arrived, or another way decided by the prescriber"),
        ("instructions", "Instructions handed over: no driving until tomorrow"),
        ("observed", "Observed for the protocol's minutes"),
    ]
    CLASSIFY = {"code": CLINICAL, "position": SAFE}

    code = models.CharField(max_length=20, choices=CODES)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="discharge_criterion_once")]
        triggers = [frozen_with_version("discharge_criterion")]


class ChecklistItem(VersionPart):
    """What the nurse asks at check-in; `code` is what the start rules read."""

    CODES = [
        ("identity", "Name and date of birth said by the patient"),
        ("consent", "Willing and able today"),
        ("fasting", "Last food and drink"),
        ("escort", "Escort named and reached"),
        ("medicines", "New medicines since last time"),
        ("antihypertensive", "Blood-pressure medicine taken today"),
        ("sedatives", "Benzodiazepine, opioid, alcohol or cannabis since yesterday"),
        ("pregnancy", "Pregnancy test"),
        ("allergies", "Allergies re-read"),
        ("last_time", "How the last one went"),
        ("monitoring", "Monitoring on"),
        ("emergency_equipment", "Emergency equipment checked today"),
        ("ketamine_elsewhere", "Ketamine or esketamine from elsewhere"),
        ("comfort", "Comfort wishes"),
    ]
    CLASSIFY = {"code": CLINICAL, "position": SAFE}

    code = models.CharField(max_length=24, choices=CODES)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="checklist_item_once")]
        triggers = [frozen_with_version("checklist_item")]
