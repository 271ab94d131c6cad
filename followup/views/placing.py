"""A gap of the schedule: who shall come. A visit that moves: put into a gap, and taken back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, asked, audit, clock
from clinic.presenters.banner import banner
from clinic.presenters.booking import desk_of
from clinic.refusal import Refused
from followup.actions import moving
from followup.forms.schedule import GapForm, PlaceForm
from followup.presenters.placing import gap_page, place_page
from followup.queries.planning import visit_or_404
from followup.views.visits import refusal_context, status_of, version_of


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def gap(request):
    """One free stretch of a chair or person: find the patient who shall come, by words that are posted."""
    if request.method == "POST":
        return asked.to_page(request, "q")
    form = GapForm(asked.filters(request, "q"))
    audit.looked(request, "look schedule", site=request.site)
    if not form.is_valid():
        return render(request, "followup/gap_show.html", {"form": form}, status=422)
    return render(request, "followup/gap_show.html", {"form": form, "page": gap_page(request, form, clock.now())})


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def place(request, pk):
    """Put a visit into a gap: from where to where, what its course's spacing says, then move it."""
    visit, at = visit_or_404(request, pk), clock.now()
    where, form = GapForm(request.GET), PlaceForm(request.POST if request.method == "POST" else None)
    if not where.is_valid() or not form.is_bound or not form.is_valid():
        return _place(request, visit, where, form, at, status=422 if where.errors or form.errors else 200)
    try:
        wanted = _wanted(visit, where, form, at)
        moved = moving.place_visit(visit=visit, by=request.user, version=version_of(request), **wanted)
    except Refused as refused:
        return _place(request, visit_or_404(request, pk), where, form, at, status=status_of(refused), refused=refused)
    return redirect(_day_of(moved))


def _wanted(visit, where, form, at):
    """When and where: an alternative that was offered beats the gap."""
    desk, said = desk_of(visit.site, at), form.cleaned_data
    if not said["slot"]:
        return where.asked(desk) | {"starts_at": said["starts_at"], "reason": said["reason"]}
    starts_at, chair, nurse, prescriber = said["slot"]
    asked = {"chair": desk.chairs.get(chair), "nurse": desk.nurses.get(nurse)}
    return asked | {"starts_at": starts_at, "prescriber": desk.prescribers.get(prescriber), "reason": said["reason"]}


def _place(request, visit, where, form, at, *, status, refused=None):
    context = {"visit": visit, "form": form, "where": where, "banner": banner(request, visit.patient)}
    if where.is_valid():
        chosen = form.cleaned_data.get("starts_at") if form.is_bound and form.is_valid() else None
        context["page"] = place_page(request, visit, where, at, chosen)
    context |= refusal_context(refused)
    return render(request, "followup/visit_place.html", context, status=status)


def _day_of(visit):
    day = visit.starts_at.astimezone(visit.site.zone).date()
    return f"{reverse('followup:schedule')}?day={day}&moved={visit.pk}"


@access.staff(*access.CARE_TEAM)
@require_POST
def undo(request, pk):
    """Take the last move back, a short while after it."""
    visit = visit_or_404(request, pk)
    try:
        back = moving.undo_move(visit=visit, by=request.user)
    except Refused as refused:
        messages.error(request, refused.neutral)
        return redirect("followup:visit-show", visit.pk)
    messages.success(request, f"The visit of {back.patient} is back where it was.")
    return redirect(_day_of(back))
