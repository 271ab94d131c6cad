"""What is kept and how long: for admins and auditors, counted, nothing deleted."""

from datetime import timedelta

import pytest

from clinic import clock
from clinic.models import BackupRun, Membership
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db


p = standing(people)


def test_it_is_the_admins_and_the_auditors(p):
    for role, status in (("clinic_admin", 200), ("auditor", 200), ("nurse", 403), ("front_desk", 403)):
        assert signed_in(getattr(p, role)).get("/kept/").status_code == status, role


def test_terms_are_the_sites_and_the_laws(p):
    page = signed_in(p.auditor).get("/kept/").content.decode()
    assert "Controlled drugs" in page
    assert "2 years" in page
    assert "6 years" in page
    assert "10 years" in page
    assert "Nothing is older than its term." in page


def test_what_is_past_its_term_is_named_and_stays(p, django_assert_max_num_queries):
    old = clock.now() - timedelta(days=7 * 366)
    BackupRun.objects.create(kind="dump", name="old", started_at=old, ended_at=old, outcome="ok")
    auditor = signed_in(p.auditor)
    auditor.get("/kept/")
    with django_assert_max_num_queries(35):
        page = auditor.get("/kept/").content.decode()
    assert "1 kind of record holds something older than its term" in page
    assert BackupRun.objects.count() == 1


def test_other_sites_are_not_counted(p):
    here = Membership.objects.filter(site=p.harbor).count()
    page = signed_in(p.clinic_admin).get("/kept/").content.decode()
    assert f'<td data-k="There are">{here}</td>' in page
    assert Membership.objects.count() > here
