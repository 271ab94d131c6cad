"""The vitals keypad, and the limits that readings are held against."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, is_prescriber, session_or_404, session_to_record_or_404
from sessions.forms.limits import LimitForm
from sessions.forms.vitals import VitalsForm
from sessions.presenters.frame import frame
from sessions.presenters.keypad import asked_measures, keypad
from sessions.presenters.limits import limit_rows, own_rows
from sessions.presenters.words import Words
from sessions.views.flow import attempt, deed, typed


@access.staff(*CLINICIANS)
def vitals_record(request, pk):
    """One set. An alarming value that was asked back is saved at once and the page stays for the rest."""
    form, status = None, 200
    if request.method == "POST":
        session = session_to_record_or_404(request, pk)
        form = VitalsForm(typed(request), session=session)
        saved, status = attempt(request, form)
        if status == 302:
            return HttpResponseRedirect(_after(request, session, form, saved))
    return _page(request, session_or_404(request, pk), form, status)


def _page(request, session, form, status):
    """The keypad, empty or with what was typed."""
    sheet = queries.sheet(session, clock.now())
    asked = asked_measures(sheet)
    initial = {"baseline": sheet.state.phase == "preparing", "observed": request.GET.get("at", "")}
    form = form or VitalsForm(session=session, initial=initial)
    context = {"form": form, "keypad": keypad(form, sheet, asked), "has_errors": status != 200}
    return render(request, "sessions/vitals_record.html", frame(request, session) | context, status=status)


def _after(request, session, form, saved):
    """The run sheet; or the keypad again for what is left when an alarming value was saved before the set was whole."""
    messages.success(request, f"Vitals saved, {saved.entry.received_at.astimezone(session.site.zone):%H:%M:%S}.")
    is_part = form.cleaned_data["rest"] or (saved.alarms and form.cleaned_data["confirmed"])
    if is_part and _left(session, form):
        observed = saved.entry.observed_at.astimezone(session.site.zone)
        return f"{reverse('sessions:vitals-record', args=[session.pk])}?at={observed:%H:%M}"
    return reverse("sessions:session-show", args=[session.pk])


def _left(session, form):
    """The measures of this phase that the form says nothing of."""
    return asked_measures(queries.sheet(session, clock.now())) - set(form.values()) - set(form.missing())


@access.staff(*CLINICIANS)
def limit_set(request, pk):
    """The limits in force, and a prescriber's own ones for this patient."""
    session = session_or_404(request, pk)
    words = Words("Limits for this patient", f"Set this limit for {session.patient}", "The limit is in force.")
    context = {
        "rows": limit_rows(queries.sheet(session, clock.now())),
        "own": own_rows(session.course, session.site.zone),
        "may_set": is_prescriber(request, session),
    }
    form = LimitForm(typed(request), session=session)
    return deed(request, session, form, words, template="sessions/limits.html", then="sessions:limit-set", **context)
