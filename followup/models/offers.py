"""Who would come sooner, which times have become free, and to whom each was offered."""

import pghistory
from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row
from clinic.states import machine
from followup.rules.waitlist import NOTICE_HOURS

WAITING = machine("waitlist", "waiting", {
    "waiting": "booked withdrawn expired",
    "booked": "",
    "withdrawn": "",
    "expired": "",
})  # fmt: skip
FREED = machine("freed_slot", "open", {
    "open": "taken filled closed lapsed",
    "taken": "",
    "filled": "",
    "closed": "",
    "lapsed": "",
}, {"filled": "booked by the clinic", "closed": "no longer offered", "lapsed": "too near, nobody took it"})  # fmt: skip
OFFER = machine("waitlist_offer", "open", {
    "open": "accepted declined lapsed beaten withdrawn",
    "accepted": "",
    "declined": "",
    "lapsed": "",
    "beaten": "",
    "withdrawn": "",
}, {"open": "waits for an answer", "lapsed": "no answer", "beaten": "somebody was faster"})  # fmt: skip


@pghistory.track()
class WaitlistEntry(Row):
    """Somebody who would come sooner: which days and which part of the day suit them.

    With `appointment` it is that visit they would move; without, a new one is booked. Days and parts of the day are on
    the clock of the site.
    """

    PARTS = [("any", "Any time"), ("morning", "Morning"), ("afternoon", "Afternoon")]
    CLASSIFY = dict.fromkeys(
        ("from_day", "until_day", "part", "weekdays", "notice_hours", "state", "added_at", "ended_at"), SAFE
    ) | {"kind": CLINICAL, "note": PERSONAL, "ended_why": PERSONAL}

    patient = models.ForeignKey("clinic.Patient", models.PROTECT, related_name="waitlist")
    course = models.ForeignKey("clinic.Course", models.PROTECT, null=True, blank=True, related_name="waitlist")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="waitlist")
    appointment = models.ForeignKey(
        "clinic.Appointment", models.PROTECT, null=True, blank=True, related_name="waitlist",
        help_text="The visit that would be moved; empty: a new one is booked.",
    )  # fmt: skip
    kind = models.CharField(max_length=16, default="infusion")
    from_day = models.DateField()
    until_day = models.DateField()
    part = models.CharField(max_length=10, choices=PARTS, default="any")
    weekdays = models.JSONField(default=list, blank=True, help_text="0 Monday to 6 Sunday; empty: any.")
    notice_hours = models.PositiveSmallIntegerField(
        default=NOTICE_HOURS, help_text="How long before a visit they must know."
    )
    note = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=WAITING.choices, default=WAITING.start)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "waitlist entries"
        ordering = ["added_at"]
        indexes = [models.Index(fields=["site", "added_at"], condition=Q(state="waiting"), name="waitlist_waiting")]
        constraints = [
            WAITING.known(),
            models.CheckConstraint(condition=Q(until_day__gte=F("from_day")), name="waitlist_days_in_order"),
            models.UniqueConstraint(
                fields=["patient", "site", "kind", "appointment"], condition=Q(state="waiting"), nulls_distinct=False,
                name="waitlist_waits_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True) | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="waitlist_ended_has_time",
            ),
        ]  # fmt: skip
        triggers = [WAITING.trigger()]


@pghistory.track()
class FreedSlot(Row):
    """A time that has become free and is offered in rounds, until somebody takes it or it is too near.

    Nothing is kept for it: the desk may book it meanwhile. `source` is the visit that was there; none when somebody of
    the staff offers a free time. `next_round_at` is when it is looked at next.
    """

    CLASSIFY = dict.fromkeys(
        ("starts_at", "ends_at", "in_a_chair", "freed_at", "state", "rounds", "next_round_at", "ended_at"), SAFE
    )

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="freed_slots")
    source = models.ForeignKey(
        "clinic.Appointment", models.PROTECT, null=True, blank=True, related_name="freed_slots"
    )  # fmt: skip
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    in_a_chair = models.BooleanField(help_text="A chair and a nurse are free; else a prescriber's time.")
    freed_at = models.DateTimeField()
    freed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, choices=FREED.choices, default=FREED.start)
    rounds = models.PositiveSmallIntegerField(default=0)
    next_round_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["next_round_at"], condition=Q(state="open"), name="freed_slot_due")]
        constraints = [
            FREED.known(),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="freed_slot_ends_after_start"),
            models.UniqueConstraint(fields=["source", "starts_at"], name="freed_slot_once"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True) | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="freed_slot_ended_has_time",
            ),
        ]
        triggers = [FREED.trigger()]


@pghistory.track()
class WaitlistOffer(Row):
    """One freed time offered to one who waits, good until `expires_at`; the first to say yes has it."""

    CLASSIFY = dict.fromkeys(("round", "offered_at", "expires_at", "state", "answered_at"), SAFE)

    slot = models.ForeignKey(FreedSlot, models.PROTECT, related_name="offers")
    entry = models.ForeignKey(WaitlistEntry, models.PROTECT, related_name="offers")
    round = models.PositiveSmallIntegerField()
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=OFFER.choices, default=OFFER.start)
    answered_at = models.DateTimeField(null=True, blank=True)
    appointment = models.ForeignKey(
        "clinic.Appointment", models.PROTECT, null=True, blank=True, related_name="+",
        help_text="What was booked or moved by saying yes.",
    )  # fmt: skip

    class Meta:
        ordering = ["offered_at"]
        constraints = [
            OFFER.known(),
            models.UniqueConstraint(fields=["slot", "entry"], name="offered_once_a_slot"),
            models.UniqueConstraint(fields=["slot"], condition=Q(state="accepted"), name="freed_slot_taken_once"),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(appointment__isnull=False, answered_at__isnull=False),
                name="offer_accepted_has_visit",
            ),
        ]
        triggers = [OFFER.trigger()]

    @property
    def patient(self):
        """Whom it was offered to."""
        return self.entry.patient
