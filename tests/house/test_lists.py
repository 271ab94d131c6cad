"""Lists of the house at one row and at a hundred: the same number of queries, twelve at most.

Patients, tasks, messages and the audit have the like beside their own tests; here stand those that need other rows.
"""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import clock
from sessions import actions
from tests import factories
from tests.people import people, signed_in
from tests.standing import standing

pytestmark = pytest.mark.django_db
MANY = 100


p = standing(people)


def asked(client, address):
    """How many queries the second visit of a page takes (the first fills what a sign-in keeps)."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def visits(p, first, last):
    """Visits of tomorrow, five minutes apart, each of another patient and in a chair."""
    chairs = list(p.site.chairs.all())
    day = clock.now().astimezone(p.site.zone).date() + dt.timedelta(days=1)
    nine = dt.datetime.combine(day, dt.time(9), tzinfo=p.site.zone)
    for n in range(first, last):
        someone = factories.patient(at_site=p.site, given_name=f"N{n}", family_name=f"Row{n}-Test")
        factories.appointment(
            of=someone, at_site=p.site, starts_at=nine + dt.timedelta(minutes=5 * (n // len(chairs))), minutes=5,
            chair=chairs[n % len(chairs)],
        )  # fmt: skip
    return day


@pytest.mark.parametrize("view", ["day", "week"])
def test_the_schedule(p, view):
    client = signed_in(p.front_desk)
    address = f"/schedule/?day={visits(p, 0, 1)}&view={view}"
    few = asked(client, address)
    visits(p, 1, MANY)
    assert asked(client, address) == few <= 12


def vials(p, first, last):
    for n in range(first, last):
        actions.receive_container(
            site=p.site, code=f"V{n}", drug="ketamine", strength_mg_ml=Decimal(50), volume_ml=Decimal(10), lot="LOT",
            expires_on=clock.now().date() + dt.timedelta(days=400), use="multi", by=p.nurse,
        )  # fmt: skip


def test_the_vials(p):
    client = signed_in(p.nurse)
    vials(p, 0, 1)
    few = asked(client, "/vials/")
    vials(p, 1, MANY)
    assert asked(client, "/vials/") == few <= 12
