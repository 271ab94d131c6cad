"""Around the ledger: deliveries with their papers, counts by two people, days that were closed and opened again."""

from django.db import models
from django.db.models import F, Q

from clinic.models.base import CLINICAL, PERSONAL, SAFE, Row, Xid8Field, stay_put
from sessions.rules.days import CLOSED, REOPENED
from sessions.rules.ledger import COUNTS, MOMENTS


class Delivery(Row):
    """What came in together, with the papers a record of receipt names: supplier, its registration, invoice, order."""

    append_only = True
    CLASSIFY = {
        "supplier": SAFE,
        "supplier_address": SAFE,
        "supplier_dea": SAFE,
        "invoice": SAFE,
        "order_form": SAFE,
        "note": SAFE,
        "received_at": SAFE,
        "xact": SAFE,
    }

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="deliveries")
    supplier = models.CharField(max_length=120)
    supplier_address = models.CharField(max_length=200, blank=True)
    supplier_dea = models.CharField("supplier's DEA number", max_length=20, blank=True)
    invoice = models.CharField(max_length=60, blank=True)
    order_form = models.CharField(
        "DEA form 222 number", max_length=40, blank=True, help_text="Only schedule II is ordered on it."
    )
    note = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-received_at"]
        constraints = [models.CheckConstraint(condition=~Q(supplier=""), name="delivery_names_supplier")]
        triggers = [stay_put("delivery_stays")]

    def __str__(self):
        return f"{self.supplier}, invoice {self.invoice}" if self.invoice else self.supplier


class StockCount(Row):
    """All containers counted by two people at one time; an inventory says whether the day was opening or closing."""

    append_only = True
    CLASSIFY = {"kind": SAFE, "moment": SAFE, "note": SAFE, "counted_at": SAFE, "xact": SAFE}

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="stock_counts")
    kind = models.CharField(max_length=8, choices=list(COUNTS.items()), default="day")
    moment = models.CharField(max_length=5, choices=list(MOMENTS.items()), blank=True)
    note = models.CharField(max_length=300, blank=True)
    counted_at = models.DateTimeField()
    counted_by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    witness = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    xact = Xid8Field()

    class Meta:
        ordering = ["-counted_at"]
        indexes = [models.Index(fields=["site", "-counted_at"], name="count_by_site")]
        constraints = [
            models.CheckConstraint(condition=~Q(witness=F("counted_by")), name="count_by_two_people"),
            models.CheckConstraint(condition=Q(kind__in=list(COUNTS)), name="count_kind_known"),
            models.CheckConstraint(condition=Q(kind="day") | ~Q(moment=""), name="inventory_says_open_or_close"),
        ]
        triggers = [stay_put("stock_count_stays")]

    def __str__(self):
        return self.get_kind_display()


class DayClose(Row):
    """One closing, or opening again, of a site's day. The newest row of a day is how it stands."""

    append_only = True
    CLASSIFY = {
        "day": SAFE,
        "number": SAFE,
        "kind": SAFE,
        "at": SAFE,
        "reason": PERSONAL,
        "facts": CLINICAL,
        "xact": SAFE,
    }
    KINDS = [(CLOSED, "Closed"), (REOPENED, "Opened again")]

    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="day_closes")
    day = models.DateField(help_text="The day at the site.")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=KINDS)
    at = models.DateTimeField()
    by = models.ForeignKey("clinic.User", models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict, help_text="What was true when it was closed, and what was explained.")
    xact = Xid8Field()

    class Meta:
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["site", "day", "number"], name="day_close_number_once"),
            models.CheckConstraint(
                condition=Q(kind=CLOSED) | Q(kind=REOPENED) & ~Q(reason=""), name="day_reopened_with_reason"
            ),
        ]
        triggers = [stay_put("day_close_stays")]

    def __str__(self):
        return f"{self.day}: {self.get_kind_display().lower()}"
