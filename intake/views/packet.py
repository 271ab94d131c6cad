"""The patient's packet: task list, one page at a time, check, send."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import language
from clinic.access import patient_link, public_for_patients
from clinic.refusal import Conflict, Refused
from intake import queries
from intake.access import packet_actor, page_or_404, with_packet
from intake.actions import packets
from intake.presenters import packet as presenters
from intake.presenters import packet_page
from intake.presenters.papers import open_papers, papers_of

SENT = "packet-sent"


@patient_link("packet")
@require_GET
@with_packet
def home(request, packet):
    """The task list: what is done and what is left."""
    return render(request, "intake/packet_home.html", packet_page.frame(request, packet) | presenters.home(packet))


@patient_link("packet")
@language.keeps_typed
@require_http_methods(["GET", "POST"])
@with_packet
def page(request, packet, slug):
    """One page: read it, or save it and go on."""
    asked = page_or_404(slug)
    if request.method == "POST":
        return _save(request, packet, asked)
    return _show(request, packet, asked, packet_page.unbound_form(asked, packet))


def _save(request, packet, asked):
    sent = packet_page.sent(request, packet, asked)
    try:
        packet_page.keep(sent, packet=packet, actor=packet_actor(request, packet))
    except Conflict as conflict:
        return _show(request, packet, asked, sent.form, status=409, conflict=conflict)
    except Refused:
        return redirect("intake:packet-home")
    if sent.has_errors:
        version = sent.row.version if sent.row else sent.version
        return _show(request, packet, asked, sent.form, status=422, version=version)
    return redirect(packet_page.where_next(sent, packet, request.GET))


def _show(request, packet, asked, form, *, status=200, conflict=None, version=None):
    context = packet_page.context(request, packet, asked, form, conflict=conflict, version=version)
    return render(request, "intake/packet_page.html", context, status=status)


@patient_link("packet")
@require_POST
@with_packet
def draft(request, packet, slug):
    """Keep what is typed so far, without a reload. Answers with the new version, or 409 when it changed elsewhere."""
    asked = page_or_404(slug)
    answer, status = packet_page.keep_draft(request, packet, asked, packet_actor(request, packet))
    return JsonResponse(answer, status=status)


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
    open_papers(request, packet)
    return redirect(reverse("intake:packet-sent"))


@public_for_patients
@require_GET
def sent(request):
    """What happens next. The link has ended by now, so that only this browser's session opens the page."""
    packet = queries.sent_packet(request.session.get(SENT))
    if packet is None:
        return redirect("/p/")
    context = {"clinic_site": packet.site, "crisis": packet_page.crisis(packet.site), "papers": papers_of(packet)}
    return render(request, "intake/packet_sent.html", context)
