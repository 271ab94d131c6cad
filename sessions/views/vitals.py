"""The vitals keypad."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from clinic import access, clock
from sessions import queries
from sessions.access import CLINICIANS, session_or_404
from sessions.forms.vitals import VitalsForm
from sessions.presenters.frame import frame
from sessions.presenters.keypad import asked_measures, keypad
from sessions.views.flow import attempt, typed


@access.staff(*CLINICIANS)
def vitals_record(request, pk):
    """One set. An alarming value that was asked back is saved at once and the page stays for the rest."""
    session = session_or_404(request, pk)
    sheet = queries.sheet(session, clock.now())
    asked = asked_measures(sheet)
    initial = {"baseline": sheet.state.phase == "preparing", "observed": request.GET.get("at", "")}
    form = VitalsForm(typed(request), session=session, measures=asked, initial=initial)
    status = 200
    if request.method == "POST":
        saved, status = attempt(request, form)
        if status == 302:
            return HttpResponseRedirect(_after(request, session, form, saved, asked))
    context = {"form": form, "keypad": keypad(form, sheet, asked), "has_errors": status != 200}
    return render(request, "sessions/vitals_record.html", frame(request, session) | context, status=status)


def _after(request, session, form, saved, asked):
    """The run sheet; or the keypad again for what is left when an alarming value was saved before the set was whole."""
    messages.success(request, f"Vitals saved, {saved.entry.received_at.astimezone(session.site.zone):%H:%M:%S}.")
    left = asked - set(form.values()) - set(form.missing())
    if saved.alarms and left and form.cleaned_data["confirmed"]:
        observed = saved.entry.observed_at.astimezone(session.site.zone)
        return f"{reverse('sessions:vitals-record', args=[session.pk])}?at={observed:%H:%M}"
    return reverse("sessions:session-show", args=[session.pk])
