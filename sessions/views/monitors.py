"""Monitors: what one reads beside the chart, accepting a set of it, and which monitor stands where."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, audit, clock
from clinic.models import Role
from sessions.access import CLINICIANS, device_or_404, session_again_or_404, session_or_404
from sessions.forms import monitors as forms
from sessions.presenters.monitors import device_names, devices_page, monitor_panel
from sessions.presenters.words import Words
from sessions.views.board import fresh, is_known, not_new
from sessions.views.flow import attempt, deed, typed

KEEPERS = (*CLINICIANS, Role.CLINIC_ADMIN.value)


@access.staff(*CLINICIANS)
@require_GET
def monitor_fragment(request, pk):
    """What the monitor reads now, or 304 when nothing is new."""
    session = session_again_or_404(request, pk)
    panel = monitor_panel(session, clock.now())
    if is_known(request, panel.version):
        return not_new(panel.version)
    context = {"session": session, "monitor": panel}
    return fresh(request, render_to_string("sessions/_monitor.html", context, request), panel.version)


@access.staff(*CLINICIANS)
def monitor_accept(request, pk):
    """The values of the monitor that go on the chart, chosen by the nurse who looks at the patient."""
    session = session_or_404(request, pk)
    panel = monitor_panel(session, clock.now())
    form = forms.AcceptForm(typed(request), session=session, panel=panel)
    lead = "Untick what does not fit what you see. The rest is recorded as one set, under your name."
    words = Words("Accept from the monitor", "Put these on the chart", "On the chart.", lead=lead)
    return deed(request, session, form, words, template="sessions/monitor_accept.html", monitor=panel)


@access.staff(*KEEPERS)
@require_GET
def device_list(request):
    """Which monitor stands at which chair; new ones, unknown codes and unread messages to look at."""
    audit.looked(request, "look sessions:device-list", site=request.site)
    return render(request, "sessions/devices.html", {"page": devices_page(request.site, clock.now())})


@access.staff(*KEEPERS)
@require_POST
def monitor_look(request):
    """Somebody has looked at a code, a message or a monitor: it stops asking."""
    form = forms.LookForm(request.POST, site=request.site)
    _, status = attempt(request, form)
    if status != 302:
        page = {"page": devices_page(request.site, clock.now()), "form": form, "has_errors": True}
        return render(request, "sessions/devices.html", page, status=status)
    messages.success(request, "Marked as looked at.")
    return HttpResponseRedirect(reverse("sessions:device-list"))


@access.staff(*KEEPERS)
def device_confirm(request, pk):
    """Somebody who sees it says at which chair it stands."""
    device = device_or_404(request, pk)
    form = forms.ConfirmDeviceForm(typed(request), device=device, site=device.site or request.site)
    words = Words("Where does this monitor stand?", "Confirm the chair", "Confirmed.", lead=device_names(device))
    return _of_device(request, form, words)


@access.staff(*KEEPERS)
def device_retire(request, pk):
    """Its values belong to no chair from now on."""
    device = device_or_404(request, pk)
    form = forms.RetireDeviceForm(typed(request), device=device)
    lead = f"{device_names(device)}. What it sends is still kept, but shown at no chair until it is confirmed again."
    return _of_device(request, form, Words("Retire this monitor", "Retire it", "Retired.", lead=lead))


def _of_device(request, form, words):
    status = 200
    if request.method == "POST":
        _, status = attempt(request, form)
        if status == 302:
            messages.success(request, words.done)
            return HttpResponseRedirect(reverse("sessions:device-list"))
    context = {"form": form, "words": words, "has_errors": status != 200}
    return render(request, "sessions/device_deed.html", context, status=status)
