"""A patient's page."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from followup.presenters.patient import patient_page, place_of


@access.staff(glass=True)
@require_safe
def show(request, pk):
    """The one thing to do now, and what stands in the record for this reader; a merged record leads to the kept one."""
    patient = access.get_patient_or_404(request, pk)
    if patient.pk != pk:
        return redirect("followup:patient-show", patient.pk)
    page = patient_page(request, patient, clock.now())
    context = {"page": page, "patient": patient, "banner": banner(request, patient)}
    context["place"] = place_of(page.step, patient)
    reads_only = context["reads_only"] = access.is_through_glass(request, patient)
    context["may_edit"] = not reads_only and bool(request.roles & {*access.CARE_TEAM, "clinic_admin"})
    context["may_book"] = not reads_only and bool(request.roles & set(access.CARE_TEAM))
    return render(request, "followup/patient_show.html", context)
