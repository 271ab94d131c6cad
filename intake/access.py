"""Intake's doors, built on the clinic's: from a patient's link to the packet, from staff to packets they may see."""

from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from clinic import access, audit, clock
from clinic.models import ConsentText
from clinic.refusal import Refused
from intake import questions
from intake.actions.packets import age_at
from intake.models import Assessment, Finding, Packet, PacketHelp
from intake.queries import open_help
from intake.rules.packet import check_can_fill


def packet_of(request):
    """The packet of the link that let this patient in; 404 when the link is for something else."""
    packets = Packet.objects.select_related("patient", "site").prefetch_related("pages")
    packet = packets.filter(pk=request.patient_link.subject_id, patient=request.patient).first()
    if packet is None:
        raise Http404
    audit.looked(request, "look packet", packet, patient=packet.patient, site=packet.site)
    return packet


@dataclass(frozen=True)
class Actor:
    """Who sits at the page: the patient, a representative with a link of their own, or staff together with the patient.

    ``by`` is who acts, for actions and audit. ``help`` is the PacketHelp going on: of the relative beside the patient,
    or of this member of staff; a representative's begins with the first save (see ``helping.help_of_save``).
    """

    kind: str
    name: str
    by: object
    relation: str = ""
    representative: object = None
    user: object = None
    help: object = None


def packet_actor(request, packet):
    """The Actor of this request on this packet, behind either door."""
    if getattr(request, "patient_link", None) is None:
        help = open_help(packet, PacketHelp.STAFF, user=request.user)
        return Actor("staff", request.user.name, request.user, user=request.user, help=help)
    speaker = request.patient_link.representative
    if speaker is not None:
        return Actor("representative", speaker.name, request.patient, speaker.relation, representative=speaker)
    help = open_help(packet, PacketHelp.RELATIVE)
    return Actor("patient", packet.patient.short_name, request.patient, help=help)


def with_packet(view):
    """Hand the view its packet; a packet that can't be filled (under 18, sent) answers with the reason in words."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        packet = packet_of(request)
        try:
            check_can_fill(state=packet.state, age=age_at(packet.patient, packet.site, clock.now()))
        except Refused as refused:
            return render(request, "intake/packet_closed.html", {"items": refused.items, "clinic_site": packet.site})
        return view(request, packet, *args, **kwargs)

    return inner


def page_or_404(slug):
    """The page of this slug; 404 when there is none."""
    if slug not in questions.BY_SLUG:
        raise Http404
    return questions.BY_SLUG[slug]


def row_of(packet, slug):
    """The saved answers of a page, or None."""
    return next((row for row in packet.pages.all() if row.slug == slug), None)


def text_or_404(pk):
    """The published consent text of this id; texts are the whole organisation's, so that no door stands here."""
    return get_object_or_404(ConsentText.objects.filter(published_at__isnull=False), pk=pk)


def packets_for(request):
    """Packets at the sites where this user holds one of the view's roles, of patients they may see."""
    return access.at_my_sites(request, Packet.objects.filter(patient__in=access.patients_for(request)))


def packet_or_404(request, pk):
    """One packet through the door, with its pages; the look is recorded."""
    rows = Packet.objects.select_related("patient", "site").prefetch_related("pages").filter(pk=pk)
    return access.get_for_patient_or_404(request, rows)


def fill_or_404(request, pk):
    """(the packet, the Actor) of a member of staff who fills it in with the patient; the look is recorded."""
    rows = Packet.objects.select_related("patient", "site").prefetch_related("pages__help").filter(pk=pk)
    packet = access.get_for_patient_or_404(request, rows)
    return packet, packet_actor(request, packet)


def representative_or_404(packet, pk):
    """A representative of this packet's patient; 404 for anybody else's."""
    found = packet.patient.representatives.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def assessment_or_404(request, pk):
    """One assessment through the door; the look is recorded."""
    return access.get_for_patient_or_404(
        request, Assessment.objects.select_related("packet", "patient", "site", "signed_by").filter(pk=pk)
    )


def findings_or_404(assessment, ids):
    """These findings of this assessment; 404 when one is another's."""
    wanted = {uuid for text in ids if (uuid := _uuid(text))}
    found = list(assessment.findings.filter(pk__in=wanted))
    if len(found) != len(ids):
        raise Http404
    return found


def new_findings_or_404(patient, ids):
    """These findings that appeared after this person's approval; 404 when one is another's, or none is named."""
    wanted = {uuid for text in ids if (uuid := _uuid(text))}
    found = list(Finding.objects.new().filter(patient__person=patient.person_id, pk__in=wanted))
    if not ids or len(found) != len(ids):
        raise Http404
    return found


def _uuid(text):
    try:
        return UUID(text)
    except ValueError:
        return None
