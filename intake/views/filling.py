"""Staff fill in a packet together with the patient, hand over the tablet, or write to a representative."""

import secrets

from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import links
from clinic.access import CARE_TEAM, staff
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from intake.access import fill_or_404, page_or_404, representative_or_404
from intake.actions import helping
from intake.presenters import filling, packet_page
from intake.rules.helping import FILL


def _refused(request, packet, refused):
    for item in refused.items:
        messages.error(request, item.for_role(clinical=False))
    return redirect("intake:packet-show", packet.pk)


@staff(*CARE_TEAM)
@require_POST
def start(request, pk):
    """Begin to fill in together with the patient."""
    packet, _actor = fill_or_404(request, pk)
    role = next(role for role in CARE_TEAM if role in request.roles)
    try:
        helping.begin_together(packet=packet, role=role, by=request.user)
    except Refused as refused:
        return _refused(request, packet, refused)
    return redirect("intake:fill-home", packet.pk)


@staff(*CARE_TEAM)
@require_POST
def end(request, pk):
    """Stop filling in together."""
    packet, _actor = fill_or_404(request, pk)
    helping.end_together(packet=packet, by=request.user)
    messages.success(request, "What was filled in together is saved.")
    return redirect("intake:packet-show", packet.pk)


@staff(*CARE_TEAM)
@require_GET
def home(request, pk):
    """The pages this helper may fill in with the patient."""
    packet, actor = fill_or_404(request, pk)
    context = filling.home(request, packet, actor) | {"banner": banner(request, packet.patient)}
    return render(request, "intake/fill_home.html", context)


@staff(*CARE_TEAM)
@require_http_methods(["GET", "POST"])
def page(request, pk, slug):
    """One page, read or saved; a page that stays with the patient says so, and says nothing of its answers."""
    packet, actor = fill_or_404(request, pk)
    asked = page_or_404(slug)
    what = filling.may(request, packet, asked, request.user)
    if what != FILL or actor.help is None or not packet.is_open:
        return _closed(request, packet, what, actor)
    if request.method == "POST":
        return _save(request, packet, asked, actor)
    return _show(request, packet, asked, packet_page.unbound_form(asked, packet))


def _closed(request, packet, what, actor):
    context = filling.home(request, packet, actor) | {"what": what, "banner": banner(request, packet.patient)}
    return render(request, "intake/fill_closed.html", context)


def _save(request, packet, asked, actor):
    sent = packet_page.sent(request, packet, asked)
    try:
        packet_page.keep(sent, packet=packet, actor=actor)
    except Conflict as conflict:
        return _show(request, packet, asked, sent.form, status=409, conflict=conflict)
    except Refused as refused:
        return _refused(request, packet, refused)
    if sent.has_errors:
        return _show(request, packet, asked, sent.form, status=422, version=sent.row.version)
    return redirect(filling.where_next(sent, request, packet, request.user))


def _show(request, packet, asked, form, *, status=200, conflict=None, version=None):
    context = packet_page.context(request, packet, asked, form, conflict=conflict, version=version)
    context |= filling.addresses(request, packet, asked)
    context |= filling.hidden_conflict(request, packet, asked) if conflict else {}
    return render(request, "intake/packet_page.html", context, status=status)


@staff(*CARE_TEAM)
@require_POST
def draft(request, pk, slug):
    """Keep what is typed so far. Answers as the patient's own draft does; 409 also for a page that is not theirs."""
    packet, actor = fill_or_404(request, pk)
    asked = page_or_404(slug)
    is_theirs = filling.may(request, packet, asked, request.user) == FILL and actor.help is not None
    answer, status = packet_page.keep_draft(request, packet, asked, actor) if is_theirs else ({}, 409)
    return JsonResponse(answer, status=status)


@staff(*CARE_TEAM)
@require_POST
def hand_over(request, pk):
    """Hand this device to the patient: staff is signed out on it, the patient goes on after their date of birth."""
    packet, _actor = fill_or_404(request, pk)
    device = request.COOKIES.get(links.DEVICE_COOKIE) or secrets.token_urlsafe(24)
    try:
        link = helping.hand_over(packet=packet, device=device, by=request.user)
    except Refused as refused:
        return _refused(request, packet, refused)
    logout(request)
    links.knock(request.session, link)
    response = redirect("clinic:link-prove")
    links.cookie(response, device)
    return response


@staff(*CARE_TEAM)
@require_POST
def invite_representative(request, pk, speaker):
    """Send the packet's link to a representative of the patient."""
    packet, _actor = fill_or_404(request, pk)
    representative = representative_or_404(packet, speaker)
    try:
        helping.invite_representative(packet=packet, representative=representative, by=request.user)
        messages.success(request, f"The invitation to {representative.name} is on its way.")
    except Refused as refused:
        return _refused(request, packet, refused)
    return redirect("intake:packet-show", packet.pk)
