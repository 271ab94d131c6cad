"""When who works: the regular week of somebody at a site, and single days with other hours."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from clinic.models.base import SAFE, Row, both_or_neither
from clinic.models.places import WEEKDAYS


class Shift(Row):
    """One weekday of somebody's week at a site, in its local time, on the days from the first of `days` on.

    Another week from some day on ends the old rows that day: what was worked by stays readable. Without any row in
    force on a day somebody counts as there whenever the site is open.
    """

    CLASSIFY = {"weekday": SAFE, "starts": SAFE, "ends": SAFE, "days": SAFE, "noted_at": SAFE}

    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="shifts")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="shifts")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    starts = models.TimeField(help_text="Local time of the site.")
    ends = models.TimeField()
    days = DateRangeField(help_text="Until before its end; without an end until another week is set.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ["weekday", "starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_start"),
            ExclusionConstraint(
                name="shift_once_a_weekday",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("site", RangeOperators.EQUAL),
                    ("weekday", RangeOperators.EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.starts:%H:%M} to {self.ends:%H:%M}"


class ShiftDay(Row):
    """Somebody works other hours on one local day of a site, or on a day they usually don't. It may be called off."""

    CLASSIFY = {"day": SAFE, "starts": SAFE, "ends": SAFE, "noted_at": SAFE, "called_off_at": SAFE}

    user = models.ForeignKey("clinic.User", models.PROTECT, related_name="shift_days")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="shift_days")
    day = models.DateField()
    starts = models.TimeField(help_text="Local time of the site.")
    ends = models.TimeField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey("clinic.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_day_ends_after_start"),
            models.UniqueConstraint(
                fields=["user", "site", "day"], condition=Q(called_off_at__isnull=True), name="shift_day_once"
            ),
            both_or_neither("shift_day", "called_off"),
        ]

    def __str__(self):
        return f"{self.starts:%H:%M} to {self.ends:%H:%M}"
