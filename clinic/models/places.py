"""Where care happens, and what differs between places."""

import zoneinfo

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from clinic.models.base import PERSONAL, SAFE, Row, stay_put

WEEKDAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]


def check_zone(name):
    """Validator: an IANA time zone this server knows."""
    if name not in zoneinfo.available_timezones():
        raise ValidationError("Not a known time zone, for example America/New_York.")


@pghistory.track()
class Site(Row):
    CLASSIFY = {
        "name": SAFE,
        "short_name": SAFE,
        "zone_name": SAFE,
        "address": SAFE,
        "phone": SAFE,
        "email": SAFE,
        "open_for_booking": SAFE,
    }

    name = models.CharField(max_length=120)
    short_name = models.CharField(
        max_length=40, help_text="A neutral name for messages: nothing that tells what is treated."
    )
    zone_name = models.CharField("time zone", max_length=64, validators=[check_zone])
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40)
    email = models.EmailField(blank=True)
    open_for_booking = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="site_name_once")]

    def __str__(self):
        return self.name

    @property
    def zone(self):
        return zoneinfo.ZoneInfo(self.zone_name)

    @property
    def policy(self):
        """The settings in force: the newest row. None only before the site has been set up."""
        if not hasattr(self, "_policy"):
            self._policy = self.policies.order_by("-set_at").first()
        return self._policy


class OpeningHours(Row):
    CLASSIFY = {"weekday": SAFE, "opens": SAFE, "closes": SAFE}
    may_delete = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField(help_text="Local time of the site.")
    closes = models.TimeField()

    class Meta:
        verbose_name_plural = "opening hours"
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_close_after_open"),
            models.UniqueConstraint(fields=["site", "weekday", "opens"], name="hours_once"),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.opens:%H:%M}-{self.closes:%H:%M}"


class ClosedDay(Row):
    CLASSIFY = {"day": SAFE, "why": SAFE}
    may_delete = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="closed_days")
    day = models.DateField()
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="closed_day_once")]


@pghistory.track()
class Chair(Row):
    CLASSIFY = {"label": SAFE, "room": SAFE, "position": SAFE, "in_use": SAFE}

    site = models.ForeignKey(Site, models.PROTECT, related_name="chairs")
    label = models.CharField(max_length=12)
    room = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "label"]
        constraints = [models.UniqueConstraint(fields=["site", "label"], name="chair_label_once")]

    def __str__(self):
        return self.label


class SitePolicy(Row):
    """Settings of a site, each change a new row with its author: never edited, the newest one counts."""

    append_only = True
    SECOND_PERSON = [
        ("clinician", "Any other nurse or prescriber at the site"),
        ("prescriber", "A prescriber checks the preparation, never their own order"),
        ("delayed_self", "Delayed blind self-check with a reason, counted monthly"),
    ]
    PRESENCE = [("on_site", "In the building while an infusion runs"), ("reachable", "Reachable by phone at once")]
    CLASSIFY = {
        "set_at": SAFE,
        "second_person": SAFE,
        "prescriber_presence": SAFE,
        "nurse_lanes": SAFE,
        "first_infusion_takes_all": SAFE,
        "syringe_use_hours": SAFE,
        "multi_dose_days": SAFE,
        "weight_valid_days": SAFE,
        "crisis_phone": SAFE,
        "out_of_hours_phone": PERSONAL,
        "out_of_hours_words": SAFE,
        "quiet_until": SAFE,
        "quiet_from": SAFE,
        "fasting_hours": SAFE,
        "stale_vitals_minutes": SAFE,
        "retention_years": SAFE,
        "alarm_repeat_seconds": SAFE,
    }

    site = models.ForeignKey(Site, models.PROTECT, related_name="policies")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    second_person = models.CharField(max_length=20, choices=SECOND_PERSON, default="clinician")
    prescriber_presence = models.CharField(max_length=20, choices=PRESENCE, default="on_site")
    nurse_lanes = models.PositiveSmallIntegerField(
        default=3, help_text="How many running infusions one nurse may hold."
    )
    first_infusion_takes_all = models.BooleanField(
        default=False, help_text="A first infusion takes all lanes of its nurse."
    )
    syringe_use_hours = models.PositiveSmallIntegerField(
        default=4, help_text="Beyond-use time of a drawn syringe or bag."
    )
    multi_dose_days = models.PositiveSmallIntegerField(
        default=28, help_text="An opened multi-dose vial is discarded after this."
    )
    weight_valid_days = models.PositiveSmallIntegerField(default=0, help_text="0: the weight must be of today.")
    fasting_hours = models.PositiveSmallIntegerField(default=6)
    stale_vitals_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="Last vitals at discharge not older than this."
    )
    alarm_repeat_seconds = models.PositiveSmallIntegerField(default=60)
    crisis_phone = models.CharField(max_length=40, default="988")
    out_of_hours_phone = models.CharField(max_length=40, blank=True)
    out_of_hours_words = models.CharField(max_length=200, blank=True)
    quiet_until = models.TimeField(default="08:00", help_text="No messages before this, in the recipient's own zone.")
    quiet_from = models.TimeField(default="21:00")
    retention_years = models.PositiveSmallIntegerField(default=10)

    class Meta:
        verbose_name_plural = "site policies"
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nurse_lanes__gte=1, nurse_lanes__lte=12), name="policy_nurse_lanes_1_to_12"
            )
        ]
        triggers = [stay_put("site_policy_stays")]


class DeploymentMark(Row):
    """What this database is: a row of kind 'demo' makes production settings refuse it."""

    append_only = True
    CLASSIFY = {"kind": SAFE, "made_at": SAFE, "detail": SAFE}

    kind = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        triggers = [pgtrigger.Protect(name="deployment_mark_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
