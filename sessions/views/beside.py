"""This infusion beside earlier ones of the same patient."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, clock
from sessions.access import CLINICIANS, session_or_404
from sessions.presenters.beside import beside_page, chosen_of
from sessions.presenters.frame import frame
from sessions.queries.beside import comparable, sheets_of


@access.staff(*CLINICIANS)
@require_safe
def session_compare(request, pk):
    """Aligned at the start: picture, sums and minute by minute; which ones, the reader chooses."""
    session, now = session_or_404(request, pk), clock.now()
    sessions = comparable(session, access.sites_for(request))
    context = frame(request, session)
    if session.started_at is None:
        return render(request, "sessions/compare.html", context)
    chosen = chosen_of(sessions, session, request.GET.getlist("with"))
    page = beside_page(session, sessions, sheets_of(chosen, now))
    return render(request, "sessions/compare.html", context | {"page": page})
