"""Messages in a browser: found, followed, sent again; rules set up; what a patient wants; in every size and theme."""

import datetime as dt

import pytest
import time_machine

from clinic import notify
from clinic.actions.deliveries import heard
from clinic.models import BadAddress, ChannelPause, Message, TextReply
from clinic.notify import sender
from clinic.rules.sending import NO_SUCH
from followup.actions import reminder_rules, reminders
from followup.models import ReminderRule
from tests import factories
from tests.followup.conftest import NOW
from tests.followup.test_browser_after import enter, sound
from tests.people import by_link, people, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def p(site_url, settings):
    """A patient with a phone, a visit, mail that went out, came back, failed, waits, and a text message in."""
    settings.SMS_TRANSPORT = "clinic.notify.sms.SmsTransport"
    made = people()
    made.patient.phone = "212 555 0177"
    made.patient.save()
    visit = factories.appointment(of=made.patient, at_site=made.site, starts_at=NOW + dt.timedelta(days=8))
    for number, kind in enumerate(("visit_cancelled", "visit_moved", "going_home")):
        notify.enqueue(kind, recipient=made.patient, site=made.site, dedupe_key=f"k{number}", due_at=NOW, by=made.nurse,
                       subject_kind="clinic.appointment", subject_id=visit.pk)  # fmt: skip
    sender.sweep()
    back = Message.objects.get(kind="visit_moved")
    heard(message=back, state="bounced", source="mail", code="5.1.1", failure=NO_SUCH, at=NOW)
    Message.objects.filter(kind="going_home").update(state="failed", last_error="refused (554)")
    reminders.plan_visit(appointment=visit, at=NOW)
    TextReply.objects.create(provider_id="x", sender="+1", words="I have a cold since Monday", meaning="words",
                             received_at=NOW, patient=made.patient, site=made.site)  # fmt: skip
    ChannelPause.objects.create(channel="sms", failures=2, since=NOW, until=NOW + dt.timedelta(minutes=1),
                                why="the SMS provider can't be reached")  # fmt: skip
    told = {"kind": "", "side": "after", "how": "local_time", "days": 1, "at": dt.time(9), "hours": None,
            "only": "came", "way": "", "message_kind": "visit_after"}  # fmt: skip
    reminder_rules.add_rule(site=made.site, by=made.clinic_admin, told=told)
    return made


LOOKS = [("desktop", ""), ("tablet", "dark"), ("phone", "dim")]


@pytest.mark.parametrize(("size", "theme"), LOOKS)
def test_every_page_of_messages(p, site_url, open_page, size, theme):
    page = open_page(size)
    enter(page, signed_in(p.clinic_admin), site_url, theme)
    message = Message.objects.get(kind="visit_moved")
    for name, path in {
        "outbox-look": "/outbox/",
        "outbox-due": "/outbox/?show=due",
        "message": f"/outbox/{message.pk}/",
        "patient-messages": f"/patients/{p.patient.pk}/messages/",
        "texts": "/outbox/texts/",
        "text": "/outbox/texts/reminder_day/",
        "reminders": "/reminders/",
        "reminder-add": "/reminders/add/",
        "health": "/health/",
    }.items():
        page.goto(path)
        sound(page, f"{name}-{size}")


def test_the_desk_finds_asks_and_sends_again(p, site_url, open_page):
    page = open_page("tablet")
    enter(page, signed_in(p.front_desk), site_url)
    page.goto("/outbox/")
    page.get_by_label("Recipient").fill("okafor")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="OKAFOR").first.click()
    page.get_by_role("heading", name="What happened").wait_for()
    page.get_by_role("link", name="OKAFOR").click()
    page.get_by_role("heading", name="Nothing goes to this address").wait_for()
    page.get_by_role("button", name="Use it again").click()
    page.get_by_text("It is used again.").wait_for()
    assert BadAddress.objects.get().cleared_by == p.front_desk
    page.goto("/outbox/")
    page.get_by_role("button", name="Send all 2 failed ones again").click()
    page.get_by_text("2 messages will be sent again.").wait_for()


def test_an_admin_switches_a_rule_off_at_this_site(p, site_url, open_page):
    page = open_page("tablet")
    enter(page, signed_in(p.clinic_admin), site_url)
    page.goto("/reminders/")
    page.get_by_role("button", name="Switch off: A week before a visit").click()
    page.get_by_text("Switched off at Harbor clinic.").wait_for()
    assert ReminderRule.objects.get(slot="week", site=p.site).is_on is False
    page.get_by_role("button", name="Switch on: A week before a visit").click()
    page.get_by_text("Switched on at Harbor clinic.").wait_for()
    page.get_by_role("link", name="Add a rule").first.click()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("There is a problem").wait_for()
    sound(page, "reminder-error")


def test_a_patient_chooses_texts_by_the_link(p, site_url, open_page):
    page = open_page("phone")
    client, _ = by_link(p.patient, p.site, "stop")
    enter(page, client, site_url)
    page.goto("/messages/")
    sound(page, "message-choices")
    page.get_by_role("group", name="Send me as a text message").get_by_label("Reminders of my visits").check(force=True)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It holds from now on.").wait_for()
    choice = p.patient.contact_choices.get(channel="sms", kind="reminder")
    assert (choice.agreed_at is not None, choice.how) == (True, "page")
