"""A private calendar: made and shown once, ended at once, neutral, nobody's but its owner's."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import AuditEvent, Membership
from followup.models import CalendarFeed
from tests import factories
from tests.people import signed_in


@pytest.fixture
def address(p):
    page = signed_in(p.nurse).post("/my-calendar/").content.decode()
    return "/calendar/" + page.split("/calendar/")[1].split('"')[0]


@pytest.fixture
def visit(p):
    chair = p.site.chairs.first()
    return factories.appointment(of=p.patient, at_site=p.site, nurse=p.nurse, chair=chair)


def feed(address, **headers):
    return signed_in().get(address, headers=headers)


def test_it_shows_when_and_where_and_never_who_or_what_for(p, visit, address):
    answer = feed(address)
    text = answer.content.decode().replace("\r\n ", "")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:booking-{visit.pk}@tideline" in text
    assert "SUMMARY:Chair 1" in text
    for word in ("Okafor", "Ngozi", "nfusion", "etamine", "ain"):
        assert word not in text.replace("Tideline//Visits", "").replace(p.site.short_name, "")
    assert AuditEvent.objects.filter(verb="look followup:feed", user=p.nurse, is_look=True).count() == 1


def test_a_colleague_sees_only_their_own(p, visit):
    page = signed_in(p.colleague).post("/my-calendar/").content.decode()
    mine = "/calendar/" + page.split("/calendar/")[1].split('"')[0]
    assert "VEVENT" not in feed(mine).content.decode()


def test_a_cancelled_visit_is_gone_and_a_moved_one_is_the_same_entry(p, visit, address):
    type(visit).objects.filter(pk=visit.pk).update(sequence=3)
    assert "SEQUENCE:3" in feed(address).content.decode()
    type(visit).objects.filter(pk=visit.pk).update(state="cancelled")
    assert "VEVENT" not in feed(address).content.decode()


def test_unchanged_is_told_in_a_word(visit, address):
    etag = feed(address).headers["ETag"]
    again = feed(address, **{"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_address_ends_the_old_one_and_ending_it_ends_it(p, visit, address):
    signed_in(p.nurse).post("/my-calendar/")
    assert feed(address).status_code == 404
    assert CalendarFeed.objects.filter(user=p.nurse, revoked_at__isnull=True).count() == 1
    assert signed_in(p.nurse).post("/my-calendar/end/").status_code == 302
    assert not CalendarFeed.objects.filter(user=p.nurse, revoked_at__isnull=True).exists()


def test_who_no_longer_works_here_has_no_calendar(p, visit, address):
    Membership.objects.filter(user=p.nurse).update(until=clock.now() - dt.timedelta(minutes=1))
    assert feed(address).status_code == 404
    Membership.objects.filter(user=p.nurse).update(until=None)
    type(p.nurse).objects.filter(pk=p.nurse.pk).update(is_active=False)
    assert feed(address).status_code == 404


def test_only_a_hash_is_kept_and_the_page_does_not_show_it_again(p, address):
    token = address.split("/")[-1].removesuffix(".ics")
    assert CalendarFeed.objects.get().token_hash != token
    assert token not in signed_in(p.nurse).get("/my-calendar/").content.decode()


def test_guessing_is_slowed_down(db):
    answers = [feed(f"/calendar/guess{n}.ics").status_code for n in range(62)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_roles(p):
    for somebody in (p.auditor, p.clinic_admin):
        assert signed_in(somebody).get("/my-calendar/").status_code == 403
    assert signed_in(p.front_desk).get("/my-calendar/").status_code == 200
