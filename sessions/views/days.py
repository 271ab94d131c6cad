"""The close of a day."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from clinic import access, audit, clock
from sessions.access import CLINICIANS
from sessions.forms.days import CloseDayForm, ReopenDayForm
from sessions.presenters.days import day_page, days_page
from sessions.presenters.words import Words
from sessions.queries.days import as_day
from sessions.views.flow import site_deed, typed


@access.staff(*CLINICIANS)
@require_GET
def day_list(request):
    """The days of this site, those that are open first to see."""
    audit.looked(request, "look sessions:day-list", site=request.site)
    return render(request, "sessions/days.html", {"rows": days_page(request.site, clock.now())})


@access.staff(*CLINICIANS)
def day_show(request, day):
    """One day: what is open, and its close when nothing is."""
    audit.looked(request, "look sessions:day-show", site=request.site, detail={"day": day})
    page = day_page(request.site, _day_or_404(day), clock.now())
    form = CloseDayForm(typed(request), site=request.site, facts=page.facts)
    words = Words("Close the day", "Close the day", "The day is closed.")
    then = reverse("sessions:day-show", args=[page.day.isoformat()])
    return site_deed(request, form, words, template="sessions/day.html", then=then, page=page)


@access.staff(*CLINICIANS, fresh=True)
def day_reopen(request, day):
    """A closed day is opened again."""
    audit.looked(request, "look sessions:day-reopen", site=request.site, detail={"day": day})
    day = _day_or_404(day)
    form = ReopenDayForm(typed(request), site=request.site, day=day)
    words = Words("Open the day again", "Open it again", "The day is open again.")
    then = reverse("sessions:day-show", args=[day.isoformat()])
    return site_deed(request, form, words, template="sessions/day_reopen.html", then=then, day=day)


def _day_or_404(text):
    day = as_day(text)
    if day is None:
        raise Http404
    return day
