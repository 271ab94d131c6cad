"""A prescriber decides to go on with a drug although something speaks against it."""

from clinic import access
from sessions.access import session_or_404
from sessions.forms.concerns import ConcernForm
from sessions.presenters.concerns import concern_page
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed


@access.staff("prescriber")
def concern_decide(request, pk):
    """What speaks against one drug of this session, what was decided before, and the decision now."""
    session = session_or_404(request, pk)
    page = concern_page(session, request.GET.get("drug", ""))
    form = ConcernForm(typed(request), session=session, drug=page.drug)
    words = Words(f"Go on with {page.drug}?", "Go on, with this reason", "Your decision is in the record.")
    return deed(request, session, form, words, template="sessions/concern.html", page=page)
