"""Calls: the next-day contact of a session, and the log of a patient's calls."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.forms.calls import CallForm
from followup.presenters import calls as presenters
from followup.queries.calls import contact_or_404


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request, pk):
    """The next-day contact: what to know and to ask; note the call or the try."""
    found = contact_or_404(request, pk)
    patient, site = found.session.patient, found.session.site
    form = CallForm(request.POST if request.method == "POST" else None, site=site)
    if form.is_bound and form.is_valid():
        there = reverse("followup:contact-show", args=[pk])
        done = _noted(request, form, patient, there, contact=found)
        if done:
            return done
    page = presenters.contact_page(found)
    return _show(request, "followup/contact_show.html", page, form)


@access.staff(*access.CLINICIANS)
@require_http_methods(["GET", "HEAD", "POST"])
def log(request, pk):
    """Every call with a patient, and a new one."""
    patient = access.get_patient_or_404(request, pk)
    form = CallForm(request.POST if request.method == "POST" else None, site=request.site, is_contact=False)
    if form.is_bound and form.is_valid():
        done = _noted(request, form, patient, reverse("followup:call-list", args=[patient.pk]))
        if done:
            return done
    return _show(request, "followup/call_list.html", presenters.call_page(patient, request.site), form)


def _noted(request, form, patient, there, **contact):
    """Note it and go on; None where it was refused, with the reasons in the form."""
    try:
        note = form.save(patient=patient, by=request.user, at=clock.now(), **contact)
    except Refused as refused:
        form.add_refusal(refused)
        return None
    messages.success(request, f"Noted: {note.get_outcome_display().lower()}.")
    return HttpResponseRedirect(there)


def _show(request, template, page, form):
    context = {"page": page, "form": form, "banner": banner(request, page.patient)}
    return render(request, template, context, status=422 if form.is_bound else 200)
