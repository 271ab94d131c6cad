"""The clinic's report of relief: page, table as a file, curve as a picture. Groups only, never a patient."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from clinic import access, clock
from clinic.charts import draw
from clinic.rules.cells import as_csv
from followup.actions.relief_runs import ask_run
from followup.forms.outcomes import choice_of
from followup.presenters.outcomes import report, report_table
from followup.queries.relief_runs import newest

READERS = ("nurse", "prescriber", "clinic_admin")


@access.staff(*READERS)
@require_safe
def show(request):
    """How long relief lasts in this clinic, by condition, protocol, dose and place in the course."""
    page = report(choice_of(request.GET), clock.now())
    return render(request, "followup/report_relief.html", {"page": page, "run": newest()})


@access.staff(*READERS)
@require_safe
def run_state(request):
    """How far the worker is; the page asks again while it works."""
    return render(request, "followup/_report_run.html", {"run": newest(), "was_under_way": True})


@access.staff(*READERS)
@require_POST
def work_out(request):
    """Ask the worker for the report now; asking twice is once."""
    ask_run(by=request.user, site=request.site)
    return redirect("followup:report-relief")


@access.staff(*READERS, fresh=True)
@require_safe
def table(request):
    """Every group that may be shown as CSV, cells safe for a spreadsheet."""
    choice = choice_of(request.GET)
    response = HttpResponse(as_csv(*report_table(choice)), content_type="text/csv; charset=utf-8")
    name = f"relief-{choice.measure}-{choice.percent}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access.staff(*READERS)
@require_safe
def picture(request):
    """The curve of the chosen group as an SVG file."""
    page = report(choice_of(request.GET), clock.now())
    if page.chart is None:
        raise Http404("no curve of this group may be shown")
    response = HttpResponse(draw(page.chart, uid="relief"), content_type="image/svg+xml")
    response.headers["Content-Disposition"] = 'attachment; filename="relief.svg"'
    return response
