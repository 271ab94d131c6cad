"""Due reminders through a real worker and SMTP into a local sink, beside psycopg2 and smtplib alone, in turns.

Ours is everything: the claim with consent, quiet hours, the day's number and the visit's own state; the words in the
patient's language, the links (one to answer, one to stop) with their audit rows, the mail, the history, the audit. The
yardstick claims, sends one fixed mail and marks, over as many connections. Then once more with the worker killed
outright half-way: what the sink has taken and what the rows say must agree, but for the few that were under way.
"""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from celery import Celery
from django.db import connection

from clinic import audit, clock
from clinic.actions.setup import set_policy
from clinic.dev import processes
from clinic.dev.bench import figures
from clinic.dev.bench.multiply import analyze, copies
from clinic.dev.bench.place import Place
from clinic.dev.demo import world
from clinic.dev.setup import ROOT
from clinic.dev.workplace import free_port
from clinic.models import Appointment, Message, Patient, PatientSite, Site, SitePolicy, User
from clinic.notify.outbox import SWEEP
from clinic.notify.sender import UNKNOWN_AFTER
from clinic.project.environment import broker

MESSAGES, ROUNDS, SENDERS = 10_000, 3, 4
SIZE = "BENCH_MESSAGES"
LONGEST_SECONDS = 900
KINDS = ("reminder_day", "reminder_hours")


def run(folder, say, sizes):
    """The bench from outside: its own database, Redis and sink; `sizes` (one number) is how many messages a round."""
    with Place("reminders", folder).open() as place:
        os.environ[SIZE] = str(sizes[0] if sizes else MESSAGES)
        say("Seeding, once for these models ...")
        place.seeded()
        say(f"Sending {os.environ[SIZE]} messages a round, in turns ...")
        printed = place.manage("bench", "reminders", "--step", "measure", "--port", "0")
    return json.loads(printed.strip().splitlines()[-1])


def seed(superuser):
    """Make the clinic, one patient with a visit tomorrow, and ten thousand copies of both."""
    now = clock.now()
    with audit.context(demo=True):
        world.make_places(now)
        site = Site.objects.order_by("name").first()
        patient = Patient.objects.create(
            record_number="TL-BENCH", given_name="Sam", family_name="Sample-Demo",
            born_on=now.date().replace(year=1970, day=1),
            email="sam@tideline.example", zone_name="Etc/UTC", added_at=now,
        )  # fmt: skip
        here = PatientSite.objects.create(patient=patient, site=site, since=now)
        visit = Appointment.objects.create(
            patient=patient, site=site, kind="consultation", starts_at=now + timedelta(days=1),
            ends_at=now + timedelta(days=1, hours=1), zone_name=site.zone_name, booked_at=now,
        )  # fmt: skip
    copies(
        superuser,
        {Patient: [patient.pk], PatientSite: [here.pk], Appointment: [visit.pk]}.items(),
        start=1,
        count=MESSAGES,
    )
    analyze(superuser, (Patient, PatientSite, Appointment))


def measure(host, port):
    """The bench's figures. Raises BenchFailed when a message is lost, goes out twice or is not settled."""
    size = int(os.environ[SIZE])
    _prepare()
    ours, raw, judged = [], [], Counter()
    with _sink() as sink:
        with _worker(sink):
            _ours(sink, "warm", min(200, size))
            for turn in range(ROUNDS):
                raw.append(_raw(sink, f"raw{turn}", size))
                spent, found = _ours(sink, f"r{turn}", size)
                ours.append(spent)
                judged.update(found)
        killed = _killed(sink, size)
    return _report(size, ours, raw, judged, killed)


def _prepare():
    """Noon for every patient, and no limit of messages a day: many rounds may fall on one day here."""
    ahead = 12 - clock.now().hour
    Patient.objects.update(zone_name=f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")
    Message.objects.filter(state="due").update(state="withdrawn")
    for site in Site.objects.all():
        set_policy(policy=SitePolicy(site=site, mails_a_day=30_000), by=User.objects.order_by("pk").first())


@contextmanager
def _sink():
    port, file = free_port(), Path(tempfile.gettempdir()) / f"tideline-sink-{os.getpid()}.txt"
    words = [sys.executable, "-m", "clinic.dev.bench.mail_sink", str(port), str(file)]
    child = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        if child.stdout.readline().strip() != "ready":
            raise figures.BenchFailed("The mail server did not start; its words are above.")
        yield _Sink(port, file)
    finally:
        processes.stop(child)
        file.unlink(missing_ok=True)


class _Sink:
    """Where the mail goes, and what arrived."""

    def __init__(self, port, file):
        self.port, self.file = port, file

    def taken(self):
        """How often each message arrived, by its id."""
        return Counter(line.strip("<>\n").partition("@")[0] for line in self.file.read_text().splitlines())


@contextmanager
def _worker(sink):
    """A worker as production starts one, in a process group of its own; killed outright at the end."""
    words = ["-m", "celery", "--app", "clinic.project", "--quiet", "worker", "--concurrency", str(SENDERS)]
    more = ["--loglevel", "WARNING", "--without-gossip", "--without-mingle"]
    told = os.environ | {
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
        "NOTIFY_SENDERS": str(SENDERS),
        "LOG_LEVEL": "WARNING",
    }
    child = subprocess.Popen([sys.executable, *words, *more], cwd=ROOT, env=told, start_new_session=True)
    try:
        yield child
    finally:
        _kill(child)


def _kill(child):
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait(10)


def _fill(tag, size):
    """So many due reminders, one a patient, each about the patient's visit."""
    now = clock.now()
    visits = Appointment.objects.select_related("patient").order_by("pk")[:size]
    Message.objects.bulk_create(
        [
            Message(
                kind=KINDS[number % 2], choice_kind="reminder", channel="email", patient=visit.patient,
                site_id=visit.site_id,
                context={"rule_side": "before", "rule_only": ""}, due_at=now, next_attempt_at=now,
                expires_at=now + timedelta(hours=4), queued_at=now, subject_kind="clinic.appointment",
                subject_id=visit.pk,
                dedupe_key=f"reminder:{visit.pk}:{tag}-{now:%H%M%S}:{visit.starts_at:%Y%m%dT%H%M}",
            )
            for number, visit in enumerate(visits)
        ],
        batch_size=1000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE clinic_message")
    return list(Message.objects.filter(state="due").values_list("pk", flat=True))


def _ours(sink, tag, size):
    """(seconds, what went wrong) of one round through the worker."""
    idents = _fill(tag, size)
    app = Celery(broker=broker(os.environ["REDIS_URL"]))
    begun = time.perf_counter()
    app.send_task(SWEEP)
    _until_settled(app, begun)
    return time.perf_counter() - begun, _judge(sink, idents)


def _until_settled(app, begun, states=("due", "sending")):
    woken = begun
    while Message.objects.filter(state__in=states).exists():
        if time.perf_counter() - begun > LONGEST_SECONDS:
            raise figures.BenchFailed(f"Not settled after {LONGEST_SECONDS} s: {_states()}")
        if time.perf_counter() - woken > 60:  # as the beat does
            woken = time.perf_counter()
            app.send_task(SWEEP)
        time.sleep(0.2)


def _states():
    return dict(Counter(Message.objects.values_list("state", flat=True)))


def _judge(sink, idents):
    """Lost: said to be sent, but not there; twice: there more than once; unsent: neither sent nor unknown."""
    taken = sink.taken()
    rows = dict(Message.objects.filter(pk__in=idents).values_list("pk", "state"))
    return Counter(
        lost=sum(1 for pk, state in rows.items() if state == "sent" and taken[str(pk)] == 0),
        twice=sum(1 for pk in rows if taken[str(pk)] > 1),
        unknown=sum(1 for state in rows.values() if state == "unknown"),
        unsent=sum(1 for state in rows.values() if state not in ("sent", "unknown")),
    )


def _raw(sink, tag, size):
    """Seconds of one round of the yardstick."""
    _fill(tag, size)
    words = [sys.executable, "-m", "clinic.dev.bench.mail_raw"]
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    child.stdin.write(json.dumps({"port": sink.port, "senders": SENDERS}) + "\n")
    child.stdin.flush()
    if child.stdout.readline().strip() != "ready":
        raise figures.BenchFailed("The yardstick did not start; its words are above.")
    told = json.loads(child.communicate("go\n")[0] or "{}")
    if child.returncode or told.get("sent") != size:
        raise figures.BenchFailed("The yardstick ended with an error or did not send all.")
    return told["seconds"]


def _killed(sink, size):
    """One more round: kill -9 of the whole worker half-way, a new one goes on."""
    idents, before = _fill("killed", size), sum(sink.taken().values())
    app = Celery(broker=broker(os.environ["REDIS_URL"]))
    with _worker(sink) as first:
        begun = time.perf_counter()
        app.send_task(SWEEP)
        while sum(sink.taken().values()) - before < size / 2:
            if time.perf_counter() - begun > LONGEST_SECONDS:
                raise figures.BenchFailed("The first worker did not get half-way.")
            time.sleep(0.05)
        _kill(first)
    with _worker(sink):
        app.send_task(SWEEP)
        _until_settled(app, time.perf_counter(), states=("due",))
        Message.objects.filter(state="sending").update(claimed_at=clock.now() - UNKNOWN_AFTER - timedelta(seconds=1))
        app.send_task(SWEEP)
        _until_settled(app, time.perf_counter())
    return _judge(sink, idents)


def _report(size, ours, raw, judged, killed):
    if judged["lost"] or judged["twice"] or judged["unsent"] or judged["unknown"]:
        raise figures.BenchFailed(f"Not every message went out once: {dict(judged)}")
    if killed["unsent"]:
        raise figures.BenchFailed(f"{killed['unsent']} messages were never sent after the kill.")
    ratios = [one / other for one, other in zip(raw, ours, strict=True)]
    return {
        "name": "reminders",
        "rounds": ROUNDS,
        "spread": round((max(ours) - min(ours)) / statistics.median(ours), 3),
        "messages": size,
        "connections": SENDERS,
        "per_s": round(size / statistics.median(ours), 1),
        "raw_per_s": round(size / statistics.median(raw), 1),
        "ratio_raw": round(statistics.median(ratios), 3),
        "lost": judged["lost"],
        "twice": judged["twice"],
        "killed_lost": killed["lost"],
        "killed_twice": killed["twice"],
        "killed_unknown": killed["unknown"],
        "machine": figures.machine(),
    }
