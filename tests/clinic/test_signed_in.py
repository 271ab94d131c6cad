"""Who a request comes from: read in two compiled questions, and gone at once when the session or the person is."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client

from clinic import clock, signed_in
from clinic.models import Membership
from tests.people import people
from tests.people import signed_in as browser_of


@pytest.fixture
def nurse(db):
    return people().nurse


def test_the_person_is_known_by_both_doors_of_the_sign_in(nurse):
    for door in (signed_in.ByUsername(), signed_in.ByEmail()):
        assert door.get_user(str(nurse.pk)) == nurse
        assert door.get_user("no id") is None
        assert door.get_user("7d1b4f6e-0000-4000-8000-000000000000") is None


def test_a_person_switched_off_is_nobody_at_once(nurse):
    browser = browser_of(nurse)
    assert browser.get("/tasks/").status_code == 200
    nurse.is_active = False
    nurse.save(update_fields=["is_active"])
    assert browser.get("/tasks/").status_code == 302
    assert signed_in.ByEmail().get_user(nurse.pk) is None


def test_a_session_past_its_time_lets_nobody_in(nurse):
    browser = browser_of(nurse)
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    assert browser.get("/tasks/").status_code == 302


def test_a_key_nobody_gave_out_opens_nothing(nurse):
    stranger = Client()
    stranger.cookies["sessionid"] = "x" * 32
    assert stranger.get("/tasks/").status_code == 302


def test_session_and_person_with_what_they_hold_take_one_statement_each(nurse, django_assert_num_queries):
    key = browser_of(nurse).session.session_key
    signed_in.SessionStore(key).load()
    with django_assert_num_queries(2):
        said = signed_in.SessionStore(key).load()
        person = signed_in.ByEmail().get_user(said["_auth_user_id"])
    assert person == nurse
    assert [one.role for one in person.holds_now] == ["nurse"]


def test_who_holds_nothing_is_known_all_the_same(nurse):
    Membership.objects.filter(user=nurse).update(until=clock.now() - timedelta(seconds=1))
    person = signed_in.ByEmail().get_user(str(nurse.pk))
    assert person == nurse
    assert not hasattr(person, "holds_now")


def two_requests_at_once(browser):
    key = browser.session.session_key
    both = signed_in.SessionStore(key), signed_in.SessionStore(key)
    for store in both:
        store.get("x")  # both have read before either writes
    return both


def test_a_refresh_beside_it_takes_no_lock_away(nurse):
    page, refresh = two_requests_at_once(browser_of(nurse))
    page["locked_at"], page["seen_at"] = 12.0, 12.0
    page.save()
    refresh["looks"] = {"board": 13.0}
    refresh.save()
    said = signed_in.SessionStore(page.session_key).load()
    assert (said["locked_at"], said["seen_at"], said["looks"]) == (12.0, 12.0, {"board": 13.0})
    assert refresh["locked_at"] == 12.0, "the later writer knows of it"


def test_what_a_request_took_out_is_out_and_what_another_put_in_stays(nurse):
    browser = browser_of(nurse)
    begun = browser.session
    begun["typed"], begun["kept"] = "words", "as it was"
    begun.save()
    one, other = two_requests_at_once(browser)
    one["new"] = 1
    one.save()
    del other["typed"]
    other.save()
    other["more"] = 2
    other.save()
    said = signed_in.SessionStore(one.session_key).load()
    assert "typed" not in said
    assert (said["kept"], said["new"], said["more"]) == ("as it was", 1, 2)


def test_a_session_that_ended_is_not_written_again(nurse):
    one, other = two_requests_at_once(browser_of(nurse))
    key = one.session_key
    one.flush()
    other["looks"] = {"board": 13.0}
    with pytest.raises(UpdateError):
        other.save()
    assert not Session.objects.filter(session_key=key).exists()


def test_a_save_alone_takes_one_statement(nurse, django_assert_num_queries):
    one = signed_in.SessionStore(browser_of(nurse).session.session_key)
    one["looks"] = {"board": 13.0}
    with django_assert_num_queries(1):
        one.save()
