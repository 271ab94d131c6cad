"""The worklist of verbal orders to co-sign: one's own first, then those of others at the site, overdue ones marked."""

from dataclasses import dataclass

from django.urls import reverse

from clinic.words import age_words, clinic_date, clinic_time, figure
from sessions.presenters.words import one_of
from sessions.queries.orders import awaiting_cosign
from sessions.rules.dose import shown


@dataclass(frozen=True)
class DueRow:
    """One order that waits; `sign` is the path that signs it, for its prescriber only."""

    patient: object
    said: str
    who: str
    due: str
    overdue: bool
    sign: str
    sheet: str
    said_back: str = ""


@dataclass(frozen=True)
class DuePage:
    """Mine and theirs."""

    mine: list
    others: list

    @property
    def overdue(self):
        """How many are overdue in all, in words; empty when none is."""
        count = sum(row.overdue for row in (*self.mine, *self.others))
        return f"{one_of(count, 'order is', 'orders are')} overdue" if count else ""


def due_page(user, site, at):
    """The worklist of one user at one site."""
    mine, others = [], []
    for order in awaiting_cosign([site]):
        (mine if order.ordered_by_id == user.pk else others).append(_row(order, user, at))
    return DuePage(mine, others)


def _row(order, user, at):
    site, overdue = order.session.site, order.cosign_due_at < at
    due = f"due {age_words(order.cosign_due_at, at)}" if overdue else f"by {_moment(order.cosign_due_at, site.zone)}"
    return DueRow(
        order.session.patient,
        order_words(order),
        f"{order.ordered_by.name}, taken and read back by {order.taken_by.name}, "
        f"{_moment(order.ordered_at, site.zone)}",
        due,
        overdue,
        reverse("sessions:order-sign", args=[order.pk]) if order.ordered_by_id == user.pk else "",
        reverse("sessions:order-list", args=[order.session_id]),
        order.said_back,
    )


def _moment(at, zone):
    return f"{clinic_date(at.astimezone(zone).date())} {clinic_time(at, zone)}"


def order_words(order):
    """An order in a line: "Drug ondansetron 4 mg IV for nausea"."""
    return f"{order.get_category_display()} {ordered_words(order)}".strip()


def ordered_words(order):
    """What an order says, without its category: "ondansetron 4 mg IV". A standing order's text is its whole dose."""
    if order.kind == "standing" and order.text:
        return f"{order.drug} {order.text}".strip()
    dose = f"{figure(shown(order.dose_mg))} mg" if order.dose_mg is not None else ""
    rate = f"{figure(shown(order.rate_ml_h))} mL/h" if order.rate_ml_h is not None else ""
    return " ".join(filter(None, [order.drug, dose, rate, order.route, order.text]))
