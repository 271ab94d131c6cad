"""The patient's visits by link: confirm, cancel, another time, an earlier time; only their own, only while it holds."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import Task
from followup.models import WaitlistEntry
from tests import factories
from tests.people import by_link, signed_in


@pytest.fixture
def visit(p):
    return factories.appointment(
        of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=5), kind="follow_up"
    )


@pytest.fixture
def client(p):
    return by_link(p.patient, p.site, "visits")[0]


def send(client, visit, verb, **fields):
    return client.post(f"/my-visits/{visit.pk}/{verb}/", {"version": visit.version} | fields)


def test_yes_confirms_and_saying_it_twice_is_once(client, visit):
    assert "Yes, I come" in client.get("/my-visits/").content.decode()
    assert send(client, visit, "yes").status_code == 302
    visit.refresh_from_db()
    assert visit.state == "confirmed"
    assert send(client, visit, "yes").status_code == 302
    assert "You have said that you come." in client.get("/my-visits/").content.decode()


def test_cancelling_frees_the_chair_with_its_reason_and_asks_the_desk_to_call(client, visit, p):
    assert send(client, visit, "cancel", code="ill", wants_other="on").status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.end_code) == ("cancelled", "ill")
    assert not visit.claims.filter(occupies=True).exists()
    task = Task.objects.get(kind="booking")
    assert (task.for_role, task.patient) == ("front_desk", p.patient)
    assert send(client, visit, "cancel", code="ill").status_code == 404, "it is no longer among their visits"


def test_cancelling_without_another_time_asks_nobody(client, visit):
    send(client, visit, "cancel", code="not_wanted")
    assert not Task.objects.exists()


def test_another_time_keeps_the_visit_and_is_asked_once(client, visit):
    asked = {"way": "later", "weekdays": ["0", "4"], "part": "morning", "words": "my pills make me sleepy"}
    assert send(client, visit, "other-time", **asked).status_code == 302
    send(client, visit, "other-time", **asked)
    visit.refresh_from_db()
    task = Task.objects.get(kind="booking")
    assert (visit.state, task.details) == ("booked", "my pills make me sleepy")
    assert task.neutral_title.startswith("Asks for another time: later, Monday, Friday, mornings.")
    assert "pills" not in task.neutral_title + task.title
    assert "You have asked for another time." in client.get("/my-visits/").content.decode()


def test_an_earlier_time_is_waited_for_and_no_longer(client, visit, p):
    assert send(client, visit, "sooner", weekdays=["2"], part="any", notice="24").status_code == 302
    entry = WaitlistEntry.objects.get()
    assert (entry.appointment, entry.weekdays, entry.notice_hours, entry.added_by) == (visit, [2], 24, None)
    assert entry.until_day == visit.starts_at.astimezone(p.site.zone).date()
    assert "No longer ask me" in client.get("/my-visits/").content.decode()
    assert send(client, visit, "stop-waiting").status_code == 302
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


@pytest.mark.parametrize("verb", ["yes", "cancel", "other-time", "sooner"])
def test_a_page_from_before_a_change_is_told_so(client, visit, verb):
    fields = {"code": "ill", "way": "either", "part": "any", "notice": "4"}
    answer = client.post(f"/my-visits/{visit.pk}/{verb}/", fields | {"version": visit.version + 1})
    if verb == "sooner":
        assert answer.status_code == 302, "waiting changes nothing about the visit"
        return
    assert answer.status_code == 409
    assert "has changed while the page was open" in answer.content.decode()


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("cancel", {}), ("other-time", {"way": "", "part": "any"}), ("sooner", {"part": "x", "notice": "4"})],
)
def test_what_is_missing_is_told_in_place_and_the_rest_is_kept(client, visit, verb, fields):
    answer = send(client, visit, verb, words="kept words", **fields)
    assert answer.status_code == 422
    assert verb != "other-time" or "kept words" in answer.content.decode()


@pytest.mark.parametrize("verb", ["yes", "cancel", "other-time", "sooner"])
def test_a_visit_under_way_is_for_the_desk(p, client, visit, verb):
    type(visit).objects.filter(pk=visit.pk).update(starts_at=clock.now() - dt.timedelta(minutes=1))
    fields = {"code": "ill", "way": "either", "part": "any", "notice": "4"}
    assert send(client, visit, verb, **fields).status_code in (409, 422)


def test_somebody_elses_visit_is_not_found(p, visit):
    stranger, _ = by_link(p.away_patient, p.prairie, "visits")
    assert stranger.get(f"/my-visits/{visit.pk}/cancel/").status_code == 404
    assert stranger.get(f"/my-visits/{visit.pk}/visit.ics").status_code == 404
    assert signed_in(p.nurse).post(f"/my-visits/{visit.pk}/yes/").status_code == 302


def test_looking_changes_nothing(client, visit):
    for verb in ("cancel", "other-time", "sooner"):
        assert client.get(f"/my-visits/{visit.pk}/{verb}/").status_code == 200
    visit.refresh_from_db()
    assert visit.state == "booked"
    assert not Task.objects.exists()


def test_the_calendar_file_is_the_same_entry_as_the_mails(client, visit):
    answer = client.get(f"/my-visits/{visit.pk}/visit.ics")
    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert f"UID:visit-{visit.pk}@tideline" in text.replace("\r\n ", "")
    assert "SEQUENCE:0" in text
    assert "nfusion" not in text


def test_queries_do_not_grow_with_visits(client, p, visit, django_assert_max_num_queries):
    for days in range(6, 14):
        factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=days))
    with django_assert_max_num_queries(16):
        client.get("/my-visits/")
