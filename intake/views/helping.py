"""The patient says who helps with the packet, and that they have stopped."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic.access import patient_link
from clinic.refusal import Refused
from intake.access import packet_actor, with_packet
from intake.actions import helping
from intake.forms.helping import HelperForm
from intake.presenters import packet_page


@patient_link("packet")
@require_http_methods(["GET", "POST"])
@with_packet
def helper(request, packet):
    """Who helps with this: their name, and who they are to the patient."""
    form = HelperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            helping.begin_help(packet=packet, by=request.patient, **form.cleaned_data)
            return redirect("intake:packet-home")
        except Refused as refused:
            form.add_refusal(refused)
    return _show(request, packet, form, status=422 if form.errors else 200)


def _show(request, packet, form, *, status):
    context = packet_page.frame(request, packet) | {"form": form, "actor": packet_actor(request, packet)}
    return render(request, "intake/packet_helper.html", context, status=status)


@patient_link("packet")
@require_POST
@with_packet
def helper_end(request, packet):
    """They have stopped helping."""
    helping.end_help(packet=packet, by=request.patient)
    return redirect("intake:packet-home")
