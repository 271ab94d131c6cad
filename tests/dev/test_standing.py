"""Rows that stand for many tests: made once, the same for each, and gone when nobody begins with them."""

import datetime as dt

import pytest
from django.db import IntegrityError

from clinic import clock
from clinic.models import Chair, Patient, Site
from tests import factories, standing
from tests.people import people
from tests.sessions import scene as scenes
from tests.standing import Layer, Pile

pytestmark = pytest.mark.django_db

everyone = standing.standing(people)


@pytest.mark.parametrize("turn", [1, 2])
def test_nobody_sees_what_the_test_before_wrote(everyone, turn):
    assert everyone.patient.given_name == "Ngozi"
    assert Patient.objects.get(pk=everyone.patient.pk).given_name == "Ngozi"
    Patient.objects.filter(pk=everyone.patient.pk).update(given_name="Somebody")
    everyone.patient.given_name = "Somebody"
    factories.patient(at_site=everyone.harbor)
    assert Patient.objects.count() == 3


def test_a_constraint_that_waits_for_nothing_still_waits_for_nothing(everyone):
    taken = {"of": everyone.patient, "at_site": everyone.harbor, "chair": everyone.harbor.chairs.first()}
    factories.appointment(**taken)
    with pytest.raises(IntegrityError, match="never_booked_twice"):
        factories.appointment(**taken)


def test_a_constraint_that_waits_is_held_against_what_was_made(lay):
    """A standing row that could never be committed is found where it is made, not in some test upon it."""
    nobody = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError):
        lay(Layer(lambda: Chair.objects.create(site_id=nobody, label="1")))
    assert lay.pile.stands == []


@pytest.fixture
def lay(monkeypatch):
    """A function that lays layers on a pile of this test's own and gives what the last of them made."""
    pile = Pile()

    def laid(*wanted):
        pile.lay(wanted, monkeypatch)
        return pile.copies[wanted[-1]]

    laid.pile = pile
    yield laid
    pile.make_way()


def counted(made, **fields):
    """A layer that notes in `made` each time it is made."""
    return Layer(lambda: made.append(1) or factories.site(**fields))


def test_a_layer_is_made_once_and_each_gets_a_copy(lay):
    made = []
    site = counted(made)
    first, second = lay(site), lay(site)
    assert (made, first == second, first is second) == ([1], True, False)


def test_what_stands_above_goes_and_what_stands_below_stays(lay):
    made = []
    site = counted(made)
    chair = Layer(lambda below: factories.chair(at_site=below, label="9"), on=site)
    assert lay(site, chair).site_id == lay(site).pk
    assert not Site.objects.get().chairs.filter(label="9").exists()
    assert made == [1]


def test_another_pile_finds_nothing_of_the_first(lay):
    old = lay(counted([]))
    new = lay(counted([], name="Another clinic"))
    assert set(Site.objects.all()) == {new} != {old}


def test_a_value_that_was_handed_on_is_one_thing(lay):
    """A running scene is the scene: what a test changes in the one, it sees in the other."""
    scene = Layer(lambda: {"phase": ""})
    running = Layer(lambda below: below, on=scene)
    value = lay(scene, running)
    assert lay.pile.copies[scene] is value


def test_a_layer_that_fails_leaves_nothing(lay):
    def broken():
        factories.site()
        raise LookupError("nothing there")

    with pytest.raises(LookupError):
        lay(Layer(broken))
    assert lay.pile.stands == []
    assert not Site.objects.exists()


def test_what_began_some_minutes_ago_is_made_anew_when_the_minute_is_over(lay, monkeypatch):
    made, now = [], clock.now().replace(second=0, microsecond=0)
    monkeypatch.setattr(standing, "_minute", lambda: now)
    moving = Layer(lambda: made.append(scenes.NINE) or scenes.NINE, begun=40)
    assert lay(moving) == lay(moving) == scenes.NINE
    assert len(made) == 1
    monkeypatch.setattr(standing, "_minute", lambda: now + dt.timedelta(minutes=1))
    lay(moving)
    assert len(made) == 2
    assert clock.now() - made[-1] < dt.timedelta(minutes=42)


def test_the_hour_of_the_scenes_is_that_of_what_stands(lay):
    lay(Layer(lambda: "x", begun=200))
    assert dt.timedelta(minutes=199) < clock.now() - scenes.NINE < dt.timedelta(minutes=203)
