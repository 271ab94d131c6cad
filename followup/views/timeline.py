"""A patient's whole story: as a page and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clinic import access, clock
from clinic.presenters.banner import banner
from clinic.rules.cells import as_csv
from clinic.words import today_in
from followup.presenters.timeline import timeline, timeline_file


@access.staff(*access.CLINICIANS, glass=True)
@require_safe
def show(request, pk):
    """What happened, the newest first, all of it or one kind."""
    patient = access.get_patient_or_404(request, pk)
    story = timeline(patient, request.site.zone, request.GET.get("show", ""), request.GET.get("page"))
    context = {"story": story, "patient": patient, "banner": banner(request, patient)}
    return render(request, "followup/patient_timeline.html", context)


@access.staff(*access.CLINICIANS, fresh=True)
@access.takes
@require_safe
def file(request, pk):
    """All of it as CSV, cells safe for a spreadsheet."""
    patient = access.get_patient_or_404(request, pk)
    head, rows, name = timeline_file(patient, today_in(request.site.zone, clock.now()))
    response = HttpResponse(as_csv(head, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
