"""Rows of the infusion for the matrix: noun -> how one side makes it."""

from datetime import timedelta
from decimal import Decimal

from clinic import clock
from clinic.documents import digest
from clinic.refusal import Item
from sessions.actions import count, record_side_effect
from sessions.actions.monitors import confirm_device
from sessions.actions.offline import hold_entry
from sessions.models import (
    AftercareSheet,
    AftercareText,
    Container,
    DayClose,
    Delivery,
    Device,
    DischargeRequest,
    Discrepancy,
    DowntimePack,
    Entry,
    HeldEntry,
    LedgerEntry,
    PaperSheet,
    Signature,
    StockCount,
)
from tests.sessions.scene import Scene


def _signature(side):
    return Signature.objects.create(
        session=side.get("session"), signed_at=clock.now(), signed_by=side.people.prescriber,
        printed_name="Petra Prescriber", meaning="Signed", record_hash="0" * 64, at_version=1, at_seq=1,
    )  # fmt: skip


def _scene(side):
    scene = Scene(side.people).running()
    scene.vitals(20, systolic=190, confirmed={"systolic"})
    return scene


def _difference(side):
    people, container = side.people, side.get("scene").stock(code="KET-2", lot="LOT-B")
    count(container=container, mg=Decimal("400"), witness=people.colleague, by=people.nurse)
    return Discrepancy.objects.get(container=container)


def _vial(site, by, code):
    return Container.objects.create(
        site=site, code=code, drug="ketamine", strength_mg_ml=50, volume_ml=10, lot="LOT-M", use="multi",
        expires_on=clock.now().date() + timedelta(days=300), received_at=clock.now(), received_by=by,
    )  # fmt: skip


def _movement(side, vial, kind, **fields):
    return LedgerEntry.objects.create(
        site=vial.site, container=vial, kind=kind, mg=1, posted_at=clock.now(), posted_by=side.people.nurse,
        witness=side.people.colleague, **fields,
    )  # fmt: skip


def _wasted(side):
    return _movement(side, _vial(side.site, side.people.nurse, "KET-W"), "wasted", manner="broken")


def _sent_here(side):
    """A vial that the other site has sent here."""
    vial = _vial(side.people.prairie, side.people.nurse, f"KET-S-{side.site.pk}"[:40])
    return _movement(side, vial, "returned", manner="site", to_site=side.site)


def _stock_count(side):
    people = side.people
    return StockCount.objects.create(
        site=side.site, counted_at=clock.now(), counted_by=people.nurse, witness=people.colleague
    )


def _pack(side):
    content = b"%PDF-1.7 matrix"
    return DowntimePack.objects.create(
        site=side.site, day=clock.now().date(), made_at=clock.now(), content=content, size=len(content),
        sha256=digest(content),
    )  # fmt: skip


def _paper_sheet(side):
    nurse = side.people.nurse
    return PaperSheet.objects.create(
        session=side.get("session"), author=nurse, opened_by=nurse, outage="Matrix", sheet_on=clock.now().date(),
        opened_at=clock.now(),
    )  # fmt: skip


def _entry(side, kind):
    return Entry.objects.filter(session=side.get("session"), kind=kind).first()


def _device(side):
    at, chair = clock.now(), side.get("chair")
    fresh = Device.objects.create(sender="GW", unit=f"U-{chair.pk}", first_heard_at=at, last_heard_at=at)
    return confirm_device(device=fresh, chair=chair, by=side.people.nurse)


def _event(side):
    return side.get("scene").do(record_side_effect, 25, term="fainting", severity="severe", serious=True).entry


def _discharge_request(side):
    at, session = clock.now(), side.get("session")
    return DischargeRequest.objects.create(session=session, asked_at=at, asked_by=side.people.nurse, missing=[])


def _aftercare_sheet(side):
    return AftercareSheet.objects.create(
        session=side.get("session"), language="en", title="T", body="B", to_whom="patient", talked_through=True,
        printed=True, mailed=False, given_at=clock.now(), given_by=side.people.nurse,
    )  # fmt: skip


def _held(side):
    session = side.get("session")
    at = clock.now()
    held = HeldEntry(door="note", fields=[["text", "Matrix"]], tablet_at=at, written_at=at)
    items = [Item("offline.old", "It waited too long.")]
    return hold_entry(session=session, held=held, reasons=items, by=side.people.nurse)[0]


NOUNS = {
    "held": _held,
    "event": _event,
    "discharge_request": _discharge_request,
    "aftercare_sheet": _aftercare_sheet,
    "aftercare_text": lambda side: AftercareText.objects.get_or_create(title="T", body="B")[0],
    "device": _device,
    "scene": _scene,
    "version": lambda side: side.get("scene").version,
    "protocol": lambda side: side.get("version").protocol,
    "course": lambda side: side.get("scene").course,
    "appointment": lambda side: side.get("scene").appointment,
    "session": lambda side: side.get("scene").session,
    "container": lambda side: side.get("scene").container,
    "preparation": lambda side: side.get("scene").preparation,
    "order": lambda side: side.get("session").orders.first(),
    "standing": lambda side: side.get("version").standingorders.first(),
    "vitals": lambda side: _entry(side, "vitals"),
    "drug_entry": lambda side: _entry(side, "drug"),
    "alarm": lambda side: _entry(side, "alarm"),
    "difference": _difference,
    "wasted": _wasted,
    "sent_here": _sent_here,
    "stock_count": _stock_count,
    "downtime_pack": _pack,
    "paper_sheet": _paper_sheet,
    "delivery": lambda side: Delivery.objects.create(
        site=side.site, supplier="Matrix", received_at=clock.now(), received_by=side.people.nurse
    ),
    "day_close": lambda side: DayClose.objects.create(
        site=side.site, day=clock.now().date(), number=1, kind="closed", at=clock.now(), by=side.people.nurse
    ),
    "signature": _signature,
}
