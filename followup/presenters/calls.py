"""The pages of calls: whom to call, how the infusion went, what was noted so far."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from clinic.models import Patient
from clinic.presenters.alerts import Phone
from clinic.words import dose
from followup.models import CallNote, FollowUpContact
from followup.queries.calls import calls_of
from followup.queries.relief import given_in
from followup.rules.calls import is_made, tries_in_vain
from followup.rules.diary import SERIOUS_EFFECTS, USUAL_EFFECTS
from sessions.queries.adverse import events_of

EFFECTS = USUAL_EFFECTS | SERIOUS_EFFECTS
# What the nurse asks on the next day. Clinic default (unverified default, the clinic approves).
ASK = (
    "How did you get home, and how was the night?",
    "Pain now, 0 to 10? Mood?",
    "Sick, dizzy, strange feelings, anything new? Trouble passing urine?",
    "Thoughts of being better off dead?",
    "Did you drive or sign anything? From today it is fine again, unless you feel unwell.",
    "Is the diary clear? When is the next visit?",
)


@dataclass(frozen=True)
class Line:
    """One call in words."""

    row: CallNote
    said: list[str]


@dataclass(frozen=True)
class CallPage:
    """The log of a patient's calls, and what stands around it."""

    patient: Patient
    phones: list[Phone]
    zone: ZoneInfo
    lines: list[Line]
    contact: FollowUpContact | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)
    ask: tuple[str, ...] = ()
    is_made: bool = False
    tries: int = 0


def phones_of(patient: Patient) -> list[Phone]:
    """The patient first, then who was named for an emergency."""
    relation = f" ({patient.emergency_relation})" if patient.emergency_relation else ""
    found = [
        Phone(patient.short_name, patient.phone),
        Phone(f"{patient.emergency_name or 'Emergency contact'}{relation}", patient.emergency_phone),
    ]
    return [phone for phone in found if phone.number]


def call_page(patient: Patient, site) -> CallPage:
    """The log of one patient. One query."""
    zone = ZoneInfo(patient.zone_name or site.zone_name)
    return CallPage(patient, phones_of(patient), zone, [_line(row) for row in calls_of(patient)])


def contact_page(contact: FollowUpContact) -> CallPage:
    """The next-day contact of one session: what to know before calling, what to ask, what was tried."""
    session = contact.session
    patient, lines = session.patient, [_line(row) for row in calls_of(session.patient)]
    outcomes = [line.row.outcome for line in reversed(lines) if line.row.contact_id == contact.pk]
    return CallPage(
        patient=patient,
        phones=phones_of(patient),
        zone=ZoneInfo(patient.zone_name or session.site.zone_name),
        lines=lines,
        contact=contact,
        facts=_facts(session),
        ask=ASK,
        is_made=is_made(outcomes),
        tries=tries_in_vain(outcomes),
    )


def _facts(session) -> list[tuple[str, str]]:
    given = next((g for g in given_in(session.course) if g.session_id == session.pk), None)
    effects = [f"{e.entry.sideeffect.term} ({e.entry.sideeffect.severity})" for e in events_of(session)]
    rows = [
        ("Infusion", f"number {session.number}, {session.course.protocol_version.protocol.name}"),
        ("Given", f"{dose(given.mg, 'mg')} in {given.minutes} min" if given and given.mg is not None else "not known"),
        ("Ended", session.get_ending_display()),
        ("Side effects in the chair", ", ".join(effects) or "none charted"),
    ]
    return [(name, value) for name, value in rows if value]


def _line(row: CallNote) -> Line:
    said = [f"pain {row.pain}"] if row.pain is not None else []
    said += [EFFECTS.get(code, code) for code in row.side_effects]
    said += [f"“{row.words}”"] if row.words else []
    return Line(row, said)
