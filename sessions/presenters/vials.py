"""The ledger: per lot, received = given + wasted + returned + in use + in stock; per container; what is unexplained."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.words import clinic_date, figure
from sessions import queries
from sessions.queries.ledger import balance_of, by_lot

COLUMNS = ("received", "given", "wasted", "returned", "in_use_mg", "in_stock")


@dataclass(frozen=True)
class LotRow:
    """One lot with its balance in mg; `holds`: the sum is right."""

    drug: str
    lot: str
    figures: list
    holds: bool


@dataclass(frozen=True)
class VialRow:
    """One container."""

    container: object
    stock: str
    in_use: str
    expires: str
    state: str
    note: str
    url: str


@dataclass(frozen=True)
class VialsPage:
    lots: list
    vials: list
    differences: list
    open_reasons: list


@dataclass(frozen=True)
class VialPage:
    container: object
    figures: list
    entries: list
    open: bool


def vials_page(site):
    """The page of one site."""
    lines = queries.balances(site)
    lots = [
        LotRow(drug, lot, [figure(sums[c]) for c in COLUMNS], _holds(sums))
        for (drug, lot), sums in by_lot(lines).items()
    ]
    open_ones = site.discrepancies.filter(closed_at__isnull=True).select_related(
        "session__patient", "container", "preparation"
    )
    return VialsPage(lots, [_vial(line) for line in lines], list(open_ones), queries.day_close(site))


def _holds(sums):
    return sums["received"] == sum(sums[c] for c in COLUMNS[1:])


def _vial(line):
    c, b = line.container, line.balance
    note = "the rest is waste" if line.needs_waste else ""
    return VialRow(c, figure(b.in_stock), figure(b.in_use_mg), clinic_date(c.expires_on), c.get_state_display(), note,
                   reverse("sessions:vial-show", args=[c.pk]))  # fmt: skip


def vial_page(container):
    """One container with its ledger entries."""
    b = balance_of(container)
    words = ("Received", "Given", "Wasted", "Returned", "In use", "In stock")
    figures = [(w, f"{figure(getattr(b, c))} mg") for w, c in zip(words, COLUMNS, strict=True)]
    entries = container.ledger.select_related("posted_by", "witness", "session__patient", "preparation")
    return VialPage(container, figures, list(entries.order_by("posted_at")), container.state in ("sealed", "open"))
