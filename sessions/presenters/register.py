"""The register as page, print, CSV and PDF: the same lines in the shape of clinical.md 6, and the inventories."""

from dataclasses import dataclass
from datetime import date

from clinic.words import clinic_date, clinic_time, figure, local, today_in
from sessions.queries import register as rows
from sessions.queries.days import bounds
from sessions.queries.ledger import balances
from sessions.rules import ledger
from sessions.rules import register as rules

HEAD = (
    "Date and time", "What", "Container", "Lot", "Form and strength", "Received mg", "Given mg", "Wasted mg",
    "Returned mg", "Volume mL", "On hand mg", "Patient or supplier", "Address", "By", "Witness", "Note",
)  # fmt: skip
COLUMNS = ("received", "given", "wasted", "returned")


@dataclass(frozen=True)
class Row:
    """One line of the register, every cell written out. `drawn` marks a line that leaves what is on hand as it was."""

    at: str
    what: str
    code: str
    lot: str
    strength: str
    figures: dict
    ml: str
    on_hand: str
    who: str
    address: str
    by: str
    witness: str
    note: str
    struck: bool
    quiet: bool
    url_of: object = None

    @property
    def cells(self):
        """The cells in the order of HEAD."""
        return (self.at, self.what, self.code, self.lot, self.strength, *(self.figures.get(c, "") for c in COLUMNS),
                self.ml, self.on_hand, self.who, self.address, self.by, self.witness, self.note)  # fmt: skip


@dataclass(frozen=True)
class RegisterPage:
    """One site, one drug (one lot), one period."""

    site: object
    drug: str
    lot: str
    since: date
    until: date
    opening: str
    closing: str
    totals: list
    rows: list
    kept_years: int
    dea_number: str
    printed: str

    @property
    def title(self):
        return f"{self.drug.capitalize()}, {clinic_date(self.since)} to {clinic_date(self.until)}"


def register_page(site, drug, lot, since, until, now):
    """The register of this period. Four queries."""
    begin, _ = bounds(site, since)
    _, end = bounds(site, until)
    opening = rows.on_hand_before(site, drug, lot, begin)
    entries = rows.entries_in(site, drug, lot, begin, end)
    lines = rules.running(entries, opening, rows.taken_back(entries))
    sums = rules.totals(entries)
    policy = site.policy
    return RegisterPage(
        site=site,
        drug=drug,
        lot=lot,
        since=since,
        until=until,
        opening=figure(opening),
        closing=figure(lines[-1].on_hand if lines else opening),
        totals=[(rules.WORDS[kind], figure(mg)) for kind, mg in sums.items()],
        rows=[_row(line, site) for line in lines],
        kept_years=policy.ledger_retention_years if policy else ledger.RETENTION_YEARS,
        dea_number=policy.dea_number if policy else "",
        printed=_moment(now, site.zone),
    )


def _moment(at, zone):
    return f"{clinic_date(local(at, zone).date())} {clinic_time(at, zone)}"


def _row(line, site):
    e = line.entry
    kind = e.kind
    who, address = _other_side(e)
    return Row(
        at=_moment(e.posted_at, site.zone),
        what=rules.words_of(e),
        code=e.container.code,
        lot=e.container.lot,
        strength=f"injection, {figure(e.container.strength_mg_ml)} mg/mL, {figure(e.container.volume_ml)} mL",
        figures={kind: figure(e.mg)} if rules.SIGN[kind] else {"quiet": figure(e.mg)},
        ml=figure(volume(e)),
        on_hand=figure(line.on_hand),
        who=who,
        address=address,
        by=e.posted_by.display_name,
        witness=e.witness.display_name if e.witness else "",
        note=_note(e),
        struck=line.struck,
        quiet=not rules.SIGN[kind],
        url_of=e if kind == "wasted" and not line.struck and not line.back else None,
    )


def volume(entry):
    """mL of this movement: as posted, else its mg by the strength of what it was in (3 places); None for a count."""
    if entry.volume_ml is not None:
        return entry.volume_ml
    if entry.kind == "counted":
        return None
    if entry.preparation_id is not None:
        part = entry.mg * entry.preparation.volume_ml / entry.preparation.total_mg
    else:
        part = entry.mg / entry.container.strength_mg_ml
    return part.quantize(ledger.THREE)


def _other_side(entry):
    """(name, address) of the patient who got it, of who delivered it or of where it went."""
    if entry.session_id is not None:
        patient = entry.session.patient
        name = f"{patient.family_name.upper()}, {patient.given_name} ({patient.record_number})"
        return name, " ".join(patient.address.split())
    delivery = entry.container.delivery
    if entry.kind == "received" and delivery is not None:
        number = f", DEA {delivery.supplier_dea}" if delivery.supplier_dea else ""
        return f"{delivery.supplier}{number}", delivery.supplier_address
    if entry.to_site_id is not None:
        return entry.to_site.name, " ".join(entry.to_site.address.split())
    return (entry.container.supplier, "") if entry.kind == "received" else ("", "")


def _note(entry):
    delivery = entry.container.delivery if entry.kind == "received" else None
    said = [entry.reason]
    if delivery is not None:
        said += [f"invoice {delivery.invoice}" if delivery.invoice else ""]
        said += [f"form 222 no. {delivery.order_form}" if delivery.order_form else "", delivery.note]
    if entry.kind == "received" and entry.container.ndc:
        said.append(f"NDC {entry.container.ndc}")
    if entry.discrepancy_id is not None and entry.discrepancy.outcome:
        said.append(entry.discrepancy.get_outcome_display())
    if entry.kind in ("drawn", "counted"):
        said.insert(0, f"{figure(entry.mg)} mg")
    if entry.kind == "counted" and entry.computed_mg is not None:
        said.append("as it should be" if entry.computed_mg == entry.mg else f"{figure(entry.computed_mg)} mg expected")
    return "; ".join(filter(None, said))


def register_csv(page):
    """(head, rows) for a spreadsheet; a struck line says so in its note."""
    body = [("", "On hand before", "", page.lot, "", "", "", "", "", "", page.opening, "", "", "", "", "")]
    for row in page.rows:
        cells = list(row.cells)
        cells[-1] = "; ".join(filter(None, ["STRUCK, taken back later" if row.struck else "", cells[-1]]))
        body.append(cells)
    return HEAD, body


@dataclass(frozen=True)
class InventoryPage:
    """The inventories of a site and when the next is due; `now_held` is what the ledger holds."""

    due: str
    is_overdue: bool
    taken: list
    held: list
    kept_years: int
    oldest: str


def inventory_page(site, now):
    """Initial and biennial inventories, newest first."""
    taken = list(rows.inventories(site))
    today = today_in(site.zone, now)
    last = local(taken[0].counted_at, site.zone).date() if taken else None
    due = ledger.inventory_due(last)
    first = rows.oldest(site)
    policy = site.policy
    return InventoryPage(
        due=clinic_date(due) if due else "",
        is_overdue=due is None or due < today,
        taken=taken,
        held=[line for line in balances(site) if line.balance.in_stock > 0],
        kept_years=policy.ledger_retention_years if policy else ledger.RETENTION_YEARS,
        oldest=clinic_date(local(first, site.zone).date()) if first else "",
    )
