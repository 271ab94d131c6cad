"""Drug or rate: the pumps, the orders that stand, and what the standing orders still allow."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.urls import reverse

from clinic.words import clinic_time, figure
from sessions import queries
from sessions.presenters.concerns import decide_url, decision_rows
from sessions.presenters.orders_due import order_words
from sessions.presenters.pump import pumps
from sessions.queries.concerns import undecided_of
from sessions.rules.dose import shown


@dataclass
class OrdersPage:
    """The page's parts."""

    pumps: list
    running: bool
    paused: bool
    standing: list = field(default_factory=list)
    orders: list = field(default_factory=list)
    started: bool = False
    decisions: list = field(default_factory=list)


@dataclass(frozen=True)
class Giveable:
    """Something that may be given: words, what was given of it, why not now, and its page."""

    drug: str
    dose: str
    condition: str
    given: str
    wait: str
    url: str
    concern: str = ""
    decide: str = ""


@dataclass(frozen=True)
class OrderRow:
    """An order of this session in words; `give` is the page that gives it, `cosign` the path that signs it, `end` the
    page that ends it.
    """

    words: str
    who: str
    state: str
    give: str
    cosign: str
    orderer_id: object
    end: str = ""
    said_back: str = ""


def orders_page(session, at):
    """The page of this session at `at`."""
    sheet = queries.sheet(session, at)
    phases = {d.phase for d in sheet.state.drugs}
    return OrdersPage(
        pumps=pumps(sheet, ("running", "paused")).rows,
        running="running" in phases,
        paused="paused" in phases,
        standing=_standing_rows(sheet),
        decisions=decision_rows(session),
        orders=[_order(sheet, o) for o in sheet.orders if o.category != "dose" or o.kind == "verbal"],
        started=sheet.state.started_at is not None,
    )


def _standing_rows(sheet):
    """The standing orders, each with what a prescriber has to decide before it is given."""
    rows = list(sheet.session.protocol_version.standingorders.all())
    found = undecided_of(sheet.session, {row.drug for row in rows})
    return [_standing(sheet, row, " ".join(c.words for c in found[row.drug])) for row in rows]


def _standing(sheet, row, concern):
    given = _given(sheet, standing=row.pk)
    url = reverse(f"sessions:{_way(sheet, row.drug)}-standing", args=[sheet.session.pk, row.pk])
    zone = sheet.session.site.zone
    said = f"{len(given)} of {row.max_doses} given" + (f", last {clinic_time(given[-1], zone)}" if given else "")
    return Giveable(row.drug, standing_dose(row), row.condition, said,
                    _wait(row, given, sheet.at, zone), url, concern, decide_url(sheet.session, row.drug))  # fmt: skip


def standing_dose(row):
    """How much a standing order allows at a time: "1000 mg PO"."""
    return f"{figure(shown(row.dose))} {row.unit} {row.route}"


def _way(sheet, drug):
    """A controlled drug is drawn from its container; any other is given as it is."""
    return "drug-draw" if sheet.controlled(drug) else "drug-give"


def _wait(row, given, at, zone):
    if len(given) >= row.max_doses:
        return "All doses of this order are given: a prescriber has to order more"
    after = given[-1] + timedelta(minutes=row.interval_minutes) if given else None
    return f"Not before {clinic_time(after, zone)}" if after and after > at else ""


def _given(sheet, *, standing):
    orders = {o.pk for o in sheet.orders if o.standing_order_id == standing}
    return [e.observed_at for e in sheet.state.drugs_given if e.detail.order_id in orders]


def _order(sheet, order):
    args, zone = [sheet.session.pk, order.pk], sheet.session.site.zone
    waits = order.awaits_cosign()
    return OrderRow(
        order_words(order),
        ", ".join([order.get_kind_display(), order.ordered_by.name, clinic_time(order.ordered_at, zone)]),
        "ended" if order.ended_at else "waits to be co-signed" if waits else "",
        reverse(f"sessions:{_way(sheet, order.drug)}", args=args)
        if order.category == "drug" and not order.ended_at
        else "",
        reverse("sessions:order-cosign", args=args) if waits else "",
        order.ordered_by_id,
        "" if order.ended_at or sheet.session.ended_at else reverse("sessions:order-end", args=args),
        order.said_back,
    )
