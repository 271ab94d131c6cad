"""A patient's page: the one thing to do now, then visits, courses, packet, alerts, sessions, messages, documents."""

from dataclasses import dataclass, field

from clinic import access
from clinic.models import Alert, Appointment, ConsentSignature, Course, Message
from clinic.models.base import CLINICAL, MENTAL
from clinic.notify.kinds import KINDS
from clinic.words import clinic_date
from followup.models import BoosterProposal
from followup.presenters.duplicates import records_of
from followup.presenters.safety import due_words
from followup.presenters.visits import as_visit, with_claims
from followup.rules.next_step import PATIENT, Facts, next_step
from intake.models import Finding, Packet
from intake.queries import current_approval
from sessions.models import InfusionSession

SHOWN_VISITS, SHOWN_SESSIONS, SHOWN_MESSAGES = 12, 5, 6
COMING = ("booked", "confirmed", "arrived", "in_progress")


@dataclass
class Page:
    """What the template shows; lists a role does not receive are empty and `clinical` says so."""

    patient: object
    now: object
    step: object = None
    clinical: bool = False
    visits: list = field(default_factory=list)
    courses: list = field(default_factory=list)
    packet: object = None
    alerts: list = field(default_factory=list)
    sessions: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    documents: list = field(default_factory=list)
    to_decide: int = 0
    overridden: list = field(default_factory=list)
    safety: str = ""
    merges: list = field(default_factory=list)
    may_plan: bool = False


def patient_page(request, patient, at):
    """Read the page. About ten queries, the same for every patient."""
    clinical = access.sees(request, CLINICAL) and access.sees(request, MENTAL)
    page = Page(patient, at, clinical=clinical, may_plan="prescriber" in request.roles)
    page.visits = _visits(request, patient, at)
    page.courses = _courses(patient)
    page.packet = (
        Packet.objects.filter(patient__person=patient.person_id).exclude(state="withdrawn").order_by("-made_at").first()
    )
    alerts = Alert.objects.filter(patient__person=patient.person_id).exclude(state="closed")
    page.alerts = list(alerts.select_related("acknowledged_by"))
    page.sessions = _sessions(patient)
    page.messages = _messages(patient)
    page.documents = _documents(patient)
    if clinical:
        page.to_decide = Finding.objects.since_approval(patient).unsettled_gates().count()
        page.overridden = list(Finding.objects.overridden(patient))
        page.safety = due_words(patient, at.astimezone(request.site.zone).date())
    page.merges = records_of(patient)
    page.step = _step(request, page)
    page.sessions = [one for one in page.sessions if one.ended_at][:SHOWN_SESSIONS] if clinical else []
    return page


def _visits(request, patient, at):
    rows = Appointment.objects.filter(patient__person=patient.person_id, state__in=COMING, ends_at__gte=at)
    rows = rows.order_by("starts_at")
    return [as_visit(request, row, at) for row in with_claims(rows)[:SHOWN_VISITS]]


def _courses(patient):
    rows = Course.objects.filter(patient__person=patient.person_id).select_related("protocol_version__protocol", "site")
    courses = list(rows.prefetch_related("appointments"))
    for course in courses:
        held = [one for one in course.appointments.all() if one.kind == "infusion"]
        course.booked = sum(one.state not in ("cancelled", "no_show") for one in held)
        course.done = sum(one.state == "done" for one in held)
    return courses


def _sessions(patient):
    rows = InfusionSession.objects.filter(patient__person=patient.person_id).select_related("course", "site")
    return list(rows.order_by("-checked_in_at")[: SHOWN_SESSIONS + 1])


def _messages(patient):
    sent = Message.objects.filter(patient__person=patient.person_id).select_related("site")
    rows = list(sent.order_by("-due_at")[:SHOWN_MESSAGES])
    for row in rows:
        row.words = KINDS[row.kind].words if row.kind in KINDS else row.kind
    return rows


def _documents(patient):
    return list(
        ConsentSignature.objects.filter(patient__person=patient.person_id)
        .select_related("text", "revocation")
        .order_by("-signed_at")
    )  # fmt: skip


def _step(request, page):
    return next_step(_facts(request, page))


def _facts(request, page):
    course = next((one for one in page.courses if one.state not in ("stopped",)), None)
    visit = next((one.row for one in page.visits if one.row.state != "in_progress"), None)
    alert = next((one for one in page.alerts if one.state == "open"), None)
    approval = current_approval(page.patient)
    running = next((one for one in page.sessions if not one.ended_at), None)
    return Facts(
        now=page.now,
        has_alert=alert is not None,
        alert_words=(alert.words if page.clinical else alert.neutral_words) if alert else "",
        packet_state=page.packet.state if page.packet else "",
        packet_id=page.packet.pk if page.packet else None,
        has_email=bool(page.patient.email),
        is_approved=_in_force(approval, page),
        **(_proposal(course, page) if course else {}),
        session_id=running.pk if running else None,
        roles=frozenset(request.roles),
        **_course_facts(course),
        **_visit_facts(visit, page.now),
    )


def _in_force(approval, page):
    day = page.now.astimezone(approval.assessment.site.zone).date() if approval else None
    return approval is not None and approval.is_valid(day)


def _proposal(course, page):
    """The newest proposal of the course, in words: waiting for its decision, or accepted and not booked yet."""
    newest = BoosterProposal.objects.filter(course=course).exclude(state="superseded").order_by("-made_at").first()
    if newest is None:
        return {}
    if newest.state == "proposed":
        return {"has_proposal": True}
    booked = any(one.row.kind == "booster" for one in page.visits)
    accepted = newest.state in ("accepted", "changed") and newest.kind == "window"
    if not accepted or booked or newest.chosen_end < page.now.astimezone(course.site.zone).date():
        return {}
    return {"window": f"{clinic_date(newest.chosen_start)} to {clinic_date(newest.chosen_end)}"}


def _course_facts(course):
    if course is None:
        return {}
    return {
        "course_id": course.pk,
        "course_state": course.state,
        "course_signed": course.signed_at is not None,
        "planned": course.planned_number,
        "booked": course.booked,
    }


def _visit_facts(visit, now):
    if visit is None:
        return {}
    today = now.astimezone(visit.site.zone).date() == visit.starts_at.astimezone(visit.site.zone).date()
    return {
        "next_visit_id": visit.pk,
        "next_at": visit.starts_at,
        "next_is_today": today,
        "next_state": visit.state,
    }


def place_of(step, patient):
    """The argument of the step's url: the patient's own id where the rule says so."""
    return patient.pk if step.arg == PATIENT else step.arg
