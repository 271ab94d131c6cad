"""The typed rows beside an entry's header: one table a kind, blank where nothing was measured, never a default."""

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, SAFE, stay_put
from sessions.models.entry import Detail
from sessions.rules.vitals import MEASURES


def _all_clinical(*names):
    return dict.fromkeys(names, CLINICAL)


class WeightEntry(Detail):
    CLASSIFY = _all_clinical("kg", "basis", "typed_value", "typed_unit", "measured_on")
    BASES = [("measured", "Measured today"), ("stated", "Stated by the patient"), ("other_day", "From another day")]

    kg = models.DecimalField(max_digits=5, decimal_places=1)
    basis = models.CharField(max_length=10, choices=BASES)
    typed_value = models.DecimalField(max_digits=7, decimal_places=2)
    typed_unit = models.CharField(max_length=2, choices=[("kg", "kg"), ("lb", "lb")])
    measured_on = models.DateField()

    class Meta:
        verbose_name_plural = "weight entries"
        constraints = [models.CheckConstraint(condition=Q(kg__gte=1, kg__lte=650), name="weight_1_to_650")]
        triggers = [stay_put("weight_stays")]


def _small(**kwargs):
    return models.SmallIntegerField(null=True, blank=True, **kwargs)


def _in_bounds():
    checks = []
    for code, m in MEASURES.items():
        checks.append(
            models.CheckConstraint(
                condition=Q(**{f"{code}__isnull": True}) | Q(**{f"{code}__gte": m.hard[0], f"{code}__lte": m.hard[1]}),
                name=f"vitals_{code}_possible",
            )
        )
        checks.append(
            models.CheckConstraint(
                condition=Q(**{f"{code}__isnull": True}) | ~Q(missing__has_key=code), name=f"vitals_{code}_or_missing"
            )
        )
    return checks


# A set of baseline values is found from its session without reading every set of that session.
BASELINE_IS_NAMED = """
    INSERT INTO treatment_sessions_baselineset (entry_id, session_id)
      SELECT e.id, e.session_id FROM treatment_sessions_entry e WHERE e.id = NEW.entry_id;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'vitals_baseline_named: a baseline belongs to an entry of a session';
    END IF;
    RETURN NEW;
"""


class BaselineSet(models.Model):
    """Which readings are baselines of which session; the database writes it beside each such reading, nobody else."""

    append_only = True
    may_delete = False
    CLASSIFY = {}

    entry = models.OneToOneField("treatment_sessions.Entry", models.PROTECT, primary_key=True, related_name="+")
    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="+")

    class Meta:
        triggers = [stay_put("baseline_set_stays")]

    def __str__(self):
        return f"Baseline of {self.session_id}"


class VitalsReading(Detail):
    """One row a set. Units: mmHg, /min, %, °C; scores 0-10; sedation as RASS -5..4."""

    CLASSIFY = _all_clinical(
        *MEASURES,
        "sedation_scale",
        "cuff_at",
        "cuff_site",
        "oxygen",
        "oxygen_flow",
        "oxygen_device",
        "asleep",
        "breathing_seen",
        "baseline",
        "missing",
    )

    systolic = _small()
    diastolic = _small()
    mean_pressure = _small()
    heart_rate = _small()
    spo2 = _small()
    resp_rate = _small()
    etco2 = _small()
    temperature = models.DecimalField(max_digits=3, decimal_places=1, null=True, blank=True)
    sedation = _small()
    sedation_scale = models.CharField(max_length=10, blank=True)
    pain = _small()
    dissociation = _small()
    comfort = _small()
    cuff_at = models.DateTimeField(null=True, blank=True, help_text="The cuff's own time.")
    cuff_site = models.CharField(max_length=20, blank=True)
    oxygen = models.CharField(max_length=10, blank=True, choices=[("room_air", "Room air"), ("flow", "Oxygen")])
    oxygen_flow = models.DecimalField("L/min", max_digits=4, decimal_places=1, null=True, blank=True)
    oxygen_device = models.CharField(max_length=40, blank=True)
    asleep = models.BooleanField(default=False)
    breathing_seen = models.BooleanField(default=False)
    baseline = models.BooleanField(default=False, help_text="A named pre-infusion set that limits are compared with.")
    missing = models.JSONField(default=dict, blank=True, help_text="Measure to the reason why there is no value.")

    class Meta:
        constraints = [
            *_in_bounds(),
            models.CheckConstraint(
                condition=Q(systolic__isnull=True) | Q(diastolic__isnull=True) | Q(systolic__gt=models.F("diastolic")),
                name="vitals_systolic_above_diastolic",
            ),
            models.CheckConstraint(
                condition=Q(oxygen="flow", oxygen_flow__isnull=False) | ~Q(oxygen="flow") & Q(oxygen_flow__isnull=True),
                name="vitals_oxygen_flow",
            ),
        ]
        triggers = [
            stay_put("vitals_stay"),
            pgtrigger.Trigger(
                name="vitals_baseline_named",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__baseline=True),
                func=BASELINE_IS_NAMED,
            ),
        ]

    def values(self):
        """Measure code -> value or None."""
        return {code: getattr(self, code) for code in MEASURES}


class DrugEvent(Detail):
    """start, rate, pause, resume, bolus, syringe, stop belong to a dose order; given and fluid to an order.

    `volume_ml`: of a bolus or fluid; at syringe, pause and stop what was read off the pump for the syringe in it.
    """

    CLASSIFY = _all_clinical(
        "action", "drug", "dose_mg", "volume_ml", "rate_ml_h", "strength_mg_ml", "route", "pump", "cause", "text"
    )
    ACTIONS = [
        ("start", "Start"),
        ("rate", "Rate"),
        ("pause", "Pause"),
        ("resume", "Resume"),
        ("bolus", "Bolus"),
        ("syringe", "Syringe change"),
        ("stop", "Stop"),
        ("given", "Drug given"),
        ("fluid", "Fluid"),
    ]
    CAUSES = [
        ("ordered_end", "End of the order"),
        ("alarm", "Alarm"),
        ("stop_rule", "Stop rule"),
        ("emergency", "Emergency"),
        ("side_effect", "Side effect"),
        ("patient", "The patient asked"),
        ("line", "Line"),
        ("toilet", "Toilet"),
        ("handover", "Handover"),
        ("other", "Other"),
    ]

    action = models.CharField(max_length=8, choices=ACTIONS)
    dose_order = models.ForeignKey(
        "treatment_sessions.DoseOrder", models.PROTECT, null=True, blank=True, related_name="events"
    )
    order = models.ForeignKey("treatment_sessions.Order", models.PROTECT, null=True, blank=True, related_name="events")
    drug = models.CharField(max_length=60)
    dose_mg = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    volume_ml = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    rate_ml_h = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    strength_mg_ml = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    route = models.CharField(max_length=12, blank=True)
    preparation = models.ForeignKey(
        "treatment_sessions.Preparation", models.PROTECT, null=True, blank=True, related_name="events"
    )
    pump = models.CharField(max_length=40, blank=True)
    cause = models.CharField(max_length=12, blank=True, choices=CAUSES)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dose_order__isnull=False) | Q(action__in=["given", "fluid"], dose_order__isnull=True),
                name="drug_event_names_dose_order",
            ),
            models.CheckConstraint(
                condition=~Q(action="start")
                | Q(rate_ml_h__isnull=False, strength_mg_ml__isnull=False, preparation__isnull=False),
                name="drug_start_complete",
            ),
            models.CheckConstraint(condition=~Q(action="rate") | Q(rate_ml_h__isnull=False), name="drug_rate_has_rate"),
            models.CheckConstraint(
                condition=~Q(action__in=["bolus", "fluid"]) | Q(volume_ml__isnull=False), name="drug_bolus_has_volume"
            ),
            models.CheckConstraint(
                condition=Q(rate_ml_h__isnull=True) | Q(rate_ml_h__gte=0), name="drug_rate_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(volume_ml__isnull=True) | Q(volume_ml__gte=0), name="drug_volume_not_negative"
            ),
            models.CheckConstraint(condition=Q(dose_mg__isnull=True) | Q(dose_mg__gt=0), name="drug_dose_above_zero"),
        ]
        triggers = [stay_put("drug_event_stays")]


class OxygenEvent(Detail):
    """`flow_l_min` 0 is room air."""

    CLASSIFY = _all_clinical("flow_l_min", "device")

    flow_l_min = models.DecimalField(
        max_digits=4, decimal_places=1, validators=[MinValueValidator(0), MaxValueValidator(60)]
    )
    device = models.CharField(max_length=40, blank=True)
    order = models.ForeignKey("treatment_sessions.Order", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(flow_l_min__gte=0, flow_l_min__lte=60), name="oxygen_flow_0_to_60")
        ]
        triggers = [stay_put("oxygen_stays")]


class LineEntry(Detail):
    """The IV line. `uncertain_since`: from when on what was given may have gone beside the vein, up to this entry."""

    CLASSIFY = _all_clinical("action", "site", "gauge", "attempts", "dose_uncertain", "uncertain_since", "text")
    ACTIONS = [
        ("attempt", "Attempt"),
        ("placed", "Placed"),
        ("checked", "Checked"),
        ("infiltrated", "Infiltrated"),
        ("resited", "New line"),
        ("removed", "Removed"),
    ]

    action = models.CharField(max_length=12, choices=ACTIONS)
    site = models.CharField(max_length=60, blank=True)
    gauge = models.CharField(max_length=6, blank=True)
    attempts = models.PositiveSmallIntegerField(null=True, blank=True)
    dose_uncertain = models.BooleanField(default=False)
    uncertain_since = models.DateTimeField(null=True, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "line entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(uncertain_since__isnull=True) | Q(dose_uncertain=True), name="line_since_when_uncertain"
            )
        ]
        triggers = [stay_put("line_entry_stays")]


class SideEffect(Detail):
    CLASSIFY = _all_clinical("term", "severity", "serious", "onset_at", "resolved_at", "treatment", "text")
    SEVERITIES = [("mild", "Mild"), ("moderate", "Moderate"), ("severe", "Severe")]

    term = models.CharField(max_length=60)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    serious = models.BooleanField(default=False)
    onset_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    treatment = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = [stay_put("side_effect_stays")]


class ScoreEntry(Detail):
    """A score with its scale's version; `total` is empty when it is not scorable."""

    CLASSIFY = _all_clinical("scale", "items", "total", "oriented") | {"scale_version": SAFE}

    scale = models.CharField(max_length=12)
    scale_version = models.CharField(max_length=20)
    items = models.JSONField()
    total = models.PositiveSmallIntegerField(null=True, blank=True)
    oriented = models.BooleanField(
        null=True, blank=True, help_text="Oriented and steady on the feet, asked with the score."
    )

    class Meta:
        verbose_name_plural = "score entries"
        triggers = [stay_put("score_stays")]


class AlarmRaised(Detail):
    CLASSIFY = _all_clinical(
        "measure", "level", "direction", "value", "limit_value", "limit_text", "baseline", "instruction"
    ) | {"rule_version": SAFE}

    reading = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, related_name="alarms")
    measure = models.CharField(max_length=16)
    level = models.CharField(max_length=8, choices=[("caution", "Caution"), ("alarm", "Alarm")])
    direction = models.CharField(max_length=4)
    value = models.DecimalField(max_digits=6, decimal_places=1)
    limit_value = models.DecimalField(max_digits=8, decimal_places=2)
    limit_text = models.CharField(max_length=160)
    baseline = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    rule_version = models.CharField(max_length=20)
    instruction = models.CharField(max_length=200, blank=True)

    class Meta:
        triggers = [stay_put("alarm_stays")]


class AlarmAnswered(Detail):
    CLASSIFY = _all_clinical("answer", "recheck_due_at", "text")
    ANSWERS = [
        ("going", "I am going"),
        ("recheck_ok", "Fresh set within limits"),
        ("decided", "Prescriber decided"),
        ("value_corrected", "Value corrected"),
        ("called", "Prescriber called too"),
    ]

    alarm = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=16, choices=ANSWERS)
    recheck_due_at = models.DateTimeField(null=True, blank=True)
    reading = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="recheck_ok") | Q(reading__isnull=False), name="alarm_recheck_has_reading"
            ),
            models.CheckConstraint(
                condition=~Q(answer="going") | Q(recheck_due_at__isnull=False), name="alarm_going_has_recheck"
            ),
        ]
        triggers = [stay_put("alarm_answer_stays")]


class EmergencyEvent(Detail):
    CLASSIFY = _all_clinical("step", "text")
    STEPS = [
        ("called", "Emergency called"),
        ("airway", "Airway"),
        ("oxygen", "Oxygen"),
        ("cpr", "CPR"),
        ("shock", "Shock"),
        ("drug", "Drug"),
        ("services_called", "Emergency services called"),
        ("services_here", "Emergency services here"),
        ("handed_over", "Handed over"),
        ("over", "Over"),
    ]

    step = models.CharField(max_length=16, choices=STEPS)
    text = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = [stay_put("emergency_stays")]


class SessionNote(Detail):
    CLASSIFY = _all_clinical("text")

    text = models.TextField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="note_says_something")]
        triggers = [pgtrigger.Protect(name="note_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
