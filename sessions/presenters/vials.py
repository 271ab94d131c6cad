"""The ledger: per lot, received = given + wasted + returned + in use + in stock; per container; what is unexplained."""

from dataclasses import dataclass, field

from django.urls import reverse

from clinic.words import clinic_date, figure, today_in
from sessions import queries
from sessions.queries.ledger import balance_of, by_lot, left_of, on_the_way, open_differences, reasons_of, with_lots
from sessions.queries.register import taken_back
from sessions.rules import ledger, register

COLUMNS = ("received", "given", "wasted", "returned", "in_use_mg", "in_stock")
WORDS = ("Received", "Given", "Wasted", "Returned", "In use", "In stock")


@dataclass(frozen=True)
class LotRow:
    """One lot with its balance in mg; `holds`: the sum is right."""

    drug: str
    lot: str
    figures: list
    holds: bool


@dataclass(frozen=True)
class VialRow:
    """One container; `bad`: why nobody may draw from it."""

    container: object
    stock: str
    in_use: str
    expires: str
    state: str
    note: str
    url: str
    bad: str = ""


@dataclass(frozen=True)
class VialsPage:
    lots: list
    vials: list
    differences: list
    open_reasons: list
    coming: list

    @property
    def unusable(self):
        """Containers that hold something nobody may draw."""
        return [v for v in self.vials if v.bad]


@dataclass(frozen=True)
class VialPage:
    container: object
    figures: list
    entries: list
    open: bool
    bad: str = ""
    facts: list = field(default_factory=list)


def vials_page(site, now):
    """The page of one site."""
    today = today_in(site.zone, now)
    lines = with_lots(site)
    lots = [
        LotRow(drug, lot, [figure(sums[c]) for c in COLUMNS], _holds(sums))
        for (drug, lot), sums in by_lot(lines).items()
    ]
    vials = [_vial(line, today) for line in lines if line.container.state in queries.LIVE or line.balance.in_use_mg]
    differences = list(open_differences(site))
    return VialsPage(lots, vials, differences, reasons_of(differences, lines), list(on_the_way(site)))


def _holds(sums):
    return sums["received"] == sum(sums[c] for c in COLUMNS[1:])


def _vial(line, today):
    c, b = line.container, line.balance
    note = "the rest is waste" if line.needs_waste else ""
    bad = ledger.why_not_drawn(c, today) if b.in_stock > 0 else ""
    return VialRow(c, figure(b.in_stock), figure(b.in_use_mg), clinic_date(c.expires_on), c.get_state_display(), note,
                   reverse("sessions:vial-show", args=[c.pk]), bad)  # fmt: skip


def vial_page(container, now):
    """One container with its ledger entries, the balance after each, and what its papers say."""
    b = balance_of(container)
    figures = [(w, f"{figure(getattr(b, c))} mg") for w, c in zip(WORDS, COLUMNS, strict=True)]
    rows = container.ledger.select_related(
        "posted_by", "witness", "session__patient", "preparation", "site", "discrepancy", "container"
    )
    entries = list(rows.order_by("posted_at", "xact"))
    lines = register.running(entries, taken_back=taken_back(entries))
    bad = ledger.why_not_drawn(container, today_in(container.site.zone, now)) if b.in_stock > 0 else ""
    return VialPage(
        container, figures, [_entry(line) for line in lines], container.state in queries.LIVE, bad, _papers(container)
    )


@dataclass(frozen=True)
class EntryRow:
    """One movement on a container's page; `url`: where it is corrected, if it can be."""

    entry: object
    what: str
    mg: str
    on_hand: str
    struck: bool
    url: str = ""


def _entry(line):
    e = line.entry
    may = e.kind == "wasted" and not line.struck and not line.back and e.discrepancy_id is None
    url = reverse("sessions:waste-correct", args=[e.pk]) if may else ""
    return EntryRow(e, register.words_of(e), figure(e.mg), figure(line.on_hand), line.struck, url)


def _papers(container):
    """[(name, value)] of the receipt."""
    delivery = container.delivery
    rows = [
        ("Schedule", container.get_schedule_display()),
        ("NDC", container.ndc),
        ("GTIN", container.gtin),
        ("Kept in", container.kept_in),
    ]
    if delivery is None:
        rows.append(("From", container.supplier))
    else:
        rows += [
            ("Supplier", delivery.supplier),
            ("Address", delivery.supplier_address),
            ("DEA number", delivery.supplier_dea),
            ("Invoice", delivery.invoice),
            ("Form 222", delivery.order_form),
            ("Note", delivery.note),
        ]
    return [(name, value) for name, value in rows if value]


@dataclass(frozen=True)
class LeftPage:
    """What the waste page opens with: [(words, value)], and the figures it proposes (Decimals)."""

    facts: list
    rest: object
    dead: object


def left_of_preparation(preparation, site):
    """What was drawn, given, wasted, and what is left of a syringe or bag; the dead space the site has set."""
    left = left_of(preparation)
    spent = dict.fromkeys(("given", "wasted"), ledger.ZERO)
    for entry in preparation.ledger.filter(kind__in=spent):
        spent[entry.kind] += entry.mg
    dead_ml = site.policy.dead_space_ml if site.policy else ledger.ZERO
    rest, dead = ledger.propose_waste(left, preparation.strength_mg_ml, dead_ml)
    ml = (left * preparation.volume_ml / preparation.total_mg).quantize(ledger.THREE)
    facts = [
        ("Drawn", f"{figure(preparation.total_mg)} mg in {figure(preparation.volume_ml)} mL"),
        ("Given", f"{figure(spent['given'])} mg"),
        ("Wasted already", f"{figure(spent['wasted'])} mg"),
        ("Left", f"{figure(left)} mg, that is {figure(ml)} mL of {figure(preparation.strength_mg_ml)} mg/mL"),
    ]
    return LeftPage(facts, rest, dead)


def left_in_container(container, now):
    """What is left in a vial, and why it is wasted when it may not be drawn from any longer."""
    left = balance_of(container).in_stock
    bad = ledger.why_not_drawn(container, today_in(container.site.zone, now))
    ml = (left / container.strength_mg_ml).quantize(ledger.THREE)
    facts = [("In stock", f"{figure(left)} mg, that is {figure(ml)} mL of {figure(container.strength_mg_ml)} mg/mL")]
    return LeftPage([*facts, ("Cannot be used", bad)] if bad else facts, left, ledger.ZERO)
