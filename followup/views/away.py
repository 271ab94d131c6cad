"""Absences and closed days of the current site, with the visits that they hit."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, audit, clock
from clinic.actions import absences as actions
from clinic.actions import seating
from clinic.models import Role
from clinic.refusal import Refused
from followup.forms.away import AbsenceForm, ClosedDayForm
from followup.presenters.away import away_page
from followup.queries.away import absence_or_404, closed_day_or_404
from followup.queries.planning import visit_or_404
from followup.views.visits import status_of

WHO = (*access.CARE_TEAM, Role.CLINIC_ADMIN)


@access.staff(*WHO)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request):
    """Who is away and when it is closed; noting an absence."""
    audit.looked(request, "look absences", site=request.site)
    page = away_page(request, clock.now())
    typed = request.POST if request.method == "POST" else None
    form = AbsenceForm(typed, people=page.people, site=request.site)
    if not form.is_bound or not form.is_valid():
        return _show(request, page, form=form, status=422 if form.errors else 200)
    try:
        made = actions.note_absence(site=request.site, by=request.user, **form.wanted())
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, page, form=form, status=status_of(refused))
    messages.success(request, f"{made.user} is noted as away.")
    return redirect("followup:away")


def _show(request, page, *, status, form=None, closed_form=None):
    context = {"page": page, "closed_form": closed_form or ClosedDayForm(auto_id="day_%s")}
    context["form"] = form or AbsenceForm(people=page.people, site=request.site)
    return render(request, "followup/away.html", context, status=status)


@access.staff(Role.CLINIC_ADMIN)
@require_POST
def close(request):
    """Close a day, or give it hours of its own."""
    form = ClosedDayForm(request.POST, auto_id="day_%s")
    page = away_page(request, clock.now())
    if not form.is_valid():
        return _show(request, page, closed_form=form, status=422)
    try:
        actions.close_day(site=request.site, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, page, closed_form=form, status=status_of(refused))
    messages.success(request, "The day has hours of its own now.")
    return redirect("followup:away")


@access.staff(Role.CLINIC_ADMIN)
@require_POST
def open_again(request, pk):
    """The day is as its weekday again."""
    return _done(request, "The day is as every week again.", actions.open_day_again,
                 closed_day=closed_day_or_404(request, pk))  # fmt: skip


@access.staff(*WHO)
@require_POST
def call_off(request, pk):
    """They are there after all."""
    absence = absence_or_404(request, pk)
    return _done(request, f"{absence.user} is there after all.", actions.call_off_absence,
                 absence=absence, site=request.site)  # fmt: skip


@access.staff(*access.CARE_TEAM)
@require_POST
def cover(request, pk, visit_pk):
    """Give one visit of somebody who is away to somebody else who is free."""
    absence, visit = absence_or_404(request, pk), visit_or_404(request, visit_pk)
    said = f"Somebody else looks after the visit of {visit.patient} now."
    return _done(request, said, seating.cover, appointment=visit, away=absence.user, reason=f"{absence.user} is away")


def _done(request, said, action, **told):
    """Do it and say so, or say why not; back to the list either way."""
    try:
        action(by=request.user, **told)
    except Refused as refused:
        messages.error(request, refused.neutral)
    else:
        messages.success(request, said)
    return redirect("followup:away")
