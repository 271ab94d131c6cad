"""Who has one session's pages open: the stream's ticket for them. `clinic.project.presence` tells of each other."""

from django.views.decorators.http import require_GET

from clinic import access, live, sign_in
from clinic.views.live import given
from sessions.access import CLINICIANS, session_to_record_or_404


@require_GET
@access.staff(*CLINICIANS, while_locked=True)  # behind the lock it is the ticket of any page, and says of nobody
def session_ticket(request, pk):
    """The ticket for a page of this session, with whose it is and whether they write (`?writes=1`)."""
    if sign_in.is_locked(request):
        return given(request)
    session = session_to_record_or_404(request, pk)
    writes, is_here = request.GET.get("writes") == "1", session.site_id == request.site.pk
    place = live.place(ident=session.pk, name=request.user.display_name, writes=writes)
    return given(request, here=place if is_here else None)
