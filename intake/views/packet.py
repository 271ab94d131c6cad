"""The patient's packet: task list, one page at a time, check, send."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import words
from clinic.access import patient_link, public
from clinic.refusal import Conflict, Refused
from intake import queries
from intake.access import page_or_404, row_of, with_packet
from intake.actions import packets
from intake.presenters import packet as presenters
from intake.presenters import packet_page

SENT = "packet-sent"


@patient_link("packet")
@require_GET
@with_packet
def home(request, packet):
    """The task list: what is done and what is left."""
    return render(request, "intake/packet_home.html", packet_page.frame(request, packet) | presenters.home(packet))


@patient_link("packet")
@require_http_methods(["GET", "POST"])
@with_packet
def page(request, packet, slug):
    """One page: read it, or save it and go on."""
    asked = page_or_404(slug)
    if request.method == "POST":
        return _save(request, packet, asked)
    form = packet_page.unbound_form(asked, row_of(packet, slug), packet.patient)
    return _show(request, packet, asked, form)


def _save(request, packet, asked):
    sent = packet_page.Sent(request.POST, asked)
    try:
        packet_page.keep(sent, packet=packet, by=request.patient)
    except Conflict as conflict:
        return _show(request, packet, asked, sent.form, status=409, conflict=conflict, version=conflict.current.version)
    except Refused:
        return redirect("intake:packet-home")
    if sent.has_errors:
        return _show(request, packet, asked, sent.form, status=422, version=sent.row.version)
    return redirect(packet_page.where_next(sent, packet, request.GET))


def _show(request, packet, asked, form, *, status=200, conflict=None, version=None):
    context = packet_page.context(request, packet, asked, form, conflict=conflict, version=version)
    return render(request, "intake/packet_page.html", context, status=status)


@patient_link("packet")
@require_POST
@with_packet
def draft(request, packet, slug):
    """Keep what is typed so far, without a reload. Answers with the new version, or 409 when it changed elsewhere."""
    sent = packet_page.Sent(request.POST, page_or_404(slug))
    try:
        row = packets.save_draft(packet=packet, slug=slug, draft=sent.draft, version=sent.version, by=request.patient)
    except Conflict:
        return JsonResponse({"saved": "This page was changed on another device."}, status=409)
    at = row.saved_at.astimezone(packet.site.zone if not packet.patient.zone_name else packet_page.zone_of(packet))
    return JsonResponse({"version": row.version, "saved": f"Saved at {words.patient_time(at)}."})


@patient_link("packet")
@require_http_methods(["GET", "POST"])
@with_packet
def check(request, packet):
    """Check your answers, then send them."""
    if request.method == "POST":
        return _submit(request, packet)
    return render(request, "intake/packet_check.html", packet_page.frame(request, packet) | presenters.check(packet))


def _submit(request, packet):
    try:
        packets.submit(packet=packet, by=request.patient)
    except Refused as refused:
        context = (
            packet_page.frame(request, packet) | presenters.check(packet) | {"refused": refused, "has_errors": True}
        )
        return render(request, "intake/packet_check.html", context, status=422)
    request.session[SENT] = str(packet.pk)
    return redirect(reverse("intake:packet-sent"))


@public
@require_GET
def sent(request):
    """What happens next. The link has ended by now, so that only this browser's session opens the page."""
    packet = queries.sent_packet(request.session.get(SENT))
    if packet is None:
        return redirect("/p/")
    return render(
        request, "intake/packet_sent.html", {"clinic_site": packet.site, "crisis": packet_page.crisis(packet.site)}
    )
