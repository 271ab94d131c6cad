"""The last infusion of the same patient, beside today's."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from clinic import access
from sessions.access import CLINICIANS, session_or_404
from sessions.presenters.frame import frame
from sessions.presenters.last_time import last_time_page


@access.staff(*CLINICIANS)
@require_GET
def last_time(request, pk):
    """What was asked, measured, given and felt last time, and what is entered anew today."""
    session = session_or_404(request, pk)
    context = frame(request, session) | {"page": last_time_page(session)}
    return render(request, "sessions/last_time.html", context)
