"""Another chair or nurse at the same hour; a patient who comes late."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic import access, clock
from clinic.actions import late, seating
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.forms.schedule import LateForm, SeatForm
from followup.presenters.seating import late_page, seat_page
from followup.queries.planning import visit_or_404
from followup.views.visits import status_of, version_of


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request, pk):
    """Give a visit another chair or nurse, or let it swap chairs with another."""
    visit = visit_or_404(request, pk)
    page = seat_page(request, visit, clock.now())
    form = SeatForm(request.POST if request.method == "POST" else None, chairs=page.chairs, nurses=page.nurses)
    if not form.is_bound or not form.is_valid():
        return _seat(request, visit, page, form, status=422 if form.errors else 200)
    try:
        _take(request, visit, page, form)
    except Refused as refused:
        form.add_refusal(refused)
        return _seat(request, visit, page, form, status=status_of(refused))
    messages.success(request, f"The visit of {visit.patient} has another place; the time stays.")
    return redirect("followup:visit-show", visit.pk)


def _take(request, visit, page, form):
    reason, other = form.cleaned_data["reason"], form.swap_with()
    if other:
        seating.swap_chairs(one=visit, other=visit_or_404(request, other), by=request.user, reason=reason)
    else:
        seats = [seating.Seat(visit, **form.wanted(page.desk))]
        seating.seat(seats=seats, by=request.user, reason=reason)


def _seat(request, visit, page, form, *, status):
    context = {"visit": visit, "page": page, "form": form, "banner": banner(request, visit.patient)}
    return render(request, "followup/visit_seat.html", context, status=status)


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def come_late(request, pk):
    """The patient is here, late: start now where it still fits, or book anew."""
    visit, at = visit_or_404(request, pk), clock.now()
    page = late_page(request, visit, at)
    if not page.minutes:
        return redirect("followup:visit-show", visit.pk)
    form = LateForm(request.POST if request.method == "POST" else None, chairs=page.chairs)
    if not form.is_bound or not form.is_valid():
        return _late(request, visit, page, form, status=422 if form.errors else 200)
    try:
        late.arrive_late(
            appointment=visit, by=request.user, chair=form.chosen(page.desk), version=version_of(request), at=at
        )  # fmt: skip
    except Refused as refused:
        return _late(request, visit_or_404(request, pk), page, form, status=status_of(refused), items=refused.items)
    messages.success(request, f"{visit.patient} has arrived.")
    return redirect("followup:visit-show", visit.pk)


def _late(request, visit, page, form, *, status, items=()):
    context = {"visit": visit, "page": page, "form": form, "items": items, "banner": banner(request, visit.patient)}
    return render(request, "followup/visit_late.html", context, status=status)
