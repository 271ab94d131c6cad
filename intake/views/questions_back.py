"""The patient's side of pages sent back: only those pages, blank unless six digits were given, then send."""

from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clinic import language, links, words
from clinic.access import patient_link, public_for_patients
from clinic.actions.links import send_code
from clinic.refusal import Conflict, Refused
from intake import queries
from intake.access import page_or_404
from intake.actions import returned
from intake.doors import reopened_or_404, with_questions
from intake.presenters import packet_page
from intake.presenters import returned as presenters

SENT = "questions-sent"


@patient_link("questions")
@require_http_methods(["GET", "POST"])
@with_questions
def home(request, found):
    """What we ask and what is left; sending once all is there."""
    if request.method == "POST":
        return _send(request, found)
    return render(request, "intake/questions_home.html", presenters.home(request, found))


def _send(request, found):
    try:
        returned.send_answers(request=found, by=request.patient)
    except Refused as refused:
        context = presenters.home(request, found) | {"refused": refused, "has_errors": True}
        return render(request, "intake/questions_home.html", context, status=422)
    request.session[SENT] = str(found.packet_id)
    return redirect("intake:questions-sent")


@patient_link("questions")
@language.keeps_typed
@require_http_methods(["GET", "POST"])
@with_questions
def page(request, found, slug):
    """One reopened page: read it, or save it and go on."""
    asked, row = page_or_404(slug), reopened_or_404(found, slug)
    known = queries.answers_of(found.packet)
    if request.method != "POST":
        return _show(request, found, asked, row, presenters.form_of(request, asked, row, known))
    sent = packet_page.Sent(request.POST, asked, known)
    try:
        row = _keep(request, sent, row)
    except Conflict as conflict:
        return _show(request, found, asked, row, sent.form, status=409, conflict=conflict)
    except Refused:
        return redirect("intake:questions-home")
    if sent.has_errors:
        return _show(request, found, asked, row, sent.form, status=422, version=row.version)
    found.__dict__["_prefetched_objects_cache"].pop("pages", None)
    return redirect(presenters.where_next(sent, found, request.GET))


def _keep(request, sent, row):
    """Save a complete page; keep anything else as a draft, so that nothing typed is lost."""
    if presenters.is_as_kept(sent, row):
        return row
    common = {"supplement": row, "version": sent.version, "by": request.patient, "language": get_language()}
    if sent.do == "continue" and sent.form.is_valid():
        return returned.save_supplement(answers=sent.form.to_answers(), **common)
    return returned.save_supplement_draft(draft=presenters.typed(sent), **common)


def _show(request, found, asked, row, form, *, status=200, **more):
    context = presenters.page_context(request, found, asked, row, form, **more)
    return render(request, "intake/questions_page.html", context, status=status)


@patient_link("questions")
@require_POST
@with_questions
def draft(request, found, slug):
    """Keep what is typed so far, without a reload. Answers with the new version, or 409 when it changed elsewhere."""
    asked, row = page_or_404(slug), reopened_or_404(found, slug)
    sent = packet_page.Sent(request.POST, asked, {})
    try:
        row = returned.save_supplement_draft(
            supplement=row, draft=sent.draft, version=sent.version, by=request.patient, language=get_language()
        )
    except Conflict:
        return JsonResponse({"saved": gettext("This page was changed on another device.")}, status=409)
    at = words.patient_time(row.saved_at.astimezone(packet_page.zone_of(found.packet)))
    return JsonResponse({"version": row.version, "saved": gettext("Saved at %(time)s.") % {"time": at}})


@patient_link("questions")
@require_POST
@with_questions
def earlier(request, found):
    """Show what was answered before: first the six digits go to the contact on file."""
    link = request.patient_link
    try:
        send_code(link=link, address=request.META.get("REMOTE_ADDR", ""))
    except Refused as refused:
        context = presenters.home(request, found) | {"no_code": refused}
        return render(request, "intake/questions_home.html", context, status=422)
    links.knock(request.session, link)
    links.add_proof(request.session, "born")
    return redirect("clinic:link-code")


@public_for_patients
@require_GET
def sent(request):
    """Thank you. The link has ended by now, so that only this browser's session opens the page."""
    packet = queries.sent_packet(request.session.get(SENT))
    if packet is None:
        return redirect("/p/")
    context = {"clinic_site": packet.site, "crisis": packet_page.crisis(packet.site)}
    return render(request, "intake/questions_sent.html", context)
