"""The record's proof: is it still exactly what was signed?"""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access
from sessions.access import CLINICIANS, session_or_404
from sessions.actions.charts import proof_of
from sessions.presenters.frame import frame


@access.staff(*CLINICIANS)
@require_safe
def record_check(request, pk):
    """The hash of the record reckoned anew beside the one that was signed."""
    session = session_or_404(request, pk)
    return render(request, "sessions/record_check.html", frame(request, session) | {"proof": proof_of(session)})
