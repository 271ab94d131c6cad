"""Consents for staff: how they stand, ask again, take back on the patient's word, paper, copies, the tablet."""

import secrets

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import audit, clock, links
from clinic.access import CARE_TEAM, get_for_patient_or_404, get_patient_or_404, staff
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from intake.access import text_or_404
from intake.actions import consents, copies, handing_over, renewals, taking_back
from intake.consents import signature_by_id, standing_of
from intake.forms.consent import PaperForm, StaffTakeBackForm
from intake.presenters.consent_panel import consent_panel
from intake.presenters.renewals import renewals as renewal_list
from intake.views.typed import typed


@staff(*CARE_TEAM, glass=True)
@require_safe
def show(request, pk):
    """Every consent of a patient: what is required, on file, taken back; and what can be done about it."""
    patient = get_patient_or_404(request, pk)
    context = {"patient": patient, "banner": banner(request, patient), "panel": consent_panel(patient)}
    return render(request, "intake/patient_consents.html", context)


def _stands_or_404(patient, kind):
    stands = standing_of(patient, kind)
    if stands is None:
        raise Http404
    return stands


@staff(*CARE_TEAM)
@require_POST
def ask(request, pk, kind):
    """Ask the patient to read and sign one again."""
    patient = get_patient_or_404(request, pk)
    _stands_or_404(patient, kind)
    try:
        renewals.ask_again(patient=patient, site=request.site, kind=kind, by=request.user)
        words = "The link is on its way." if patient.email else "There is no e-mail address: let them sign here."
        messages.success(request, f"{patient.short_name} is asked to sign again. {words}")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("intake:patient-consents", patient.pk)


@staff(*CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request, pk, kind):
    """Write down that the patient took a consent back."""
    patient = get_patient_or_404(request, pk)
    form, stands = StaffTakeBackForm(typed(request)), _stands_or_404(patient, kind)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        try:
            taking_back.take_back(patient=patient, site=request.site, kind=kind, words=words, by=request.user)
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, f"“{stands.title}” is taken back from now on.")
            return redirect("intake:patient-consents", patient.pk)
    return _deed(request, patient, stands, form, "intake/consent_revoke.html")


@staff(*CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request, pk, kind):
    """Write down that a consent was signed on paper."""
    patient = get_patient_or_404(request, pk)
    form, stands = PaperForm(typed(request)), _stands_or_404(patient, kind)
    if stands.text is None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        try:
            consents.record_paper(
                patient=patient, site=request.site, text=stands.text, by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_refusal(refused)
        else:
            messages.success(request, f"“{stands.title}” is on file as signed on paper.")
            return redirect("intake:patient-consents", patient.pk)
    return _deed(request, patient, stands, form, "intake/consent_paper.html")


def _deed(request, patient, stands, form, template):
    context = {"patient": patient, "banner": banner(request, patient), "stands": stands, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)


@staff(*CARE_TEAM)
@require_POST
def copy(request, pk):
    """Make the PDF of a signature that has none yet, and open it."""
    signature = get_for_patient_or_404(request, signature_by_id(pk))
    try:
        return redirect("clinic:document-show", copies.make_copy(signature=signature, by=request.user).pk)
    except OSError as problem:
        messages.error(request, str(problem))
        return redirect("intake:patient-consents", signature.patient_id)


@staff(*CARE_TEAM)
@require_POST
def tablet(request, pk):
    """Hand this device to the patient: staff is signed out of it, the patient goes on after their date of birth."""
    patient = get_patient_or_404(request, pk)
    device = request.COOKIES.get(links.DEVICE_COOKIE) or secrets.token_urlsafe(24)
    link = handing_over.hand_over(patient=patient, site=request.site, device=device, by=request.user)
    logout(request)
    links.knock(request.session, link)
    response = redirect("clinic:link-prove")
    links.cookie(response, device)
    return response


@staff(*CARE_TEAM)
@require_safe
def renewal_page(request, pk=None):
    """Who was asked to sign again and has not, of all texts or of one version."""
    text = text_or_404(pk) if pk else None
    audit.looked(request, "look consent renewals", site=request.site)
    return render(request, "intake/consent_renewals.html", renewal_list(request, at=clock.now(), text=text))
