"""The day board, its live fragment, and what is done from it: check-in and answering an alarm."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from clinic import access, clock
from intake.presenters.education import prepared
from sessions.access import CARE_TEAM, CLINICIANS, entry_or_404, is_clinician, look_of, session_or_404, visit_or_404
from sessions.forms.before import CheckInForm
from sessions.forms.events import GoingForm
from sessions.presenters.board import board, day_words, version_of
from sessions.presenters.board_filter import Filter
from sessions.presenters.calls import calls
from sessions.presenters.people import prescribers_at
from sessions.presenters.words import Words
from sessions.queries.board import day_now
from sessions.views.flow import attempt, typed


@access.staff(*CARE_TEAM)
@require_GET
def board_page(request):
    """Who needs someone first."""
    look_of(request, request.site.pk, "look sessions:board")
    return render(request, "sessions/board.html", _context(request))


@access.staff(*CARE_TEAM)
@require_GET
def board_fragment(request):
    """The rows alone, or 304 when nothing is new since the version asked with."""
    look_of(request, request.site.pk, "look sessions:board")
    context = _context(request)
    return fresh(request, render_to_string("sessions/_board.html", context, request), context["version"])


@access.staff(*CLINICIANS, while_locked=True)  # chairs without names: a call is heard behind the privacy lock
@require_GET
def board_calls(request):
    """Which chairs call for somebody, for every open page of the clinicians: chairs only, no patient."""
    here = request.GET.get("here", "")[:40]
    found = calls(request.site, clock.now(), besides=here)
    version = version_of(f"{here} {found}")
    return fresh(
        request,
        render_to_string("sessions/_calls.html", {"calls": found, "here": here, "version": version}, request),
        version,
    )


def _context(request):
    site, chosen = request.site, Filter.of(request.GET)
    now, day = day_now(site)
    made = board(day, site=site, now=now, user=request.user, clinical=is_clinician(request), chosen=chosen)
    context = {"board": made, "now": now, "site": site, "day": day_words(now, site.zone)}
    context["body"] = render_to_string("sessions/_board_body.html", context, request)  # once: it is also the version
    context["version"] = version_of(f"{chosen.query} {made.rings} {context['body']}")
    return context


def fresh(request, html, version):
    """200 with the fragment and its tag, or 304."""
    return not_new(version) if is_known(request, version) else HttpResponse(html, headers={"ETag": f'"{version}"'})


def is_known(request, version):
    """Whether the page that asks has this version already."""
    return request.headers.get("If-None-Match") == f'"{version}"'


def not_new(version):
    """304: what the page has is what there is."""
    return HttpResponse(status=304, headers={"ETag": f'"{version}"'})


@access.staff(*CLINICIANS)
def check_in(request, pk):
    """The patient is here: the session begins on the protocol version of now."""
    visit = visit_or_404(request, pk)
    form = CheckInForm(typed(request), appointment=visit, prescribers=prescribers_at(visit.site))
    status = 200
    if request.method == "POST":
        saved, status = attempt(request, form)
        if status == 302:
            return HttpResponseRedirect(reverse("sessions:session-show", args=[saved.pk]))
    words = Words("Check in", f"Check in {visit.patient}")
    return render(request, "sessions/check_in.html", _arrival(visit, form, words), status=status)


def _arrival(visit, form, words):
    """What the page of a check-in shows: the visit, the form, and whether the patient knows what to expect."""
    return {"visit": visit, "form": form, "words": words, "prepared": prepared(visit.patient)}


@access.staff(*CLINICIANS)
@require_POST
def alarm_answer(request, pk, alarm):
    """ "I am going": from the board or the run sheet, back to where it was pressed."""
    session = session_or_404(request, pk)
    form = GoingForm(request.POST, session=session, alarm=entry_or_404(session, alarm))
    saved, status = attempt(request, form)
    if status != 302:
        return render(request, "sessions/alarm_refused.html", {"form": form, "session": session}, status=status)
    board_asked = request.POST.get("next") == "board"
    if board_asked:
        return HttpResponseRedirect(reverse("sessions:board") + Filter.of(request.POST).query)
    return HttpResponseRedirect(reverse("sessions:session-show", args=[session.pk]))
