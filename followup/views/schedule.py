"""The schedule of the current site, a day or a week."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, audit, clock
from clinic.models import Role
from followup.forms.booking import DayForm
from followup.presenters.schedule import day_page, week_page


@access.staff(*access.CARE_TEAM, Role.CLINIC_ADMIN)
@require_safe
def show(request):
    """Who comes when, which chairs are free."""
    at, form = clock.now(), DayForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    day = said.get("day") or at.astimezone(request.site.zone).date()
    audit.looked(request, "look schedule", site=request.site)
    status = 422 if form.errors else 200
    context = {"form": form, "day": day, "now": at, "today": at.astimezone(request.site.zone).date()}
    context["city"] = request.site.zone_name.rsplit("/", 1)[-1].replace("_", " ")
    context["may_book"] = bool(request.roles & set(access.CARE_TEAM))
    if said.get("view") == "week":
        return render(
            request, "followup/schedule_week.html", context | {"days": week_page(request, day, at)}, status=status
        )
    return render(request, "followup/schedule_day.html", context | {"page": day_page(request, day, at)}, status=status)
