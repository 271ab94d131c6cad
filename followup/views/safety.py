"""Long-term safety: one person's clocks, exposure and results; putting a check off; who is due at this site."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.refusal import Refused
from clinic.rules.cells import as_csv
from followup.forms.safety import WaiveForm
from followup.presenters.safety import TITLES, due_list, results_table, safety_page
from followup.views.visits import status_of
from intake.known import newest_packet
from sessions.actions import safety


@access.staff("nurse", "prescriber", glass=True)
@require_safe
def show(request, pk):
    """Clocks, exposure, results with their trend."""
    patient = access.get_patient_or_404(request, pk)
    page = safety_page(patient, clock.now(), newest_packet(patient))
    context = {"page": page, "patient": patient, "banner": banner(request, patient)}
    context["may_decide"] = "prescriber" in request.roles
    return render(request, "followup/safety_show.html", context)


@access.staff("nurse", "prescriber", fresh=True)
@access.takes
@require_safe
def results(request, pk):
    """Every reading as CSV, cells safe for a spreadsheet."""
    patient, at = access.get_patient_or_404(request, pk), clock.now()
    response = HttpResponse(as_csv(*results_table(patient, at)), content_type="text/csv; charset=utf-8")
    name = f"safety-{patient.record_number}-{at.astimezone(request.site.zone):%Y-%m-%d}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@access.staff("nurse", "prescriber")
@require_safe
def show_list(request):
    """Everybody of this site with a check due or overdue."""
    return render(request, "followup/safety_list.html", {"page_obj": due_list(request, clock.now())})


@access.staff("prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def waive(request, pk, code):
    """Put a check off, or say that it does not apply."""
    patient = access.get_patient_or_404(request, pk)
    form = WaiveForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _waive(request, patient, code, form, 422 if request.method == "POST" else 200)
    try:
        form.save(patient=patient, site=request.site, code=code, by=request.user)
    except Refused as refused:
        form.add_refusal(refused)
        return _waive(request, patient, code, form, status_of(refused))
    messages.success(request, f"{TITLES[code]}: put off.")
    return redirect("followup:patient-safety", patient.pk)


def _waive(request, patient, code, form, status):
    context = {"form": form, "patient": patient, "title": TITLES.get(code, code), "banner": banner(request, patient)}
    return render(request, "followup/safety_waive.html", context, status=status)


@access.staff("prescriber")
@require_POST
def lift(request, pk, code):
    """The check counts again."""
    patient = access.get_patient_or_404(request, pk)
    act = partial(safety.lift_waiver, patient=patient, site=request.site, code=code, by=request.user)
    return _do(request, patient, act, f"{TITLES.get(code, code)}: asked for again.")


@access.staff("prescriber")
@require_POST
def ask(request, pk):
    """Ask the laboratory for everything that is due."""
    patient = access.get_patient_or_404(request, pk)
    act = partial(safety.ask_due_tests, patient=patient, site=request.site, by=request.user)
    return _do(request, patient, act, "The tests are asked for: they stand on the list of required tests.")


def _do(request, patient, act, said):
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("followup:patient-safety", patient.pk)
