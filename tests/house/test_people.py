"""The people of the tests are who they say they are."""

from clinic.models import PatientSite, Role
from tests import factories
from tests.people import people
from tests.standing import standing

everyone = standing(people)


def test_each_role_is_held_at_one_site_only(everyone):
    for role in Role.values:
        assert [m.site for m in everyone.by_role(role).memberships.active()] == [everyone.harbor]
        assert [m.site for m in everyone.away[role].memberships.active()] == [everyone.prairie]


def test_patients_are_seen_at_their_own_site(everyone):
    assert PatientSite.objects.get(patient=everyone.patient).site == everyone.harbor
    assert PatientSite.objects.get(patient=everyone.away_patient).site == everyone.prairie


def test_an_approved_protocol_carries_a_course_and_a_visit(everyone):
    version = factories.protocol_version(approved_by=everyone.prescriber)
    course = factories.course(
        of=everyone.patient, at_site=everyone.harbor, prescriber=everyone.prescriber, version=version
    )
    chair = everyone.harbor.chairs.first()
    visit = factories.appointment(
        of=everyone.patient, at_site=everyone.harbor, chair=chair, nurse=everyone.nurse, course=course
    )
    assert version.protocol.current == version
    assert visit.claims.count() == 3
