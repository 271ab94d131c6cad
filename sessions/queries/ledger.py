"""Balances of the controlled drugs, per container and lot, at every moment."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Case, F, Q, Sum, Value, When
from django.urls import reverse

from sessions.models import Container, Discrepancy, LedgerEntry
from sessions.rules import ledger

LIVE = ("sealed", "open")
# What a movement does to what is drawn and not yet given or wasted.
IN_USE = Case(
    When(kind="drawn", then=F("mg")),
    When(Q(kind="given") | Q(kind="wasted", preparation__isnull=False), then=-F("mg")),
    default=Value(ledger.ZERO),
)


@dataclass
class Line:
    """One container with its balance; `counted_at` is when it was last counted."""

    container: Container
    balance: ledger.Balance
    counted_at: object = None

    @property
    def needs_waste(self):
        """True for an opened single-dose container with something left: the rest is waste."""
        return self.container.use == "single" and self.container.state == "open" and self.balance.in_stock > 0


def live(site):
    """Containers that hold something, or of which something is still in use."""
    used = LedgerEntry.objects.filter(site=site).values("container").annotate(mg=Sum(IN_USE)).exclude(mg=0)
    return Container.objects.filter(site=site).filter(Q(state__in=LIVE) | Q(pk__in=used.values("container")))


def lines_of(containers):
    """`Line`s of these containers (a queryset or list), in their order. One query beside theirs."""
    containers = list(containers)
    posted, counted = defaultdict(list), {}
    rows = LedgerEntry.objects.filter(container__in=[c.pk for c in containers])
    for entry in rows.order_by("posted_at", "xact"):
        posted[entry.container_id].append(entry)
        if entry.kind == "counted":
            counted[entry.container_id] = entry.posted_at
    return [Line(c, ledger.balance(posted[c.pk]), counted.get(c.pk)) for c in containers]


def balances(site, *, drug=None):
    """`Line`s of the containers of this site that hold something, soonest expiry first. Two queries."""
    containers = live(site)
    return lines_of(containers.filter(drug=drug) if drug else containers)


def with_lots(site):
    """`Line`s of every container of each lot of which something is there, so that a lot's figures are whole."""
    lots = live(site).values("lot")
    return lines_of(Container.objects.filter(site=site, lot__in=lots))


def balance_of(container):
    """The balance of one container. One query."""
    return ledger.balance(LedgerEntry.objects.filter(container=container).order_by("posted_at"))


def left_of(preparation):
    """mg of a preparation that are neither given nor wasted yet. One query."""
    return LedgerEntry.objects.filter(preparation=preparation).aggregate(mg=Sum(IN_USE))["mg"] or ledger.ZERO


def stock(site, drug, *, today):
    """`Line`s one can draw from now: in date, in stock, not discarded."""
    lines = [line for line in balances(site, drug=drug) if line.container.state in LIVE]
    usable = [line for line in lines if line.balance.in_stock > 0 and line.container.expires_on >= today]
    return [line for line in usable if line.container.discard_on is None or line.container.discard_on >= today]


def by_lot(lines):
    """(drug, lot) -> summed figures in mg, for the register."""
    totals = {}
    for line in lines:
        sums = totals.setdefault((line.container.drug, line.container.lot), defaultdict(lambda: ledger.ZERO))
        for name in ("received", "given", "wasted", "returned", "in_stock", "in_use_mg"):
            sums[name] += getattr(line.balance, name)
    return totals


def on_the_way(site):
    """Ledger entries of vials that another site has sent here and nobody has taken in yet."""
    rows = LedgerEntry.objects.filter(to_site=site, container__went_to__isnull=True)
    return rows.select_related("container", "site", "posted_by").order_by("posted_at")


def open_differences(site):
    """Differences nobody has explained yet, oldest first."""
    rows = Discrepancy.objects.filter(site=site, closed_at__isnull=True)
    return rows.select_related("session__patient", "container", "preparation")


def day_close(site):
    """What keeps the day open: `Item`s from open differences, impossible balances and drug still in use."""
    lines = balances(site)
    return reasons_of(open_differences(site), lines)


def reasons_of(differences, lines):
    """`ledger.open_reasons` of these differences and lines, each with the page where it is mended."""
    differences = list(differences)
    for row in differences:
        row.link = reverse("sessions:difference-close", args=[row.pk])
    named = [(str(line.container), line.balance, _page_of(line.container)) for line in lines]
    return ledger.open_reasons(differences, named)


def _page_of(container):
    return reverse("sessions:vial-show", args=[container.pk])
