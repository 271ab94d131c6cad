"""The demo clinic is made by the product's own actions: a few of its stories are played here, all of them by ./run."""

from decimal import Decimal

import pytest

from clinic import audit, clock
from clinic.dev.demo import cast, today, world
from clinic.dev.demo.body import body_of
from clinic.dev.demo.stories import TELLERS, TREATED, story_of
from clinic.models import AuditEvent, ProtocolVersion, Site
from followup.models import DiaryEntry
from sessions.models import InfusionSession
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
        world.play([story_of(person, body_of(person, 7), here, 0) for person in people])
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
    assert {alert.kind for site in Site.objects.all() for alert in site.alerts.all()} == {"suicide"}


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
