"""The task list and the outbox: who reads what, who may do what, and no query more for a hundred rows."""

import datetime as dt

import pytest
from django.urls import reverse

from clinic import clock
from clinic.actions.alerts import raise_alert
from clinic.actions.tasks import open_task
from clinic.models import Alert, Message
from tests import factories
from tests.people import people, searched, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
TASKS, OUTBOX = "/tasks/", "/outbox/"


p = standing(people)


def task(p, title="Pain 9: far worse.", for_role="nurse", hours=2, **fields):
    due_at = clock.now() + dt.timedelta(hours=hours)
    return open_task(
        "call_back", title=title, neutral_title="Needs a clinician: ask the nurse.", site=p.site, patient=p.patient,
        due_at=due_at, by=None, for_role=for_role, **fields,
    )  # fmt: skip


def alert(p):
    return raise_alert("suicide", patient=p.patient, site=p.site, words="Wrote of wanting to die.", by=p.patient)


def message(p, state="failed", **fields):
    at = clock.now()
    made = {"kind": "reminder_day", "patient": p.patient, "site": p.site, "due_at": at, "next_attempt_at": at}
    made |= {"queued_at": at, "dedupe_key": f"k{Message.objects.count()}", "state": state}
    return Message.objects.create(**made | {"sent_at": at if state == "sent" else None} | fields)


def text(user, url):
    return signed_in(user).get(url).content.decode()


def test_clinicians_read_what_it_is_about_and_the_front_desk_does_not(p):
    task(p)
    alert(p)
    nurse, desk = text(p.nurse, TASKS), text(p.front_desk, TASKS + "?show=all")
    assert "Pain 9: far worse." in nurse
    assert "Wrote of wanting to die." in nurse
    assert "Needs a clinician" in desk
    for secret in ("Pain 9", "wanting to die", "suicide"):
        assert secret not in desk


def test_a_tasks_own_page_keeps_the_secret_too(p):
    made = task(p, for_role="front_desk", details="She sounded low.")
    page = text(p.front_desk, reverse("clinic:task-show", args=[made.pk]))
    assert "She sounded low" not in page
    assert "Pain 9" not in page


def test_overdue_is_said(p):
    task(p, hours=-2)
    assert "Overdue" in text(p.nurse, TASKS)


def test_an_alert_is_taken_with_words_by_a_clinician(p):
    made = alert(p)
    url = reverse("clinic:alert-acknowledge", args=[made.pk])
    assert signed_in(p.front_desk).post(url, {"done_words": "x"}).status_code == 403
    empty = signed_in(p.nurse).post(url, {"done_words": "  "})
    assert empty.status_code == 422
    assert b"Write what you did or will do" in empty.content
    assert signed_in(p.nurse).post(url, {"done_words": "called her"}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.acknowledged_by, made.done_words) == ("acknowledged", p.nurse, "called her")
    assert "called her" in text(p.nurse, TASKS)


def test_the_second_one_to_take_it_is_told(p):
    url = reverse("clinic:alert-acknowledge", args=[alert(p).pk])
    signed_in(p.nurse).post(url, {"done_words": "called her"})
    assert signed_in(p.colleague).post(url, {"done_words": "called her too"}).status_code == 409


def test_only_what_is_taken_can_be_settled(p):
    made = alert(p)
    url = reverse("clinic:alert-close", args=[made.pk])
    assert signed_in(p.nurse).post(url).status_code == 409
    signed_in(p.nurse).post(reverse("clinic:alert-acknowledge", args=[made.pk]), {"done_words": "called her"})
    assert signed_in(p.nurse).post(url).status_code == 302
    assert Alert.objects.get().state == "closed"


def test_a_task_is_finished_with_what_came_of_it(p):
    url = reverse("clinic:task-show", args=[task(p).pk])
    assert signed_in(p.nurse).post(url, {"outcome": "reached, feels fine"}).status_code == 302
    assert signed_in(p.colleague).post(url, {"outcome": "again"}).status_code == 403
    assert "reached, feels fine" in text(p.nurse, TASKS + "?show=done")


def test_the_front_desk_finishes_its_own_tasks_only(p):
    nurses, own = task(p), task(p, for_role="front_desk")
    desk = signed_in(p.front_desk)
    assert desk.post(reverse("clinic:task-show", args=[nurses.pk])).status_code == 403
    assert desk.post(reverse("clinic:task-show", args=[own.pk])).status_code == 302


@pytest.mark.parametrize("name", ["task-show", "alert-acknowledge", "message-retry"])
def test_another_sites_row_is_not_found(p, name):
    made = {"task-show": task, "alert-acknowledge": alert, "message-retry": message}[name](p)
    url = reverse(f"clinic:{name}", args=[made.pk])
    assert signed_in(p.stranger).post(url, {"done_words": "x"}).status_code == 404


def test_an_empty_list_says_what_will_come(p):
    assert "They come here by themselves" in text(p.nurse, TASKS)
    assert "Nothing here" in text(p.nurse, OUTBOX)


def test_the_outbox_shows_what_needs_a_person_first(p):
    message(p, "unknown", last_error="the line broke while sending")
    message(p, "sent")
    page = text(p.front_desk, OUTBOX)
    assert "1 message needs a look" in page
    assert "Unknown, check" in page
    assert "A day before a visit" in page
    assert p.patient.email not in page


def test_no_words_and_no_context_of_a_message_are_shown(p):
    message(p, "sent", context={"when": "a time of mine"})
    assert "a time of mine" not in text(p.nurse, OUTBOX + "?show=sent")


def test_found_by_name_and_number(p):
    message(p)
    other = factories.patient(at_site=p.site, family_name="Zimt")
    message(p, patient=other)
    client = signed_in(p.nurse)
    assert "OKAFOR" not in searched(client, OUTBOX, who="zim").content.decode()
    assert "OKAFOR" in searched(client, OUTBOX, who=p.patient.record_number).content.decode()


DECIDED = [("message-retry", "due"), ("message-resolve", "sent"), ("message-withdraw", "withdrawn")]


@pytest.mark.parametrize(("name", "state"), DECIDED)
def test_a_person_decides_about_an_unknown_one(p, name, state):
    made = message(p, "unknown")
    assert signed_in(p.front_desk).post(reverse(f"clinic:{name}", args=[made.pk])).status_code == 302
    made.refresh_from_db()
    assert made.state == state


def test_what_is_sent_stays_sent(p):
    made = message(p, "sent")
    assert signed_in(p.front_desk).post(reverse("clinic:message-retry", args=[made.pk])).status_code == 409


def test_looking_changes_nothing(p):
    made = message(p)
    for name in ("message-retry", "message-resolve", "message-withdraw"):
        assert signed_in(p.front_desk).get(reverse(f"clinic:{name}", args=[made.pk])).status_code == 405


@pytest.mark.parametrize("url", [TASKS, OUTBOX])
def test_a_hundred_rows_ask_no_more_than_one(p, url, django_assert_num_queries, django_assert_max_num_queries):
    client = signed_in(p.nurse)
    _fill(p, 1)
    client.get(url)  # the first visit after a sign-in writes down, once, who signed in here
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    _fill(p, 100)
    with django_assert_num_queries(len(few)):
        client.get(url)


def _fill(p, count):
    for _ in range(count):
        patient = factories.patient(at_site=p.site)
        message(p, patient=patient)
        task(p)
    alert(p)


def test_pages_of_twenty_five(p):
    for _ in range(27):
        message(p)
    assert text(p.nurse, OUTBOX).count("<tr>") == 26
    assert text(p.nurse, OUTBOX + "?page=2").count("<tr>") == 3
