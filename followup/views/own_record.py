"""Copies of the whole record: the patient's own, and those that staff makes. Both are made by the worker."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from clinic import access, audit, clock, words
from clinic.documents import digest
from clinic.presenters.banner import banner
from followup.actions.own_record import ask_archive
from followup.presenters.home import own_copies
from followup.presenters.own_looks import looks_page
from followup.presenters.own_record import staff_copies
from followup.queries.own_record import archive_or_404, own_archive


@access.patient_link("home")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request):
    """Ask for a copy, see how far it is, keep it."""
    if request.method == "POST":
        ask_archive(patient=request.patient, site=request.site, by=request.patient)
        return HttpResponseRedirect(reverse("followup:own-record"))
    copies = own_copies(request.patient)
    context = {"copies": copies, "waits": any(one.is_under_way for one in copies), "clinic_site": request.site}
    template = "followup/_own_copies.html" if request.headers.get("HX-Request") else "followup/own_record.html"
    return render(request, template, context)


@access.patient_link("home")
@require_safe
def own_file(request, pk):
    """The file itself, if this patient asked for it."""
    archive = own_archive(request.patient, pk)
    if archive is None:
        raise Http404
    audit.looked(request, "look own record", archive, patient=request.patient, site=request.site)
    return _send(archive)


@access.patient_link("home")
@require_safe
def looks(request):
    """On which days people of which roles opened this patient's record; names are told by the clinic who is asked."""
    audit.looked(request, "look own looks", request.patient, patient=request.patient, site=request.site)
    page = looks_page(request.patient, request.GET.get("page"))
    return render(request, "followup/own_looks.html", {"page": page, "clinic_site": request.site})


@access.staff("nurse", "prescriber")
@require_http_methods(["GET", "HEAD", "POST"])
def show(request, pk):
    """Copies of a patient's record, for those who may read all of it; a new one is asked for here."""
    patient = access.get_patient_or_404(request, pk)
    if request.method == "POST":
        ask_archive(patient=patient, site=request.site, by=request.user)
        messages.success(request, "The copy is being made. It will stand here.")
        return redirect("followup:patient-record", patient.pk)
    copies = staff_copies(patient)
    context = {"copies": copies, "patient": patient, "waits": any(one.is_under_way for one in copies)}
    if request.headers.get("HX-Request"):
        return render(request, "followup/_record_copies.html", context)
    return render(request, "followup/patient_record.html", context | {"banner": banner(request, patient)})


@access.staff("nurse", "prescriber")
@access.takes
@require_safe
def file(request, pk):
    """The file itself, for staff who may read all of it."""
    return _send(archive_or_404(request, pk))


def _send(archive):
    """The bytes that were made, and only those: 404 when there are none or they have been changed."""
    content = bytes(archive.content) if archive.state == "ready" else b""
    if not content or archive.expires_at <= clock.now() or digest(content) != archive.sha256:
        raise Http404
    day = words.local(archive.made_at, archive.site.zone)
    response = HttpResponse(content, content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="record-{day:%Y-%m-%d}.zip"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
