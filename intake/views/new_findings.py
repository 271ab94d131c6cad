"""What appeared since the approval: read it, and settle it as a prescriber."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import clock
from clinic.access import CLINICIANS, get_patient_or_404, staff
from clinic.refusal import Conflict, Refused
from intake.access import new_findings_or_404
from intake.actions.findings import settle_new_findings
from intake.forms.assessment import SettleForm
from intake.presenters import new_findings as presenters
from intake.presenters.found import choices_for, stamp_of


@staff(*CLINICIANS, glass=True)
@require_safe
def show(request, pk):
    """All of it, the open ones first."""
    return _show(request, get_patient_or_404(request, pk))


def _show(request, patient, bound=None, status=200):
    context = presenters.context(request, patient, at=clock.now(), bound=bound)
    return render(request, "intake/patient_findings.html", context | {"form": bound}, status=status)


@staff("prescriber")
@require_POST
def settle(request, pk):
    """Settle one finding, or all that rest on the same question."""
    patient = get_patient_or_404(request, pk)
    findings = new_findings_or_404(patient, request.POST.getlist("finding"))
    form = SettleForm(request.POST, key=request.POST.get("key", ""), choices=choices_for(findings))
    if not form.is_valid():
        return _show(request, patient, form, status=422)
    try:
        settle_new_findings(findings=findings, site=request.site, by=request.user, **form.cleaned_data)
    except Conflict as conflict:
        form.data = form.data.copy() | {"stamp": stamp_of(conflict.current)}
        form.add_refusal(conflict)
        return _show(request, patient, form, status=409)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, patient, form, status=422)
    messages.success(request, "Your decision is in the record.")
    return redirect(reverse("intake:patient-findings", args=[patient.pk]))
