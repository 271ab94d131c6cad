"""The schedule of the current site, a day or a week, by chair or by person, as a page and as a live fragment."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from clinic import access, audit, clock
from clinic.models import Role
from followup.forms.schedule import ScheduleForm
from followup.presenters.calendar import calendar_context
from followup.queries.planning import visit_if_seen
from sessions.presenters.board import version_of
from sessions.views.board import fresh

WHO = (*access.CARE_TEAM, Role.CLINIC_ADMIN)
FRAGMENTS = {"day": "followup/_schedule_day.html", "week": "followup/_schedule_week.html"}


@access.staff(*WHO)
@require_safe
def show(request):
    """Who comes when, which chairs and people are free."""
    context = _context(request)
    return render(request, "followup/schedule.html", context, status=422 if context["form"].errors else 200)


@access.staff(*WHO)
@require_safe
def fragment(request):
    """The same without the frame, or 304 when nothing is new since the version asked with."""
    context = _context(request)
    return fresh(request, render_to_string("followup/_schedule.html", context, request), context["version"])


def _asked(request, at):
    """What the address asks for, and today at the clinic where it names no day: the field says which day is shown."""
    asked = request.GET.copy()
    asked.setdefault("day", at.astimezone(request.site.zone).date().isoformat())
    return asked


def _context(request):
    at = clock.now()
    form = ScheduleForm(_asked(request, at))
    said = form.cleaned_data if form.is_valid() else {}
    audit.looked(request, "look schedule", site=request.site)
    moving, moved = visit_if_seen(request, said.get("moving")), visit_if_seen(request, said.get("moved"))
    context = calendar_context(request, said, at, moving=moving, moved=moved)
    context["form"] = form
    context["body"] = render_to_string(FRAGMENTS[context["view"]], context, request)  # once: it is also the version
    return context | {"version": version_of(f"{context['query']} {context['body']}")}
