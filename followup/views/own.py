"""The patient's own page before a visit: a few questions."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, language, notify
from clinic.refusal import Refused
from followup.forms.readiness import ReadinessForm
from followup.queries.visits import visit_of


@access.patient_link("readiness")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def readiness(request):
    """A few questions before the visit of this link."""
    visit = visit_of(request.patient_link)
    if visit is None:
        raise Http404
    form = ReadinessForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _ask(request, visit, form, 422 if form.is_bound else 200)
    try:
        form.save(appointment=visit, by=request.patient)
    except Refused as refused:
        form.add_refusal(refused)
        return _ask(request, visit, form, 409)
    return HttpResponseRedirect(f"{reverse('followup:readiness-done')}?coming={form.cleaned_data['coming']}")


@access.patient_link("readiness")
@require_safe
def readiness_done(request):
    """Thanks, and what happens now."""
    context = {"clinic_site": request.site, "coming": request.GET.get("coming", "")}
    return render(request, "followup/readiness_done.html", context)


def _ask(request, visit, form, status):
    when = notify.when_words(visit.starts_at, ZoneInfo(visit.zone_name), ZoneInfo(request.patient.zone_name))
    context = {"form": form, "when": when, "clinic_site": visit.site}
    return render(request, "followup/readiness.html", context, status=status)
