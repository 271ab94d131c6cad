"""The waiting list of a site: who waits, which times became free, to whom each was offered."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, audit, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.actions.offering import stop_offering
from followup.actions.waitlist import leave_waitlist
from followup.forms.waitlist import JoinForm, LeaveForm, OfferTimeForm
from followup.presenters.offers import join_options, list_page
from followup.queries.waitlist import entry_or_404, slot_or_404


@access.staff(*access.CARE_TEAM)
@require_safe
def show_list(request):
    """Who waits and what was offered."""
    return _list(request)


def _list(request, *, offer_form=None, leave_form=None, status=200):
    audit.looked(request, "look waitlist", site=request.site)
    context = {"page": list_page(request, clock.now()), "offer_form": offer_form or OfferTimeForm()}
    return render(request, "followup/waitlist.html", context | {"leave_form": leave_form or LeaveForm()}, status=status)


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request, pk):
    """Put a patient on the list; who waits already has the wishes changed."""
    patient = access.get_patient_or_404(request, pk)
    options = join_options(request, patient, clock.now())
    form = JoinForm(request.POST if request.method == "POST" else None, patient=patient, site=request.site, **options)
    if not form.is_bound or not form.is_valid():
        return _add(request, patient, form, 422 if form.is_bound else 200)
    try:
        form.save(by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return _add(request, patient, form, 422)
    messages.success(request, f"{patient} waits. A time that becomes free and suits is offered by itself.")
    return redirect("followup:waitlist")


def _add(request, patient, form, status):
    context = {"form": form, "patient": patient, "banner": banner(request, patient)}
    return render(request, "followup/waitlist_add.html", context, status=status)


@access.staff(*access.CARE_TEAM)
@require_POST
def leave(request, pk):
    """Take somebody off the list, with the reason."""
    entry, form = entry_or_404(request, pk), LeaveForm(request.POST)
    if not form.is_valid():
        return _list(request, leave_form=form, status=422)
    try:
        leave_waitlist(entry=entry, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        form.add_refusal(refused)
        return _list(request, leave_form=form, status=409)
    messages.success(request, f"{entry.patient} no longer waits.")
    return redirect("followup:waitlist")


@access.staff(*access.CARE_TEAM)
@require_POST
def offer_time(request):
    """Offer a free time to those who wait."""
    form = OfferTimeForm(request.POST)
    if not form.is_valid():
        return _list(request, offer_form=form, status=422)
    try:
        form.save(site=request.site, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return _list(request, offer_form=form, status=422)
    messages.success(request, "The time is offered to the first three whom it suits, within a minute.")
    return redirect("followup:waitlist")


@access.staff(*access.CARE_TEAM)
@require_POST
def stop(request, pk):
    """Keep a freed time back: nobody is asked any more."""
    slot = slot_or_404(request, pk)
    try:
        stop_offering(slot=slot, by=request.user)
        messages.success(request, "The time is no longer offered.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("followup:waitlist")
