"""Looks beyond one's own sites in an emergency, and the queue in which somebody judges them and other odd access."""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import PERSONAL, SAFE, Row, both_or_neither, stay_put
from clinic.states import machine

ACCESS_REVIEW = machine(
    "access_review", "open", {"open": "taken settled", "taken": "open settled", "settled": ""},
    {"open": "waits for a review", "taken": "being looked into", "settled": "settled"},
)  # fmt: skip


class BreakGlassSet(models.QuerySet):
    def open_at(self, at):
        """Those whose time is not over and which nobody has ended."""
        return self.filter(opened_at__lte=at, until__gt=at, ending__isnull=True)


class BreakGlass(Row):
    """One person's emergency look at one patient's record, to read only, for an hour at most."""

    append_only = True
    WHY = [
        ("emergency", "Emergency: the patient needs treatment now"),
        ("here", "The patient is here, their record is at another site"),
        ("called", "Another clinician or a hospital asks about the patient"),
        ("safety", "Worry that the patient may come to harm"),
    ]
    CLASSIFY = {"role": SAFE, "why": SAFE, "words": PERSONAL, "opened_at": SAFE, "until": SAFE, "address": PERSONAL}

    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="broken_glass")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+", help_text="Where the user works.")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="broken_glass")
    role = models.CharField(max_length=20)
    why = models.CharField(max_length=12, choices=WHY)
    words = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    address = models.GenericIPAddressField(null=True, blank=True)

    objects = BreakGlassSet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        verbose_name_plural = "emergency looks"
        indexes = [models.Index(fields=["user", "-opened_at"], name="break_glass_by_user")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="break_glass_has_a_reason"),
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at"))
                & Q(until__lte=F("opened_at") + models.Value("01:00:00", models.DurationField())),
                name="break_glass_is_an_hour_at_most",
            ),
        ]
        triggers = [stay_put("break_glass_stays")]

    def is_open(self, at):
        """Whether it may still be looked through at `at`."""
        return self.until > at and not hasattr(self, "ending")


class BreakGlassEnd(Row):
    """Somebody ended an emergency look before its time was over."""

    append_only = True
    CLASSIFY = {"ended_at": SAFE, "why": SAFE}

    glass = models.OneToOneField(BreakGlass, models.PROTECT, related_name="ending")
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    why = models.CharField(max_length=80)

    class Meta:
        ordering = ["-ended_at"]
        triggers = [stay_put("break_glass_end_stays")]


@pghistory.track()
class AccessReview(Row):
    """Something about somebody's access that another person must judge, and what came of it."""

    KINDS = [
        ("break_glass", "Emergency look"),
        ("glass_missed", "Wrong names at the emergency look"),
        ("many_records", "Many records in a short time"),
        ("many_files", "Many files taken out"),
        ("many_refused", "Many pages asked for that are not theirs"),
        ("many_searches", "Many searches"),
        ("other", "Other"),
    ]
    OUTCOMES = [
        ("justified", "It was right"),
        ("explained", "A mistake or a habit: explained to the person"),
        ("unjustified", "It was not right: measures follow"),
        ("reported", "Reported as a breach"),
    ]
    CLASSIFY = {
        "kind": SAFE,
        "state": SAFE,
        "words": PERSONAL,
        "figures": SAFE,
        "raised_at": SAFE,
        "due_at": SAFE,
        "taken_at": SAFE,
        "settled_at": SAFE,
        "outcome": SAFE,
        "outcome_words": PERSONAL,
        "dedupe_key": SAFE,
    }

    kind = models.CharField(max_length=16, choices=KINDS)
    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="+", help_text="Whose access it is about.")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+", help_text="Where that person works.")
    patient = models.ForeignKey("clinic.Patient", models.PROTECT, null=True, blank=True, related_name="+")
    glass = models.OneToOneField(BreakGlass, models.PROTECT, null=True, blank=True, related_name="review")
    state = models.CharField(max_length=8, choices=ACCESS_REVIEW.choices, default=ACCESS_REVIEW.start)
    words = models.CharField(max_length=300)
    figures = models.JSONField(default=dict, blank=True)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    outcome_words = models.TextField(blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering = ["-raised_at"]
        indexes = [
            models.Index(fields=["site", "due_at"], condition=~Q(state="settled"), name="access_review_open_by_site")
        ]
        constraints = [
            ACCESS_REVIEW.known(),
            both_or_neither("access_review", "taken"),
            both_or_neither("access_review", "settled"),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False) & ~Q(outcome="") & ~Q(outcome_words="")
                | ~Q(state="settled") & Q(settled_at__isnull=True, outcome="", outcome_words=""),
                name="access_review_settled_has_outcome",
            ),
            models.CheckConstraint(
                condition=(Q(settled_by__isnull=True) | ~Q(settled_by=F("user")))
                & (Q(taken_by__isnull=True) | ~Q(taken_by=F("user"))),
                name="access_review_by_somebody_else",
            ),
        ]
        triggers = [ACCESS_REVIEW.trigger()]


class AccessCheck(Row):
    """Somebody went through the list of who works at a site, and found it right (or put it right)."""

    append_only = True
    CLASSIFY = {"checked_at": SAFE, "people": SAFE, "words": SAFE}

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="access_checks")
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    people = models.PositiveSmallIntegerField(help_text="How many had access at that moment.")
    words = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-checked_at"]
        triggers = [stay_put("access_check_stays")]
