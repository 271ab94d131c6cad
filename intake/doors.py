"""The doors to what stands beside a packet: its review, corrections, letters, questions sent back to the patient."""

from functools import wraps

from django.http import Http404
from django.shortcuts import render

from clinic import access, audit
from clinic.models import Membership
from clinic.presenters.crisis import Crisis
from clinic.refusal import Refused
from intake.models import Assessment, Letter, Packet, PageCorrection, PageRequest
from intake.reviewing import with_previous
from intake.rules.returned import check_can_answer


def packet_or_404(request, pk):
    """One packet through the door, with the id of the one sent before; the look is recorded."""
    rows = Packet.objects.select_related("patient", "site", "held_by").prefetch_related("pages").filter(pk=pk)
    return access.get_for_patient_or_404(request, with_previous(rows))


def assessment_or_404(request, pk):
    """One assessment through the door, with the id of the packet sent before; the look is recorded."""
    related = ("packet__site", "packet__held_by", "patient__referrer", "site", "signed_by", "saved_by")
    rows = Assessment.objects.select_related(*related).filter(pk=pk)
    assessment = access.get_for_patient_or_404(request, with_previous(rows, "packet__"))
    assessment.packet.patient = assessment.patient
    return assessment


def correction_or_404(request, pk):
    """One correction of a packet the reader may see; the look is recorded."""
    rows = PageCorrection.objects.select_related("packet__patient", "packet__site").filter(pk=pk)
    return _at_its_site(request, access.get_for_patient_or_404(request, rows, path="packet__patient"), "packet")


def request_or_404(request, pk):
    """One question sent back, of a packet the reader may see; the look is recorded."""
    rows = PageRequest.objects.select_related("packet__patient", "packet__site").filter(pk=pk)
    return _at_its_site(request, access.get_for_patient_or_404(request, rows, path="packet__patient"), "packet")


def letter_or_404(request, pk):
    """One letter of an assessment the reader may see; the look is recorded."""
    related = ("assessment__patient__referrer", "assessment__site", "assessment__signed_by", "sent_by")
    rows = Letter.objects.select_related(*related).filter(pk=pk)
    return _at_its_site(request, access.get_for_patient_or_404(request, rows, path="assessment__patient"), "assessment")


def sent_back_to(request):
    """The questions of the link that let this patient in; 404 when the link is for something else."""
    rows = PageRequest.objects.select_related("packet__patient", "packet__site").prefetch_related(
        "pages", "packet__pages"
    )
    found = rows.filter(pk=request.patient_link.subject_id, packet__patient=request.patient).first()
    if found is None:
        raise Http404
    packet = found.packet
    audit.looked(request, "look questions", found, patient=packet.patient, site=packet.site)
    return found


def with_questions(view):
    """Hand the view what was sent back; once it is answered or taken back, say so in words."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        found = sent_back_to(request)
        try:
            check_can_answer(state=found.state)
        except Refused as refused:
            site = found.packet.site
            shown = {"items": refused.items, "clinic_site": site, "crisis": Crisis(site)}
            return render(request, "intake/packet_closed.html", shown)
        return view(request, found, *args, **kwargs)

    return inner


def reopened_or_404(found, slug):
    """The reopened page of this slug; 404 for a page that was not sent back."""
    for row in found.pages.all():
        if row.slug == slug:
            return row
    raise Http404


def prescribers_at(site, at):
    """The prescribers who work at this site now, by name."""
    held = Membership.objects.active(at).filter(site=site, role="prescriber", user__is_active=True)
    return sorted({m.user for m in held.select_related("user")}, key=lambda user: user.name)


def _at_its_site(request, row, path):
    """The row, when the packet or assessment it belongs to is at one of the reader's sites; else 404."""
    if getattr(row, path).site_id not in [site.pk for site in access.sites_for(request)]:
        raise Http404
    return row
