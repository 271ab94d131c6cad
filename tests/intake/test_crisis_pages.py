"""What a patient reads after an answer about suicide: whom to call, and plainly until when nobody reads it."""

import datetime as dt
import re

import pytest
import time_machine

from clinic.actions import setup
from clinic.models import Alert, AlertRoute, ClosedDay, Patient, RouteStep
from clinic.presenters.crisis import Crisis, digits_of
from tests import factories
from tests.intake.packets import TYPED, invited
from tests.people import by_link, people

# Wednesday 18 November 2026, 14:00 and 22:00 in New York; the site is open from 8 to 18 every day.
DAY = dt.datetime(2026, 11, 18, 19, 0, tzinfo=dt.UTC)
NIGHT = dt.datetime(2026, 11, 19, 3, 0, tzinfo=dt.UTC)
WORRYING = TYPED["mood"] | {"phq9_9": "2", "version": "0", "do": "continue"}


@pytest.fixture
def p(db):
    with time_machine.travel(DAY - dt.timedelta(days=1), tick=False):
        return people()


def helped(p, at, typed=WORRYING, **more):
    """The page after a worrying answer was saved at this moment."""
    with time_machine.travel(at, tick=False):
        packet = invited(p)
        about = {"subject_kind": "intake.packet", "subject_id": packet.pk}
        client, _ = by_link(p.patient, p.site, "packet", **about)
        response = client.post("/packet/mood/", typed, follow=True, **more)
        return response, _said(response)


def _said(response):
    page = response.content.decode()
    found = re.search(r'<section class="help-now" id="help".*?</section>', page, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found.group())) if found else ""


def on_call(p):
    route = AlertRoute(site=p.site)
    steps = [RouteStep(after_minutes=0, when="open", role="nurse")]
    steps.append(
        RouteStep(after_minutes=0, when="closed", whom="outside", name="On call", email="oncall@tideline.example")
    )
    setup.set_route(route=route, steps=steps, by=p.clinic_admin)


READ = [
    ("by day", DAY, False, "are told now. They will call you"),
    ("at night with somebody on call", NIGHT, True, "The person who is on call is told now"),
    ("at night without", NIGHT, False, "Nobody at the clinic reads this before Thursday 19 November at 8:00 am."),
    ("just before closing", DAY + dt.timedelta(hours=3, minutes=50), False,
     "Perhaps nobody at the clinic reads this before Thursday 19 November at 8:00 am."),
]  # fmt: skip


@pytest.mark.parametrize(("at", "has_on_call", "words"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_until_when_nobody_reads_stands_beside_988(p, at, has_on_call, words):
    if has_on_call:
        on_call(p)
    response, said = helped(p, at)
    assert words in said
    assert "Call 988" in said
    page = response.content.decode()
    assert 'href="tel:988"' in page
    assert 'href="sms:988"' in page
    assert f'href="tel:{digits_of(p.site.phone)}"' in page
    assert 'href="tel:911"' in page


def test_a_closed_day_moves_it_on(p):
    ClosedDay.objects.create(site=p.site, day=dt.date(2026, 11, 19))
    assert "before Friday 20 November at 8:00 am" in helped(p, NIGHT)[1]


def test_a_site_without_hours_promises_nothing(p):
    p.site.hours.all().delete()
    assert "We can’t say when someone at the clinic reads this." in helped(p, DAY)[1]


def test_the_hour_is_on_the_patients_own_clock(p):
    Patient.objects.filter(pk=p.patient.pk).update(zone_name="America/Los_Angeles")
    p.patient.refresh_from_db()
    assert "before Thursday 19 November at 5:00 am" in helped(p, NIGHT)[1]


def test_numbers_and_words_are_the_sites_own(p):
    factories.policy(
        at_site=p.site, at=DAY, crisis_phone="116 123", crisis_text_phone="", emergency_phone="112",
        crisis_words="Our own nurse line answers until midnight.",
    )  # fmt: skip
    response, said = helped(p, DAY + dt.timedelta(minutes=1))
    page = response.content.decode()
    assert 'href="tel:116123"' in page
    assert 'href="tel:112"' in page
    assert "sms:" not in page
    assert "988" not in page
    assert "Our own nurse line answers until midnight." in said


def test_readers_of_spanish_hear_of_the_line_in_spanish(p):
    Patient.objects.filter(pk=p.patient.pk).update(language="es")
    p.patient.refresh_from_db()
    response, said = helped(p, NIGHT)
    assert 'lang="es"' in response.content.decode()
    assert "988" in said
    assert "AYUDA" in said
    assert "Thank you for telling us" not in said
    assert "Nobody at the clinic" not in said


def test_who_saves_and_leaves_is_helped_on_the_list_of_steps(p):
    response, said = helped(p, NIGHT, WORRYING | {"do": "later"})
    assert response.redirect_chain[-1][0] == "/packet/?saved=1&help=1"
    assert "Call 988" in said
    assert Alert.objects.count() == 1


def test_a_page_with_errors_helps_at_once(p):
    typed = {"phq9_9": "1", "version": "0", "do": "continue"}
    response, said = helped(p, DAY, typed)
    assert response.status_code == 422
    assert "Call 988" in said


def test_the_words_stand_in_the_page_before_anything_is_chosen(p):
    with time_machine.travel(NIGHT, tick=False):
        packet = invited(p)
        about = {"subject_kind": "intake.packet", "subject_id": packet.pk}
        client, _ = by_link(p.patient, p.site, "packet", **about)
        page = client.get("/packet/mood/").content.decode()
    assert 'data-crisis-for="phq9_9" data-crisis-when="1 2 3"' in page
    assert "Nobody at the clinic reads this before Thursday 19 November at 8:00 am." in page
    assert "are told now" not in page
    assert 'id="help"' not in page


def test_nothing_worrying_shows_nothing(p):
    response, said = helped(p, DAY, WORRYING | {"phq9_9": "0"})
    assert said == ""


def test_the_diary_says_the_same(p):
    with time_machine.travel(NIGHT, tick=False):
        version = factories.protocol_version()
        course = factories.course(of=p.patient, at_site=p.site, prescriber=p.prescriber, version=version)
        about = {"subject_kind": "clinic.course", "subject_id": course.pk}
        client, _ = by_link(p.patient, p.site, "diary", **about)
        page = client.get("/diary/")
        sent = {"client_id": page.context["form"]["client_id"].value(), "words": "I want to die"}
        done = client.post("/diary/", sent, follow=True).content.decode()
    assert "Nobody at the clinic reads this before Thursday 19 November at 8:00 am." in done
    alert = Alert.objects.get()
    assert alert.kind == "suicide"
    assert alert.notices.count() == 4


@pytest.mark.parametrize(
    ("typed", "digits"), [("988", "988"), ("+1 (555) 010-0", "+15550100"), ("", ""), (" 911 ", "911")]
)
def test_numbers_as_links(typed, digits):
    assert digits_of(typed) == digits


def test_before_a_site_is_set_up_it_is_the_united_states():
    help_now = Crisis(None)
    assert (str(help_now), help_now.text_phone, help_now.emergency, help_now.words) == ("988", "988", "911", "")
