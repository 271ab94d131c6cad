"""The run sheet with 200 readings and with 2,000 (monitor minutes) over HTTP, beside a trivial view, in turns.

One request at a time: what is measured is the server's own time for the page, with sign-in, door, log of looks and
every figure derived from the entries. Both infusions run; before measuring, their times are moved so that the newest
reading is two minutes old, whenever the data were seeded.
"""

import gzip
import http.client
import os
import random
import uuid
from contextlib import closing
from datetime import timedelta

import psycopg2
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from psycopg2.sql import SQL, Identifier

from clinic import audit, clock
from clinic.dev.bench import figures, vitals
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.requests import ask, staff_cookie, trivial
from clinic.dev.demo import cast, stories, world
from clinic.dev.demo.body import body_of
from clinic.models import User
from sessions.models import AlarmAnswered, AlarmRaised, Entry, InfusionSession, VitalsReading

# Name -> readings, seconds between two of them, where they come from, whose patient it is: each nurse has one.
SHEETS = {"200": (200, 72, "typed", "nurse@example.org"), "2000": (2000, 60, "monitor", "nurse2@example.org")}
ROUNDS, PAGES, LONG, TRIVIAL = 5, 40, 15, 100  # requests a round
ALARM_EVERY, OFF_BY_A_MOMENT = 25, timedelta(minutes=2)
MOVED = {InfusionSession: ("checked_in_at", "started_at"), Entry: ("observed_at", "received_at")}


def seed(superuser):
    """Make the clinic, one running infusion by the product's own actions, a copy, and the readings of both."""
    now = clock.now()
    with audit.context(demo=True):
        places = world.make_places(now)
        world.approve_everything(world.make_staff(places, now), now)
        person = next(one for one in cast.people() if one.stage == vitals.STAGE)
        world.play([stories.story_of(person, body_of(person, 7), world.World(now, seed=7, share=0), 0)])
    first = InfusionSession.objects.get(ended_at__isnull=True)
    copies(superuser, vitals._rows(first), start=1, count=1)
    for session, (count, seconds, source, nurse) in zip(_sessions(), SHEETS.values(), strict=True):
        _move(superuser, session, timedelta(seconds=-count * seconds))
        InfusionSession.objects.filter(pk=session.pk).update(responsible_nurse=User.objects.get(email=nurse))
        _chart(session, count, seconds, source, random.Random(count))
    analyze(superuser, (Entry, VitalsReading, AlarmRaised, AlarmAnswered))


def _sessions():
    """The two open infusions, the one with fewer readings first."""
    return sorted(InfusionSession.objects.open(), key=lambda s: (s.entries.count(), s.pk))


def _chart(session, count, seconds, source, dice):
    """`count` sets of vitals since the start, one in twenty-five with an alarm that a calm set closed."""
    session.refresh_from_db()
    nurse, seq, entries, details = session.responsible_nurse, session.last_seq, [], []
    open_alarm = None
    for number in range(1, count + 1):
        at = session.started_at + timedelta(seconds=number * seconds)
        high = number % ALARM_EVERY == 0 and number < count
        entry = _entry(session, (seq := seq + 1), "vitals", at, recorded_by=nurse, source=source)
        reading = _set(entry, number, high, dice)
        entries.append(entry)
        details.append(reading)
        if open_alarm:
            closing_entry = _entry(session, (seq := seq + 1), "alarm_answer", at, source="system")
            entries.append(closing_entry)
            details.append(AlarmAnswered(entry=closing_entry, alarm=open_alarm, answer="recheck_ok", reading=entry))
            open_alarm = None
        if high:
            open_alarm = _entry(session, (seq := seq + 1), "alarm", at, source="system")
            entries.append(open_alarm)
            details.append(_alarm(open_alarm, entry, reading))
    Entry.objects.bulk_create(entries)
    for model in (VitalsReading, AlarmRaised, AlarmAnswered):
        model.objects.bulk_create([row for row in details if isinstance(row, model)])
    InfusionSession.objects.filter(pk=session.pk).update(last_seq=seq, version=session.version + 1)


def _entry(session, seq, kind, at, **fields):
    return Entry(id=uuid.uuid4(), session=session, seq=seq, kind=kind, observed_at=at, received_at=at, body_hash="",
                 **fields)  # fmt: skip


def _set(entry, number, high, dice):
    systolic = 186 if high else dice.randint(118, 148)
    return VitalsReading(
        entry=entry, systolic=systolic, diastolic=systolic - dice.randint(40, 52), heart_rate=dice.randint(64, 92),
        spo2=dice.randint(95, 99), resp_rate=dice.randint(12, 18), sedation=-dice.randint(0, 2),
        sedation_scale="RASS", dissociation=dice.randint(0, 6) if number % 10 == 0 else None,
    )  # fmt: skip


def _alarm(entry, reading_entry, reading):
    return AlarmRaised(
        entry=entry, reading=reading_entry, measure="systolic", level="alarm", direction="high", value=reading.systolic,
        limit_value=180, limit_text="limit at or above 180", rule_version="bench", instruction="Repeat now.",
    )  # fmt: skip


def _move(superuser, session, by):
    """Move an infusion in time, past the triggers that keep entries as they are."""
    superuser.execute("SET session_replication_role = replica")
    for model, names in MOVED.items():
        moved = SQL(", ").join(SQL("{0} = {0} + %(by)s").format(Identifier(name)) for name in names)
        key = Identifier("id" if model is InfusionSession else "session_id")
        table = Identifier(model._meta.db_table)
        asked = SQL("UPDATE {} SET {} WHERE {} = %(pk)s").format(table, moved, key)
        superuser.execute(asked, {"by": by, "pk": str(session.pk)})
    superuser.execute("SET session_replication_role = DEFAULT")


def _freshen():
    """Let the newest reading of both be two minutes old."""
    with closing(psycopg2.connect(os.environ["BENCH_SUPERUSER_URL"])) as superuser:
        superuser.autocommit = True
        for session in _sessions():
            newest = session.entries.filter(kind="vitals").latest("observed_at").observed_at
            _move(superuser.cursor(), session, clock.now() - OFF_BY_A_MOMENT - newest)


def measure(host, port):
    """The bench's figures. Raises BenchFailed on any wrong answer, and when the readings are not on the page."""
    _freshen()
    pages = {name: _page(name, session) for name, session in zip(SHEETS, _sessions(), strict=True)}
    sizes = {name: _size(host, port, *page) for name, page in pages.items()}
    rounds, cpu, seconds = {tag: [] for tag in ("trivial", *pages)}, 0.0, 0.0
    for turn in range(ROUNDS + 1):  # the first one warms up and does not count
        for tag, requests in (
            ("trivial", [trivial()] * TRIVIAL),
            ("200", [_asked("200", pages)] * PAGES),
            ("2000", [_asked("2000", pages)] * LONG),
        ):
            done = figures.drive({"host": host, "port": port, "lanes": [requests]})
            if turn:
                rounds[tag].append(done["times"][tag])
                cpu, seconds = cpu + done["driver_cpu"], seconds + done["seconds"]
    return _report(rounds, sizes, cpu / seconds / 2, _queries(*pages["200"]))


def _page(name, session):
    """(path, cookie) of a run sheet as its own nurse opens it."""
    return reverse("sessions:session-show", args=[session.pk]), staff_cookie(User.objects.get(email=SHEETS[name][3]))


def _asked(name, pages):
    path, cookie = pages[name]
    return ask(name, "GET", path, 200, cookie)


def _size(host, port, path, cookie):
    """(bytes, compressed bytes) of the page as a browser gets it; every reading must be in it."""
    connected = http.client.HTTPConnection(host, port, timeout=60)
    connected.request("GET", path, headers={"Cookie": cookie})
    answer = connected.getresponse()
    body = answer.read()
    connected.close()
    if answer.status != 200 or b" readings from " not in body:
        raise figures.BenchFailed(f"The run sheet answered {answer.status} or shows no chart.")
    return len(body), len(gzip.compress(body, 6))


def _report(rounds, sizes, driver_share, queries):
    pooled = {tag: [spent for values in found for spent in values] for tag, found in rounds.items()}
    short, long = (figures.percentiles(pooled[tag], tag) for tag in SHEETS)
    return (
        {"name": "chart", "rounds": ROUNDS, "spread": max(figures.spread(rounds[tag]) for tag in SHEETS)}
        | {name.removeprefix("200_"): value for name, value in short.items()}
        | {"kb": _kb(sizes["200"][0]), "compressed_kb": _kb(sizes["200"][1]), "queries": queries}
        | {f"{name.removeprefix('2000_')}_2000": value for name, value in long.items()}
        | {"kb_2000": _kb(sizes["2000"][0]), "compressed_kb_2000": _kb(sizes["2000"][1])}
        | figures.percentiles(pooled["trivial"], "trivial")
        | {"driver_share": round(driver_share, 2), "machine": figures.machine()}
    )


def _kb(count):
    return round(count / 1000, 1)


def _queries(path, cookie):
    """Statements the run sheet takes, counted in this process."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(path, headers={"host": "127.0.0.1"})
    if answer.status_code != 200:
        raise figures.BenchFailed(f"The run sheet answered {answer.status_code}.")
    return len(taken)
