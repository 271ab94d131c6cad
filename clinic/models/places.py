"""Where care happens, and what differs between places."""

import zoneinfo

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from clinic.models.base import PERSONAL, SAFE, Row, Xid8Field, stay_put
from clinic.prepared import Prepared

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


_policy_of = Prepared(lambda of: SitePolicy.objects.filter(site=of("site")).order_by("-set_at")[:1])


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
            self._policy = _policy_of.first(site=self.pk)
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
    """A day that is not as its weekday: closed, or with `opens` and `closes` open then only, in local time."""

    CLASSIFY = {"day": SAFE, "why": SAFE, "opens": SAFE, "closes": SAFE}
    may_delete = True

    site = models.ForeignKey(Site, models.PROTECT, related_name="closed_days")
    day = models.DateField()
    opens = models.TimeField(null=True, blank=True, help_text="Both times empty: closed all day.")
    closes = models.TimeField(null=True, blank=True)
    why = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["site", "day"], name="closed_day_once"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True)
                | Q(opens__isnull=False, closes__isnull=False, closes__gt=F("opens")),
                name="closed_day_hours_both_or_neither",
            ),
        ]


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
    EQUIPMENT = [("day", "A list once a day, before the first start"), ("session", "Asked before every start")]
    PRESENCE = [("on_site", "In the building while an infusion runs"), ("reachable", "Reachable by phone at once")]
    CLASSIFY = {
        "set_at": SAFE,
        "second_person": SAFE,
        "prescriber_presence": SAFE,
        "equipment_check": SAFE,
        "nurse_lanes": SAFE,
        "first_infusion_takes_all": SAFE,
        "syringe_use_hours": SAFE,
        "multi_dose_days": SAFE,
        "weight_valid_days": SAFE,
        "crisis_phone": SAFE,
        "crisis_text_phone": SAFE,
        "emergency_phone": SAFE,
        "crisis_words": SAFE,
        "crisis_words_es": SAFE,
        "out_of_hours_phone": PERSONAL,
        "out_of_hours_words": SAFE,
        "quiet_until": SAFE,
        "quiet_from": SAFE,
        "mails_a_day": SAFE,
        "texts_a_day": SAFE,
        "texts_a_week": SAFE,
        "fasting_hours": SAFE,
        "stale_vitals_minutes": SAFE,
        "retention_years": SAFE,
        "ledger_retention_years": SAFE,
        "dea_number": SAFE,
        "dead_space_ml": SAFE,
        "pack_minutes_before": SAFE,
        "pcl5_cut": SAFE,
        "alarm_repeat_seconds": SAFE,
        "wall_values": SAFE,
    }

    site = models.ForeignKey(Site, models.PROTECT, related_name="policies")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    second_person = models.CharField(max_length=20, choices=SECOND_PERSON, default="clinician")
    prescriber_presence = models.CharField(max_length=20, choices=PRESENCE, default="on_site")
    equipment_check = models.CharField("emergency equipment is checked", max_length=8, choices=EQUIPMENT, default="day")
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
    wall_values = models.BooleanField(
        "vital signs on the wall",
        default=False,
        help_text="Off: a screen on the wall shows chair, initials, phase, what is due and how grave an alarm is.",
    )
    crisis_phone = models.CharField(
        max_length=40, default="988", help_text="Patients are told to call this in a crisis, day or night."
    )
    crisis_text_phone = models.CharField(
        max_length=40, default="988", blank=True, help_text="The same by text message. Empty: no such button."
    )
    emergency_phone = models.CharField(max_length=40, default="911", help_text="When a life is in danger.")
    crisis_words = models.CharField(
        max_length=300, blank=True, help_text="A sentence of your own beside these numbers, as patients read it."
    )
    crisis_words_es = models.CharField(
        "crisis words in Spanish", max_length=300, blank=True, help_text="Without it, readers of Spanish see none."
    )
    out_of_hours_phone = models.CharField(
        max_length=40, blank=True, help_text="Whom staff calls out of hours; shown on the page of an alert."
    )
    out_of_hours_words = models.CharField(
        max_length=200, blank=True, help_text="For staff: what happens out of hours; shown on the page of an alert."
    )
    quiet_until = models.TimeField(default="08:00", help_text="No messages before this, in the recipient's own zone.")
    quiet_from = models.TimeField(default="21:00")
    mails_a_day = models.PositiveSmallIntegerField(
        "mails a patient gets in a day, at most", default=4,
        help_text="Of those that can be stopped: reminders, diary, forms. Days are the patient's own.",
    )  # fmt: skip
    texts_a_day = models.PositiveSmallIntegerField("text messages a patient gets in a day, at most", default=3)
    texts_a_week = models.PositiveSmallIntegerField("text messages a patient gets in seven days, at most", default=10)
    retention_years = models.PositiveSmallIntegerField(default=10)
    ledger_retention_years = models.PositiveSmallIntegerField(
        "controlled-drug records are kept, years",
        default=2,
        help_text="At least 2 (21 CFR 1304.04(a)); ask your state.",
    )
    dea_number = models.CharField(
        "DEA number", max_length=20, blank=True, help_text="Of this registered location, as its register prints it."
    )
    dead_space_ml = models.DecimalField(
        "dead space of the line, mL", max_digits=5, decimal_places=2, default=0,
        help_text="What the line and connectors hold, proposed as waste of its own. 0: nothing is proposed.",
    )  # fmt: skip
    pack_minutes_before = models.PositiveSmallIntegerField(
        "the downtime pack is made, minutes before opening", default=60
    )
    pcl5_cut = models.PositiveSmallIntegerField(
        "cut of the PCL-5", default=33, help_text="A total from here on counts as provisional PTSD: 31, 32 or 33."
    )

    class Meta:
        verbose_name_plural = "site policies"
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nurse_lanes__gte=1, nurse_lanes__lte=12), name="policy_nurse_lanes_1_to_12"
            ),
            models.CheckConstraint(condition=Q(pcl5_cut__gte=31, pcl5_cut__lte=33), name="policy_pcl5_cut_31_to_33"),
            models.CheckConstraint(
                condition=Q(ledger_retention_years__gte=2), name="policy_ledger_kept_two_years_or_more"
            ),
            models.CheckConstraint(
                condition=Q(dead_space_ml__gte=0, dead_space_ml__lte=50), name="policy_dead_space_0_to_50_ml"
            ),
            models.CheckConstraint(condition=Q(pack_minutes_before__lte=600), name="policy_pack_within_ten_hours"),
            models.CheckConstraint(
                condition=Q(mails_a_day__gte=1, texts_a_day__gte=1, texts_a_week__gte=1),
                name="policy_messages_one_or_more",
            ),
        ]
        triggers = [stay_put("site_policy_stays")]


class AlertRoute(Row):
    """Whom an unanswered alert reaches, and when: each change a new version with its author, the newest one counts."""

    append_only = True
    CLASSIFY = {"set_at": SAFE, "repeat_minutes": SAFE, "note": SAFE, "xact": SAFE}

    site = models.ForeignKey(Site, models.PROTECT, related_name="alert_routes")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, related_name="+")
    repeat_minutes = models.PositiveSmallIntegerField(
        default=30, help_text="When all steps are taken, the last one is repeated after so many minutes."
    )
    note = models.CharField("why it changed", max_length=200, blank=True)
    xact = Xid8Field()

    class Meta:
        ordering = ["-set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(repeat_minutes__gte=5, repeat_minutes__lte=240), name="route_repeats_5_to_240_minutes"
            )
        ]
        triggers = [stay_put("alert_route_stays")]

    def __str__(self):
        return f"Alert route of {self.site}, {self.set_at:%Y-%m-%d %H:%M}"


class RouteStep(Row):
    """One step of a route: so many minutes after an alert was raised, somebody is told, at any hour or at some."""

    append_only = True
    WHEN = [
        ("always", "At any hour"),
        ("open", "Only while the site is open"),
        ("closed", "Only while the site is closed: somebody on call reads it"),
    ]
    WHOM = [("role", "Everyone of a role at this site"), ("user", "A named colleague"), ("outside", "Somebody outside")]
    ROLES = [
        ("nurse", "nurse"),
        ("prescriber", "prescriber"),
        ("clinic_admin", "clinic admin"),
        ("front_desk", "front desk"),
    ]
    CLASSIFY = {
        "after_minutes": SAFE,
        "when": SAFE,
        "whom": SAFE,
        "role": SAFE,
        "name": PERSONAL,
        "email": PERSONAL,
        "phone": PERSONAL,
    }

    route = models.ForeignKey(AlertRoute, models.PROTECT, related_name="steps")
    after_minutes = models.PositiveSmallIntegerField(help_text="Minutes after the alert was raised; 0 is at once.")
    when = models.CharField(max_length=8, choices=WHEN, default="always")
    whom = models.CharField(max_length=8, choices=WHOM, default="role")
    role = models.CharField(max_length=20, choices=ROLES, blank=True)
    user = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField("name outside", max_length=80, blank=True)
    email = models.EmailField("e-mail outside", blank=True)
    phone = models.CharField("phone outside", max_length=40, blank=True)

    class Meta:
        ordering = ["after_minutes", "when", "whom", "role", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(after_minutes__lte=1440), name="route_step_within_a_day"),
            models.CheckConstraint(
                condition=(Q(whom="role", user__isnull=True, name="", email="", phone="") & ~Q(role=""))
                | Q(whom="user", role="", user__isnull=False, name="", email="", phone="")
                | (Q(whom="outside", role="", user__isnull=True) & ~Q(name="") & (~Q(email="") | ~Q(phone=""))),
                name="route_step_names_one_recipient",
            ),
        ]
        triggers = [
            stay_put("route_step_stays"),
            pgtrigger.Trigger(
                name="route_step_with_its_route",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF (SELECT xact FROM clinic_alertroute WHERE id = NEW.route_id) <> pg_current_xact_id() THEN
                      RAISE EXCEPTION 'route_step_with_its_route: a route is set whole; make a new version';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"after {self.after_minutes} min: {self.role or self.name or self.user}"

    def validate_constraints(self, exclude=None):
        """Forms leave this to clinic.rules.route, which says it in words; the database still has the last word."""


class DeploymentMark(Row):
    """What this database is: a row of kind 'demo' makes production settings refuse it."""

    append_only = True
    CLASSIFY = {"kind": SAFE, "made_at": SAFE, "detail": SAFE}

    kind = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        triggers = [pgtrigger.Protect(name="deployment_mark_stays", operation=pgtrigger.Update | pgtrigger.Delete)]
