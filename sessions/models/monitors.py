"""Bedside monitors: which one stands at which chair, what they sent as it came, the values read out of it."""

import pghistory
from django.db import models
from django.db.models import Q

from clinic.models.base import CLINICAL, SAFE, Row, Xid8Field, both_or_neither, classify, stay_put

OUTCOMES = [
    ("taken", "Values read"),
    ("held", "Held: the monitor is not confirmed"),
    ("other", "Not a report of values"),
    ("unreadable", "Could not be read"),
]
ODD = [
    ("no_value", "Sent without a value"),
    ("not_number", "Not a number"),
    ("unit", "Unknown unit"),
    ("code", "Unknown code"),
]


@pghistory.track(exclude=["last_heard_at", "clock_offset_s", "clock_right_at"])
class Device(Row):
    """A monitor at a bed as its messages name both; staff confirm at which chair that is.

    The same monitor reported at another bed is another row to confirm: a monitor that was carried elsewhere never
    goes on writing to the old chair. Without a site it has not been claimed by anybody yet.
    """

    CLASSIFY = classify(
        "sender unit bed label first_heard_at last_heard_at clock_offset_s clock_right_at confirmed_at retired_at", SAFE
    )

    sender = models.CharField(max_length=120, help_text="MSH-3 and MSH-4.")
    unit = models.CharField(max_length=120, blank=True, help_text="OBX-18, as the monitor names itself.")
    bed = models.CharField(max_length=120, blank=True, help_text="PV1-3, the bed it is set to.")
    label = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="devices")
    chair = models.ForeignKey("clinic.Chair", models.PROTECT, null=True, blank=True, related_name="devices")
    first_heard_at = models.DateTimeField()
    last_heard_at = models.DateTimeField()
    clock_offset_s = models.IntegerField(default=0, help_text="Its clock minus ours, in seconds, when last heard.")
    clock_right_at = models.DateTimeField(null=True, blank=True, help_text="The last time at which its clock agreed.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["sender", "unit", "bed"]
        constraints = [
            models.UniqueConstraint(fields=["sender", "unit", "bed"], name="device_once"),
            both_or_neither("device", "confirmed"),
            both_or_neither("device", "retired"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(site__isnull=False, chair__isnull=False),
                name="device_confirmed_at_a_chair",
            ),
        ]

    def __str__(self):
        return self.label or " at ".join(filter(None, [self.unit, self.bed])) or self.sender

    @property
    def is_bound(self):
        """Whether its values belong to a chair now."""
        return self.confirmed_at is not None and self.retired_at is None


class RawMessage(Row):
    """A message as its bytes came, kept before anything is made of it and before it is acknowledged."""

    append_only = True
    sealed = False  # a stream of machines; what a nurse accepts is an entry, and that is sealed
    CLASSIFY = classify(
        "sender control_id body_hash kind outcome problem address received_at said_at clock_offset_s xact", SAFE
    ) | classify("body", CLINICAL)

    device = models.ForeignKey(Device, models.PROTECT, null=True, blank=True, related_name="messages")
    sender = models.CharField(max_length=120, blank=True)
    control_id = models.CharField(max_length=200, blank=True, help_text="MSH-10.")
    body_hash = models.CharField(max_length=64)
    body = models.BinaryField()
    kind = models.CharField(max_length=40, blank=True, help_text="MSH-9.")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    problem = models.CharField(max_length=200, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    received_at = models.DateTimeField()
    said_at = models.DateTimeField(null=True, blank=True, help_text="MSH-7, by the sender's clock.")
    clock_offset_s = models.IntegerField(default=0)
    xact = Xid8Field()

    class Meta:
        ordering = ["received_at"]
        indexes = [
            models.Index(fields=["received_at"], condition=~Q(outcome="taken"), name="raw_message_to_look_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sender", "control_id", "body_hash"], name="raw_message_once"),
            models.CheckConstraint(condition=Q(outcome__in=[k for k, _ in OUTCOMES]), name="raw_message_outcome_known"),
        ]
        triggers = [stay_put("raw_message_stays")]


class MonitorSample(Row):
    """One value of a message: preliminary until a nurse accepts it. Chair and session are those of that moment.

    `value` is in the unit of its measure; what came is in `text` and `unit`. Both times are kept: `device_at` by the
    monitor's clock, `observed_at` by ours (corrected by `clock_offset_s` when it was off by more than a minute).
    """

    append_only = True
    sealed = False  # a stream of machines; what a nurse accepts is an entry, and that is sealed
    CLASSIFY = classify(
        "position measure code unit status odd device_at observed_at received_at clock_offset_s xact", SAFE
    ) | classify("value text", CLINICAL)

    message = models.ForeignKey(RawMessage, models.PROTECT, related_name="samples")
    device = models.ForeignKey(Device, models.PROTECT, related_name="samples")
    site = models.ForeignKey("clinic.Site", models.PROTECT, null=True, blank=True, related_name="+")
    chair = models.ForeignKey("clinic.Chair", models.PROTECT, null=True, blank=True, related_name="+")
    session = models.ForeignKey(
        "treatment_sessions.InfusionSession", models.PROTECT, null=True, blank=True, related_name="samples"
    )
    position = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=120, help_text="OBX-3 as sent.")
    value = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True)
    text = models.CharField(max_length=120, blank=True, help_text="OBX-5 as sent.")
    unit = models.CharField(max_length=80, blank=True, help_text="OBX-6 as sent.")
    status = models.CharField(max_length=2, blank=True, help_text="OBX-11.")
    odd = models.CharField(max_length=12, blank=True, choices=ODD)
    device_at = models.DateTimeField(null=True, blank=True)
    observed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    clock_offset_s = models.IntegerField(default=0)
    xact = Xid8Field()

    class Meta:
        ordering = ["observed_at", "position"]
        indexes = [
            models.Index(fields=["session", "-observed_at"], name="sample_of_session"),
            models.Index(fields=["received_at"], condition=Q(odd__in=["code", "unit"]), name="sample_to_look_at"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "position"], name="sample_once"),
            models.CheckConstraint(
                condition=Q(odd="", value__isnull=False) & ~Q(measure="") | ~Q(odd=""), name="sample_value_or_why_not"
            ),
        ]
        triggers = [stay_put("sample_stays")]


class AcceptedSample(Row):
    """A value of a monitor that a nurse put on the chart, and the entry it went into."""

    append_only = True
    CLASSIFY = classify("xact", SAFE)

    entry = models.ForeignKey("treatment_sessions.Entry", models.PROTECT, related_name="accepted_samples")
    sample = models.ForeignKey(MonitorSample, models.PROTECT, related_name="accepted")
    xact = Xid8Field()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "sample"], name="accepted_sample_once")]
        triggers = [stay_put("accepted_sample_stays")]


class MonitorLook(Row):
    """Somebody has looked at what nobody could read: a code or unit, a message, a monitor that is not confirmed.

    What came stays kept as it came; it only stops asking to be looked at. `subject` names it as the list does.
    """

    append_only = True
    ABOUT = [("code", "Code or unit"), ("message", "Message"), ("device", "Monitor and the values held of it")]
    CLASSIFY = classify("about subject words looked_at xact", SAFE)

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="+")
    about = models.CharField(max_length=8, choices=ABOUT)
    subject = models.CharField(max_length=320)
    words = models.CharField(max_length=200, blank=True, help_text="What it turned out to be.")
    looked_at = models.DateTimeField()
    looked_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["looked_at"]
        indexes = [models.Index(fields=["site", "about", "looked_at"], name="monitor_look_of_site")]
        constraints = [
            models.CheckConstraint(
                condition=Q(about__in=["code", "message", "device"]), name="monitor_look_about_known"
            )
        ]
        triggers = [stay_put("monitor_look_stays")]
