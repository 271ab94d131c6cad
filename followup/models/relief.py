"""Derived from diary and sessions, and rebuilt from them at any time: episodes of relief and the clinic's curves."""

from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, MENTAL, SAFE, Row, classify
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
            "change_1",
            "change_7",
            "change_30",
            "change_90",
            "asked_day",
            "next_day",
            "next_is_booster",
            "is_booster",
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
    change_1 = models.SmallIntegerField(null=True, help_text="Relief in per cent of the baseline after 24 hours.")
    change_7 = models.SmallIntegerField(null=True)
    change_30 = models.SmallIntegerField(null=True)
    change_90 = models.SmallIntegerField(null=True)
    asked_day = models.PositiveSmallIntegerField(null=True, help_text="Day on which a call was first asked for.")
    next_day = models.PositiveSmallIntegerField(null=True, help_text="Days until the next infusion began.")
    next_is_booster = models.BooleanField(default=False, help_text="The next one came after the planned series.")
    is_booster = models.BooleanField(default=False, help_text="This one came after the planned series.")
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
    """Relief of one group of courses, worked out ahead by the worker; its age is shown. Under five is not shown.

    A group is a condition under protocols of one purpose, whole (split "all") or a part of it: one protocol, one band
    of doses, the first series or boosters. Derived: a group that is no more is dropped.
    """

    may_delete = True
    SPLITS = [("all", "All"), ("protocol", "Protocol"), ("dose", "Dose"), ("series", "Series")]
    CLASSIFY = classify(
        "steps at_risk patients infusions courses ended no_response too_few median median_low median_high "
        "first_quarter third_quarter km_median asked_median asked_low asked_high rates similar percent purpose split "
        "value label",
        CLINICAL,
    ) | {"measure": MENTAL, "reason": MENTAL, "computed_at": SAFE, "fingerprint": SAFE}

    measure = models.CharField(max_length=8, choices=ReliefEpisode.MEASURES)
    purpose = models.CharField(max_length=10)
    reason = models.CharField(max_length=40)
    percent = models.PositiveSmallIntegerField()
    split = models.CharField(max_length=10, choices=SPLITS, default="all")
    value = models.CharField(max_length=40, blank=True, default="", help_text="Which part of the split.")
    label = models.CharField(max_length=120, blank=True, default="")
    steps = models.JSONField(default=list, help_text="[day, share, low, high, at risk, since] of each fall.")
    at_risk = models.JSONField(default=list, help_text="[day, infusions followed and maybe in relief] every 14 days.")
    patients = models.PositiveIntegerField()
    infusions = models.PositiveIntegerField()
    courses = models.PositiveIntegerField(default=0)
    ended = models.PositiveIntegerField()
    no_response = models.PositiveIntegerField()
    too_few = models.PositiveIntegerField(default=0, help_text="Infusions left out: too few reports.")
    median = models.FloatField(null=True)
    median_low = models.FloatField(null=True)
    median_high = models.FloatField(null=True)
    first_quarter = models.FloatField(null=True, help_text="Day by which a quarter had lost relief.")
    third_quarter = models.FloatField(null=True)
    km_median = models.FloatField(null=True, help_text="Kaplan-Meier, loss on the first report without relief.")
    asked_median = models.FloatField(null=True, help_text="Sensitivity run: asking for the next one counts as loss.")
    asked_low = models.FloatField(null=True)
    asked_high = models.FloatField(null=True)
    rates = models.JSONField(default=list, help_text="Response after 24 hours, 7, 30 and 90 days.")
    similar = models.JSONField(null=True, help_text="[centre, between, within, patients] of log durations.")
    fingerprint = models.CharField(max_length=64, default="", help_text="What it was worked out from.")
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "purpose", "reason", "percent", "split", "value"], name="clinic_curve_once"
            )
        ]


class WindowBackTest(Row):
    """How often a window made from what was known before an infusion met the loss of relief after it."""

    CLASSIFY = {
        "computed_at": SAFE,
        **classify("purpose own tried met early late unseen patients width low high", CLINICAL),
    }
    OWN = [("none", "No own interval"), ("few", "1 or 2"), ("fair", "3 or 4"), ("good", "5 or more")]

    purpose = models.CharField(max_length=10)
    own = models.CharField(max_length=6, choices=OWN, help_text="Completed intervals before that infusion.")
    tried = models.PositiveIntegerField()
    met = models.PositiveIntegerField()
    early = models.PositiveIntegerField(help_text="The window was over before relief ended.")
    late = models.PositiveIntegerField(help_text="Relief had ended before the window began.")
    unseen = models.PositiveIntegerField(help_text="The end was not seen: can't be judged.")
    patients = models.PositiveIntegerField()
    width = models.FloatField(null=True, help_text="Median width of the windows, days.")
    low = models.FloatField(null=True, help_text="95 % interval of the share met, 0 to 1.")
    high = models.FloatField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "own"], name="window_back_test_once"),
            models.CheckConstraint(
                condition=Q(tried=models.F("met") + models.F("early") + models.F("late")),
                name="window_back_test_adds_up",
            ),
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
