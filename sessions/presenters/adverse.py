"""Adverse events in words: the list of a site, one event, and the facts of its report."""

from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.urls import reverse

from clinic.words import clinic_date, clinic_time, figure, local, years_old
from sessions.presenters.log import words_of
from sessions.presenters.words import minutes_words
from sessions.queries.adverse import events_at
from sessions.queries.sheet import sheet, state_of
from sessions.rules import adverse as rules
from sessions.rules.dose import shown

FILTERS = (("open", "To do"), ("serious", "Serious"), ("all", "All of 90 days"))


@dataclass(frozen=True)
class EventLine:
    """One event of the list: `marks` are (word, level) shown as flags, `state` how it stands in words."""

    event: object
    when: str
    words: str
    state: str
    marks: list = field(default_factory=list)
    url: str = ""


def event_list(sites, now, shown_filter):
    """([EventLine], filter in force, [(code, label, count)])."""
    events = events_at(sites, now=now)
    wanted = {code: [e for e in events if _wanted(e, code)] for code, _ in FILTERS}
    chosen = shown_filter if shown_filter in wanted else "open"
    lines = [line(event, now) for event in wanted[chosen]]
    return lines, chosen, [(code, label, len(wanted[code])) for code, label in FILTERS]


def _wanted(event, code):
    if code == "open":
        return event.needs_report or event.needs_asking
    return code == "all" or event.detail.serious


def line(event, now):
    """An event as one line."""
    zone = event.entry.session.site.zone
    began = local(event.detail.onset_at or event.entry.observed_at, zone)
    return EventLine(
        event,
        f"{clinic_date(began)} {clinic_time(began, zone)}",
        words_of(event.entry),
        course_words(event, zone),
        marks(event, now),
        reverse("sessions:event-show", args=[event.root.pk]),
    )


def marks(event, now):
    """[(word, level)] of what waits: a report, a question."""
    found = [("Serious", "alarm")] if event.detail.serious else []
    if event.needs_report:
        late = rules.report_state(signed_at=None, due_at=event.report_due_at(), now=now) == "overdue"
        found.append(("Report overdue" if late else "Report to sign", "alarm" if late else "caution"))
    if event.needs_asking:
        found.append(("Not over", "caution"))
    return found


def course_words(event, zone):
    """ "Over since 14:40", "Better, 15-May-2026 10:02", "Not over yet"."""
    course = event.course
    if course.status and course.seen_at:
        return f"{rules.STATUSES[course.status]}, {_moment(course.seen_at, zone)}"
    return f"Over since {clinic_time(course.resolved_at, zone)}" if course.over else "Not over yet"


def _moment(at, zone):
    return f"{clinic_date(local(at, zone))} {clinic_time(at, zone)}"


def follow_up_lines(event, zone):
    """[(when, words, who)] of the looks at an event, oldest first."""
    return [
        (
            _moment(row.seen_at, zone),
            ": ".join(filter(None, [f"{rules.STATUSES[row.status]} ({rules.HOWS[row.how].lower()})", row.words])),
            row.recorded_by.name,
        )
        for row in event.follow_ups
    ]


def report_facts(event, at):
    """[(name, value)] that a report needs of the record: the person, the event, the drugs up to then, the lots."""
    session = event.entry.session
    page, zone = sheet(session, at), session.site.zone
    onset = event.detail.onset_at or event.entry.observed_at
    earlier = [e for e in page.entries if e.observed_at <= onset]
    then = state_of(session, onset, plan=page.plan, entries=earlier, dose_orders=page.dose_orders)
    return [
        *_person(page, onset),
        ("Event", words_of(event.entry)),
        ("Began", f"{_moment(onset, zone)} {session.site.zone_name}{_after_start(page, onset)}"),
        ("How it went on", course_words(event, zone)),
        *[(f"Seen {when}", f"{words}, {who}") for when, words, who in follow_up_lines(event, zone)],
        *_drugs(then, page),
        *_vitals(then, onset, zone),
        ("Protocol", str(session.protocol_version)),
        ("Prescriber", session.responsible_prescriber.display_name if session.responsible_prescriber else "not named"),
        ("Nurse", session.responsible_nurse.display_name),
        ("Site", f"{session.site.name}, {session.site.phone}"),
    ]


def _person(page, onset):
    patient = page.session.patient
    age = years_old(patient.born_on, local(onset, page.session.site.zone).date())
    kg = f"{figure(page.state.weight_kg)} kg" if page.state.weight_kg is not None else "not weighed"
    return [("Patient", patient.record_number), ("Age, sex, weight", f"{age} y, {patient.get_sex_display()}, {kg}")]


def _after_start(page, onset):
    started = page.state.started_at
    if started is None:
        return ""
    minutes = int((onset - started).total_seconds() // 60)
    if minutes < 0:
        return f", {minutes_words(-minutes)} before the start"
    return f", {minutes_words(minutes)} after the start"


def _drugs(then, page):
    """The infused drugs with what had been given when it began, single doses, and the lots they came from."""
    rows = [
        (d.drug.capitalize(), f"{figure(shown(d.mg))} mg by then, {figure(shown(d.planned_mg))} mg ordered")
        for d in then.drugs
        if d.started_at
    ]
    rows += [("Given", words_of(e)) for e in then.drugs_given]
    prefetch_related_objects(page.preparations, "sources__container")
    lots = {
        f"{s.container.drug} lot {s.container.lot}, exp. {clinic_date(s.container.expires_on)}"
        for p in page.preparations
        for s in p.sources.all()
    }
    return rows + [("Lots", "; ".join(sorted(lots)))] * bool(lots)


def _vitals(then, onset, zone):
    sets = [e for e in then.effective if e.kind == "vitals"]
    if not sets:
        return []
    return [("Last vitals before", f"{clinic_time(sets[-1].observed_at, zone)}: {words_of(sets[-1])}")]
