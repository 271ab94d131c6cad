"""The emergency look: one patient beyond one's own sites, to read, for an hour."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, glass
from clinic.actions import glass as actions
from clinic.forms_access import GlassForm
from clinic.refusal import Refused
from clinic.rules import glass as rules

PAGE = "clinic/glass_open.html"


@access.staff(*rules.ROLES, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def open_look(request):
    """Name the patient and say why; a match opens their record."""
    form = GlassForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, PAGE, {"form": form}, status=422 if form.errors else 200)
    address = request.META.get("REMOTE_ADDR") or None
    try:
        found = actions.open_glass(**form.cleaned_data, by=request.user, site=request.site, address=address)
    except Refused as refused:
        form.add_refusal(refused)
        return render(request, PAGE, {"form": form}, status=422)
    glass.hold(request.session, found)
    return redirect("followup:patient-show", found.patient_id)


@access.staff()
@require_POST
def end_look(request):
    """Done with it, before the hour is over."""
    if request.glass is not None:
        actions.end_glass(glass=request.glass, by=request.user)
        messages.success(request, "Your emergency look is over. A clinic admin or the auditor will review it.")
    glass.drop(request.session)
    return redirect("clinic:home")
