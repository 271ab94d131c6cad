"""Scores that staff enter for a patient: a total, or the suicide screener by its answers."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from clinic import clock
from clinic.access import CLINICIANS, get_patient_or_404, staff
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from clinic.words import today_in
from intake.actions import scores
from intake.forms.scores import ScoreForm, ScreenerForm
from intake.presenters import scores as presenters


def _show(request, patient, form, template, status=200):
    context = presenters.entry(patient) | {"banner": banner(request, patient), "form": form, "here": request.site}
    return render(request, template, context, status=status)


def _fresh(request):
    return {"answered_on": today_in(request.site.zone, clock.now())}


@staff(*CLINICIANS)
@require_http_methods(["GET", "POST"])
def add(request, pk):
    """Enter the total of a questionnaire."""
    patient, template = get_patient_or_404(request, pk), "intake/score_add.html"
    if request.method == "GET":
        return _show(request, patient, ScoreForm(initial=_fresh(request)), template)
    form = ScoreForm(request.POST)
    if not form.is_valid():
        return _show(request, patient, form, template, 422)
    try:
        row = scores.enter_score(patient=patient, site=request.site, by=request.user, **form.entered())
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, patient, form, template, 422)
    messages.success(request, presenters.entered_words(row))
    return redirect("intake:score-add", patient.pk)


@staff(*CLINICIANS)
@require_http_methods(["GET", "POST"])
def screen(request, pk):
    """Enter the answers of the suicide screener; its level follows."""
    patient, template = get_patient_or_404(request, pk), "intake/score_screen.html"
    if request.method == "GET":
        return _show(request, patient, ScreenerForm(initial=_fresh(request)), template)
    form = ScreenerForm(request.POST)
    if not form.is_valid():
        return _show(request, patient, form, template, 422)
    day = form.cleaned_data["answered_on"]
    try:
        row = scores.enter_screener(
            patient=patient, site=request.site, answers=form.answers(), day=day, by=request.user
        )
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, patient, form, template, 422)
    messages.success(request, presenters.entered_words(row))
    return redirect("intake:score-add", patient.pk)
