"""What left the clinic: the accounting of a site, of one patient, and noting another disclosure."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, audit, clock
from clinic.forms_audit import DisclosureFilter, DisclosureForm
from clinic.models import Role
from clinic.presenters import looking
from clinic.refusal import Refused
from clinic.views.audit import READERS, as_file, paper
from clinic.words import local

NOTERS = (Role.NURSE, Role.PRESCRIBER, Role.CLINIC_ADMIN)


@access.staff(*READERS)
@require_safe
def show_list(request):
    """The disclosures of the user's sites, filtered and sorted by what was asked."""
    form = _filter(request)
    audit.looked(request, "look clinic:disclosure-list", site=request.site, detail=form.asked())
    page = looking.disclosure_page(form, request.GET.get("page")) if form.is_valid() or not form.is_bound else None
    context = {"form": form, "page": page, "query": form.query()}
    return render(request, "clinic/disclosure_list.html", context, status=422 if form.errors else 200)


@access.staff(*READERS, fresh=True)
@require_safe
def file(request):
    """The same rows as CSV, cells safe for a spreadsheet."""
    form = _filter(request)
    audit.looked(request, "take clinic:disclosure-file", site=request.site, detail=form.asked())
    if form.is_bound and not form.is_valid():
        context = {"form": form, "page": None, "query": form.query()}
        return render(request, "clinic/disclosure_list.html", context, status=422)
    return as_file(request, "disclosures", looking.disclosure_table(form, request.site.zone))


def _filter(request):
    return DisclosureFilter(request.GET or None, sites=access.sites_for(request), zone=request.site.zone)


@access.staff(*NOTERS, Role.AUDITOR)
@require_safe
def of_patient(request, pk):
    """What left the clinic about one patient, and what staff took as files or on paper."""
    patient = access.get_patient_or_404(request, pk)
    told, taken = looking.disclosures_of(patient)
    context = {"patient": patient, "told": told, "taken": taken, "may_note": _may_note(request)}
    return render(request, "clinic/patient_disclosures.html", context)


@access.staff(*NOTERS, Role.AUDITOR)
@access.takes
@require_safe
def patient_paper(request, pk):
    """The accounting to print for the patient, in their language."""
    patient = access.get_patient_or_404(request, pk)
    return paper(request, patient, "clinic/disclosure_paper.html", looking.disclosures_of(patient)[0])


@access.staff(*NOTERS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    """Note what was told to somebody outside."""
    patient = access.get_patient_or_404(request, pk)
    now = local(clock.now(), request.site.zone)
    form = DisclosureForm(request.POST if request.method == "POST" else None, initial={"told_at": now})
    if form.is_bound and form.is_valid() and _noted(request, form, patient):
        messages.success(request, "Noted. It stands in the accounting.")
        return HttpResponseRedirect(reverse("clinic:patient-disclosures", args=[patient.pk]))
    context = {"form": form, "patient": patient}
    return render(request, "clinic/disclosure_add.html", context, status=422 if form.is_bound else 200)


def _noted(request, form, patient):
    try:
        return form.save(patient=patient, site=request.site, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return None


def _may_note(request):
    return access.has_role(request, *NOTERS)
