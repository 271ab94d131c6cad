"""Add a patient, and invite them on the same screen."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic import access
from clinic.models import Role
from clinic.refusal import Conflict, Refused
from intake.actions.newcomers import add_and_invite
from intake.forms.newcomer import NewcomerForm


@access.staff(*access.CARE_TEAM, Role.CLINIC_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request):
    """Add a patient; a likely duplicate asks first."""
    may_invite = access.has_role(request, *access.CARE_TEAM)
    form = NewcomerForm(request.POST or None, site=request.site, may_invite=may_invite)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, status=422 if form.errors else 200)
    typed = form.newcomer()
    try:
        patient = add_and_invite(site=request.site, by=request.user, **typed)
    except Conflict as conflict:
        return _page(request, form, status=409, likely=conflict.current)
    except Refused as refused:
        form.add_refusal(refused)
        return _page(request, form, status=422)
    invited = " The invitation is on its way." if typed["invite_now"] else ""
    messages.success(request, f"{patient} is added as {patient.record_number}.{invited}")
    return redirect("followup:patient-show", patient.pk)


def _page(request, form, *, status, likely=None):
    return render(request, "intake/patient_add.html", {"form": form, "likely": likely}, status=status)
