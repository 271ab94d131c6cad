"""Questionnaires by link: one page each, nothing earlier shown, nothing typed lost, help at once."""

import datetime as dt

import pytest
import time_machine

from clinic.models import Alert, InstrumentResponse
from followup.actions import rounds
from followup.models import OpioidReport
from tests import factories
from tests.followup.conftest import NOW, TODAY
from tests.people import by_link, signed_in


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def course(pain_course, p):
    course = pain_course()
    factories.infusion(course=course, on=TODAY - dt.timedelta(days=7), nurse=p.nurse)
    return course


@pytest.fixture
def asked(course):
    return rounds.open_round(course=course, day=TODAY)


def come(asked, purpose="checkup"):
    about = asked if purpose == "checkup" else asked.course
    return by_link(
        asked.patient, asked.site, purpose, subject_kind=about._meta.label_lower, subject_id=about.pk
    )[0]  # fmt: skip


@pytest.fixture
def client(asked):
    return come(asked)


PEG = {"peg_1": "7", "peg_2": "0", "peg_3": "5"}


def test_the_pages_in_a_row(client, asked):
    assert client.get("/check-up/").content.count(b"<li>") == 5
    assert client.post("/check-up/pain/", PEG).url == "/check-up/mood/"
    phq = {f"phq9_{n}": "0" for n in range(1, 10)}
    assert client.post("/check-up/mood/", phq).url == "/check-up/worry/"
    gad = {f"gad7_{n}": "1" for n in range(1, 8)}
    assert client.post("/check-up/worry/", gad).url == "/check-up/life/"
    life = {"sleep_week": "4", "function_week": "5", "change_now": "2"}
    assert client.post("/check-up/life/", life).url == "/check-up/opioids/"
    assert client.post("/check-up/opioids/", {"takes": "no"}).url == "/check-up/done/"
    assert b"Your answers are saved" in client.get("/check-up/done/").content
    asked.refresh_from_db()
    assert asked.finished_at is not None
    assert InstrumentResponse.objects.count() == 6
    assert OpioidReport.objects.get().is_none


def test_from_the_diary_too_and_the_diary_says_so(asked):
    client = come(asked, "diary")
    assert b"How are you doing" in client.get("/check-up/").content
    assert b"Answer them now" in client.get("/diary/done/").content


def test_looking_shows_nothing_that_was_said(client):
    client.post("/check-up/pain/", PEG)
    page = client.get("/check-up/pain/").content.decode()
    assert "checked" not in page
    assert "Okafor" not in page


def test_blanks_are_asked_about_once_and_may_be_meant(client):
    answer = client.post("/check-up/pain/", {"peg_1": "7"})
    assert answer.status_code == 422
    assert b"leave some of them out" in answer.content
    assert client.post("/check-up/pain/", {"peg_1": "7", "sure": "on"}).status_code == 302
    assert not InstrumentResponse.objects.get().scorable


@pytest.mark.parametrize(("page", "typed"), [("pain", {"peg_1": "11"}), ("life", {"change_now": "9"})])
def test_a_wrong_value_is_answered_in_place(client, page, typed):
    assert client.post(f"/check-up/{page}/", typed).status_code == 422
    assert not InstrumentResponse.objects.exists()


def test_a_dark_answer_is_heard_also_on_a_page_with_blanks_and_help_stays(client):
    answer = client.post("/check-up/mood/", {"phq9_9": "1"})
    assert answer.status_code == 422
    assert Alert.objects.get().kind == "suicide"
    assert b"get help now" in client.get("/check-up/worry/").content


def test_painkillers_are_named_or_the_page_says_what_is_missing(client):
    assert client.post("/check-up/opioids/", {}).status_code == 422
    assert client.post("/check-up/opioids/", {"takes": "yes"}).status_code == 422
    answer = client.post("/check-up/opioids/", {"takes": "yes", "amount_2": "5", "name_1": "tramadol"})
    assert (answer.status_code, b"Choose which one this is" in answer.content) == (422, True)
    typed = {"takes": "yes", "name_1": "tramadol", "amount_1": "50", "times_1": "4"}
    assert client.post("/check-up/opioids/", typed).status_code == 302
    assert OpioidReport.objects.get().mme == 40


def test_a_closed_round_says_so_and_takes_nothing(asked):
    with time_machine.travel(NOW + dt.timedelta(days=6, hours=1)):
        client = come(asked)
        assert b"No questions just now" in client.get("/check-up/").content
        assert client.post("/check-up/pain/", PEG).status_code == 409
    assert not InstrumentResponse.objects.exists()


def test_only_with_a_link_and_only_the_own_round(asked, p):
    assert signed_in(p.nurse).get("/check-up/").status_code == 302
    stranger, _ = by_link(
        p.away_patient, p.prairie, "checkup", subject_kind="followup.questionround", subject_id=asked.pk
    )
    assert b"No questions just now" in stranger.get("/check-up/").content
    assert stranger.post("/check-up/pain/", PEG).status_code == 404
    assert come(asked).get("/check-up/nowhere/").status_code == 404
