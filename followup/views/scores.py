"""Questionnaires of a course for staff: the trend of each, the opioid dose, the rounds asked; ask one now."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from clinic.words import today_in
from followup.actions import rounds as actions
from followup.presenters.scores import round_page, score_page
from followup.queries.courses import course_or_404
from followup.queries.rounds import round_or_404
from followup.rules.rounds import ASKED


@access.staff(*access.CLINICIANS)
@require_safe
def show(request, pk):
    """Where each questionnaire stands against its baseline."""
    course = course_or_404(request, pk)
    context = {"page": score_page(course, clock.now()), "banner": banner(request, course.patient)}
    return render(request, "followup/scores.html", context)


@access.staff(*access.CLINICIANS)
@require_POST
def ask(request, pk):
    """Mail the whole set now."""
    course = course_or_404(request, pk)
    day = today_in(ZoneInfo(course.patient.zone_name), clock.now())
    try:
        actions.open_round(course=course, day=day, occasion=ASKED, by=request.user)
        messages.success(request, f"The questionnaires are on their way to {course.patient.short_name}.")
    except Refused as refused:
        messages.error(request, str(refused))
    return HttpResponseRedirect(reverse("followup:scores", args=[pk]))


@access.staff(*access.CLINICIANS)
@require_safe
def show_round(request, pk):
    """One round, answer by answer."""
    asked = round_or_404(request, pk)
    context = {"page": round_page(asked), "banner": banner(request, asked.patient)}
    return render(request, "followup/round_show.html", context)
