"""Derived from diary and sessions, and rebuilt from them at any time: episodes of relief and the clinic's curves."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row
from followup.rules import relief

ENDINGS = [
    (relief.LOST, "Lost between two reports"),
    (relief.STILL, "Still there"),
    (relief.CUT_OFF, "Cut off by the next infusion"),
    (relief.NO_RESPONSE, "No response"),
    (relief.TOO_FEW, "Too few reports"),
]


class ReliefEpisode(Row):
    """What followed one infusion (or one block on consecutive days), for one measure. Days count from its end.

    `low` and `high` are the last day with relief and the first without; empty `high`: not seen to end. Derived: a
    rebuild may change or drop a row, so nothing refers to it.
    """

    may_delete = True
    CLASSIFY = dict.fromkeys(
        (
            "label",
            "number",
            "infused_on",
            "ended_at",
            "baseline",
            "baseline_source",
            "reports",
            "onset_day",
            "best_change",
            "best_percent",
            "best_day",
            "ending_30",
            "low_30",
            "high_30",
            "in_doubt_30",
            "ending_50",
            "low_50",
            "high_50",
            "in_doubt_50",
            "mg",
            "mg_per_kg",
            "minutes",
        ),
        CLINICAL,
    ) | {"measure": MENTAL, "reason": MENTAL, "purpose": CLINICAL, "rebuilt_at": SAFE}
    MEASURES = [("pain", "Pain"), ("mood", "Low mood")]

    course = models.ForeignKey("clinic.Course", models.PROTECT, related_name="relief_episodes")
    session = models.ForeignKey("treatment_sessions.InfusionSession", models.PROTECT, related_name="+")
    measure = models.CharField(max_length=8, choices=MEASURES)
    label = models.CharField(max_length=12)
    number = models.PositiveSmallIntegerField()
    infused_on = models.DateField()
    ended_at = models.DateTimeField()
    baseline = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    baseline_source = models.CharField(max_length=8)
    reports = models.PositiveSmallIntegerField()
    onset_day = models.PositiveSmallIntegerField(null=True)
    best_change = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    best_percent = models.SmallIntegerField(null=True)
    best_day = models.PositiveSmallIntegerField(null=True)
    ending_30 = models.CharField(max_length=12, choices=ENDINGS)
    low_30 = models.PositiveSmallIntegerField(null=True)
    high_30 = models.PositiveSmallIntegerField(null=True)
    in_doubt_30 = models.BooleanField(default=False)
    ending_50 = models.CharField(max_length=12, choices=ENDINGS)
    low_50 = models.PositiveSmallIntegerField(null=True)
    high_50 = models.PositiveSmallIntegerField(null=True)
    in_doubt_50 = models.BooleanField(default=False)
    mg = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    mg_per_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=40, help_text="Condition of the course.")
    purpose = models.CharField(max_length=10, help_text="Purpose of its protocol.")
    rebuilt_at = models.DateTimeField()

    class Meta:
        ordering = ["ended_at"]
        indexes = [models.Index(fields=["measure", "purpose", "reason"], name="relief_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["session", "measure"], name="relief_once_a_session"),
            *[
                models.CheckConstraint(
                    condition=Q(**{f"high_{p}__isnull": True}) | Q(**{f"high_{p}__gte": models.F(f"low_{p}")}),
                    name=f"relief_{p}_in_order",
                )
                for p in relief.LEVELS
            ],
        ]

    def span(self, percent):
        """The span of 30 or 50 per cent relief, as the rules speak of it."""
        ending, low = getattr(self, f"ending_{percent}"), getattr(self, f"low_{percent}")
        return relief.Span(percent, ending, low, getattr(self, f"high_{percent}"), getattr(self, f"in_doubt_{percent}"))


class ClinicCurve(Row):
    """Relief of similar courses, worked out ahead by the worker; its age is shown. Groups under five are not shown."""

    CLASSIFY = dict.fromkeys(
        (
            "steps",
            "at_risk",
            "patients",
            "infusions",
            "ended",
            "no_response",
            "median",
            "median_low",
            "median_high",
            "first_quarter",
            "third_quarter",
            "percent",
            "purpose",
        ),
        CLINICAL,
    ) | {"measure": MENTAL, "reason": MENTAL, "computed_at": SAFE}

    measure = models.CharField(max_length=8, choices=ReliefEpisode.MEASURES)
    purpose = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField()
    steps = models.JSONField(default=list, help_text="[day, share, low, high, at risk, since] of each fall.")
    at_risk = models.JSONField(default=list, help_text="[day, infusions followed and maybe in relief] every 14 days.")
    patients = models.PositiveIntegerField()
    infusions = models.PositiveIntegerField()
    ended = models.PositiveIntegerField()
    no_response = models.PositiveIntegerField()
    median = models.FloatField(null=True)
    median_low = models.FloatField(null=True)
    median_high = models.FloatField(null=True)
    first_quarter = models.FloatField(null=True, help_text="Day by which a quarter had lost relief.")
    third_quarter = models.FloatField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "purpose", "reason", "percent"], name="clinic_curve_once")
        ]


class FollowUpContact(Row):
    """The next-day contact after a session: made once, when the session has ended."""

    CLASSIFY = {"due_at": SAFE, "made_at": SAFE}

    session = models.OneToOneField(
        "treatment_sessions.InfusionSession", models.PROTECT, related_name="follow_up_contact"
    )
    task = models.ForeignKey("clinic.Task", models.PROTECT, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
