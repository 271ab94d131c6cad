"""An emergency: one tap, times, the page to hand over, and what is put in order afterwards."""

from functools import partial

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, clock
from sessions.access import CLINICIANS, session_or_404
from sessions.forms.emergency import ReconcileForm
from sessions.forms.events import EmergencyForm
from sessions.presenters.emergency import emergency_page, handover_page, reconcile_page
from sessions.presenters.frame import frame
from sessions.presenters.words import Words
from sessions.views import paper
from sessions.views.flow import attempt, deed, typed


@access.staff(*CLINICIANS)
def emergency(request, pk):
    """One tap stops what is charted as running and calls every screen; then one tap a time."""
    session = session_or_404(request, pk)
    form = EmergencyForm(typed(request), session=session)
    status = 200
    if request.method == "POST":
        _, status = attempt(request, form)
        if status == 302:
            return HttpResponseRedirect(reverse("sessions:emergency", args=[session.pk]))
    tap = partial(paper.tap_id, session, request.user)
    page = emergency_page(session, clock.now(), tap)
    context = frame(request, session) | {
        "page": page,
        "form": form,
        "tap_id": tap("emergency"),
        "has_errors": status != 200,
    }
    return render(request, "sessions/emergency.html", context, status=status)


@access.staff(*CLINICIANS)
@require_GET
def emergency_handover(request, pk):
    """One page for the ambulance: who, allergies, weight, drugs with totals, last vitals, what happened when."""
    session = session_or_404(request, pk)
    page = handover_page(session, clock.now())
    return render(request, "sessions/emergency_handover.html", frame(request, session) | {"page": page})


@access.staff(*CLINICIANS)
def emergency_reconcile(request, pk):
    """Afterwards: times, drugs, volumes and waste, each gone through, by whom."""
    session = session_or_404(request, pk)
    page = reconcile_page(session, clock.now())
    if page.called is None:
        return render(request, "sessions/emergency_reconcile.html", frame(request, session) | {"page": page})
    form = ReconcileForm(typed(request), session=session, called=page.called, points=page.points)
    words = Words(
        "Put the emergency in order", "Everything here is gone through", "The emergency is put in order.",
        lead="Nothing is blocked meanwhile. What cannot be cleared up is said in the note and stays visible.",
    )  # fmt: skip
    return deed(request, session, form, words, template="sessions/emergency_reconcile.html", page=page)
