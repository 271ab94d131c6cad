"""The record's promises, tried against the database itself as the application role."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from clinic import audit
from clinic.models import (
    APPOINTMENT,
    Appointment,
    AuditEvent,
    Chair,
    ConsentText,
    Course,
    Membership,
    Patient,
    Protocol,
    ProtocolDrug,
    ProtocolVersion,
    ResourceClaim,
    Role,
    Site,
    SitePolicy,
    StateChange,
    User,
)
from clinic.refusal import Refused
from clinic.states import transition

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)


@contextmanager
def refused_by_database(*words):
    """The block ends in a refusal of the database that names the rule; the rest of the test goes on."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    for word in words:
        assert word in str(caught.value)


@pytest.fixture
def site():
    return Site.objects.create(name="North", short_name="North", zone_name="America/New_York", phone="555-0100")


@pytest.fixture
def nurse():
    return User.objects.create_user("nurse@example.org", "not a real password", name="Amara Osei")


@pytest.fixture
def patient():
    return Patient.objects.create(
        record_number="TL-1",
        family_name="Okafor",
        given_name="Ngozi",
        born_on=date(1978, 11, 3),
        zone_name="America/New_York",
        added_at=NOON,
    )


@pytest.fixture
def version():
    protocol = Protocol.objects.create(name="Test protocol", purpose="mood")
    return ProtocolVersion.objects.create(protocol=protocol, infusion_minutes=40)


def book(patient, site, start, hours=1, **fields):
    return Appointment.objects.create(
        patient=patient,
        site=site,
        kind="infusion",
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        zone_name=site.zone_name,
        booked_at=NOON,
        **fields,
    )


def claim(appointment, lane=0, **resource):
    return ResourceClaim.objects.create(
        appointment=appointment, during=(appointment.starts_at, appointment.ends_at), lane=lane, **resource
    )


def test_a_chair_is_never_booked_twice(site, patient):
    chair = Chair.objects.create(site=site, label="1")
    claim(book(patient, site, NOON), chair=chair)
    with refused_by_database("never_booked_twice"):
        claim(book(patient, site, NOON + timedelta(minutes=59)), chair=chair)
    claim(book(patient, site, NOON + timedelta(hours=1)), chair=chair)


def test_a_nurse_has_as_many_lanes_as_are_used_and_a_chair_only_one(site, patient, nurse):
    for lane in range(3):
        claim(book(patient, site, NOON), lane=lane, user=nurse)
    with refused_by_database("never_booked_twice"):
        claim(book(patient, site, NOON), lane=2, user=nurse)
    with refused_by_database("claim_lanes_of_staff_only"):
        claim(book(patient, site, NOON), lane=1, chair=Chair.objects.create(site=site, label="1"))


def test_a_cancelled_visit_frees_its_claims_whoever_cancels_it(site, patient):
    chair = Chair.objects.create(site=site, label="1")
    first = book(patient, site, NOON)
    claim(first, chair=chair)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clinic_appointment SET state = 'cancelled' WHERE id = %s", [first.pk])
    claim(book(patient, site, NOON), chair=chair)


def test_a_series_shifts_onto_its_own_slots_in_one_step(site, patient):
    claims = [claim(book(patient, site, NOON + timedelta(days=7 * week)), patient=patient) for week in range(6)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS never_booked_twice DEFERRED")
        cursor.execute(
            "UPDATE clinic_resourceclaim SET during = tstzrange(lower(during) + interval '7 days',"
            " upper(during) + interval '7 days') WHERE patient_id = %s",
            [patient.pk],
        )
        cursor.execute("SET CONSTRAINTS never_booked_twice IMMEDIATE")
    claims[0].refresh_from_db()
    assert claims[0].during.lower == NOON + timedelta(days=7)


def test_a_claim_is_of_one_resource_for_one_reason(site, patient, nurse):
    visit = book(patient, site, NOON)
    with refused_by_database("claim_of_one_resource"):
        claim(visit, user=nurse, patient=patient)
    with refused_by_database("claim_of_appointment_or_hold"):
        ResourceClaim.objects.create(user=nurse, during=(NOON, NOON + timedelta(hours=1)))


@pytest.mark.parametrize("frm", APPOINTMENT.states)
def test_the_database_knows_the_state_table_too(site, patient, frm):
    visit = book(patient, site, NOON, state=frm)
    for to in APPOINTMENT.states:
        with transaction.atomic():
            point = transaction.savepoint()
            if to == frm or APPOINTMENT.can(frm, to):
                Appointment.objects.filter(pk=visit.pk).update(state=to)
            else:
                with refused_by_database("transition"):
                    Appointment.objects.filter(pk=visit.pk).update(state=to)
            transaction.savepoint_rollback(point)


def test_a_transition_leaves_who_when_and_why(site, patient, nurse):
    visit = book(patient, site, NOON)
    transition(visit, "cancelled", by=nurse, at=NOON, machine=APPOINTMENT, reason="rain")
    row = StateChange.objects.get(subject_id=visit.pk)
    assert (row.from_state, row.to_state, row.by_user, row.at, row.reason) == (
        "booked",
        "cancelled",
        nurse,
        NOON,
        "rain",
    )
    with pytest.raises(Refused):
        transition(visit, "booked", by=nurse, at=NOON, machine=APPOINTMENT)


def test_an_approved_protocol_is_frozen_with_all_its_rows(version, nurse):
    drug = ProtocolDrug.objects.create(
        version=version,
        basis="mg/kg",
        dose=Decimal("0.5"),
        dose_min=Decimal("0.1"),
        dose_max=Decimal(1),
        max_rate=Decimal(1),
        max_total_mg=100,
        strength_mg_ml=2,
    )
    version.approved_at, version.approved_by = NOON, nurse
    version.save()
    version.words = "changed"
    with refused_by_database("update"):
        version.save()
    drug.dose = Decimal("0.6")
    with refused_by_database("frozen"):
        drug.save()
    with refused_by_database("frozen"):
        drug.delete()
    with refused_by_database("frozen"):
        ProtocolDrug.objects.create(
            version=version,
            drug="lidocaine",
            basis="mg/kg",
            dose=1,
            dose_min=1,
            dose_max=1,
            max_rate=1,
            max_total_mg=100,
            strength_mg_ml=2,
        )


def test_at_and_by_come_in_pairs(version):
    version.approved_at = NOON
    with refused_by_database("protocol_version_approved_at_and_by"):
        version.save()


def test_a_published_consent_text_is_frozen(nurse):
    text = ConsentText.objects.create(kind="treatment", title="Treatment", body="Words")
    text.body = "Better words"
    text.save()
    text.published_at, text.published_by = NOON, nurse
    text.save()
    text.body = "Other words"
    with refused_by_database("update"):
        text.save()


def test_a_settings_row_is_never_edited(site):
    policy = SitePolicy.objects.create(site=site, set_at=NOON)
    policy.nurse_lanes = 4
    with refused_by_database():
        policy.save()
    SitePolicy.objects.create(site=site, set_at=NOON + timedelta(days=1), nurse_lanes=4)
    assert Site.objects.get(pk=site.pk).policy.nurse_lanes == 4


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clinic_auditevent SET verb = 'nothing'",
        "DELETE FROM clinic_auditevent",
        "TRUNCATE clinic_auditevent",
        "ALTER TABLE clinic_auditevent DISABLE TRIGGER ALL",
        "DELETE FROM clinic_patient",
        "DELETE FROM clinic_appointment",
    ],
)
def test_the_application_role_cannot(statement, patient):
    audit.record("patient.added", patient, by=None)
    with refused_by_database(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_audit_keeps_the_true_time_and_marks_the_demo(patient, nurse):
    before = datetime.now(UTC)
    with audit.context(demo=True, address="127.0.0.1"):
        event = audit.record("patient.added", patient, by=nurse, at=NOON)
    event = AuditEvent.objects.get(pk=event.pk)
    assert event.acted_for == NOON
    assert before - timedelta(minutes=1) < event.at
    assert (event.demo, event.user, event.patient, event.address) == (True, nurse, patient, "127.0.0.1")
    assert event.xact, "the writing transaction is kept for the sealer"


def test_an_actor_is_a_person_or_the_system(patient):
    with pytest.raises(TypeError):
        audit.record("patient.added", patient, by="somebody")
    assert audit.record("packet.saved", patient, by=patient).actor_kind == "patient"
    assert audit.record("message.sent", patient, by=None).actor_kind == "system"


def test_a_role_is_held_once_and_can_be_held_again(site, nurse):
    held = Membership.objects.create(user=nurse, site=site, role=Role.NURSE, since=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=nurse, site=site, role=Role.NURSE, since=NOON)
    held.until = NOON + timedelta(days=1)
    held.save()
    Membership.objects.create(user=nurse, site=site, role=Role.NURSE, since=NOON + timedelta(days=2))
    assert Membership.objects.active(NOON + timedelta(hours=1)).count() == 1
    assert Membership.objects.active(NOON + timedelta(days=1, hours=1)).count() == 0


def test_a_course_needs_a_dose_above_zero(site, patient, nurse, version):
    with refused_by_database("course_dose_above_zero"):
        Course.objects.create(
            patient=patient,
            site=site,
            protocol_version=version,
            reason="crps",
            planned_number=6,
            spacing_days=3,
            dose=0,
            dose_basis="mg/kg",
            opened_at=NOON,
            prescriber=nurse,
        )


def test_opening_hours_close_after_they_open(site):
    with refused_by_database("hours_close_after_open"):
        site.hours.create(weekday=0, opens=time(17), closes=time(9))
