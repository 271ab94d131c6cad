"""Rows of the shared record for the matrix: noun -> how one side makes it."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from allauth.usersessions.models import UserSession

from clinic import clock, walls
from clinic.actions.absences import close_day, note_absence
from clinic.actions.access_reviews import raise_review
from clinic.actions.alerts import raise_alert
from clinic.actions.amendments import ask_amendment
from clinic.actions.documents import keep_document
from clinic.actions.required_tests import ask_for_tests, enter_results
from clinic.actions.setup import set_route
from clinic.actions.shifts import note_day
from clinic.actions.tasks import open_task
from clinic.actions.walls import ask_pairing, pair_wall
from clinic.models import (
    AlertRoute,
    ContactChoice,
    LetterText,
    Message,
    PatientAlert,
    PatientSite,
    Representative,
    RouteStep,
    SealHead,
)
from clinic.rules.required_tests import Typed
from tests import factories

NINE_BEFORE = datetime(2026, 3, 3, 14, tzinfo=UTC)


def _seal_day(side):
    """The heads of a day are the whole clinic's: both sides see the same."""
    day = NINE_BEFORE.date()
    told = {"text": "{}", "sha256": "0" * 64, "written_at": NINE_BEFORE, "file": "heads.json"}
    SealHead.objects.get_or_create(day=day, defaults=told)
    return day.isoformat()


def _task(side):
    return open_task(
        "call_back", title="Call", patient=side.patient, site=side.site, due_at=clock.now(), by=side.people.nurse,
        for_role="nurse",
    )  # fmt: skip


def _alert(side):
    return raise_alert("call_me", patient=side.patient, site=side.site, words="Call me", by=side.patient)


def _alert_route(side):
    steps = [RouteStep(after_minutes=0, role="nurse")]
    return set_route(route=AlertRoute(site=side.site), steps=steps, by=side.people.clinic_admin)


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


def _link(side):
    return factories.link(of=side.patient, at_site=side.site, purpose="packet")


def _test_order(side):
    day = clock.now().astimezone(side.site.zone).date()
    return ask_for_tests(
        patient=side.patient, site=side.site, codes=["liver"], due_on=day, by=side.people.prescriber
    )[0]  # fmt: skip


def _test_result(side):
    order = side.get("test_order")
    value = Typed("alt", Decimal(31), unit="U/L")
    enter_results(order=order, values=[value], taken_on=order.due_on, by=side.people.nurse)
    return order.results.first()


def _twin(side):
    return factories.patient(at_site=side.site, given_name="Twin", family_name="Alike-Test")


def _merge(side):
    other = factories.patient(at_site=side.site, given_name="Merged", family_name="Alike-Test")
    return factories.merge(kept=side.get("twin"), merged=other, by=side.people.clinic_admin)


def _document(side):
    return keep_document(
        patient=side.patient, site=side.site, kind="consent_copy", title="Copy", content=b"%PDF-1.7",
        media_type="application/pdf", field_class="personal", subject=side.get("consent_signature"), by=None,
    )  # fmt: skip


def _letter_text(side):
    return LetterText.objects.create(kind="referrer", number=LetterText.objects.count() + 1, title="T", body="B")


def _wall_screen(side):
    screen, _ = ask_pairing()
    return pair_wall(code=walls.code_of(screen), name="Station", site=side.site, by=side.people.clinic_admin)


def _amendment(side):
    return ask_amendment(
        patient=side.patient, site=side.site, about="The record", words="Wrong", should_say="Right", by=side.patient
    )


def _absence(side):
    start = clock.now() + timedelta(days=200)
    return note_absence(
        user=side.people.colleague, site=side.site, start=start, end=start + timedelta(days=1), by=side.people.nurse
    )


def _shift_day(side):
    day = clock.now().date() + timedelta(days=300)
    told = {"starts": time(8), "ends": time(12), "by": side.people.front_desk}
    return note_day(user=side.people.colleague, site=side.site, day=day, **told)


def _access_review(side):
    nurse = side.people.nurse
    return raise_review("other", user=nurse, site=side.site, words="Matrix", dedupe_key=f"matrix:{nurse.pk}")


def _colleague_session(side):
    key = f"matrix-{side.people.colleague.pk}"[:40]
    facts = {"ip": "192.0.2.1", "user_agent": "Matrix", "session_key": key}
    return UserSession.objects.create(user=side.people.colleague, **facts)


NOUNS = {
    "access_review": _access_review,
    "colleague": lambda side: side.people.colleague,
    "colleague_session": _colleague_session,
    "closed_day": lambda side: close_day(
        site=side.site, day=clock.now().date() + timedelta(days=300), by=side.people.clinic_admin
    ),
    "absence": _absence,
    "shift_day": _shift_day,
    "amendment": _amendment,
    "wall_screen": _wall_screen,
    "letter_text": _letter_text,
    "document": _document,
    "patient": lambda side: side.patient,
    "seal_day": _seal_day,
    "test_order": _test_order,
    "test_result": _test_result,
    "twin": _twin,
    "merge": _merge,
    "site": lambda side: side.site,
    "chair": lambda side: side.site.chairs.first(),
    "policy": lambda side: side.site.policy,
    "alert_route": _alert_route,
    "user": lambda side: side.people.nurse,
    "membership": lambda side: side.people.nurse.memberships.first(),
    "later_visit": _later_visit,
    "task": _task,
    "alert": _alert,
    "message": _message,
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
    "patient_alert": lambda side: PatientAlert.objects.create(
        patient=side.patient, kind="falls", words="Has fallen", since=clock.now()
    ),
}
