"""Balances of the controlled drugs, per container and lot, and whether a day can be closed."""

from collections import defaultdict
from dataclasses import dataclass

from sessions.models import Container, Discrepancy, LedgerEntry
from sessions.rules import ledger


@dataclass
class Line:
    """One container with its balance."""

    container: Container
    balance: ledger.Balance

    @property
    def needs_waste(self):
        """True for an opened single-dose container with something left: the rest is waste."""
        return self.container.use == "single" and self.container.state == "open" and self.balance.in_stock > 0


def balances(site, *, drug=None):
    """`Line`s of all containers of this site, soonest expiry first. Two queries."""
    containers = Container.objects.filter(site=site, **({"drug": drug} if drug else {}))
    posted = defaultdict(list)
    for entry in LedgerEntry.objects.filter(container__in=containers).order_by("posted_at", "xact"):
        posted[entry.container_id].append(entry)
    return [Line(c, ledger.balance(posted[c.pk])) for c in containers]


def balance_of(container):
    """The balance of one container. One query."""
    return ledger.balance(LedgerEntry.objects.filter(container=container).order_by("posted_at"))


def stock(site, drug, *, today):
    """`Line`s one can draw from now: in date, in stock, not discarded."""
    lines = [line for line in balances(site, drug=drug) if line.container.state in ("sealed", "open")]
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


def day_close(site):
    """What keeps the day open: `Item`s from open differences, impossible balances and drug still in use."""
    lines = balances(site)
    open_ones = list(Discrepancy.objects.filter(site=site, closed_at__isnull=True))
    return ledger.open_reasons(open_ones, [(str(line.container), line.balance) for line in lines])
