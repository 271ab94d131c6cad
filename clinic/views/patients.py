"""The list of patients, the one box that finds them, likely duplicates while one is typed, changing their details."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, asked, audit, clock
from clinic.actions import patients as actions
from clinic.forms import PatientFilter, PatientForm
from clinic.models import Role
from clinic.models.base import MENTAL
from clinic.presenters import finding, patients
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused

WHO_ADD = (*access.CARE_TEAM, Role.CLINIC_ADMIN)


@access.staff()
@require_safe
def show_list(request):
    """Patients of the user's sites by name, with their next visit."""
    form = PatientFilter(request.GET or None)
    visits = form.cleaned_data["visits"] if form.is_valid() else ""
    page = patients.patient_page(request, visits=visits, number=request.GET.get("page"), at=clock.now())
    audit.looked(request, "look patients", site=request.site)
    context = {"form": form, "page_obj": page, "query": f"visits={visits}" if visits else ""}
    return render(request, "clinic/patient_list.html", context, status=422 if form.errors else 200)


@access.staff()
@require_http_methods(["GET", "HEAD", "POST"])
def find(request):
    """Patients for what was typed into the box, which is posted and not in the address; a single one opens at once."""
    if request.method == "POST":
        return asked.to_page(request, "q")
    text = request.searched = asked.filters(request, "q").get("q", "")
    found = finding.find_patients(request, text)
    audit.looked(request, "find patients", site=request.site)
    if len(found) == 1 and not request.htmx:
        return redirect("followup:patient-show", found[0].pk)
    rows = patients.found_with_visits(found, clock.now())
    return render(request, "clinic/patient_find.html", {"rows": rows, "text": text})


@access.staff(*WHO_ADD)
@require_POST
def likely(request):
    """Likely duplicates of what is typed so far, as a fragment. Only reads."""
    form = PatientForm(request.POST, site=request.site)
    form.is_valid()
    typed = form.cleaned_data
    found = finding.likely_duplicates(
        sites=[site.pk for site in access.sites_for(request)],
        given_name=typed.get("given_name", ""),
        family_name=typed.get("family_name", ""),
        born_on=typed.get("born_on"),
        phone=typed.get("phone", ""),
    )
    audit.looked(request, "look likely duplicates", site=request.site)
    return render(request, "clinic/_patient_likely.html", {"likely": found})


@access.staff(*WHO_ADD)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Change the details of a patient; a page older than the record says what changed."""
    patient = access.get_patient_or_404(request, pk)
    form = PatientForm(
        request.POST or None, instance=patient, site=request.site, asks_reason=access.sees(request, MENTAL)
    )  # fmt: skip
    if request.method != "POST" or not form.is_valid():
        return _edit_page(request, form, patient, patient.version, status=422 if form.errors else 200)
    version = _number(request.POST.get("version"))
    try:
        actions.edit_patient(
            patient=patient, version=version, changes=form.details(), by=request.user, site=request.site
        )
    except Conflict as conflict:
        return _edit_page(request, form, conflict.current, conflict.current.version, status=409, items=conflict.items)
    except Refused as refused:
        form.add_refusal(refused)
        return _edit_page(request, form, patient, version, status=422)
    messages.success(request, f"The details of {patient} are saved.")
    return redirect("followup:patient-show", patient.pk)


def _edit_page(request, form, patient, version, *, status, items=()):
    context = {"form": form, "patient": patient, "version": version, "items": items, "banner": banner(request, patient)}
    return render(request, "clinic/patient_edit.html", context, status=status)


def _number(text):
    return int(text) if text and text.isdecimal() else 0
