"""Fifty clients after the same chairs at the same hours, over HTTP; beside it psycopg2 alone doing the same inserts.

Every client is a browser at the front desk with a patient of its own. All take the same list of hours from its start
and want chair 1 at each; whoever is refused takes one of the times offered instead, at most three times. The raw
side wants the same, chair after chair, inserting a visit, its claims and an audit row in one commit each. Afterwards
the claims are compared pair by pair, without trusting the constraint that should have refused them.
"""

import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from django.db import connection
from django.urls import reverse

from clinic import audit, clock
from clinic.dev.bench import figures
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.requests import CSRF, staff_cookie
from clinic.dev.demo import answers, arriving, cast, stories, world
from clinic.dev.demo.body import body_of
from clinic.models import (
    AllergyStatement,
    Appointment,
    ConditionStatement,
    ConsentSignature,
    Course,
    InstrumentResponse,
    MedicationStatement,
    Patient,
    PatientSite,
    User,
)
from clinic.presenters.booking import desk_of
from followup.actions import planning
from followup.rules.planning import MOST_INFUSIONS
from intake.actions import packets
from intake.models import Approval, Assessment, Finding, Packet, PageAnswers

CLIENTS, PROCESSES = 50, 2
ROUNDS, SECONDS, RAW_SECONDS, WARM = 4, 5.0, 2.0, 2.0  # 20 seconds of bookings in all
OURS_FROM, RAW_FROM, DAYS = 2, 500, 400  # days ahead: ours and the raw inserts never meet
TABLES = (
    Patient,
    PatientSite,
    Packet,
    PageAnswers,
    Assessment,
    Approval,
    Finding,
    Course,
    InstrumentResponse,
    ConditionStatement,
    MedicationStatement,
    AllergyStatement,
    ConsentSignature,
)
TWICE = """
SELECT count(*) FROM clinic_resourceclaim a JOIN clinic_resourceclaim b
  ON a.resource = b.resource AND a.lane = b.lane AND a.id < b.id AND a.during && b.during
WHERE a.occupies AND b.occupies
"""


def seed(superuser):
    """A clinic and a signed course for each client and as many for the raw inserts, in an empty database."""
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        crew = world.make_staff(places, now)
        world.approve_everything(crew, now)
        course = _course(places[0], crew, now)
    copies(superuser, _rows(course), start=1, count=2 * CLIENTS)
    analyze(superuser, TABLES)


def _course(site, crew, now):
    """One patient by the product's own actions, from the referral to a signed plan of sixty infusions."""
    person = next(one for one in cast.people() if one.condition == "depression")
    at = now - timedelta(days=3)
    patient = arriving.add(person, site, crew, at)
    packet = packets.invite(patient=patient, site=site, by=crew["desk"], at=at)
    at = arriving.fill(packet, person, body_of(person, 7), at)
    arriving.sign_and_submit(packet, person, at)
    arriving.assess(packet, crew, at + timedelta(hours=1))
    here = world.World(now, 7, 0)
    version = stories.protocol_of(person, here)
    course = planning.plan_course(
        patient=patient, site=site, protocol_version=version, by=crew["prescriber"], dose=Decimal("0.5"),
        planned_number=MOST_INFUSIONS, reason=person.condition, goals=answers.GOALS["mood"],
        spacing_days=stories.spacing_of(version),
    )  # fmt: skip
    return planning.sign_plan(course=course, by=crew["prescriber"])


def _rows(course):
    """The rows to copy, parents first."""
    patient = course.patient_id
    mine = {Patient: [patient], Course: [course.pk]}
    for model in TABLES:
        if model not in mine:
            by = {"packet__patient": patient} if model is PageAnswers else {"patient": patient}
            mine[model] = list(model.objects.filter(**by).values_list("pk", flat=True))
    return [(model, mine[model]) for model in TABLES if mine[model]]


def measure(host, port):
    """The bench's figures. Raises BenchFailed on a wrong answer, a booking lost or two that overlap."""
    courses = list(Course.objects.select_related("patient", "site").order_by("pk")[: 2 * CLIENTS])
    desk_user, site = User.objects.get(email="desk@example.org"), courses[0].site
    ours, raw = courses[:CLIENTS], courses[CLIENTS:]
    clients = [{"cookie": staff_cookie(desk_user), "path": _path(one)} for one in ours]
    plan = {"host": host, "port": port, "csrf": CSRF, "clients": clients}
    hours, raw_hours = _hours(site, OURS_FROM), _hours(site, RAW_FROM)
    before, rounds = Appointment.objects.count(), {"ours": [], "raw": []}
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        done = _drive(plan | {"hours": hours[turn * 40 :], "seconds": SECONDS if turn else WARM})
        more = _raw(raw, site, raw_hours, turn, RAW_SECONDS if turn else WARM)
        rounds["ours"].append(done)
        rounds["raw"].append(more)
    _check(before, rounds)
    return _report(rounds)


def _path(course):
    return f"{reverse('followup:visit-book', args=[course.patient_id])}?kind=infusion&course={course.pk}"


def _hours(site, first):
    """Starts two and a half hours apart on so many open days, as (text of the day, start in UTC)."""
    desk = desk_of(site, clock.now())
    today = desk.calendar.day_of(clock.now())
    days = (today + timedelta(days=first + n) for n in range(DAYS))
    starts = [datetime.combine(day, time(7, 30), tzinfo=site.zone) + timedelta(hours=2.5) * n
              for day in days if desk.calendar.is_open_on(day) for n in range(4)]  # fmt: skip
    chair = next(iter(desk.chairs))
    return [[f"{one:%Y-%m-%d}", f"{one.astimezone(UTC).isoformat()}|{chair}||"] for one in starts]


def _drive(plan):
    words = [sys.executable, "-m", "clinic.dev.bench.book_drive"]
    done = subprocess.run(words, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise figures.BenchFailed("The clients ended with an error; their words are above.")
    result = json.loads(done.stdout)
    if result["errors"]:
        raise figures.BenchFailed(f"{len(result['errors'])} wrong answers, the first: {result['errors'][0]}")
    return result


def _raw(courses, site, hours, turn, seconds):
    """The same inserts by psycopg2, over as many connections in as many processes as serve."""
    desk = desk_of(site, clock.now())
    share = CLIENTS // PROCESSES
    plan = {"site": str(site.pk), "zone": site.zone_name, "seconds": seconds, "user": str(next(iter(desk.nurses))),
            "chairs": [str(pk) for pk in desk.chairs], "nurses": [str(pk) for pk in desk.nurses], "lanes": desk.lanes,
            "starts": [value.split("|")[0] for _, value in hours[turn * 300 :]]}  # fmt: skip
    people = [[str(one.patient_id), str(one.pk)] for one in courses]
    helpers = [
        subprocess.Popen([sys.executable, "-m", "clinic.dev.bench.book_raw"], stdin=subprocess.PIPE, text=True,
                         stdout=subprocess.PIPE, env=os.environ)
        for _ in range(PROCESSES)
    ]  # fmt: skip
    for n, helper in enumerate(helpers):
        helper.stdin.write(json.dumps(plan | {"people": people[n * share : (n + 1) * share]}) + "\n")
        helper.stdin.flush()
    if any(helper.stdout.readline().strip() != "ready" for helper in helpers):
        raise figures.BenchFailed("The raw inserts did not get ready; their words are above.")
    answered = [helper.communicate("go\n")[0] for helper in helpers]
    if any(helper.returncode for helper in helpers):
        raise figures.BenchFailed("The raw inserts ended with an error; their words are above.")
    results = [json.loads(text) for text in answered]
    return {"booked": sum(r["booked"] for r in results), "seconds": max(r["seconds"] for r in results)}


def _check(before, rounds):
    """No booking that was answered is missing, and none overlaps another."""
    said = sum(one["booked"] for found in rounds.values() for one in found)
    made = Appointment.objects.count() - before
    if said != made:
        raise figures.BenchFailed(f"{said} bookings were answered, {made} are there.")
    if _twice():
        raise figures.BenchFailed(f"{_twice()} claims overlap.")


def _twice():
    with connection.cursor() as cursor:
        cursor.execute(TWICE)
        return cursor.fetchone()[0]


def _report(rounds):
    ours, raw = rounds["ours"][1:], rounds["raw"][1:]
    rate = {name: [one["booked"] / one["seconds"] for one in found] for name, found in (("ours", ours), ("raw", raw))}
    middle = {name: statistics.median(found) for name, found in rate.items()}
    pooled = {name: [spent for one in ours for spent in one[name]] for name in ("booked_ms", "refused_ms")}
    return (
        {"name": "booking", "clients": CLIENTS, "rounds": ROUNDS, "spread": figures.spread([[r] for r in rate["ours"]])}
        | {"bookings": sum(one["booked"] for one in ours), "per_s": round(middle["ours"], 1)}
        | {"raw_per_s": round(middle["raw"], 1), "ratio_raw": round(middle["ours"] / middle["raw"], 3)}
        | {"double_booked": _twice(), "refused": sum(one["refused"] for one in ours)}
        | {"refused_with_alternatives": sum(one["offered"] for one in ours), "busy": sum(one["busy"] for one in ours)}
        | figures.percentiles(pooled["booked_ms"], "booked")
        | figures.percentiles(pooled["refused_ms"], "refused")
        | {"driver_share": round(sum(one["driver_cpu"] for one in ours) / sum(one["seconds"] for one in ours) / 2, 2)}
        | {"machine": figures.machine()}
    )
