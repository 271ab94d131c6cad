"""The door for patients: a link, Continue, the date of birth, on another device a code. GET and HEAD change nothing."""

import secrets

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock, language, links
from clinic.actions import links as actions
from clinic.actions import resending
from clinic.actions.languages import settle_language
from clinic.forms import BornForm, CodeForm
from clinic.refusal import Refused

UNKNOWN_TOKENS, UNKNOWN_SECONDS = 60, 600


@access.public_for_patients
@require_safe
def open_link(request, token):
    """Swap the token for a short-lived cookie and take it out of the address: nothing is shown and nothing changes."""
    link = actions.find(token)
    if link is None and _guesses_too_often(request):
        return _page(request, "clinic/link_ended.html", None, why="wait", status=429)
    response = _see_other("clinic:link-continue")
    response.headers["Referrer-Policy"] = "no-referrer"
    links.set_door(response, link)
    return response


def _guesses_too_often(request):
    address = request.META.get("REMOTE_ADDR", "")
    return links.too_many("link", address, amount=UNKNOWN_TOKENS, seconds=UNKNOWN_SECONDS)


@access.public_for_patients
@require_http_methods(["GET", "HEAD", "POST"])
def go_on(request):
    """Show only "Continue"; pressed, the link knocks: scanners of mail that open every link get no further."""
    is_known, pk = links.at_door(request)
    link = actions.get(pk)
    _speak(request, link)
    if link is None and is_known:
        return _page(request, "clinic/link_ended.html", None, why="unknown", status=404)
    if link is None or not link.is_open(clock.now()):
        return _ended(request, link)
    if request.method != "POST":
        return _page(request, "clinic/link_open.html", link, until=link.expires_at)
    if links.opened(request.session, link.purpose) == str(link.pk):
        return _see_other(links.LEADS_TO[link.purpose])
    return _continue(request, link)


def _speak(request, link):
    """Even before they have shown who they are: the message that brought them spoke their language too."""
    if link is not None:
        translation.activate(language.of_patient(request, link.patient))


def _continue(request, link):
    device = request.COOKIES.get(links.DEVICE_COOKIE) or secrets.token_urlsafe(24)
    actions.open_link(link=link, device=device)
    links.knock(request.session, link)
    response = _see_other("clinic:link-prove") if links.PROOFS[link.purpose] else _let_in(request, link, device)
    links.cookie(response, device)
    links.clear_door(response)
    return response


@access.public_for_patients
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request):
    """Ask for the date of birth; five wrong ones end the link."""
    link = actions.get(links.knocking(request.session) or links.last_opened(request.session))
    _speak(request, link)
    if link is None or not link.is_open(clock.now()):
        return _ended(request, link)
    if not links.knocking(request.session):
        return _ended(request, None)
    form = BornForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, "clinic/link_born.html", link, form=form, status=422 if form.is_bound else 200)
    return _judge_born(request, link, form)


def _judge_born(request, link, form):
    left = actions.prove_born(link=link, born_on=form.cleaned_data["born_on"])
    if left == 0:
        return _ended(request, actions.get(link.pk))
    if left:
        form.wrong(left)
        return _page(request, "clinic/link_born.html", link, form=form, status=422)
    links.add_proof(request.session, "born")
    device = request.COOKIES.get(links.DEVICE_COOKIE, "")
    if not actions.needs_code(link, device):
        return _let_in(request, link, device)
    return _mail_code(request, link)


def _mail_code(request, link):
    try:
        actions.send_code(link=link, address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        return _page(request, "clinic/link_code.html", link, form=CodeForm(), refused=refused, status=422)
    return _see_other("clinic:link-code")


@access.public_for_patients
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def code(request):
    """Ask for the six digits mailed to the contact on file; `again` sends new ones."""
    link = actions.get(links.knocking(request.session))
    _speak(request, link)
    if link is None or not link.is_open(clock.now()):
        return _ended(request, link)
    if "born" not in links.proofs(request.session):
        return _see_other("clinic:link-prove")
    if request.method == "POST" and "again" in request.POST and not language.is_switch(request):
        return _mail_code(request, link)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _code_is_right(link, form):
        links.add_proof(request.session, "code")
        return _let_in(request, link, request.COOKIES.get(links.DEVICE_COOKIE, ""))
    return _page(request, "clinic/link_code.html", link, form=form, status=422 if form.is_bound else 200)


def _code_is_right(link, form):
    try:
        left = actions.prove_code(link=link, typed=form.cleaned_data["code"])
    except Refused as refused:
        form.add_refusal(refused)
        return False
    if left is not None:
        form.wrong(left)
    return left is None


def _let_in(request, link, device):
    actions.let_device_in(link=link, device=device)
    given = links.proofs(request.session)
    if not request.user.is_authenticated:
        request.session.cycle_key()
    links.let_in(request.session, link, proofs=given)
    settle_language(session=request.session, patient=link.patient)
    language.remember(request.session, language.of_patient(request, link.patient))
    return _see_other(links.LEADS_TO[link.purpose])


@access.public_for_patients
@require_POST
def ask(request):
    """Somebody whose link has ended asks for a new one; whoever asks learns nothing but that it was asked."""
    link = actions.get(
        links.at_door(request)[1] or links.knocking(request.session) or links.last_opened(request.session)
    )
    _speak(request, link)
    if link is None:
        return _ended(request, None)
    try:
        resending.ask_again(link=link, address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        return _page(request, "clinic/link_asked.html", link, refused=refused, status=429)
    return _page(request, "clinic/link_asked.html", link)


@access.staff(*access.CARE_TEAM)
@require_POST
def resend(request, pk):
    """Send a link again, in one tap: the old one ends."""
    link = access.get_for_patient_or_404(request, actions.by_id(pk))
    try:
        resending.resend(link=link, by=request.user)
        messages.success(request, f"A fresh link is on its way to {link.patient.short_name}.")
    except Refused as refused:
        messages.error(request, str(refused))
    there = request.POST.get("next", "")
    safe = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return HttpResponseRedirect(there if safe else "/")


def _see_other(name):
    return _discreet(HttpResponseRedirect(reverse(name), status=303))


def _discreet(response):
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request, template, link, *, status=200, **context):
    site = link.site if link else None
    shown = {"name": site.short_name, "phone": site.phone} if site else {"name": _("Your clinic"), "phone": ""}
    return _discreet(render(request, template, {"clinic_site": shown, "link": link, **context}, status=status))


def _ended(request, link):
    why = (link.ended_why or "expired") if link else "none"
    may_ask = why in ("expired", "tries", "revoked")
    return _page(request, "clinic/link_ended.html", link, why=why, may_ask=may_ask, status=410 if link else 404)
