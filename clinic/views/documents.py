"""Documents out: for staff whose role receives their class, for a patient those that are released to them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from clinic import access, audit, documents
from clinic.models import Document

# What a shown file may do in the browser: be looked at. No script, no form, no request, no page around it.
BOXED = "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"


@access.staff(*access.CARE_TEAM, glass=True)
@access.takes
@require_safe
def show(request, pk):
    """One document of a patient this user sees, if their role receives its class; 404 otherwise."""
    document = access.get_for_patient_or_404(request, documents.documents_by_id(pk))
    if not documents.seen_by(request, [document]):
        raise Http404
    return send(request, document)


@access.patient_link(*documents.PURPOSES)
@require_safe
def mine(request, pk):
    """One document of the patient who came through the link; another's, or one not released, is 404."""
    document = get_object_or_404(documents.released_to(request.patient), pk=pk)
    audit.looked(request, "look own document", document, patient=request.patient, site=request.site)
    return send(request, document)


@access.patient_link("documents", "home")
@require_safe
def show_list(request):
    """The patient's own documents, newest first."""
    found = list(documents.released_to(request.patient))
    audit.looked(request, "look own documents", patient=request.patient, site=request.site)
    is_home = request.patient_link.purpose == "home"
    context = {"documents": found, "clinic_site": request.site, "is_home": is_home}
    return render(request, "clinic/document_list.html", context)


def send(request, document: Document):
    """The bytes as a file to keep, or shown in the browser on `?show=1`; an error page when they have been changed."""
    try:
        content = documents.content_of(document)
    except documents.Spoiled:
        context = {"document": document, "clinic_site": document.site}
        return render(request, "clinic/document_spoiled.html", context, status=500)
    came_from_outside = document.kind == "test_result" and document.media_type == "application/pdf"
    how = "inline" if "show" in request.GET and not came_from_outside else "attachment"
    response = HttpResponse(content, content_type=document.media_type)
    response.headers["Content-Disposition"] = f'{how}; filename="{documents.file_name(document)}"'
    response.headers["Content-Security-Policy"] = BOXED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
