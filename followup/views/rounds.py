"""Questionnaires by link: one short page each. They only write; nothing that was said before is shown."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, clock, language
from clinic.presenters.crisis import Crisis
from clinic.refusal import Refused
from followup.actions import rounds as actions
from followup.forms.rounds import save
from followup.presenters import rounds as presenters
from followup.queries.rounds import round_of

PURPOSES = ("checkup", "diary")
HELP = "checkup-help"


@access.patient_link(*PURPOSES)
@require_safe
def home(request):
    """The pages of the round, and where to go on."""
    asked = round_of(request.patient_link, clock.now())
    if asked is None or asked.closes_at <= clock.now():
        return render(request, "followup/checkup_none.html", _context(request))
    context = _context(request) | {"home": presenters.home_of(asked)}
    return render(request, "followup/checkup_home.html", context)


@access.patient_link(*PURPOSES)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, slug):
    """One page: an answer about suicide is heard before anything else is judged."""
    asked = _asked(request, slug)
    data = request.POST if request.method == "POST" else None
    shown = presenters.page_of(asked, slug, data)
    if data is None or shown["form"].is_switching:
        return _show(request, shown, 200)
    _hear(request, asked, data)
    if not shown["form"].is_valid():
        return _show(request, shown, 422)
    try:
        save(shown["form"], page=slug, asked=asked, by=request.patient)
    except Refused as refused:
        shown["form"].add_refusal(refused)
        return _show(request, shown, 409)
    return HttpResponseRedirect(presenters.next_url(asked, slug))


def _hear(request, asked, data):
    actions.hear(asked=asked, said=data.dict(), by=request.patient)
    if presenters.needs_help(data):
        request.session[HELP] = True


def _asked(request, slug):
    asked = round_of(request.patient_link, clock.now())
    if asked is None or slug not in asked.pages:
        raise Http404
    return asked


def _show(request, shown, status):
    return render(request, "followup/checkup_page.html", _context(request) | shown, status=status)


@access.patient_link(*PURPOSES)
@require_safe
def done(request):
    """Thanks; help stays where it was needed."""
    return render(request, "followup/checkup_done.html", _context(request))


def _context(request):
    return {"clinic_site": request.site, "crisis": Crisis(request.site), "help_first": request.session.get(HELP, False)}
