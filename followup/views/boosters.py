"""Boosters across the clinic; a decision taken back; what came of a reassessment; the patient asks for the next one."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.forms.booster import ReassessForm, RequestForm, WithdrawForm
from followup.presenters.boosters import booster_list
from followup.queries.courses import course_or_404, proposal_or_404
from followup.queries.relief import local_today
from followup.views.visits import status_of


@access.staff("nurse", "prescriber")
@require_safe
def show_list(request):
    """Everything proposed, accepted and not booked yet, or waiting for its reassessment, at this site."""
    return render(request, "followup/booster_list.html", {"page": booster_list(request, clock.now())})


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request, pk, proposal_pk):
    """Take a decision back, with a reason."""
    course = course_or_404(request, pk)
    proposal = proposal_or_404(request, course, proposal_pk)
    words = {"title": "Take the decision back", "button": "Take it back", "said": "The decision is taken back."}
    return _ask(request, course, WithdrawForm(request.POST or None), words, {"proposal": proposal})


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def reassess(request, pk, proposal_pk):
    """Write what came of "stop and reassess"."""
    course = course_or_404(request, pk)
    proposal = proposal_or_404(request, course, proposal_pk)
    words = {"title": "What came of the reassessment", "button": "Write it down", "said": "Written. It stays."}
    return _ask(request, course, ReassessForm(request.POST or None), words, {"proposal": proposal})


@access.staff("nurse", "prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def note_request(request, pk):
    """Note that the patient asked for the next infusion."""
    course = course_or_404(request, pk)
    form = RequestForm(request.POST or None, initial={"asked_on": local_today(course, clock.now()), "how": "phone"})
    words = {"title": "The patient asks for the next infusion", "button": "Note it", "said": "Noted."}
    return _ask(request, course, form, words, {"course": course})


def _ask(request, course, form, words, row):
    if request.method != "POST" or not form.is_valid():
        return _form(request, course, form, words, row, 422 if request.method == "POST" else 200)
    try:
        form.save(by=request.user, **row)
    except Refused as refused:
        form.add_refusal(refused)
        return _form(request, course, form, words, row, status_of(refused))
    messages.success(request, words["said"])
    return HttpResponseRedirect(reverse("followup:course-show", args=[course.pk]))


def _form(request, course, form, words, row, status):
    context = {"form": form, "course": course, "proposal": row.get("proposal")} | words
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/booster_form.html", context, status=status)
