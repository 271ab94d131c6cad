"""Real threads, real commits: everybody wants the same chair, or the same nurse, at the same moment."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from django.db import connections

from clinic import clock
from clinic.actions import appointments
from clinic.models import Appointment, ResourceClaim
from clinic.refusal import Conflict
from tests import factories
from tests.people import people

CALLERS = 20


def nine_in_three_days(site):
    day = clock.now().astimezone(site.zone).date() + timedelta(days=3)
    return dt.datetime.combine(day, dt.time(9), tzinfo=site.zone).astimezone(dt.UTC)


def waiting(p, count):
    """So many patients, each with a course, who all want the same thing."""
    version = factories.protocol_version(approved_by=p.prescriber)
    patients = [
        factories.patient(at_site=p.harbor, given_name=f"N{n}", family_name=f"Racer{n}-Test") for n in range(count)
    ]
    return [
        factories.course(of=one, at_site=p.harbor, prescriber=p.prescriber, version=version) for one in patients
    ]  # fmt: skip


def all_at_once(p, courses, **asked):
    """Book for all of them at the same moment, each in a thread of its own; returns what came of each."""
    gate, starts_at = Barrier(len(courses)), nine_in_three_days(p.harbor)

    def one(course):
        gate.wait()
        try:
            return appointments.book(
                patient=course.patient, site=p.harbor, kind="infusion", course=course, starts_at=starts_at,
                by=p.front_desk, **asked,
            )  # fmt: skip
        except Conflict as conflict:
            return conflict
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(courses)) as pool:
        return list(pool.map(one, courses))


def test_twenty_want_the_same_chair_one_gets_it_and_nineteen_get_alternatives(live_db):
    p = people()
    results = all_at_once(p, waiting(p, CALLERS), chair=p.harbor.chairs.first())
    conflicts = [one for one in results if isinstance(one, Conflict)]
    assert len(conflicts) == CALLERS - 1
    assert all(len(one.current) == 3 for one in conflicts)
    assert all("Chair 1 is taken" in str(one) for one in conflicts)
    assert Appointment.objects.count() == 1
    assert ResourceClaim.objects.filter(occupies=True).count() == 3


def test_five_want_the_same_nurse_three_get_a_lane_and_two_do_not(live_db):
    p = people()
    for label in ("4", "5"):
        factories.chair(at_site=p.harbor, label=label)
    results = all_at_once(p, waiting(p, 5), nurse=p.nurse)
    booked = [one for one in results if isinstance(one, Appointment)]
    assert len(booked) == 3
    lanes = ResourceClaim.objects.filter(user=p.nurse, occupies=True).values_list("lane", flat=True)
    assert sorted(lanes) == [0, 1, 2]
    assert all("already has 3 infusions" in str(one) for one in results if isinstance(one, Conflict))
