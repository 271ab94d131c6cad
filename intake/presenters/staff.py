"""What staff see of one packet, within the reader's field classes."""

from dataclasses import dataclass

from django.urls import reverse

from clinic import access
from clinic.models import PatientLink
from clinic.models.base import MENTAL
from intake.models import Assessment
from intake.presenters.assessment import answers as answers_context
from intake.presenters.beside import sheets
from intake.queries import consents_of, pages_and_answers
from intake.reviewing import review_of
from intake.rules.packet import OPEN, PACKET


def newest_links(packet_ids):
    """Packet id -> its newest link. One query."""
    links = PatientLink.objects.filter(purpose="packet", subject_id__in=packet_ids).order_by("made_at")
    return {link.subject_id: link for link in links}


def link_words(packet, link, now):
    """(how the link stands in words, does it want a fresh one?)."""
    if packet.state not in OPEN:
        return "", False
    if link is None:
        return "Link on its way", False
    if link.ended_why == "tries":
        return "Ended after five wrong tries", True
    if not link.is_open(now):
        return "Link has ended", True
    return ("Opened" if link.first_opened_at else "Not opened yet"), False


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the packet for a reader who may not see all; ``lines`` is None where the class is not received."""

    title: str
    is_done: bool
    lines: list | None


def packet_show(request, packet, *, now):
    """Context of one packet: each page's answers only where the reader's role receives their class.

    A reader without the mental class receives neither answers nor the titles that would tell (of a page that is asked
    only of some): those pages are counted, not named.
    """
    link, link_ended = link_words(packet, newest_links([packet.pk]).get(packet.pk), now)
    common = {
        "packet": packet,
        "patient": packet.patient,
        "state": PACKET.label(packet.state),
        "link_words": link,
        "link_ended": link_ended,
        "consents": consents_of(packet),
        "can_assess": packet.state in ("submitted", "in_review", "decided") and is_prescriber(request, packet.site),
    }
    sees_all = access.sees(request, MENTAL, site=packet.site)
    return common | (_whole(request, packet) if sees_all else _part(request, packet))


def _whole(request, packet):
    found = review_of(packet, previous_id=packet.previous_id)
    pages = sheets(found)
    done = {row.slug for row in packet.pages.all() if row.is_done}
    return answers_context(request, found, pages) | {
        "sees_all": True,
        "done": done,
        "pages_done": len(done & {sheet.slug for sheet in pages}),
        "pages": len(pages),
    }


def _part(request, packet):
    pages, answers = pages_and_answers(packet)
    done = {row.slug for row in packet.pages.all() if row.is_done}
    shown = [page for page in pages if access.sees(request, page.field_class, site=packet.site)]
    return {
        "sees_all": False,
        "sections": [
            Section(page.about_the_patient, page.slug in done, page.form.lines(answers) if page.slug in done else [])
            for page in shown
        ],
        "hidden_done": sum(page.slug in done for page in pages if page not in shown),
        "hidden": len(pages) - len(shown),
        "pages_done": sum(page.slug in done for page in pages),
        "pages": len(pages),
    }


def is_prescriber(request, site):
    """Does this user prescribe at the site?"""
    return access.has_role(request, "prescriber", site=site)


def back_to(packet):
    """The address of the review: the assessment's page once it was started, else the packet's."""
    assessment = Assessment.objects.filter(packet=packet).values_list("pk", flat=True).first()
    if assessment is not None:
        return reverse("intake:assessment-show", args=[assessment])
    return reverse("intake:packet-show", args=[packet.pk])


def statements_of(packet):
    """The medicines and allergies of this packet that nobody has verified."""
    found = review_of(packet)
    return [row for row in (*found.medications, *found.allergies) if row.verified_at is None]
