"""The main pages of the product and the row each is asked with: the busiest of its kind, and whom the pages let in."""

from django.db.models import Count
from django.urls import resolve, reverse

from clinic.dev.bench import intake
from clinic.dev.bench.requests import staff_cookie
from clinic.models import Appointment, Course, Patient, User
from followup.models import Talk
from followup.presenters.reports import REPORTS
from intake.models import Assessment, Packet
from sessions.models import Container, InfusionSession

WHO = {
    "front_desk": "desk",
    "nurse": "nurse",
    "prescriber": "prescriber",
    "clinic_admin": "admin",
    "auditor": "auditor",
}
# Name -> what its parameter stands for ("" for none, "=..." for itself); after "?" what is asked, after "#" which one.
STAFF = {
    "clinic:patient-list": "", "clinic:patient-edit": "patient", "clinic:patient-alerts": "patient",
    "clinic:patient-tests": "patient", "clinic:patient-messages": "patient", "clinic:test-list": "",
    "clinic:task-list": "", "clinic:outbox": "", "clinic:text-list": "", "clinic:audit-list": "", "clinic:health": "",
    "clinic:wall-list": "", "clinic:amendment-list": "",
    "followup:patient-show": "patient", "followup:patient-timeline": "patient", "followup:course-show": "course",
    "followup:diary-list": "course", "followup:scores": "course", "followup:adjuncts": "course",
    "followup:series-show": "course", "followup:call-list": "patient", "followup:inbox": "",
    "followup:talk-show": "talk", "followup:booster-list": "", "followup:safety-list": "",
    "followup:patient-safety": "patient", "followup:waitlist": "", "followup:schedule": "",
    "followup:schedule?view=week": "", "followup:away": "", "followup:visit-show": "visit",
    "followup:visit-book?kind=follow_up": "patient", "followup:reminder-list": "", "followup:reports": "",
    "followup:report-relief": "",
    **{f"followup:report-show#{slug}": f"={slug}" for slug in REPORTS},
    "followup:duplicate-list": "", "followup:patient-record": "patient",
    "sessions:board": "", "sessions:session-show": "running", "sessions:record-show": "ended",
    "sessions:last-time": "running", "sessions:checklist": "running", "sessions:vitals-record": "running",
    "sessions:order-list": "running", "sessions:session-compare": "ended", "sessions:vial-list": "",
    "sessions:vial-show": "container", "sessions:register-show": "", "sessions:inventory-list": "",
    "sessions:day-list": "", "sessions:pack-list": "", "sessions:event-list": "", "sessions:device-list": "",
    "sessions:equipment-check": "", "sessions:cosign-list": "",
    "intake:packet-list": "", "intake:packet-show": "packet", "intake:assessment-show": "assessment",
    "intake:rule-list": "", "intake:patient-findings": "patient", "intake:patient-consents": "patient",
    "intake:patient-education": "patient",
}  # fmt: skip
# Pages of patients, by the purpose of the link that opens them.
PATIENT = {
    "followup:home": "home", "followup:own-diary": "home", "followup:visits": "visits",
    "followup:own-talks": "messages", "followup:diary-entry": "diary",
    "clinic:document-list": "documents", "intake:packet-home": "packet",
    "intake:consent-list": "consent",
}  # fmt: skip


def rows():
    """Noun -> the row with most behind it."""
    courses = Course.objects.annotate(many=Count("infusion_sessions")).order_by("-many", "pk")
    patients = Patient.objects.annotate(many=Count("infusion_sessions")).order_by("-many", "pk")
    ended = InfusionSession.objects.filter(ended_at__isnull=False, signed_at__isnull=False)
    running = InfusionSession.objects.filter(phase="infusing")
    return {
        "patient": patients.first(),
        "course": courses.filter(state="active").first(),
        "talk": Talk.objects.annotate(many=Count("messages")).order_by("-many", "pk").first(),
        "visit": Appointment.objects.filter(infusion_session__ended_at__isnull=False).order_by("-starts_at").first(),
        "running": running.annotate(many=Count("entries")).order_by("-many", "pk").first(),
        "ended": ended.annotate(many=Count("entries")).order_by("-many", "pk").first(),
        "container": Container.objects.annotate(many=Count("ledger")).order_by("-many", "pk").first(),
        "packet": Packet.objects.annotate(many=Count("pages")).order_by("-many", "pk").first(),
        "assessment": Assessment.objects.annotate(many=Count("findings")).order_by("-many", "pk").first(),
    }


def addresses():
    """[(role, page, path, cookie)] of every main page for everyone whom its door lets in."""
    there, found = rows(), []
    for role, mail in WHO.items():
        cookie = staff_cookie(User.objects.get(email=f"{mail}@example.org"))
        for page, noun in STAFF.items():
            path = _path(page, noun if noun.startswith("=") else there.get(noun))
            if role in _door(path).roles:
                found.append((role, page, path, cookie))
    return found + _patients()


def _path(page, row):
    name, mark, asked = page.partition("?")
    given = [row[1:] if isinstance(row, str) else row.pk] if row else []
    return reverse(name.partition("#")[0], args=given) + mark + asked


def _door(path):
    return resolve(path.partition("?")[0]).func.door


def _patients():
    """A patient's own pages, each by a link of its purpose."""
    visit = Appointment.objects.filter(infusion_session__isnull=True, state="booked").first()
    treated = Course.objects.filter(state="active", diary_plan__ended_at=None).order_by("pk").first()
    packet = Packet.objects.open().annotate(many=Count("pages")).order_by("-many", "pk").first()
    whose = {"packet": (packet.patient, packet.site, packet), "visits": (visit.patient, visit.site, None)}
    found = []
    for page, purpose in PATIENT.items():
        patient, site, subject = whose.get(purpose, (treated.patient, treated.site, None))
        link = intake.make_link(patient=patient, site=site, purpose=purpose, by=None, subject=subject)[0]
        proofs = intake.links.PROOFS[purpose]
        cookie = intake._session(
            lambda session, link=link, proofs=proofs: intake.links.let_in(session, link, proofs=proofs)
        )
        found.append(("patient", page, reverse(page), cookie))
    return found
