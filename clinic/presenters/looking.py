"""Who looked and what left the clinic: tables for the screen, files for a spreadsheet, a paper for the patient."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Patient
from clinic.queries import looking as queries
from clinic.queries import seals
from clinic.rules import disclosures as rules
from clinic.rules.amendments import due_on
from clinic.words import clinic_date, clinic_time, local

A_PAGE = 50
MOST_LINES = 20_000  # of one file; more are taken by days
AUDIT_HEAD = (
    "When", "Zone", "Who", "What", "Why", "Patient", "Record number", "Site", "From", "Request", "Emergency look",
    "Row", "Sealed",
)  # fmt: skip
DISCLOSURE_HEAD = ("When", "Zone", "Patient", "Record number", "What", "To whom", "How", "Why",
                   "In the accounting by law", "Noted by", "Note", "SHA-256 of what left", "Row")  # fmt: skip
AMENDMENT_HEAD = ("Asked", "Patient", "Record number", "Site", "About", "How it came", "Due", "Put off", "State",
                  "Answered", "By", "Days taken", "In time")  # fmt: skip
COLUMNS = (("at", "When"), ("user", "Who"), ("verb", "What"), ("patient", "Patient"), ("site", "Site"),
           ("address", "From"))  # fmt: skip
DISCLOSURE_COLUMNS = (("at", "When"), ("patient", "Patient"), ("to", "To whom"), ("purpose", "Why"), ("by", "Noted by"))
# What a patient reads on their paper, in place of the names of pages.
PLAIN = {"look": _("Looked at your record"), "take": _("Took a copy or a paper"), "change": _("Wrote in your record")}


@dataclass(frozen=True)
class Line:
    """One row of the log: who it was in words, what was done, whether a seal covers it."""

    event: object
    who: str
    words: str
    is_sealed: bool

    @property
    def by_glass(self):
        """Was it seen through an emergency look?"""
        return bool(self.event.detail.get("break_glass"))


@dataclass
class LogPage:
    """One page of the log, the heads of its table, and how many of the rows shown no seal covers yet."""

    lines: list
    page_obj: Page
    heads: list
    unsealed: int


def who_of(event):
    """Who did it, in words; somebody at the door who gave a name has not proved it."""
    return event.user.display_name if event.user else event.get_actor_kind_display()


def log_page(form, number):
    """A page of what the filter finds. Four queries."""
    page = Paginator(form.found(), A_PAGE).get_page(number)
    lines = _lines(page)
    return LogPage(lines, page, form.heads(COLUMNS), sum(not line.is_sealed for line in lines))


def _lines(events):
    events = list(events)
    sealed = seals.is_sealed(events)
    return [Line(event, who_of(event), audit.words(event.verb), event.pk in sealed) for event in events]


def log_table(form, zone):
    """(head, rows) of the same as a file, at most MOST_LINES."""
    return AUDIT_HEAD, (_log_row(line, zone) for line in _lines(form.found()[:MOST_LINES]))


def _log_row(line, zone):
    event, patient = line.event, line.event.patient
    return (
        _moment(event.at, zone), zone.key, line.who, event.verb, event.reason,
        f"{patient.family_name}, {patient.given_name}" if patient else "", patient.record_number if patient else "",
        event.site.name if event.site else "", event.address or "", event.request_id,
        "yes" if line.by_glass else "", str(event.pk), "yes" if line.is_sealed else "not yet",
    )  # fmt: skip


def _moment(at, zone):
    """2026-05-14 14:05:09: a spreadsheet sorts it."""
    return f"{local(at, zone):%Y-%m-%d %H:%M:%S}"


@dataclass
class PatientLog:
    """Who looked at one patient: each person once, then every row."""

    patient: Patient
    people: list
    lines: list
    page_obj: Page
    outside: int


def patient_log(patient, form, number):
    """The page of one person. Seven queries."""
    rows = form.found(patient)
    page = Paginator(rows, A_PAGE).get_page(number)
    told = queries.disclosures(patient=patient).count()
    return PatientLog(patient, queries.people_of(rows), _lines(page), page, told)


@dataclass(frozen=True)
class PaperLine:
    """One line of the patient's paper: a day, a person, what they did in plain words, how often that day."""

    day: object
    who: str
    what: str
    count: int


def patient_paper(patient, zone):
    """Days, people and deeds of one person's record, newest first: what the clinic hands to a patient who asks."""
    counted = {}
    for event in queries.about(patient):
        key = (local(event.at, zone).date(), _plain_who(event), _kind(event))
        counted[key] = counted.get(key, 0) + 1
    return [PaperLine(day, who, PLAIN[kind], count) for (day, who, kind), count in counted.items()]


def _plain_who(event):
    named = {"patient": _("You, or who came by your link"), "system": _("The system, by itself")}
    return event.user.display_name if event.user else named.get(event.actor_kind, _("Somebody not signed in"))


def _kind(event):
    return "take" if event.verb.startswith("take ") else "look" if event.is_look else "change"


@dataclass
class DisclosurePage:
    """Disclosures with the heads of their table."""

    rows: list
    page_obj: Page
    heads: list


def disclosure_page(form, number):
    """A page of what the filter finds."""
    page = Paginator(form.found(), A_PAGE).get_page(number)
    return DisclosurePage(_told(page), page, form.heads(DISCLOSURE_COLUMNS))


def _told(rows):
    return [(row, rules.must_account(row.purpose)) for row in rows]


def disclosures_of(patient):
    """([(disclosure, must the law have it)], what was taken as a file or paper) about one person."""
    return _told(queries.disclosures(patient=patient)), _lines(queries.taken(patient)[:A_PAGE])


def disclosure_table(form, zone):
    """(head, rows) of the disclosures as a file."""
    return DISCLOSURE_HEAD, (_disclosure_row(row, must, zone) for row, must in _told(form.found()[:MOST_LINES]))


def _disclosure_row(row, must, zone):
    return (
        _moment(row.told_at, zone), zone.key, f"{row.patient.family_name}, {row.patient.given_name}",
        row.patient.record_number, row.what, row.to_whom, row.get_way_display(), row.get_purpose_display(),
        "yes" if must else "", row.noted_by.display_name if row.noted_by else "the patient", row.note, row.sha256,
        str(row.pk),
    )  # fmt: skip


@dataclass(frozen=True)
class AmendmentLine:
    """One correction asked for: how long the answer took, whether it came in time; None while it is open."""

    row: object
    days: int | None
    in_time: bool | None


def amendment_lines(rows, zone, today):
    """The report on corrections."""
    return [_amendment_line(row, zone, today) for row in rows]


def _amendment_line(row, zone, today):
    asked = local(row.asked_at, zone).date()
    if row.decided_at is None:
        return AmendmentLine(row, None, False if row.state == "open" and today > row.due_on else None)
    answered = local(row.decided_at, zone).date()
    return AmendmentLine(row, (answered - asked).days, answered <= due_on(asked, row.extended_at is not None))


def amendment_table(lines, zone):
    """(head, rows) of the report as a file."""
    return AMENDMENT_HEAD, (_amendment_row(line, zone) for line in lines)


def _amendment_row(line, zone):
    row = line.row
    when = {True: "yes", False: "no", None: ""}[line.in_time]
    answered = (
        f"{clinic_date(local(row.decided_at, zone))} {clinic_time(row.decided_at, zone)}" if row.decided_at else ""
    )
    return (
        clinic_date(local(row.asked_at, zone)), f"{row.patient.family_name}, {row.patient.given_name}",
        row.patient.record_number, row.site.name, row.about, row.get_how_display(), clinic_date(row.due_on),
        "yes" if row.extended_at else "", row.get_state_display(), answered,
        row.decided_by.display_name if row.decided_by else "", line.days, when,
    )  # fmt: skip
