"""The worklists of intake: who has not started or is stuck, what waits for tests, answers or a decision, who has it."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from clinic import access, asked
from clinic.clock import now as clock_now
from clinic.models import PatientLink, TestOrder
from clinic.rules import finding
from clinic.words import age_words
from intake.access import packets_for
from intake.doors import prescribers_at
from intake.forms.review import HoldForm
from intake.models import PageRequest
from intake.presenters.staff import link_words
from intake.rules.packet import OPEN, PACKET

PER_PAGE = 50
# Days without anything happening before somebody counts as stuck. Clinic default (unverified, the clinic approves).
STUCK_AFTER = timedelta(days=3)
LISTS = {
    "invited": "Not started",
    "filling": "Filling in",
    "stuck": "Stuck",
    "waiting": "Sent",
    "answers": "Waiting for answers",
    "tests": "Waiting for tests",
    "decide": "To decide",
    "closed": "Decided or closed",
    "all": "All",
}
WITH_PATIENTS = ("invited", "filling", "stuck")
ABOUT = {
    "invited": "A packet stands here from the invitation until the patient opens it.",
    "filling": "A packet stands here while the patient fills it in.",
    "stuck": "A packet stands here when nothing has happened for 3 days.",
    "waiting": "A packet stands here when the patient has sent it and nobody has opened the assessment.",
    "answers": "A packet stands here when questions were sent back to the patient.",
    "tests": "A packet stands here when a test that was asked for is not in yet.",
    "decide": "A packet stands here when nothing more is waited for.",
    "closed": "A packet stands here when it is decided or closed.",
    "all": "A packet appears when a patient is invited.",
}
# What the title says, the list that wants somebody most first.
SENTENCES = {
    "waiting": ("packet waits for an assessment", "packets wait for an assessment"),
    "decide": ("packet waits for a decision", "packets wait for a decision"),
    "stuck": ("patient is stuck in the packet", "patients are stuck in the packet"),
    "filling": ("patient is filling in the packet", "patients are filling in the packet"),
    "invited": ("patient has not started the packet", "patients have not started the packet"),
    "answers": ("patient has questions to answer", "patients have questions to answer"),
    "tests": ("packet waits for tests", "packets wait for tests"),
}
HOLDERS = {"": "Anybody's", "mine": "Mine", "nobody": "Held by nobody"}


@dataclass(frozen=True, slots=True)
class Row:
    """One packet of the list: how it stands in words, how old that is, its link, who has it."""

    packet: object
    state: str
    since: str
    done: str
    link: str
    link_ended: bool
    can_resend: bool
    request: object
    holder: str
    hold: HoldForm | None


def packet_list(request, *, at):
    """Context of the worklists. ``at`` is aware. The same number of queries whatever the number of rows."""
    mine = _with_waits(packets_for(request))
    tests = conditions(at)
    counts = mine.aggregate(**{name: Count("pk", filter=tests[name], distinct=True) for name in LISTS})
    shown = request.GET.get("show") if request.GET.get("show") in LISTS else first_filled(counts)
    said = asked.filters(request, "q")
    text, holder = said.get("q", "")[:80], said.get("holder", "")
    rows = _searched(_held(mine.filter(tests[shown]), holder, request.user), text)
    page = Paginator(_for_rows(rows), PER_PAGE).get_page(request.GET.get("page"))
    people = prescribers_at(request.site, at) if shown not in WITH_PATIENTS else []
    return {
        "rows": [_row(packet, at, people, request) for packet in page],
        "page_obj": page,
        "query": urlencode({"show": shown, asked.KEY: said.get(asked.KEY, ""), "holder": holder}),
        "shown": shown,
        "tabs": [(code, words, counts[code]) for code, words in LISTS.items()],
        "sentence": sentence(counts),
        "about": ABOUT[shown],
        "with_patients": shown in WITH_PATIENTS,
        "q": text,
        "holder": holder,
        "holders": HOLDERS,
        "is_searched": bool(text or holder),
        "may_hold": access.has_role(request, *access.CARE_TEAM),
    }


def conditions(at):
    """List -> which packets stand in it. ``waits_answers`` and ``waits_tests`` are annotated."""
    quiet = Q(touched_at__lte=at - STUCK_AFTER)
    review = Q(state="in_review")
    return {
        "invited": Q(state="invited"),
        "filling": Q(state="started") & ~quiet,
        "stuck": Q(state="started") & quiet,
        "waiting": Q(state="submitted", waits_answers=False),
        "answers": Q(state__in=("submitted", "in_review"), waits_answers=True),
        "tests": review & Q(waits_tests=True, waits_answers=False),
        "decide": review & Q(waits_tests=False, waits_answers=False),
        "closed": Q(state__in=("decided", "withdrawn")),
        "all": Q(),
    }


def _with_waits(packets):
    asked = PageRequest.objects.filter(packet=OuterRef("pk"), state="asked")
    ordered = TestOrder.objects.filter(patient__person=OuterRef("patient__person"), state="ordered")
    return packets.annotate(waits_answers=Exists(asked), waits_tests=Exists(ordered))


def _held(rows, holder, user):
    if holder == "mine":
        return rows.filter(held_by=user)
    return rows.filter(held_by=None) if holder == "nobody" else rows


def _searched(rows, text):
    """By name, date of birth, record number or phone, as in the one search box."""
    wanted = finding.read(text)
    for word in wanted.words:
        rows = rows.filter(patient__search_text__icontains=word)
    if wanted.born_on:
        rows = rows.filter(patient__born_on__in=wanted.born_on)
    if wanted.digits or wanted.records:
        by_number = Q(patient__record_number__in=wanted.records)
        rows = rows.filter(by_number | Q(patient__phone_digits__endswith=wanted.digits) if wanted.digits else by_number)
    return rows


def _for_rows(rows):
    """What each row shows, fetched along: pages done, the newest link, the question that waits."""
    mine = PatientLink.objects.filter(patient=OuterRef("patient"), purpose="packet")
    links = mine.filter(subject_id=OuterRef("pk")).order_by("-made_at")
    asked = PageRequest.objects.filter(packet=OuterRef("pk"), state="asked")
    return (
        rows.annotate(
            pages_done=Count("pages", filter=Q(pages__state="done"), distinct=True),
            pages_begun=Count("pages", distinct=True),
            link_ended_why=Subquery(links.values("ended_why")[:1]),
            link_expires_at=Subquery(links.values("expires_at")[:1]),
            link_opened_at=Subquery(links.values("first_opened_at")[:1]),
            request_id=Subquery(asked.values("pk")[:1]),
            request_due_on=Subquery(asked.values("due_on")[:1]),
        )
        .select_related("patient", "site", "held_by")
        .order_by("touched_at")
    )


def _row(packet, at, people, request):
    words, ended = link_words(packet, _link(packet), at)
    waits = packet.state in ("submitted", "in_review")
    holds = waits and packet.site_id == request.site.pk
    return Row(
        packet=packet,
        state=PACKET.label(packet.state),
        since=age_words(_since(packet), at),
        done=f"{packet.pages_done} page{'' if packet.pages_done == 1 else 's'} done" if packet.state in OPEN else "",
        link=words,
        link_ended=ended,
        can_resend=packet.state in OPEN,
        request=packet.request_id,
        holder=packet.held_by.name if packet.held_by else "",
        hold=_hold_form(packet, people) if holds else None,
    )


def _since(packet):
    """From when its age counts: invited, last touched, or sent."""
    if packet.state == "invited":
        return packet.made_at
    return packet.submitted_at or packet.touched_at


def _hold_form(packet, people):
    was = str(packet.held_by_id or "")
    form = HoldForm(prescribers=people, initial={"holder": was, "was": was}, auto_id=f"id_{packet.pk}_%s")
    return form


def _link(packet):
    if packet.link_expires_at is None:
        return None
    return PatientLink(
        expires_at=packet.link_expires_at,
        ended_why=packet.link_ended_why,
        ended_at=clock_now() if packet.link_ended_why else None,
        first_opened_at=packet.link_opened_at,
    )


def first_filled(counts):
    """The list that wants somebody most: what the page opens with."""
    return next((name for name in SENTENCES if counts[name]), "waiting")


def sentence(counts):
    """The title of the worklists: the answer first."""
    for name, (one, many) in SENTENCES.items():
        if counts[name]:
            return f"{counts[name]} {one if counts[name] == 1 else many}"
    return "No packet is open"
