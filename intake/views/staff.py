"""Packets for staff: who is where, one packet, invite, send again, withdraw, start the assessment."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import asked, clock
from clinic.access import CARE_TEAM, get_patient_or_404, staff
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from intake.actions import assessments, packets
from intake.doors import packet_or_404
from intake.forms.assessment import ReasonForm
from intake.presenters import staff as presenters
from intake.presenters import worklist


def _say(request, refused):
    for item in refused.items:
        messages.error(request, item.for_role(clinical=False))


@staff(*CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def packet_list(request):
    """The worklists: who is where, what waits for what, who holds it. A search among them is posted."""
    if request.method == "POST":
        return asked.to_page(request, "q")
    return render(request, "intake/packet_list.html", worklist.packet_list(request, at=clock.now()))


@staff(*CARE_TEAM, glass=True)
@require_GET
def show(request, pk):
    """One packet, within what this reader's role receives."""
    packet = packet_or_404(request, pk)
    return _show(request, packet, ReasonForm())


def _show(request, packet, form, status=200):
    context = presenters.packet_show(request, packet, now=clock.now())
    context |= {"banner": banner(request, packet.patient), "form": form}
    return render(request, "intake/packet_show.html", context, status=status)


@staff(*CARE_TEAM)
@require_POST
def invite(request, pk):
    """Invite a patient to fill in the packet."""
    patient = get_patient_or_404(request, pk)
    try:
        packet = packets.invite(patient=patient, site=request.site, by=request.user)
    except Refused as refused:
        _say(request, refused)
        return redirect("intake:packet-list")
    messages.success(request, "The invitation is on its way.")
    return redirect("intake:packet-show", packet.pk)


@staff(*CARE_TEAM)
@require_POST
def resend(request, pk):
    """Send the link again."""
    packet = packet_or_404(request, pk)
    try:
        packets.resend(packet=packet, by=request.user)
        messages.success(request, "A fresh link is on its way. The old one has ended.")
    except Refused as refused:
        _say(request, refused)
    if request.POST.get("next") == "list":
        return redirect(f"{reverse('intake:packet-list')}?show={request.POST.get('show', '')[:12]}")
    return redirect("intake:packet-show", packet.pk)


@staff(*CARE_TEAM)
@require_POST
def withdraw(request, pk):
    """Close a packet that is no longer needed."""
    packet, form = packet_or_404(request, pk), ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, packet, form, status=422)
    try:
        packets.withdraw(packet=packet, by=request.user, reason=form.cleaned_data["reason"])
    except Refused as refused:
        _say(request, refused)
    return redirect("intake:packet-show", packet.pk)


@staff("prescriber")
@require_POST
def assess(request, pk):
    """Start the assessment, or go on with it."""
    packet = packet_or_404(request, pk)
    try:
        assessment = assessments.start_assessment(packet=packet, by=request.user)
    except Refused as refused:
        _say(request, refused)
        return redirect("intake:packet-show", packet.pk)
    return redirect("intake:assessment-show", assessment.pk)
