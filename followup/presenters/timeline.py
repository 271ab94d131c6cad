"""A patient's whole story in order of time: what happened, in a line each, with the way to its page."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.core.paginator import Paginator
from django.urls import reverse

from clinic.catalogue.library import title_of
from clinic.instruments import library
from clinic.models import COURSE
from clinic.words import figure
from followup.queries import timeline as asked
from followup.rules.relief import in_words
from intake.presenters.scores import band_words
from intake.rules.decisions import DECISIONS

A_PAGE = 60
CARE, FINDINGS, MEDICINES, PAPERS, CONTACT = "care", "findings", "medicines", "papers", "contact"
GROUPS = {
    CARE: "Visits and infusions",
    FINDINGS: "Findings, scores and tests",
    MEDICINES: "Medicines",
    PAPERS: "Packet, decisions and papers",
    CONTACT: "Alerts and calls",
}


@dataclass(frozen=True)
class Event:
    """One line: when (a moment), what in words, more of it, where it is read; `mark` and its level: what was grave."""

    at: datetime
    group: str
    words: str
    more: str = ""
    url: str = ""
    mark: str = ""
    level: str = "caution"


@dataclass(frozen=True)
class Timeline:
    """A page of events by month, the newest first, with how many there are of each group."""

    page_obj: object
    months: list
    shown: str
    filters: list


def timeline(patient, zone, shown="", number=1) -> Timeline:
    """The page asked for, its months on the clock of `zone`. Sixteen queries, however long the story."""
    events = sorted(events_of(patient), key=lambda event: event.at, reverse=True)
    chosen = shown if shown in GROUPS else ""
    counts = [(code, words, sum(event.group == code for event in events)) for code, words in GROUPS.items()]
    kept = [event for event in events if chosen in ("", event.group)]
    page = Paginator(kept, A_PAGE).get_page(number)
    by_month = groupby(page.object_list, lambda event: f"{event.at.astimezone(zone):%B %Y}")
    months = [(month, list(found)) for month, found in by_month]
    return Timeline(page, months, chosen, [("", "All", len(events)), *counts])


def events_of(patient) -> list[Event]:
    """Everything, in no order."""
    person = patient.person_id
    sources = (_packets, _decisions, _consents, _courses, _visits, _infusions, _effects, _tests, _scores, _medicines,
               _alerts, _calls, _documents)  # fmt: skip
    found = [Event(patient.added_at, PAPERS, "Added as a patient", patient.get_reason_display())]
    return found + [event for source in sources for event in source(person)]


def _packets(person):
    for packet in asked.packets(person):
        yield Event(packet.made_at, PAPERS, "Invited to fill in the packet")
        if packet.submitted_at:
            url = reverse("intake:packet-show", args=[packet.pk])
            yield Event(packet.submitted_at, PAPERS, "Packet sent in", url=url)


def _decisions(person):
    for row in asked.decisions(person):
        words = f"Decision: {DECISIONS.get(row.decision, row.decision).lower()}"
        yield Event(row.signed_at, PAPERS, words, row.reasons, reverse("intake:assessment-show", args=[row.pk]))


def _consents(person):
    for row in asked.consents(person):
        yield Event(row.signed_at, PAPERS, f"Signed: {row.text.title}", f"version {row.text.number}")
    for row in asked.revocations(person):
        yield Event(row.revoked_at, PAPERS, f"Taken back: {row.signature.text.title}", row.words, mark="taken back")


def _courses(person):
    courses = asked.courses(person)
    by_id = {course.pk: course for course in courses}
    for course in courses:
        url = reverse("followup:course-show", args=[course.pk])
        name = f"{course.protocol_version.protocol.name}, version {course.protocol_version.number}"
        yield Event(course.opened_at, CARE, f"Course {course.number} planned", name, url)
        if course.signed_at:
            yield Event(course.signed_at, CARE, f"Course {course.number} signed", str(course.prescriber), url)
    for change in asked.course_changes(courses):
        course = by_id[change.subject_id]
        words = f"Course {course.number}: {COURSE.label(change.to_state)}"
        yield Event(change.at, CARE, words, change.reason, reverse("followup:course-show", args=[course.pk]))


def _visits(person):
    said = {"cancelled": "called off", "no_show": "did not come", "done": "took place"}
    for visit in asked.visits(person):
        words = f"{visit.get_kind_display()}: {said[visit.state]}"
        mark = "missed" if visit.state == "no_show" else ""
        why = visit.cancel_reason or (visit.get_end_code_display() if visit.end_code else "")
        yield Event(visit.starts_at, CARE, words, why, reverse("followup:visit-show", args=[visit.pk]), mark)


def _infusions(person):
    relief = asked.relief(person)
    for session in asked.infusions(person):
        words = f"Infusion {session.number} of course {session.course.number}"
        ending = session.get_ending_display().lower() if session.ending else "not ended yet"
        more = " · ".join([ending, *_relief(relief.get(session.pk))])
        url = reverse("sessions:session-show", args=[session.pk])
        yield Event(session.started_at or session.checked_in_at, CARE, words, more, url)


def _relief(episode) -> list[str]:
    """Dose and how long relief lasted, of the infusion or the block it stands for."""
    if episode is None:
        return []
    dose = [] if episode.mg is None else [f"{figure(episode.mg)} mg"]
    said = in_words(episode.span(30))
    return [*dose, f"30 % relief: {said} days" if said[:1].isdigit() else f"30 % relief: {said}"]


def _effects(person):
    for entry in asked.effects(person):
        detail = entry.sideeffect
        words = f"Side effect: {detail.term}, {detail.get_severity_display().lower()}"
        mark = "serious" if detail.serious else ""
        url = reverse("sessions:event-show", args=[entry.pk])
        yield Event(detail.onset_at or entry.observed_at, FINDINGS, words, detail.treatment, url, mark, "alarm")


def _tests(person):
    for order in asked.tests(person):
        url = reverse("clinic:test-show", args=[order.pk])
        yield Event(order.asked_at, FINDINGS, f"Test asked for: {title_of(order)}", order.reason, url)
        if order.done_at:
            yield Event(order.done_at, FINDINGS, f"Result in: {title_of(order)}", order.verified_words, url)


def _scores(person):
    for row in asked.scores(person):
        instrument = library.load(row.instrument)
        result = f"{figure(row.score)} of {instrument.maximum}" if row.scorable else "not scorable"
        yield Event(row.answered_at, FINDINGS, f"{instrument.short}: {result}", band_words(instrument, row.band))


def _medicines(person):
    for row in asked.medicines(person):
        yield Event(row.said_at, MEDICINES, f"Takes {row.name}", row.dose_words)
        if row.ended_at:
            yield Event(row.ended_at, MEDICINES, f"Stopped: {row.name}", row.dose_words)


def _alerts(person):
    for row in asked.alerts(person):
        taken = f"taken by {row.acknowledged_by}" if row.acknowledged_by else "nobody has taken it yet"
        url = reverse("clinic:alert-show", args=[row.pk])
        yield Event(row.raised_at, CONTACT, row.words, taken, url, "alert", "alarm")


def _calls(person):
    for row in asked.calls(person):
        words = f"{row.get_direction_display()}: {row.get_outcome_display().lower()}"
        yield Event(row.called_at, CONTACT, words, row.words)


def _documents(person):
    for row in asked.documents(person):
        url = reverse("clinic:document-show", args=[row.pk])
        yield Event(row.made_at, PAPERS, row.title, row.get_kind_display(), url)


FILE_HEAD = ("when", "group", "what", "more")


def timeline_file(patient, day):
    """(head, rows, name) of all of it as a file of `day`, the oldest first, times as ISO in UTC."""
    events = sorted(events_of(patient), key=lambda event: event.at)
    rows = [(event.at.isoformat(timespec="minutes"), GROUPS[event.group], event.words, event.more) for event in events]
    return FILE_HEAD, rows, f"timeline-{patient.record_number}-{day}.csv"
