"""The demo clinic is made by the product's own actions: a few of its stories are played here, all of them by ./run."""

from datetime import timedelta
from decimal import Decimal

import pytest

from clinic import audit, clock, words
from clinic.dev.demo import cast, evenings, returned, today, world
from clinic.dev.demo.body import body_of
from clinic.dev.demo.stories import TELLERS, TREATED, story_of
from clinic.models import (
    Appointment,
    AuditEvent,
    BadAddress,
    DeliveryReport,
    Message,
    ProtocolVersion,
    Site,
    Task,
)
from clinic.notify.sender import sweep
from followup.models import DiaryEntry
from sessions.models import DayClose, InfusionSession
from sessions.queries.days import recent_days
from sessions.queries.ledger import balances

pytestmark = pytest.mark.django_db
TOLD = {"invited": 0, "packet_half": 3, "suicide_answer": 8, "declined": 9, "mid_series": 19, "today_alarm": 31}


@pytest.fixture
def played(settings):
    settings.NOTIFY_LOG_ONLY = True
    now = clock.now()
    with audit.context(demo=True):
        sites = world.make_places(now)
        world.approve_everything(world.make_staff(sites, now), now)
        here = world.World(now, seed=7, share=1)
        people = [cast.people()[number] for number in TOLD.values()]
        stories = [story_of(person, body_of(person, 7), here, 0) for person in people]
        world.play([*stories, *(evenings.count(here, place) for place in range(len(sites)))])
    return now


def test_there_are_forty_people_each_with_a_stage_that_has_a_story():
    people = cast.people()
    assert len(people) == 40
    assert len({(person.family, person.given) for person in people}) == 40
    assert all(person.stage in TREATED or person.stage in STAGES_TOLD for person in people)


STAGES_TOLD = {*TELLERS, *today.SEATS}


def test_the_same_seed_makes_the_same_bodies():
    person = cast.people()[19]
    assert body_of(person, 7).pain == body_of(person, 7).pain
    assert body_of(person, 7).pain != body_of(person, 8).pain


def test_stories_end_where_they_should(played):
    sessions = InfusionSession.objects.all()
    assert sessions.filter(ended_at__isnull=True).count() == 1, "one is running today"
    assert sessions.filter(ending="completed", signed_at__isnull=False).exists()
    assert DiaryEntry.objects.exists()
    assert ProtocolVersion.objects.filter(approved_at__isnull=True).count() == 0
    assert not booked_and_forgotten(played), "every visit of the past has its end"
    assert {alert.kind for site in Site.objects.all() for alert in site.alerts.all()} == {"suicide"}


def booked_and_forgotten(now):
    return Appointment.objects.filter(state__in=("booked", "confirmed"), starts_at__lt=now).exists()


def test_every_evening_that_is_over_is_closed(played):
    told = []
    evenings.close_days(world.World(played, 7, 1), played, told.append)
    runs = {begun_on(session) for session in InfusionSession.objects.filter(ended_at__isnull=True)}
    for site in Site.objects.all():
        today = words.today_in(site.zone, played)
        states = {day: state for day, _, state in recent_days(site, played) if day < today}
        open_days = {day for day, state in states.items() if state != "closed"}
        assert open_days <= runs, "after midnight yesterday has not ended while its infusion runs"
        assert len([line for line in told if line.startswith(f"  {site.short_name}, ")]) == len(open_days)
    assert DayClose.objects.filter(kind="closed").exists()


def begun_on(session):
    return session.started_at.astimezone(session.site.zone).date()


def test_the_cupboard_balances_to_the_milligram(played):
    """received = given + wasted + returned + in use + in stock, for every vial."""
    for site in Site.objects.all():
        for line in balances(site):
            had = line.balance
            assert had.received == had.given + had.wasted + had.returned + had.in_use_mg + had.in_stock
            assert had.in_stock >= Decimal(0)


def test_audit_keeps_the_true_time_and_marks_the_demo(played):
    events = AuditEvent.objects.filter(verb="entry.vitals")
    assert events.exists()
    assert not events.filter(demo=False).exists()
    assert events.filter(acted_for__lt=played).exists()
    assert not AuditEvent.objects.filter(at__lt=played).exists()


def test_some_mail_comes_back(played):
    noon = played.replace(hour=17, minute=0)  # in New York; mail waits while it is night there
    noon += timedelta(days=noon < played)
    while sweep(at=noon):
        continue
    returned.tell(noon)
    told = dict(DeliveryReport.objects.values_list("code", "told"))
    assert told["5.1.1"] == "bounced"
    assert BadAddress.objects.count() == 1, "nothing more goes where nobody lives"
    assert Message.objects.filter(state="failed", last_error="came back (5.1.1)").count() == 1
    assert Task.objects.filter(kind="message", state="open").exists()
