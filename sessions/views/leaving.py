"""Endings that no criteria lead to: not started, against advice with its form, transferred, died."""

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, clock, language
from sessions.access import CLINICIANS, session_or_404
from sessions.countersign import quick_people
from sessions.forms import leaving as forms
from sessions.presenters.frame import frame
from sessions.presenters.leaving import leaving_page, signed_lines
from sessions.presenters.words import Words
from sessions.views.flow import deed, typed


@access.staff(*CLINICIANS)
def not_started(request, pk):
    """The infusion is not given; what was drawn is shown with where it is wasted, and comes next."""
    session = session_or_404(request, pk)
    page = leaving_page(session, clock.now())
    words = Words("Not started", f"End without an infusion: {session.patient}", "Ended without an infusion.")
    then = page.drawn[0].url if page.drawn else reverse("sessions:session-show", args=[session.pk])
    return deed(
        request, session, forms.NotStartedForm(typed(request), session=session), words,
        template="sessions/ending.html", page=page, then=lambda saved: then,
    )  # fmt: skip


@access.staff(*CLINICIANS)
def against_advice(request, pk):
    """The patient leaves against advice: never blocked, written down with its form."""
    session = session_or_404(request, pk)
    persons = quick_people(request, session.site, but={request.user.pk})
    words = Words(
        "Leaves against advice", f"Record that {session.patient} leaves", "Recorded. A call today is on the task list.",
        lead="Leaving is never blocked. This page only records what happened.",
    )  # fmt: skip
    form = forms.AgainstAdviceForm(typed(request), session=session, persons=persons)
    return deed(
        request, session, form, words, template="sessions/against_advice.html", page=leaving_page(session, clock.now())
    )


@access.staff(*CLINICIANS)
@require_GET
def against_advice_form(request, pk):
    """The form to print and sign, in the patient's language; after the ending with what was signed."""
    session = session_or_404(request, pk)
    ending = getattr(session, "ending_facts", None)
    spoken = language.of_person(session.patient)
    context = frame(request, session) | {"ending": ending, "strokes": signed_lines(ending), "tongue": spoken}
    return render(request, "sessions/against_advice_form.html", context)


@access.staff(*CLINICIANS)
def transfer(request, pk):
    """The patient is taken elsewhere."""
    session = session_or_404(request, pk)
    words = Words("Transfer", f"Record the transfer of {session.patient}", "Transfer recorded.")
    form = forms.TransferForm(typed(request), session=session)
    return deed(request, session, form, words, template="sessions/ending.html", page=leaving_page(session, clock.now()))


@access.staff(*CLINICIANS)
def death(request, pk):
    """The patient died."""
    session = session_or_404(request, pk)
    words = Words("Died", f"Record the death of {session.patient}", "Recorded.")
    form = forms.DeathForm(typed(request), session=session)
    return deed(request, session, form, words, template="sessions/ending.html", page=leaving_page(session, clock.now()))
