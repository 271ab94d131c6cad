"""The diary by mailed link: it only writes and shows nothing earlier."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, clock, language
from clinic.presenters.banner import banner
from clinic.presenters.crisis import Crisis
from clinic.refusal import Conflict, Refused
from followup.forms.diary import DiaryForm
from followup.presenters.calls import phones_of
from followup.presenters.diary import answers_of, needs_help, page_of
from followup.queries.diary import entry_or_404
from followup.queries.rounds import open_round_of


@access.patient_link("diary")
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request):
    """Ask about the link's day; record the answer once. What is urgent is heard also on a page with a slip."""
    page = _page(request)
    data = request.POST if request.method == "POST" else None
    form = DiaryForm(data, initial=page.initial(), **page.form_options)
    if data is None or not form.is_valid():
        heard = form.hear(course=page.course, day=page.day) if data is not None and not form.is_switching else None
        return _show(request, page, form, 200 if data is None else 422, heard=heard)
    try:
        form.save(course=page.course, link=request.patient_link, day=page.day)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, page, form, 409 if isinstance(refused, Conflict) else 422)
    request.session["diary-help"] = needs_help(form.answers())
    return HttpResponseRedirect(reverse("followup:diary-done"))


@access.patient_link("diary")
@require_safe
def done(request):
    """Thanks, and help at once where it is needed."""
    page = _page(request)
    help_now = request.session.get("diary-help", {})
    waiting = open_round_of(request.patient, clock.now())
    context = _context(request, page) | {"help_now": help_now, "waiting": waiting}
    return render(request, "followup/diary_done.html", context)


@access.staff("nurse", "prescriber")
@require_safe
def show(request, pk):
    """One entry in full, for those who must act on it."""
    entry = entry_or_404(request, pk)
    context = {"entry": entry, "answers": answers_of(entry), "banner": banner(request, entry.patient)}
    context["phones"] = phones_of(entry.patient)
    return render(request, "followup/diary_show.html", context)


def _page(request):
    page = page_of(request.patient_link, clock.now())
    if page is None:
        raise Http404
    return page


def _show(request, page, form, status, heard=None):
    context = _context(request, page) | {"form": form, "help_now": needs_help(heard) if heard else {}}
    return render(request, "followup/diary_entry.html", context, status=status)


def _context(request, page):
    zone = ZoneInfo(request.patient.zone_name or request.site.zone_name)
    return {"page": page, "clinic_site": request.site, "crisis": Crisis(request.site), "zone": zone}
