"""The whole record as somebody reads it: who, health, forms, visits, treatment, diary, tests, papers."""

from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace

from clinic.instruments.library import load
from clinic.models import (
    APPOINTMENT,
    AllergyStatement,
    Appointment,
    ConditionStatement,
    ConsentSignature,
    Course,
    InstrumentResponse,
    MedicationStatement,
    Message,
    PatientAlert,
    TestResult,
)
from clinic.notify.kinds import KINDS
from clinic.notify.registry import compose
from clinic.presenters.required_tests import line_of
from clinic.words import clinic_date, figure, patient_date, today_in
from followup.models import ARCHIVE, DiaryEntry, RecordArchive
from followup.presenters.diary import answers_of
from followup.presenters.visits import KINDS as VISITS
from followup.queries.own_record import archives_of, papers_of, sessions_of
from intake.models import Packet
from intake.presenters.packet import check
from sessions.presenters.frame import banner
from sessions.presenters.record import record_page

HEADS = {"record": "Record number", "born_on": "Born", "sex": "Sex", "email": "E-mail", "phone": "Phone",
         "address": "Address", "zone_name": "Time zone", "emergency": "In an emergency"}  # fmt: skip


@dataclass
class Table:
    """One table of the record: its title, the heads of its columns, its rows."""

    title: str
    heads: tuple
    rows: list = field(default_factory=list)


@dataclass
class Record:
    """Everything that prints."""

    patient: object
    site: object
    at: datetime
    facts: list
    tables: list
    packets: list


def summary_page(patient, site, at) -> Record:
    """The summary of one person's record, as of `at`."""
    zone = site.zone
    made = (
        _health(patient, zone), _alerts(patient, zone), _courses(patient, zone), _visits(patient), _infusions(patient),
        _scores(patient, zone), _tests(patient), _diary(patient), _consents(patient, zone), _papers(patient, zone),
        _messages(patient, zone),
    )  # fmt: skip
    return Record(patient, site, at, _who(patient), list(made), _packets(patient))


def infusion_context(session, at) -> dict:
    """What the paper of one infusion is made from, without a reader signed in."""
    patient = session.patient
    return {
        "session": session,
        "patient": patient,
        "now": at,
        "today": today_in(session.site.zone, at),
        "banner": banner(session),
        "name": f"{patient.family_name.upper()}, {patient.given_name}",
        "page": record_page(session, at),
    }


def _mine(model, patient):
    return model.objects.filter(patient__person=patient.person_id)


def _day(at, zone):
    return clinic_date(at.astimezone(zone).date()) if at else ""


def _who(patient) -> list:
    emergency = ", ".join(filter(None, [patient.emergency_name, patient.emergency_relation, patient.emergency_phone]))
    said = {
        "record": patient.record_number,
        "born_on": clinic_date(patient.born_on),
        "sex": patient.get_sex_display(),
        "email": patient.email,
        "phone": patient.phone,
        "address": patient.address,
        "zone_name": patient.zone_name,
        "emergency": emergency,
    }
    return [(HEADS[name], value) for name, value in said.items() if value]


def _health(patient, zone) -> Table:
    rows = [("Condition", one.label, one.words, one) for one in _mine(ConditionStatement, patient)]
    rows += [("Medicine", one.name, one.dose_words, one) for one in _mine(MedicationStatement, patient)]
    rows += [("Allergy", one.substance or "none known", one.reaction, one) for one in _mine(AllergyStatement, patient)]
    said = [
        (what, name, more, one.get_source_display(), _day(one.said_at, zone), _day(one.ended_at, zone))
        for what, name, more, one in rows
    ]
    return Table("Conditions, medicines, allergies", ("What", "Name", "More", "Source", "Said", "Ended"), said)


def _alerts(patient, zone) -> Table:
    rows = _mine(PatientAlert, patient).order_by("since")
    said = [(one.get_kind_display(), one.words, _day(one.since, zone), _day(one.ended_at, zone)) for one in rows]
    return Table("To know before each visit", ("What", "More", "Since", "Until"), said)


def _courses(patient, zone) -> Table:
    rows = _mine(Course, patient).select_related("protocol_version__protocol", "prescriber").order_by("number")
    said = [
        (one.number, one.protocol_version.protocol.name, one.reason_words or one.reason, one.planned_number,
         one.get_state_display(), one.prescriber.display_name if one.prescriber else "", _day(one.signed_at, zone))
        for one in rows
    ]  # fmt: skip
    return Table("Courses", ("Number", "Protocol", "For", "Planned", "State", "Prescriber", "Signed"), said)


def _visits(patient) -> Table:
    rows = _mine(Appointment, patient).select_related("site").order_by("starts_at")
    said = [
        (f"{_day(one.starts_at, one.site.zone)} {one.starts_at.astimezone(one.site.zone):%H:%M}", VISITS[one.kind],
         one.number or "", APPOINTMENT.label(one.state), one.site.name, one.cancel_reason)
        for one in rows
    ]  # fmt: skip
    return Table("Visits", ("When", "What", "Number", "State", "Where", "Reason"), said)


def _infusions(patient) -> Table:
    rows = [
        (one.number, _day(one.checked_in_at, one.site.zone), one.get_ending_display() if one.ending else "open",
         one.responsible_nurse.display_name, "see the folder infusions")
        for one in sessions_of(patient)
    ]  # fmt: skip
    return Table("Infusions", ("Number", "Day", "Ended as", "Nurse", "Everything charted"), rows)


def _scores(patient, zone) -> Table:
    rows = [
        (_day(one.answered_at, zone), load(one.instrument).title, _score(one), one.band)
        for one in _mine(InstrumentResponse, patient).order_by("answered_at")
    ]
    return Table("Questionnaires", ("Day", "Which", "Score", "Means"), rows)


def _score(response) -> str:
    return figure(response.score) if response.scorable else "not scorable: too many left blank"


def _tests(patient) -> Table:
    rows = _mine(TestResult, patient).filter(superseded_by=None, is_struck=False)
    said = [(clinic_date(one.taken_on), *_result(one)) for one in rows.select_related("order").order_by("taken_on")]
    return Table("Results of tests", ("Taken", "Test", "Result"), said)


def _result(row) -> tuple[str, str]:
    line = line_of(row.order, row)
    return line.label, " ".join(filter(None, [line.words, f"({line.range})" if line.range else ""]))


def _diary(patient) -> Table:
    rows = _mine(DiaryEntry, patient).select_related("recorded_by").order_by("day", "recorded_at")
    said = [
        (clinic_date(one.day), "; ".join(f"{name}: {value}" for name, value, _ in answers_of(one)),
         "later" if one.is_late else "")
        for one in rows
    ]  # fmt: skip
    return Table("Diary", ("Day", "What you said", "Written"), said)


def _consents(patient, zone) -> Table:
    rows = _mine(ConsentSignature, patient).select_related("text").order_by("signed_at")
    said = [(_day(one.signed_at, zone), one.text.title, one.text.number, one.printed_name) for one in rows]
    return Table("Consents signed", ("Day", "Text", "Version", "Signed by"), said)


def _papers(patient, zone) -> Table:
    rows = [(_day(one.made_at, zone), one.get_kind_display(), one.title) for one in papers_of(patient)]
    return Table("Papers, see the folder papers", ("Day", "What", "Title"), rows)


def _messages(patient, zone) -> Table:
    rows = _mine(Message, patient).filter(state="sent").order_by("sent_at")
    said = [(_day(one.sent_at, zone), KINDS[one.kind].words if one.kind in KINDS else one.kind, one.channel)
            for one in rows]  # fmt: skip
    return Table("Messages sent to you", ("Day", "What", "How"), said)


def _packets(patient) -> list:
    """Each packet sent, with its answers in words, page by page."""
    rows = _mine(Packet, patient).filter(submitted_at__isnull=False).select_related("patient", "site")
    made = rows.prefetch_related("pages", "supplements", "corrections").order_by("submitted_at")
    return [SimpleNamespace(day=_day(one.submitted_at, one.site.zone), **check(one)) for one in made]


@compose("record_ready")
def say_until(message, at):
    """Until which day the copy can be had, on the clock of the site."""
    archive = RecordArchive.objects.select_related("site").get(pk=message.subject_id)
    return {"until": patient_date(archive.expires_at.astimezone(archive.site.zone))}


# ---- the list of copies, for staff
@dataclass(frozen=True)
class StaffCopy:
    """One copy that was asked for."""

    row: object
    by: str
    state: str
    size: str

    @property
    def is_under_way(self):
        """Is it being made?"""
        return self.row.state in ("asked", "making")


def staff_copies(patient) -> list[StaffCopy]:
    """Every copy of this person's record ever asked for, the newest first."""
    return [
        StaffCopy(one, one.asked_by.name if one.asked_by else "the patient", ARCHIVE.label(one.state),
                  f"{max(one.size / 1_000_000, 0.1):.1f} MB")
        for one in archives_of(patient)
    ]  # fmt: skip
