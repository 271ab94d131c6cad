"""A series as one object: its dates, cancelling what is left of it, numbering it anew."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.actions import series_changes as actions
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.forms.booking import CancelRestForm
from followup.presenters.booking import rest_of
from followup.presenters.series import series_of
from followup.queries.planning import plan_or_404
from followup.views.visits import status_of


@access.staff(*access.CARE_TEAM)
@require_safe
def show(request, pk):
    """Every date of the series, what became of it, and what can be done with the rest."""
    course = plan_or_404(request, pk)
    context = {"series": series_of(request, course, clock.now()), "course": course}
    return render(request, "followup/series_show.html", context | _banner(request, course))


def _banner(request, course):
    return {"banner": banner(request, course.patient, tag_word="Course", tag=course.number)}


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_rest(request, pk):
    """Cancel what is left of a series in one step; the patient hears once."""
    course = plan_or_404(request, pk)
    rest = rest_of(course, clock.now())
    form = CancelRestForm(request.POST if request.method == "POST" else None, rest=rest)
    if not form.is_bound or not form.is_valid():
        return _cancel(request, course, rest, form, status=422 if form.errors else 200)
    try:
        gone = actions.cancel_rest(course=course, by=request.user, **form.wanted())
    except Refused as refused:
        return _cancel(request, course, rest, form, status=status_of(refused), items=refused.items)
    messages.success(request, f"{len(gone)} visits of {course.patient} are cancelled; chairs and nurses are free.")
    return redirect("followup:series-show", course.pk)


def _cancel(request, course, rest, form, *, status, items=()):
    context = {"course": course, "rest": rest, "form": form, "items": items, "has_errors": status != 200}
    return render(request, "followup/series_cancel.html", context | _banner(request, course), status=status)


@access.staff(*access.CARE_TEAM)
@require_POST
def renumber(request, pk):
    """Number the visits still to come in order of time."""
    course = plan_or_404(request, pk)
    changed = actions.renumber(course=course, by=request.user)
    said = f"{changed} visits have another number." if changed else "The numbers are in order already."
    messages.success(request, said)
    return redirect("followup:series-show", course.pk)
