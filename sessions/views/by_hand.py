"""A controlled drug given by hand, out of its container."""

from clinic import access, clock
from sessions.access import CLINICIANS, part_or_404, session_or_404, standing_or_404
from sessions.countersign import quick_people
from sessions.forms.by_hand import HandForm
from sessions.presenters.orders import standing_dose
from sessions.presenters.start import containers_of
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def drug_draw(request, pk, order):
    """One dose of a controlled drug under an order of this session."""
    session = session_or_404(request, pk)
    row = part_or_404(session, "orders", order)
    return _draw(request, session, row.drug, row.condition or row.text, order=row)


@access.staff(*CLINICIANS)
def drug_draw_standing(request, pk, standing):
    """One dose of a controlled drug under a standing order of the protocol."""
    session = session_or_404(request, pk)
    row = standing_or_404(session, standing)
    lead = f"Standing order: {standing_dose(row)}. {row.condition}"
    return _draw(request, session, row.drug, lead, standing=row)


def _draw(request, session, drug, lead, **order):
    lines = containers_of(session, drug, clock.now())
    form = HandForm(
        typed(request), session=session, containers=[line.container for line in lines],
        persons=quick_people(request, session.site, but={request.user.pk}), **order,
    )  # fmt: skip
    words = Words(f"Draw and give {drug}", f"Save: given to {session.patient}", "Given, and in the ledger.", lead=lead)
    return deed(request, session, form, words, template="sessions/by_hand.html", stock=lines)
