"""Booking runs the rules again: what appeared since the approval refuses it until a prescriber decides."""

import pytest

from clinic.models import Appointment, Task
from clinic.refusal import Refused
from followup.actions import booking, planning
from intake.actions.findings import settle_new_findings
from intake.actions.medicines import keep_new_medicines
from intake.models import Finding
from tests import factories
from tests.followup.actions.test_planning import plan, wishes
from tests.followup.approvals import approved

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(p):
    approved(p.patient, site=p.site, by=p.prescriber)
    version = factories.protocol_version(approved_by=p.prescriber)
    return planning.sign_plan(course=plan(p, version), by=p.prescriber)


def tell(p, *names):
    """Somebody noted a medicine, and no rule has run since."""
    keep_new_medicines(patient=p.patient, site=p.site, names=names, visit=p.patient.pk, by=p.nurse)


def one(p, course):
    at = wishes(p)[0].starts_at
    return booking.book_visit(
        patient=p.patient, site=p.site, kind="infusion", course=course, starts_at=at, by=p.front_desk
    )  # fmt: skip


def series(p, course):
    return booking.book_series(course=course, wishes=wishes(p), by=p.front_desk)


@pytest.mark.parametrize("book", [one, series])
def test_a_new_finding_refuses_the_booking_and_waits_for_a_prescriber(p, course, book):
    tell(p, "theophylline")
    with pytest.raises(Refused) as refused:
        book(p, course)
    assert [item.code for item in refused.value.items] == ["finding-takes-theophylline"]
    assert refused.value.neutral == "Needs a clinician: ask the prescriber."
    assert not Appointment.objects.filter(course=course).exists()
    row = Finding.objects.new().get(would_be="needs_action")
    assert (row.stage, row.occasion_kind, row.occasion_id) == ("booking", "course", course.pk)
    assert Task.objects.get(kind="review").state == "open"
    settle_new_findings(findings=[row], site=p.site, resolution="handled", reason="Stopped last week.", by=p.prescriber)
    assert book(p, course)


def test_a_caution_is_kept_and_refuses_nothing(p, course):
    tell(p, "Ativan")
    assert one(p, course)
    assert Finding.objects.new().get(rule="takes-benzodiazepine").level == "warn"


def test_a_consultation_asks_no_rule(p, course):
    tell(p, "theophylline")
    made = booking.book_visit(
        patient=p.patient, site=p.site, kind="consultation", starts_at=wishes(p)[0].starts_at, by=p.front_desk
    )  # fmt: skip
    assert made.pk
    assert not Finding.objects.new().exists()
