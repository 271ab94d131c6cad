"""Who looked at what, and who changed it: for the auditor, and for a clinic admin's own sites."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from clinic import access, audit, clock, language
from clinic.forms_audit import AuditFilter, PatientAuditFilter
from clinic.models import Role
from clinic.presenters import looking
from clinic.rules.cells import as_csv
from clinic.words import today_in

READERS = (Role.AUDITOR, Role.CLINIC_ADMIN)


@access.staff(*READERS)
@require_safe
def show_list(request):
    """The log of the user's sites, newest first, filtered and sorted by what was asked."""
    form = _filter(AuditFilter, request)
    audit.looked(request, "look audit", site=request.site, detail=form.asked())
    page = looking.log_page(form, request.GET.get("page")) if form.is_valid() or not form.is_bound else None
    context = {"form": form, "page": page, "query": form.query()}
    return render(request, "clinic/audit_list.html", context, status=422 if form.errors else 200)


@access.staff(*READERS, fresh=True)
@require_safe
def file(request):
    """The same rows as CSV, cells safe for a spreadsheet."""
    form = _filter(AuditFilter, request)
    audit.looked(request, "take clinic:audit-file", site=request.site, detail=form.asked())
    if form.is_bound and not form.is_valid():
        context = {"form": form, "page": None, "query": form.query()}
        return render(request, "clinic/audit_list.html", context, status=422)
    return as_file(request, "audit", looking.log_table(form, request.site.zone))


@access.staff(*READERS)
@require_safe
def show_patient(request, pk):
    """Who looked at one patient, who wrote about them, what was taken."""
    patient = access.get_patient_or_404(request, pk)
    form = _filter(PatientAuditFilter, request)
    good = form.is_valid() or not form.is_bound
    page = looking.patient_log(patient, form, request.GET.get("page")) if good else None
    context = {"form": form, "page": page, "patient": patient, "query": form.query()}
    return render(request, "clinic/audit_patient.html", context, status=200 if good else 422)


@access.staff(*READERS)
@access.takes
@require_safe
def patient_paper(request, pk):
    """The same in plain words, to print for the patient, in their language."""
    patient = access.get_patient_or_404(request, pk)
    return paper(request, patient, "clinic/audit_paper.html", looking.patient_paper(patient, request.site.zone))


def _filter(form, request):
    return form(request.GET or None, sites=access.sites_for(request), zone=request.site.zone)


def as_file(request, name, table):
    """A table as a CSV of today."""
    response = HttpResponse(as_csv(*table), content_type="text/csv; charset=utf-8")
    day = today_in(request.site.zone, clock.now())
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{day:%Y-%m-%d}.csv"'
    return response


def paper(request, patient, template, lines):
    """A page to print for this patient, in the language of their record."""
    spoken = language.of_person(patient)
    context = {"patient": patient, "lines": lines, "at": clock.now(), "language": spoken, "site": request.site}
    with translation.override(spoken):
        return render(request, template, context)
