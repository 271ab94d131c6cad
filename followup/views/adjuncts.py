"""Help beside the infusions of one course: referrals, appointments, kept or not."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from followup.forms.adjuncts import OverForm, ReferralForm, TellForm, VisitForm
from followup.presenters.adjuncts import adjuncts_page
from followup.queries.adjuncts import referral_or_404, visit_or_404
from followup.queries.courses import course_or_404
from followup.queries.relief import local_today
from followup.views.visits import status_of


@access.staff("nurse", "prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """The referrals of a course with their appointments; a new one is noted here."""
    course = course_or_404(request, pk)
    form = ReferralForm(request.POST or None, initial={"asked_on": local_today(course, clock.now())})
    if request.method != "POST":
        return _show(request, course, form)
    return _kept(request, course, form, "The referral is noted.", {"course": course})


@access.staff("nurse", "prescriber")
@require_POST
def add_visit(request, pk):
    """An appointment of a referral."""
    referral = referral_or_404(request, pk)
    return _kept(request, referral.course, VisitForm(request.POST), "The appointment is noted.", {"referral": referral})


@access.staff("nurse", "prescriber")
@require_POST
def tell(request, pk):
    """Whether an appointment was kept; the same form takes it back."""
    visit = visit_or_404(request, pk)
    return _kept(request, visit.referral.course, TellForm(request.POST), "Noted.", {"visit": visit})


@access.staff("nurse", "prescriber")
@require_POST
def set_state(request, pk):
    """Where a referral stands."""
    referral = referral_or_404(request, pk)
    return _kept(request, referral.course, OverForm(request.POST), "The referral is changed.", {"referral": referral})


def _kept(request, course, form, said, row):
    if not form.is_valid():
        return _show(request, course, form, row, status=422)
    try:
        form.save(by=request.user, **row)
    except Refused as refused:
        form.add_refusal(refused)
        return _show(request, course, form, row, status=status_of(refused))
    messages.success(request, said)
    return redirect("followup:adjuncts", course.pk)


def _show(request, course, form, row=None, *, status=200):
    page = adjuncts_page(course, clock.now(), form, (row or {}).get("referral"))
    context = {"page": page, "course": course, "wrong": form if status != 200 else None}
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/adjuncts_show.html", context, status=status)
