"""The patient's messages with the clinic, behind the date of birth. A look is noted in the audit, nothing else."""

from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, audit, language
from clinic.presenters.crisis import Crisis
from clinic.refusal import Refused
from clinic.rules.crisis_words import has_crisis_words
from followup.forms.talks import WriteForm
from followup.queries import talks as queries

PURPOSES = ("messages", "home")
HELP = "talk-help"


@access.patient_link(*PURPOSES)
@require_safe
def home(request):
    """Every matter, the newest first."""
    audit.looked(request, "look own talks", request.patient, patient=request.patient, site=request.site)
    context = _context(request) | {"talks": queries.own_talks(request.patient)}
    return render(request, "followup/own_talks.html", context)


@access.patient_link(*PURPOSES)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def write(request):
    """A new matter."""
    return _write(request, None, "followup/own_talk_new.html", {})


@access.patient_link(*PURPOSES)
@language.keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """One matter: both sides, and a new message."""
    talk = queries.own_talk_or_none(request.patient, pk)
    if talk is None:
        raise Http404
    audit.looked(request, queries.SEEN, talk, patient=request.patient, site=talk.site)
    return _write(request, talk, "followup/own_talk.html", {"talk": talk, "messages_in": queries.messages_in(talk)})


def _write(request, talk, template, context):
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = WriteForm(*data, talk=talk)
    sent = _sent(request, form) if form.is_bound and form.is_valid() else None
    if sent is not None:
        request.session[HELP] = has_crisis_words(sent.said)
        return HttpResponseRedirect(f"{reverse('followup:own-talk', args=[sent.talk_id])}?sent=1#last")
    status = 422 if form.is_bound and not form.is_switching else 200
    return render(request, template, _context(request) | context | {"form": form}, status=status)


def _sent(request, form):
    """The message that was sent; None where it was refused, with the reasons in the form."""
    try:
        return form.save(patient=request.patient, site=request.site)
    except Refused as refused:
        form.add_refusal(refused)
        return None


def _context(request):
    zone = ZoneInfo(request.patient.zone_name or request.site.zone_name)
    return {
        "clinic_site": request.site,
        "crisis": Crisis(request.site),
        "zone": zone,
        "help_first": request.session.get(HELP, False),
        "was_sent": "sent" in request.GET,
    }
