"""Alerts: the strip on every page, one alert, taken by name, settled."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from clinic import access, clock
from clinic.actions import alerts
from clinic.forms import TakeForm
from clinic.models.base import CLINICAL
from clinic.presenters.alerts import Strip, page_of
from clinic.presenters.banner import banner
from clinic.presenters.work import alert_or_404
from clinic.refusal import Refused


@access.staff(*access.CARE_TEAM)
@require_safe
def strip(request):
    """The strip on top of every page, asked again by live pages; 304 when nothing has changed and nothing waits."""
    found = Strip(request)
    if not found.alerts and request.headers.get("If-None-Match") == f'"{found.version}"':
        return HttpResponse(status=304)
    response = render(request, "clinic/_alert_strip.html", {"strip": found, "is_short": "short" in request.GET})
    patch_cache_control(response, no_store=True)
    return response


@access.staff(*access.CARE_TEAM)
@require_safe
def show(request, pk):
    """One alert: what was said, whom to call, who was told, and the words of who takes it."""
    return _show(request, alert_or_404(request, pk))


def _show(request, alert, *, form=None, status=200):
    context = {
        "page": page_of(request, alert),
        "form": form or TakeForm(),
        "now": clock.now(),
        "banner": banner(request, alert.patient) if access.sees(request, CLINICAL) else None,
    }
    return render(request, "clinic/alert_show.html", context, status=status)


@access.staff(*access.CLINICIANS)
@require_POST
def take(request, pk):
    """A named person takes an alert and says what was done."""
    alert, form = alert_or_404(request, pk), TakeForm(request.POST)
    if not form.is_valid():
        return _show(request, alert, form=form, status=422)
    said = "You have taken it. Settle it when nothing more is to be done."
    return _tried(request, alert, lambda: alerts.acknowledge_alert(alert=alert, by=request.user, **form.cleaned_data),
                  said, form)  # fmt: skip


@access.staff(*access.CLINICIANS)
@require_POST
def close(request, pk):
    """The matter is settled."""
    alert = alert_or_404(request, pk)
    return _tried(request, alert, lambda: alerts.close_alert(alert=alert, by=request.user), "Settled.", None)


def _tried(request, alert, act, said, form):
    """Do it, or show how it stands now with what was typed."""
    try:
        act()
    except Refused as refused:
        messages.error(request, f"{refused} Somebody may have been faster: this is how it stands now.")
        return _show(request, alert_or_404(request, alert.pk), form=form, status=409)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("clinic:alert-show", args=[alert.pk]))
