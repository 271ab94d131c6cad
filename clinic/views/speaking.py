"""What must be known of a patient in the banner, and who may speak for them."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access
from clinic.actions import patient_alerts
from clinic.actions import representatives as speakers
from clinic.forms import AlertForm, RepresentativeForm
from clinic.presenters import speaking
from clinic.presenters.banner import banner
from clinic.refusal import Refused


@access.staff(*access.CLINICIANS, glass=True)
@require_http_methods(["GET", "HEAD", "POST"])
def alerts(request, pk):
    """The alerts of a patient: those in force, whether they were looked into, and a new one."""
    patient, form = access.get_patient_or_404(request, pk), AlertForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            patient_alerts.note_alert(patient=patient, by=request.user, site=request.site, **form.cleaned_data)
            return redirect("clinic:patient-alerts", patient.pk)
        except Refused as refused:
            form.add_refusal(refused)
    context = {"patient": patient, "form": form, "alerts": speaking.alerts_of(patient)}
    context["banner"] = banner(request, patient)
    return render(request, "clinic/patient_alerts.html", context, status=422 if form.errors else 200)


@access.staff(*access.CLINICIANS)
@require_POST
def alert_verify(request, pk):
    """Looked into, and it is so."""
    return _settle(request, pk, patient_alerts.verify_alert)


@access.staff(*access.CLINICIANS)
@require_POST
def alert_end(request, pk):
    """It no longer holds."""
    return _settle(request, pk, patient_alerts.end_alert)


def _settle(request, pk, action):
    alert = access.get_for_patient_or_404(request, speaking.alert_by_id(pk))
    try:
        action(alert=alert, by=request.user, site=request.site)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("clinic:patient-alerts", alert.patient_id)


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def representatives(request, pk):
    """Who may speak for a patient, and somebody new."""
    patient, form = access.get_patient_or_404(request, pk), RepresentativeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            speakers.add_representative(patient=patient, by=request.user, site=request.site, **form.cleaned_data)
            return redirect("clinic:patient-representatives", patient.pk)
        except Refused as refused:
            form.add_refusal(refused)
    context = {"patient": patient, "form": form, "speakers": speaking.representatives_of(patient)}
    context["banner"] = banner(request, patient)
    return render(request, "clinic/patient_representatives.html", context, status=422 if form.errors else 200)


@access.staff(*access.CARE_TEAM)
@require_POST
def representative_end(request, pk):
    """They no longer speak for the patient."""
    speaker = access.get_for_patient_or_404(request, speaking.representative_by_id(pk))
    try:
        speakers.end_representative(representative=speaker, by=request.user, site=request.site)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("clinic:patient-representatives", speaker.patient_id)
