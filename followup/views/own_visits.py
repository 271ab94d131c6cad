"""The patient's own visits by link: confirm, cancel, ask for another time or an earlier one, keep in a calendar."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock, language
from clinic.presenters.calendar import FILE, calendar_file
from clinic.refusal import Conflict, Refused
from followup.actions.waitlist import leave_waitlist
from followup.forms.own_visits import CallOffForm, OtherTimeForm, SoonerForm, YesForm
from followup.presenters.own_visits import own_visits, when_of
from followup.queries.visits import own_visit, own_waiting

DOORS = ("visits", "home")


@access.patient_link(*DOORS)
@require_safe
def visits(request):
    """The visits ahead, in the clinic's time, with what may be done about each."""
    audit.looked(request, "look followup:visits", request.patient, patient=request.patient, site=request.site)
    return _list(request, 200)


def _list(request, status, *, form=None):
    page = own_visits(request.patient, clock.now())
    is_home = request.patient_link.purpose == "home"
    context = {"page": page, "clinic_site": request.site, "form": form, "is_home": is_home}
    return render(request, "followup/visits.html", context, status=status)


def _visit(request, pk):
    found = own_visit(request.patient, pk)
    if found is None:
        raise Http404
    return found


@access.patient_link(*DOORS)
@require_POST
def say_yes(request, pk):
    """I come."""
    visit, form = _visit(request, pk), YesForm(request.POST)
    if not form.is_valid():
        return _list(request, 422, form=form)
    try:
        form.save(visit=visit, by=request.patient)
    except Refused as refused:
        form.add_refusal(refused)
        return _list(request, 409, form=form)
    messages.success(request, _("Thank you. See you then."))
    return HttpResponseRedirect(reverse("followup:visits"))


def _ask(request, pk, kind, template, said):
    """One page with a form about a visit."""
    visit = _visit(request, pk)
    bound = request.method == "POST"
    form = kind(request.POST if bound else None, initial={"version": visit.version})
    if not bound or not form.is_valid():
        return _show(request, visit, form, template, 422 if bound else 200)
    try:
        form.save(visit=visit, by=request.patient)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, visit, form, template, 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("followup:visits"))


def _show(request, visit, form, template, status):
    context = {"form": form, "visit": visit, "when": when_of(visit, request.patient), "clinic_site": visit.site}
    return render(request, template, context, status=status)


@access.patient_link(*DOORS)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def call_off(request, pk):
    """Please cancel it."""
    said = _("Your visit is cancelled. Thank you for telling us.")
    return _ask(request, pk, CallOffForm, "followup/own_call_off.html", said)


@access.patient_link(*DOORS)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def other_time(request, pk):
    """I need another time."""
    said = _("We will call you to find another time. Until then your visit stays as it is.")
    return _ask(request, pk, OtherTimeForm, "followup/own_other_time.html", said)


@access.patient_link(*DOORS)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def sooner(request, pk):
    """Tell me when an earlier time becomes free."""
    said = _("We write to you when an earlier time becomes free. Your visit stays as it is until you say yes.")
    return _ask(request, pk, SoonerForm, "followup/own_sooner.html", said)


@access.patient_link(*DOORS)
@require_POST
def stop_waiting(request, pk):
    """No longer ask me about earlier times."""
    for entry in own_waiting(request.patient, pk):
        leave_waitlist(entry=entry, by=request.patient)
    messages.success(request, _("We no longer ask you about earlier times."))
    return HttpResponseRedirect(reverse("followup:visits"))


@access.patient_link(*DOORS)
@require_safe
def calendar(request, pk):
    """The visit as a calendar file: the same entry each time, so that a calendar changes the one it has."""
    visit = _visit(request, pk)
    audit.looked(request, "look own calendar", visit, patient=request.patient, site=visit.site)
    response = HttpResponse(calendar_file([visit], clock.now()), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE}"'
    response.headers["Cache-Control"] = "no-store"
    return response
