"""The rows behind the path parameters of the matrix: one side for the own site, one for the foreign one.

A path with parameters needs a line here: by its name in PATHS, or by namespace and parameter in USUAL. What stands
there is a noun of NOUNS, or "=text" for a parameter that is no row.
"""

from dataclasses import replace
from decimal import Decimal

from clinic import clock
from clinic.actions.tasks import open_task, raise_alert
from clinic.models import ContactChoice, Message, PatientSite, Representative
from followup.models import BoosterProposal, ReminderRule
from intake.models import Approval, Assessment, Packet
from sessions.actions import count
from sessions.models import Discrepancy, Entry, Signature
from tests import factories
from tests.sessions.scene import Scene


def other_side(everyone):
    """The same people, as seen from the other site."""
    away = everyone.away
    return replace(
        everyone,
        harbor=everyone.prairie,
        prairie=everyone.harbor,
        patient=everyone.away_patient,
        nurse=away["nurse"],
        prescriber=away["prescriber"],
        colleague=factories.member("nurse", at_site=everyone.prairie, name="Cole League Away"),
    )


class Side:
    """Everything one site has, each row made when it is first asked for."""

    def __init__(self, people):
        self.people, self.site, self.patient = people, people.harbor, people.patient
        self.made = {}

    def get(self, noun):
        """The row of this noun, or its text."""
        if noun not in self.made:
            self.made[noun] = NOUNS[noun](self)
        return self.made[noun]

    def about(self, purpose):
        """Whose link of this purpose it is and what it is about: the packet is a newcomer's, still open."""
        if purpose not in ABOUT:
            return {"of": self.patient}
        row = self.get(ABOUT[purpose])
        return {"of": row.patient, "subject_kind": row._meta.label_lower, "subject_id": row.pk}


ABOUT = {"packet": "open_packet", "readiness": "appointment"}


def _open_packet(side):
    side.get("scene")  # with the consents that a packet asks for
    at, newcomer = clock.now(), factories.patient(at_site=side.site, given_name="New")
    return Packet.objects.create(patient=newcomer, site=side.site, reason="mood", made_at=at, touched_at=at)


def _reminder_rule(side):
    return ReminderRule.objects.create(site=side.site, slot="matrix", how="wall", days=2, message_kind="reminder_day")


def _signature(side):
    return Signature.objects.create(
        session=side.get("session"), signed_at=clock.now(), signed_by=side.people.prescriber,
        printed_name="Petra Prescriber", meaning="Signed", record_hash="0" * 64, at_version=1, at_seq=1,
    )  # fmt: skip


def _scene(side):
    scene = Scene(side.people).running()
    scene.vitals(20, systolic=190, confirmed={"systolic"})
    return scene


def _task(side):
    return open_task(
        "call_back", title="Call", patient=side.patient, site=side.site, due_at=clock.now(), by=side.people.nurse,
        for_role="nurse",
    )  # fmt: skip


def _alert(side):
    return raise_alert("call_me", patient=side.patient, site=side.site, words="Call me", by=side.patient)


def _message(side):
    at = clock.now()
    return Message.objects.create(
        kind="decision", patient=side.patient, site=side.site, due_at=at, next_attempt_at=at, queued_at=at,
        dedupe_key=f"matrix:{side.site.pk}",
    )  # fmt: skip


def _later_visit(side):
    """A visit of another patient who can still be checked in."""
    patient = factories.patient(at_site=side.site, given_name="Later")
    course = factories.course(
        of=patient, at_site=side.site, prescriber=side.people.prescriber, version=side.get("version")
    )
    return factories.appointment(of=patient, at_site=side.site, chair=side.site.chairs.last(), course=course, number=1)


def _difference(side):
    people, container = side.people, side.get("scene").stock(code="KET-2", lot="LOT-B")
    count(container=container, mg=Decimal("400"), witness=people.colleague, by=people.nurse)
    return Discrepancy.objects.get(container=container)


def _entry(side, kind):
    return Entry.objects.filter(session=side.get("session"), kind=kind).first()


def _link(side):
    return factories.link(of=side.patient, at_site=side.site, purpose="packet")


def _proposal(side):
    return BoosterProposal.objects.create(
        course=side.get("course"), kind="reassess", headline="Stop and reassess", confidence="low", rests_on="-",
        fingerprint="matrix", made_at=clock.now(),
    )  # fmt: skip


NOUNS = {
    "patient": lambda side: side.patient,
    "site": lambda side: side.site,
    "chair": lambda side: side.site.chairs.first(),
    "policy": lambda side: side.site.policy,
    "user": lambda side: side.people.nurse,
    "membership": lambda side: side.people.nurse.memberships.first(),
    "scene": _scene,
    "version": lambda side: side.get("scene").version,
    "protocol": lambda side: side.get("version").protocol,
    "course": lambda side: side.get("scene").course,
    "appointment": lambda side: side.get("scene").appointment,
    "later_visit": _later_visit,
    "session": lambda side: side.get("scene").session,
    "container": lambda side: side.get("scene").container,
    "preparation": lambda side: side.get("scene").preparation,
    "order": lambda side: side.get("session").orders.first(),
    "standing": lambda side: side.get("version").standingorders.first(),
    "vitals": lambda side: _entry(side, "vitals"),
    "alarm": lambda side: _entry(side, "alarm"),
    "difference": _difference,
    "open_packet": _open_packet,
    "reminder_rule": _reminder_rule,
    "signature": _signature,
    "packet": lambda side: side.get("assessment").packet,
    "approval": lambda side: Approval.objects.get(patient=side.get("scene").patient),
    "assessment": lambda side: Assessment.objects.get(patient=side.get("scene").patient),
    "task": _task,
    "alert": _alert,
    "message": _message,
    "proposal": _proposal,
    "diary_entry": lambda side: factories.diary(course=side.get("course"), day=clock.now().date(), pain=3),
    "link": lambda side: _link(side)[0],
    "token": lambda side: _link(side)[1],
    "consent_text": lambda side: side.get("consent_signature").text,
    "consent_signature": lambda side: side.get("scene").patient.consents.first(),
    "message_text": lambda side: factories.message_text(kind="decision"),
    "patient_site": lambda side: PatientSite.objects.get(patient=side.patient),
    "contact_choice": lambda side: ContactChoice.objects.create(patient=side.patient, channel="email"),
    "representative": lambda side: Representative.objects.create(
        patient=side.patient, name="Rep Sample", relation="sister", since=clock.now()
    ),
}

# Path name -> {parameter: noun}.
PATHS = {
    "clinic:link-open": {"token": "token"},
    "followup:diary-show": {"pk": "diary_entry"},
    "clinic:link-resend": {"pk": "link"},
    "account_reset_password_from_key": {"uidb36": "=1", "key": "=set-password"},
    "intake:packet-consent": {"kind": "=treatment"},
    "intake:packet-page": {"slug": "=pain"},
    "intake:packet-draft": {"slug": "=pain"},
    "intake:packet-invite": {"pk": "patient"},
    "sessions:check-in": {"pk": "later_visit"},
    "sessions:vial-show": {"pk": "container"},
    "sessions:vial-waste": {"pk": "container"},
    "sessions:vial-return": {"pk": "container"},
    "sessions:vial-count": {"pk": "container"},
    "sessions:difference-close": {"pk": "difference"},
    "sessions:gate-override": {"gate": "=fasting"},
    "sessions:entry-correct": {"entry": "vitals"},
    "sessions:entry-strike": {"entry": "vitals"},
    "sessions:entry-move": {"entry": "vitals"},
}
PATHS |= {
    f"clinic:{name}": {"pk": noun}
    for noun, names in {
        "patient": ("patient-edit", "patient-show"),
        "task": ("task-show", "task-done", "task-close", "task-withdraw", "task-reopen"),
        "alert": ("alert-show", "alert-acknowledge", "alert-close"),
        "message": ("message-show", "message-retry", "message-resolve", "message-withdraw"),
    }.items()
    for name in names
}
PATHS |= {
    f"followup:{name}": {"pk": noun}
    for noun, names in {
        "patient": ("patient-show", "visit-book", "slot-hold", "course-plan"),
        "later_visit": (
            "visit-show", "visit-confirm", "visit-arrive", "visit-no-show", "visit-cancel", "visit-move"
        ),
    }.items()
    for name in names
}  # fmt: skip
PATHS |= {
    f"intake:assessment-{verb}": {"pk": "assessment"} for verb in ("show", "settle", "save", "sign", "add", "tell")
}

# (namespace, parameter) -> noun, for paths or parameters that are not named above.
USUAL = {
    ("intake", "pk"): "packet",
    ("followup", "pk"): "course",
    ("followup", "proposal_pk"): "proposal",
    ("sessions", "pk"): "session",
    ("sessions", "preparation"): "preparation",
    ("sessions", "order"): "order",
    ("sessions", "standing"): "standing",
    ("sessions", "alarm"): "alarm",
}

# Admin model -> noun, where the two differ.
ADMIN = {
    "sitepolicy": "policy",
    "protocolversion": "version",
    "consenttext": "consent_text",
    "messagetext": "message_text",
    "patientlink": "link",
    "patientsite": "patient_site",
    "consentsignature": "consent_signature",
    "contactchoice": "contact_choice",
    "infusionsession": "session",
    "entry": "vitals",
    "reminderrule": "reminder_rule",
}


def nouns(path):
    """Parameter -> noun of a path; None where no line says what stands there."""
    named = PATHS.get(path.name, {})
    found = {name: named.get(name) or USUAL.get((path.namespace, name), "") for name in path.params}
    return {name: noun if noun in NOUNS or noun.startswith("=") else None for name, noun in found.items()}


def params(path, side):
    """The parameters of a path as keywords for one side."""
    return {name: noun[1:] if noun.startswith("=") else as_param(side.get(noun)) for name, noun in nouns(path).items()}


def as_param(row):
    """An id for a row, the text itself for a text."""
    return getattr(row, "pk", row)
