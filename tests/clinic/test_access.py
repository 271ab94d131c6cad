"""Who sees whom: sites, roles, field classes, merged records, and what a look leaves behind."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404

from clinic import access, clock
from clinic.models import Appointment, AuditEvent, PatientMerge, PatientSite, Role
from clinic.models.base import MENTAL
from tests import factories
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def asking(user, *roles):
    """What a view gets to see of a request: the user, the door it declared, memberships and site."""
    request = SimpleNamespace(user=user, session={}, door=access.Door("staff", roles=roles or access.ALL_ROLES))
    request.memberships = access.memberships_of(user) if user.is_authenticated else []
    request.site = access.current_site(request)
    return request


def test_staff_see_the_patients_of_their_sites_only(p):
    assert list(access.patients_for(asking(p.nurse))) == [p.patient]
    assert list(access.patients_for(asking(p.stranger))) == [p.away_patient]
    assert list(access.patients_for(asking(AnonymousUser()))) == []


def test_a_foreign_id_answers_like_an_absent_one(p):
    for pk in (p.away_patient.pk, "00000000-0000-0000-0000-000000000000"):
        with pytest.raises(Http404):
            access.get_patient_or_404(asking(p.nurse), pk)


def test_only_sites_where_the_user_holds_a_role_of_the_view_count(p):
    factories.places.Membership.objects.create(user=p.nurse, site=p.prairie, role=Role.FRONT_DESK, since=clock.now())
    assert set(access.patients_for(asking(p.nurse))) == {p.patient, p.away_patient}
    assert list(access.patients_for(asking(p.nurse, "nurse"))) == [p.patient]


def test_access_ends_with_the_membership(p):
    p.nurse.memberships.update(until=clock.now() - timedelta(seconds=1))
    assert list(access.patients_for(asking(p.nurse))) == []
    assert access.current_site(asking(p.nurse)) is None


def test_access_ends_when_the_patient_leaves_the_site(p):
    PatientSite.objects.filter(patient=p.patient).update(until=clock.now())
    with pytest.raises(Http404):
        access.get_patient_or_404(asking(p.nurse), p.patient.pk)


def test_a_look_is_recorded_once_a_request(p):
    request = asking(p.nurse)
    access.get_patient_or_404(request, p.patient.pk)
    access.get_patient_or_404(request, p.patient.pk)
    look = AuditEvent.objects.get(is_look=True, patient=p.patient)
    assert (look.user, look.site, look.subject_id) == (p.nurse, p.site, p.patient.pk)


def test_a_row_comes_through_its_patient_and_its_own_site(p):
    here = factories.appointment(of=p.patient, at_site=p.site)
    row = access.get_for_patient_or_404(asking(p.nurse), Appointment.objects.filter(pk=here.pk))
    assert row == here
    with pytest.raises(Http404):
        access.get_for_patient_or_404(asking(p.stranger), Appointment.objects.filter(pk=here.pk))
    # The patient is seen at both sites, but this visit belongs to the other one.
    PatientSite.objects.create(patient=p.patient, site=p.prairie, since=clock.now())
    with pytest.raises(Http404):
        access.get_for_patient_or_404(asking(p.stranger), Appointment.objects.filter(pk=here.pk))


@pytest.mark.parametrize(
    ("role", "sees"),
    [("front_desk", False), ("nurse", True), ("prescriber", True), ("clinic_admin", False), ("auditor", False)],
)
def test_mental_fields_are_for_clinicians(p, role, sees):
    assert access.sees(asking(p.by_role(role)), MENTAL) is sees


def test_the_chosen_site_counts_only_while_it_is_one_of_mine(p):
    request = asking(p.nurse)
    request.session["site"] = str(p.prairie.pk)
    assert access.current_site(request) == p.site
    factories.places.Membership.objects.create(user=p.nurse, site=p.prairie, role=Role.NURSE, since=clock.now())
    request = asking(p.nurse)
    access.choose_site(request, p.prairie)
    assert access.current_site(request) == p.prairie


def test_merged_records_are_one_person_until_it_is_undone(p):
    twin = factories.patient(at_site=p.site, given_name="Ngozi", family_name="Okafor-Twin")
    merge = PatientMerge.objects.create(
        kept=p.patient, merged=twin, reason="same person", merged_at=clock.now(), merged_by=p.nurse
    )
    assert factories.records_of(p.patient) == factories.records_of(twin) == {p.patient.pk, twin.pk}
    merge.undone_at, merge.undone_by = clock.now(), p.nurse
    merge.save()
    assert factories.records_of(p.patient) == {p.patient.pk}
