"""The course page, its file of durations, and the decision about a proposal."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from clinic.rules.cells import as_csv
from followup.forms.booster import FORMS
from followup.presenters.course import course_page, local_day
from followup.presenters.relief import duration_table
from followup.queries.courses import course_or_404, proposal_or_404

SAID = {
    "accept": "Accepted: a task to book it is open.",
    "change": "Changed: a task to book it is open.",
    "decline": "Declined.",
}


@access.staff("nurse", "prescriber", glass=True)
@require_safe
def show(request, pk):
    """One course: does relief hold, how long did it last, what is proposed."""
    course = course_or_404(request, pk)
    may_decide = access.has_role(request, "prescriber", site=course.site)
    measure, all_rows = request.GET.get("measure", ""), request.GET.get("rows") == "all"
    page = course_page(course, clock.now(), may_decide=may_decide, measure=measure, all_rows=all_rows)
    context = {"page": page, "banner": banner(request, course.patient, tag_word="Course", tag=course.number)}
    context["may_decide"] = may_decide
    context["as_table"] = request.GET.get("as") == "table"
    return render(request, "followup/course_show.html", context)


@access.staff("nurse", "prescriber", fresh=True)
@access.takes
@require_safe
def durations(request, pk):
    """The durations as CSV, cells safe for a spreadsheet."""
    course = course_or_404(request, pk)
    at = clock.now()
    response = HttpResponse(as_csv(*duration_table(course)), content_type="text/csv; charset=utf-8")
    name = f"relief-{course.patient.record_number}-{course.number}-{local_day(course, at)}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, pk, proposal_pk, decision):
    """Accept, change or decline a proposal."""
    course = course_or_404(request, pk)
    proposal = proposal_or_404(request, course, proposal_pk)
    data = request.POST if request.method == "POST" else None
    form = FORMS[decision](data, initial={"start": proposal.starts_on, "end": proposal.ends_on})
    if data is None or not form.is_valid():
        return _ask(request, course, proposal, decision, form, 200 if data is None else 422)
    try:
        form.save(proposal=proposal, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return _ask(request, course, proposal, decision, form, 422)
    messages.success(request, SAID[decision])
    return HttpResponseRedirect(reverse("followup:course-show", args=[course.pk]))


def _ask(request, course, proposal, decision, form, status):
    context = {"form": form, "course": course, "proposal": proposal, "decision": decision}
    context["banner"] = banner(request, course.patient, tag_word="Course", tag=course.number)
    return render(request, "followup/proposal_decide.html", context, status=status)
