"""What staff see of packets: the list of who is where, and one packet within the reader's field classes."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Count, Q

from clinic import access
from clinic.models import PatientLink
from intake import questions
from intake.access import packets_for
from intake.queries import answers_of, consents_of
from intake.rules.packet import OPEN, PACKET

PER_PAGE = 50
SHOWN = {
    "open": ("With patients", OPEN),
    "waiting": ("To assess", ("submitted", "in_review")),
    "all": ("All", tuple(PACKET.states)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One packet of the list: how far it is and how its link stands, in words; ``link_ended`` wants a fresh one."""

    packet: object
    state: str
    done: str
    link: str
    link_ended: bool
    can_resend: bool


def packet_list(request, *, now):
    """Context of the list. ``now`` is aware. Seven queries, whatever the number of rows."""
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "open"
    mine = packets_for(request)
    counts = mine.aggregate(
        waiting=Count("pk", filter=Q(state__in=SHOWN["waiting"][1]), distinct=True),
        open=Count("pk", filter=Q(state__in=OPEN), distinct=True),
    )
    rows = mine.filter(state__in=SHOWN[shown][1]).annotate(
        pages_done=Count("pages", filter=Q(pages__state="done"), distinct=True)
    )
    page = Paginator(rows.select_related("patient", "site").newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    links = newest_links([packet.pk for packet in page])
    return {
        "rows": [_row(packet, links.get(packet.pk), now) for packet in page],
        "page_obj": page,
        "query": f"show={shown}",
        "shown": shown,
        "tabs": [(code, words) for code, (words, _) in SHOWN.items()],
        "sentence": list_sentence(**counts),
    }


def newest_links(packet_ids):
    """Packet id -> its newest link. One query."""
    links = PatientLink.objects.filter(purpose="packet", subject_id__in=packet_ids).order_by("made_at")
    return {link.subject_id: link for link in links}


def list_sentence(*, waiting, open):
    """The title of the list: the answer first."""
    if waiting:
        return f"{waiting} packet{'s wait' if waiting > 1 else ' waits'} for an assessment"
    if open:
        return f"{open} patient{'s are' if open > 1 else ' is'} filling in the packet"
    return "No packet is open"


def _row(packet, link, now):
    words, ended = link_words(packet, link, now)
    done = f"{packet.pages_done} of {len(questions.PAGES)} pages" if packet.state in OPEN else ""
    return Row(packet, PACKET.label(packet.state), done, words, ended, packet.state in OPEN)


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
    """A page of the packet for staff; ``lines`` is None when this reader's role does not receive its class."""

    title: str
    is_done: bool
    lines: list | None


def packet_show(request, packet, *, now):
    """Context of one packet: each page's answers only where the reader's role receives their class."""
    answers = answers_of(packet)
    done = {row.slug for row in packet.pages.all() if row.is_done}
    sections = [
        Section(page.about_the_patient, page.slug in done, _lines(request, packet, page, answers, page.slug in done))
        for page in questions.pages_for(answers)
    ]
    link, link_ended = link_words(packet, newest_links([packet.pk]).get(packet.pk), now)
    return {
        "packet": packet,
        "patient": packet.patient,
        "sections": sections,
        "hidden": any(section.lines is None for section in sections),
        "pages_done": len(done),
        "pages": len(sections),
        "state": PACKET.label(packet.state),
        "link_words": link,
        "link_ended": link_ended,
        "consents": consents_of(packet),
        "can_assess": packet.state in ("submitted", "in_review", "decided") and is_prescriber(request, packet.site),
    }


def is_prescriber(request, site):
    """Does this user prescribe at the site?"""
    return access.has_role(request, "prescriber", site=site)


def _lines(request, packet, page, answers, is_done):
    if not access.sees(request, page.field_class, site=packet.site):
        return None
    return page.form.lines(answers) if is_done else []
