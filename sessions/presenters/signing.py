"""Before the prescriber signs: whether it can be signed at all, and what is still loose."""

from dataclasses import dataclass, field

from django.urls import reverse

from sessions import queries
from sessions.presenters.words import one_of
from sessions.queries.adverse import events_of


@dataclass
class SignPage:
    """`can_sign` False: `why` says it kindly. `loose`: (words, link) of what the signature doesn't wait for."""

    can_sign: bool
    why: str = ""
    loose: list = field(default_factory=list)


def before_signing(session, at):
    """The `SignPage` of a session at `at`."""
    if session.signed_at is not None:
        return SignPage(False, "This chart is signed already. What is new goes into an addendum.")
    if session.ended_at is None:
        return SignPage(
            False,
            "The patient is still here: the chart can be signed once the session has ended. "
            "Nobody has to wait for the signature; the nurse lets the patient go on the criteria.",
        )
    return SignPage(True, loose=loose_ends(session, at))


def loose_ends(session, at):
    """[(words, link)] of what is still open in an ended session."""
    page = queries.sheet(session, at)
    cosign = sum(order.awaits_cosign() for order in page.orders)
    found = [(one_of(cosign, "verbal order") + " to co-sign", _url("order-list", session))] if cosign else []
    found += [(f"Ledger difference: {row}", _url("session-show", session)) for row in page.discrepancies[:3]]
    for event in events_of(session):
        url = reverse("sessions:event-show", args=[event.root.pk])
        if event.needs_report:
            found.append((f"Report to sign: {event.detail.term}", url))
        elif event.needs_asking:
            found.append((f"Not over yet: {event.detail.term}", url))
    return found


def _url(name, session):
    return reverse(f"sessions:{name}", args=[session.pk])
