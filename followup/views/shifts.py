"""Working hours of the current site's staff: everybody's week, one person's, other hours on one day."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clinic import access, audit, clock
from clinic.actions import seating
from clinic.actions import shifts as actions
from clinic.models import Role
from clinic.refusal import Refused
from followup.forms.shifts import ShiftDayForm, WeekForm
from followup.presenters import shifts as presenters
from followup.queries.planning import visit_or_404
from followup.queries.shifts import person_or_404, shift_day_or_404
from followup.views.visits import status_of

WHO_READS = (*access.CARE_TEAM, Role.CLINIC_ADMIN)


@access.staff(*WHO_READS)
@require_safe
def show_list(request):
    """Who works when, a line a person."""
    audit.looked(request, "look working hours", site=request.site)
    return render(request, "followup/shift_list.html", {"page": presenters.list_page(request, clock.now())})


@access.staff(*WHO_READS)
@require_safe
def show(request, pk):
    """One person's hours, and the visits of theirs that lie outside."""
    audit.looked(request, "look working hours", site=request.site)
    return _show(request, person_or_404(request, pk))


def _show(request, person, *, form=None, day_form=None, status=200):
    page = presenters.person_page(request, person, clock.now())
    context = {"page": page, "form": form or WeekForm(initial=page.week)}
    context["day_form"] = day_form or ShiftDayForm(auto_id="day_%s")
    return render(request, "followup/shift_show.html", context, status=status)


@access.staff(*presenters.WHO_SETS)
@require_POST
def set_week(request, pk):
    """Set somebody's week from a day on."""
    person, form = person_or_404(request, pk), WeekForm(request.POST)
    if not form.is_valid():
        return _show(request, person, form=form, status=422)
    try:
        actions.set_week(user=person, site=request.site, by=request.user, **form.wanted())
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, person, form=form, status=status_of(refused))
    messages.success(request, f"The hours of {person} are kept.")
    return redirect("followup:shift-show", person.pk)


@access.staff(*presenters.WHO_SETS)
@require_POST
def note_day(request, pk):
    """Other hours on one day."""
    person, form = person_or_404(request, pk), ShiftDayForm(request.POST, auto_id="day_%s")
    if not form.is_valid():
        return _show(request, person, day_form=form, status=422)
    try:
        actions.note_day(user=person, site=request.site, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, person, day_form=form, status=status_of(refused))
    messages.success(request, f"{person} has other hours that day.")
    return redirect("followup:shift-show", person.pk)


@access.staff(*presenters.WHO_SETS)
@require_POST
def call_off(request, pk):
    """The day is as their week again."""
    row = shift_day_or_404(request, pk)
    return _done(request, row.user, "The day is as every week again.", actions.call_off_day, shift_day=row)


@access.staff(*access.CARE_TEAM)
@require_POST
def cover(request, pk, visit_pk):
    """Give one visit outside somebody's hours to somebody else who is free."""
    person, visit = person_or_404(request, pk), visit_or_404(request, visit_pk)
    told = {"appointment": visit, "away": person, "reason": f"{person} does not work then"}
    return _done(request, person, f"Somebody else looks after the visit of {visit.patient} now.", seating.cover, **told)


def _done(request, person, said, action, **told):
    """Do it and say so, or say why not; back to the person's hours either way."""
    try:
        action(by=request.user, **told)
    except Refused as refused:
        messages.error(request, refused.neutral)
    else:
        messages.success(request, said)
    return redirect("followup:shift-show", person.pk)
