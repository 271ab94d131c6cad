"""Recording one set of vitals over HTTP with everything on, beside raw psycopg2 and a trivial view, in turns.

Everything on: the session of the sign-in, CSRF, the door, the idempotency of the entry, limits and alarms, entry and
typed row, audit, the session's counters, one commit, the live notice. Each lane is one connection and goes round the
sessions that are its own; raw connections have sessions of their own too.
"""

import itertools
import json
import random
import statistics
import subprocess
import sys
import uuid
from contextlib import closing
from urllib.parse import urlencode

import redis
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic import audit, clock, live
from clinic.dev.bench import figures
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.requests import CSRF, ask, staff_cookie, trivial
from clinic.dev.demo import cast, stories, world
from clinic.dev.demo.body import body_of
from clinic.models import Appointment, AuditEvent, Course, Patient, PatientSite, User
from sessions.models import (
    BaselineSet,
    CheckAnswer,
    DoseOrder,
    DrugEvent,
    Entry,
    InfusionSession,
    LineEntry,
    Order,
    Preparation,
    SecondCheck,
    VitalsReading,
    WeightEntry,
)

SESSIONS = 400
LANES, ROUNDS, SETS, RAW, TRIVIAL = 8, 5, 60, 250, 120  # requests (or commits) a lane and a round
RAW_PROCESSES = 2  # as many as serve the pages
STAGE = "today_infusing"
NURSES = ("nurse@example.org", "nurse2@example.org", "nurse3@example.org")
DETAILS = (WeightEntry, VitalsReading, BaselineSet, LineEntry, DrugEvent)
OF_SESSION = (Entry, CheckAnswer, Order, DoseOrder, Preparation, SecondCheck)
TABLES = (Patient, PatientSite, Course, Appointment, InfusionSession, *OF_SESSION, *DETAILS)


def seed(superuser, sessions=SESSIONS):
    """Make the clinic, one running infusion by the product's own actions, and so many copies of it."""
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        world.approve_everything(world.make_staff(places, now), now)
        person = next(one for one in cast.people() if one.stage == STAGE)
        there = world.World(now, seed=7, share=0)
        world.play([stories.story_of(person, body_of(person, 7), there, 0)])
    session = InfusionSession.objects.get(ended_at__isnull=True)
    copies(superuser, _rows(session), start=1, count=sessions)
    analyze(superuser, (*TABLES, AuditEvent))


def _rows(session):
    """The rows to copy, parents first: the patient, the course, the visit and all that hangs on it."""
    named = {
        Patient: [session.patient_id],
        PatientSite: PatientSite.objects.filter(patient=session.patient_id),
        Course: [session.course_id],
        Appointment: [session.appointment_id],
        InfusionSession: [session.pk],
        SecondCheck: SecondCheck.objects.filter(preparation__session=session),
    }
    for model in OF_SESSION:
        named.setdefault(model, model.objects.filter(session=session) if model is not SecondCheck else None)
    for model in DETAILS:
        named[model] = model.objects.filter(entry__session=session)
    found = [(model, _ids(named[model])) for model in TABLES]
    return [(model, ids) for model, ids in found if ids]


def _ids(rows):
    return rows if isinstance(rows, list) else list(rows.values_list("pk", flat=True))


def measure(host, port):
    """The bench's figures. Raises BenchFailed on any wrong answer, and when one set is not there once."""
    mine = list(InfusionSession.objects.open().order_by("pk").values_list("pk", flat=True))
    savers = [Saver(mine[LANES + n :: LANES], NURSES[n % len(NURSES)]) for n in range(LANES)]
    rounds, seconds = {"trivial": [], "vitals": [], "raw": []}, {"trivial": [], "vitals": [], "raw": []}
    cpu, before = 0.0, _counted()
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        for tag, done in (
            ("trivial", _drive(host, port, [[trivial()] * TRIVIAL for _ in range(LANES)])),
            ("vitals", _drive(host, port, [list(itertools.islice(saver, SETS)) for saver in savers])),
            ("raw", _raw(mine[:LANES])),
        ):
            if turn:
                rounds[tag].append(done["times"][tag])
                seconds[tag].append(done["seconds"])
                cpu += done["driver_cpu"] if tag == "vitals" else 0
    _check(before, (ROUNDS + 1) * LANES * SETS, (ROUNDS + 1) * LANES * RAW)
    return _report(rounds, seconds, cpu / sum(seconds["vitals"]) / 2, _queries(savers[0]))


def _drive(host, port, lanes):
    return figures.drive({"host": host, "port": port, "lanes": lanes})


def _raw(sessions):
    """Raw inserts over as many connections, in as many processes as serve; see clinic.dev.bench.raw."""
    plan = {"sessions": [str(pk) for pk in sessions], "commits": RAW, "user": str(User.objects.get(email=NURSES[0]).pk)}
    shares = [plan | {"sessions": plan["sessions"][n::RAW_PROCESSES]} for n in range(RAW_PROCESSES)]
    words = [sys.executable, "-m", "clinic.dev.bench.raw"]
    running = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in shares]
    for process, share in zip(running, shares, strict=True):
        process.stdin.write(json.dumps(share) + "\n")
        process.stdin.flush()
    for process in running:  # all connections are open: go
        if process.stdout.readline().strip() != "ready":
            raise figures.BenchFailed("The raw inserts did not get ready; their words are above.")
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    results = [json.loads(process.communicate()[0] or "null") for process in running]
    if any(process.returncode for process in running) or None in results:
        raise figures.BenchFailed("The raw inserts ended with an error; their words are above.")
    times = [spent for result in results for spent in result["times"]]
    return {"times": {"raw": times}, "seconds": max(r["seconds"] for r in results), "driver_cpu": 0}


def _counted():
    """How many sets, audit rows of sets, and live notices there are."""
    site = InfusionSession.objects.open().values_list("site", flat=True)[0]
    with closing(redis.from_url(settings.REDIS_URL)) as client:
        name = live.STREAM.format(site=site)
        notices = client.xinfo_stream(name)["entries-added"] if client.exists(name) else 0
    audited = AuditEvent.objects.filter(verb="entry.vitals", is_look=False).count()
    return VitalsReading.objects.count(), audited, notices


def _check(before, sets, raw):
    """Every set that was answered with "saved" is there once, audited once and announced once."""
    made = [now - then for now, then in zip(_counted(), before, strict=True)]
    if made != [sets + raw, sets + raw, sets]:
        raise figures.BenchFailed(f"Sets, audit rows and notices: {made}, of {sets} saved and {raw} raw.")


def _report(rounds, seconds, driver_share, queries):
    rates = {
        tag: [len(times) / spent for times, spent in zip(rounds[tag], seconds[tag], strict=True)] for tag in rounds
    }
    pooled = [spent for values in rounds["vitals"] for spent in values]
    against = {
        tag: statistics.median(ours / theirs for ours, theirs in zip(rates["vitals"], rates[tag], strict=True))
        for tag in ("raw", "trivial")
    }
    middle = {tag: round(statistics.median(found), 1) for tag, found in rates.items()}
    return (
        {"name": "vitals", "sessions": SESSIONS, "rounds": ROUNDS, "spread": figures.spread(rounds["vitals"])}
        | {"per_s": middle["vitals"]}
        | {name.removeprefix("vitals_"): spent for name, spent in figures.percentiles(pooled, "vitals").items()}
        | {"raw_per_s": middle["raw"], "ratio_raw": round(against["raw"], 3)}
        | {"trivial_per_s": middle["trivial"], "ratio_trivial": round(against["trivial"], 3)}
        | {"queries": queries, "driver_share": round(driver_share, 2), "machine": figures.machine()}
    )


class Saver:
    """One nurse at one tablet: set after set, calm values, round the sessions of this lane."""

    def __init__(self, sessions, email):
        self.cookie = staff_cookie(User.objects.get(email=email))
        self.paths = itertools.cycle(reverse("sessions:vitals-record", args=[pk]) for pk in sessions)
        self.dice = random.Random(uuid.uuid4().int)

    def __iter__(self):
        return self

    def __next__(self):
        """The next set as a request."""
        return ask("vitals", "POST", next(self.paths), 302, self.cookie, urlencode(self.typed()))

    def typed(self):
        """What the keypad of this phase sends: every field it has, the ones not asked for blank."""
        between = self.dice.randint
        values = {"systolic": between(112, 134), "diastolic": between(66, 84), "heart_rate": between(60, 88)}
        values |= {"spo2": between(96, 99), "resp_rate": between(12, 18), "sedation": -between(0, 1)}
        blank = dict.fromkeys(("etco2", "temperature", "pain", "comfort", "oxygen_flow", "oxygen_device"), "")
        blank |= dict.fromkeys((f"missing_{name}" for name in values), "") | {"observed": "", "cuff_site": ""}
        head = {"csrfmiddlewaretoken": CSRF, "entry_id": str(uuid.uuid4())}
        return head | values | {"dissociation": between(0, 4), "oxygen": "room_air"} | blank


def _queries(saver):
    """Statements one set takes, counted in this process, the savepoints of transactions among them."""
    request = next(saver)
    client = Client(headers={"cookie": request["headers"]["Cookie"], "host": "127.0.0.1"})
    client.post(request["path"], saver.typed())  # what a process reads once it has read now
    with CaptureQueriesContext(connection) as taken:
        answer = client.post(request["path"], saver.typed())
    if answer.status_code != 302:
        raise figures.BenchFailed(f"A set answered {answer.status_code}.")
    return len(taken)
