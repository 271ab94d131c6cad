"""The patient's own pages about visits: an answer confirms, cancels or calls somebody, and holds."""

import datetime as dt

import pytest

from clinic import clock
from clinic.models import Appointment, ReadinessAnswer, Task
from tests import factories
from tests.people import by_link, signed_in


@pytest.fixture
def visit(p):
    return factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() + dt.timedelta(days=1))


@pytest.fixture
def client(p, visit):
    client, _ = by_link(p.patient, p.site, "readiness", subject_kind="clinic.appointment", subject_id=visit.pk)
    return client


READY = {"coming": "yes", "well": "yes", "ride": "yes", "new_medicines": "no"}


def send(client, **fields):
    return client.post("/readiness/", READY | fields)


def test_ready_confirms_the_visit_and_asks_nobody(client, visit):
    assert send(client).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, ReadinessAnswer.objects.get().ready, Task.objects.exists()) == ("confirmed", True, False)


def test_a_cold_and_no_ride_opens_one_task_for_the_nurse(client, visit):
    send(client, well="no", ride="no")
    task = Task.objects.get(kind="not_ready")
    assert (task.for_role, ReadinessAnswer.objects.get().ready) == ("nurse", False)
    assert task.title == "Does not feel well today. Has nobody to go home with yet."
    assert task.neutral_title == "Has nobody to go home with yet."


def test_no_ride_alone_is_for_the_front_desk(client):
    send(client, ride="no")
    assert Task.objects.get(kind="not_ready").for_role == "front_desk"


def test_cancelling_holds_and_frees_the_visit(client, visit):
    send(client, coming="cancel")
    visit.refresh_from_db()
    assert visit.state == "cancelled"
    assert not visit.claims.filter(occupies=True).exists()
    assert send(client).status_code == 409


def test_another_time_keeps_the_visit_until_somebody_called(client, visit):
    send(client, coming="other", words="mornings only")
    visit.refresh_from_db()
    assert visit.state == "booked"
    assert "Asks for another time." in Task.objects.get(kind="not_ready").title


def test_answering_again_is_a_later_row(client):
    send(client, ride="no")
    send(client)
    assert list(ReadinessAnswer.objects.values_list("ready", flat=True)) == [False, True]


@pytest.mark.parametrize("fields", [{"coming": ""}, {"coming": "maybe"}, {"well": "perhaps"}, {"words": "x" * 1001}])
def test_wrong_answers_are_told_in_place(client, fields):
    assert send(client, **fields).status_code == 422
    assert not ReadinessAnswer.objects.exists()


def test_looking_changes_nothing(client, visit):
    assert "We expect you on" in client.get("/readiness/").content.decode()
    visit.refresh_from_db()
    assert visit.state == "booked"


def test_a_visit_that_is_past_is_told_so(client, visit):
    Appointment.objects.filter(pk=visit.pk).update(starts_at=clock.now() - dt.timedelta(hours=2))
    assert send(client).status_code == 409


def test_another_patients_visit_is_not_found(p, visit):
    client, _ = by_link(p.away_patient, p.prairie, "readiness", subject_kind="clinic.appointment", subject_id=visit.pk)
    assert client.get("/readiness/").status_code == 404


def test_the_visits_ahead_in_the_clinics_time(p, visit):
    factories.appointment(of=p.patient, at_site=p.site, starts_at=clock.now() - dt.timedelta(days=9), state="done")
    client, _ = by_link(p.patient, p.site, "visits")
    page = client.get("/my-visits/").content.decode()
    assert page.count('aria-labelledby="v-') == 1
    assert "Harbor clinic" in page
    assert signed_in(p.nurse).get("/my-visits/").status_code == 302


def test_staff_reads_an_entry_through_the_door(p, pain_course):
    entry = factories.diary(course=pain_course(), day=dt.date(2026, 5, 14), pain=0, words="a bad night", call_me=True)
    url = f"/diary/entries/{entry.pk}/"
    page = signed_in(p.nurse).get(url).content.decode()
    assert "a bad night" in page
    assert "<dd>0</dd>" in page
    assert "Sleep" not in page
    assert signed_in(p.front_desk).get(url).status_code == 403
    assert signed_in(p.stranger).get(url).status_code == 404
