"""Messages of patients, for staff: the inbox, one talk, answer, hand over, close, write first."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Conflict, Refused
from followup.actions import talks as actions
from followup.forms.talks import AnswerForm, BeginForm, TopicForm
from followup.presenters import talks as presenters
from followup.queries.talks import talk_or_404


@access.staff(*access.CARE_TEAM)
@require_safe
def inbox(request):
    """What patients have written, the longest waiting first."""
    return render(request, "followup/inbox.html", {"inbox": presenters.inbox_of(request, clock.now())})


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """One talk; answer it here."""
    talk = talk_or_404(request, pk)
    if request.method != "POST":
        return _show(request, talk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, talk, form, 422)
    try:
        form.save(talk=talk, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, talk_or_404(request, pk), form, 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, f"Sent. A mail tells {talk.patient.short_name} that there is an answer.")
    return HttpResponseRedirect(reverse("followup:talk-show", args=[pk]))


def _show(request, talk, form=None, status=200):
    page = presenters.talk_page(talk)
    context = {"page": page, "form": form or AnswerForm(), "banner": banner(request, talk.patient)}
    return render(request, "followup/talk_show.html", context, status=status)


@access.staff(*access.CARE_TEAM)
@require_POST
def hand_over(request, pk):
    """It concerns others."""
    talk, form = talk_or_404(request, pk), TopicForm(request.POST)
    if not form.is_valid():
        return _show(request, talk, status=422)
    return _tried(request, lambda: actions.hand_over(talk=talk, by=request.user, **form.cleaned_data), "Handed over.")


@access.staff(*access.CARE_TEAM)
@require_POST
def close(request, pk):
    """Nothing more is to be said."""
    talk = talk_or_404(request, pk)
    return _tried(request, lambda: actions.close(talk=talk, by=request.user), "Closed. The patient may write again.")


def _tried(request, act, said):
    """Do it or say why not; back to the inbox."""
    try:
        act()
        messages.success(request, said)
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("followup:inbox"))


@access.staff(*access.CARE_TEAM)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request, pk):
    """Staff writes first."""
    patient = access.get_patient_or_404(request, pk)
    form = BeginForm(request.POST if request.method == "POST" else None, topics=presenters.topics_for(request))
    if form.is_bound and form.is_valid():
        try:
            sent = form.save(patient=patient, site=request.site, by=request.user)
            messages.success(request, f"Sent. A mail tells {patient.short_name} that there is something to read.")
            return HttpResponseRedirect(reverse("followup:talk-show", args=[sent.talk_id]))
        except Refused as refused:
            form.add_refusal(refused)
    context = {"form": form, "patient": patient, "banner": banner(request, patient)}
    return render(request, "followup/talk_start.html", context, status=422 if form.is_bound else 200)
