"""A clinic day at ten times its pace over HTTP, everything running as in production, for five minutes.

Four sites, 60 chairs, 40 staff with an open page each, 36 infusions under way, 20 monitors at a set a minute, 300
patients on diaries, packets being filled at home, visits booked, mail going out. Pages, stream, worker, beat, monitors'
listener, Postgres, Redis and the driver are processes of their own and share this machine. One wrong answer, one entry
that was acknowledged and is not there, or one process that ends: no figures.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict

import psutil

from clinic.dev.bench import figures
from clinic.dev.bench.day_clinic import seed
from clinic.dev.bench.day_plan import Plan
from clinic.dev.bench.place import BenchFailed, Place
from clinic.dev.setup import ROOT
from clinic.dev.workplace import free_port
from clinic.models import Appointment, AuditEvent, Message
from followup.models import DiaryEntry
from sessions.models import InfusionSession, RawMessage, VitalsReading

__all__ = ["measure", "run", "seed"]

SECONDS, SPEED, WARM = 300, 10, 30
PLAN, PORTS = "BENCH_DAY", "BENCH_DAY_PORTS"
SAMPLE_SECONDS = 2.0
FLAT = 1.10  # the last third may need so much more memory than the first
GRACE_SECONDS = 90


def run(folder, say, sizes):
    """The bench from outside. `sizes`: seconds, and how many times the real rate (300 and 10)."""
    seconds, speed = (sizes or []) + [SECONDS, SPEED][len(sizes or []) :]
    with Place("day", folder).open() as place:
        say("Making the clinic as it is this morning ...")
        place.make()
        ports = _start(place)
        said = {"seconds": seconds, "speed": speed, "warm": min(WARM, seconds)}
        os.environ |= {PLAN: json.dumps(said), PORTS: json.dumps(ports)}
        say(f"A day at {speed} times its pace, {seconds} s after {said['warm']} s of warming up ...")
        with Memory(place) as memory:
            printed = place.manage("bench", "day", "--step", "measure", "--port", str(place.port))
        place.check_parts()
    told = json.loads(printed.strip().splitlines()[-1])
    return told | memory.figures(told.pop("measured_from"), told.pop("measured_to")) | {"machine": figures.machine()}


def _start(place):
    """Everything that works beside the pages; the ports the driver must know."""
    mail, monitors = free_port(), free_port()
    celery = ("-m", "celery", "--app", "clinic.project", "--quiet")
    quiet = ("--loglevel", "WARNING", "--without-gossip", "--without-mingle")
    place.start_pages()
    place.start_stream()
    place.start_part("mail", "-m", "clinic.dev.bench.mail_sink", str(mail), str(place.folder / "mail.txt"))
    place.start_part("worker", *celery, "worker", "--concurrency", "2", *quiet, EMAIL_URL=f"smtp://127.0.0.1:{mail}")
    beat = ("beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", str(place.folder / "beat"))
    place.start_part("beat", *celery, *beat)
    place.start_part("monitors", str(ROOT / "manage.py"), "monitors", "--port", str(monitors))
    return {"stream_port": place.stream_port, "monitor_port": monitors}


class Memory:
    """How much memory each part holds, looked at every two seconds while the day goes by, in MB resident."""

    def __init__(self, place):
        children = {"web": place.pages, "stream": place.stream} | place.parts
        self.families = {
            name: child.pid for name, child in children.items() if name in ("web", "stream", "worker", "monitors")
        }
        self.seen, self.over = defaultdict(list), threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *problem):
        self.over.set()
        self.thread.join(10)

    def _look(self):
        while not self.over.wait(SAMPLE_SECONDS):
            for name, pid in self.families.items():
                self.seen[name].append((time.monotonic(), _resident(pid)))

    def figures(self, begun, ended):
        """The first and the last third of what was measured, and whether the pages' memory is flat."""
        told = {}
        for name, seen in self.seen.items():
            inside = [size for at, size in seen if begun <= at <= ended] or [size for _, size in seen[-1:]]
            third = max(1, len(inside) // 3)
            told[f"{name}_mb_start"] = round(sum(inside[:third]) / third, 1)
            told[f"{name}_mb_end"] = round(sum(inside[-third:]) / third, 1)
        told["memory_flat"] = all(told[f"{n}_mb_end"] <= told[f"{n}_mb_start"] * FLAT for n in self.seen)
        return told | {"worker_mb": told.get("worker_mb_end")}


def _resident(pid):
    try:
        leader = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (leader, *leader.children(recursive=True))) / 2**20
    except psutil.NoSuchProcess:
        return 0.0


def measure(host, port):
    """The figures of one day. Raises BenchFailed on any wrong answer and on anything acknowledged that is not there."""
    said = json.loads(os.environ[PLAN])
    place = {"host": host, "port": port} | json.loads(os.environ[PORTS])
    plan, before = Plan(place, **said).whole(), _counted()
    begun = time.monotonic()
    done = _drive(plan)
    if done["errors"]:
        told = Counter(done["errors"]).most_common(5)
        raise BenchFailed(f"{len(done['errors'])} errors: {'; '.join(f'{words} ({n})' for words, n in told)}")
    _check(before, done["done"])
    ended = time.monotonic()
    opened = ended - done["seconds"] - begun
    told = _report(said, done, mails=Message.objects.filter(state="sent").count(), rows=AuditEvent.objects.count())
    return told | {"measured_from": begun + max(opened, 0) + said["warm"], "measured_to": ended}


def _drive(plan):
    words = [sys.executable, "-m", "clinic.dev.bench.day_drive"]
    driver = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        longest = plan["warm"] + plan["seconds"] + 2 * GRACE_SECONDS
        answered = driver.communicate(json.dumps(plan) + "\n", timeout=longest)[0]
    except subprocess.TimeoutExpired:
        driver.kill()
        raise BenchFailed("The driver did not come to its end.") from None
    if driver.returncode != 0:
        raise BenchFailed("The driver ended with an error; its words are above.")
    return json.loads(answered.removeprefix("ready\n"))


def _counted():
    """Rows of what the driver is told to have been kept."""
    return {
        "vitals": VitalsReading.objects.count(),
        "diary": DiaryEntry.objects.count(),
        "booked": Appointment.objects.count(),
        "checked_in": InfusionSession.objects.count(),
        "monitor": RawMessage.objects.count(),
    }


def _check(before, done):
    """Everything acknowledged is there, once: no more and no less."""
    now = _counted()
    made = {name: now[name] - before[name] for name in before}
    said = {name: done.get(name, 0) for name in before}
    if made != said:
        raise BenchFailed(f"Acknowledged {said}, in the database {made}.")


def _report(said, done, *, mails, rows):
    inside = [(tag, spent) for tag, at, spent in done["times"] if at >= said["warm"]]
    asked = [spent for tag, spent in inside if tag != "monitor"]
    by_tag = defaultdict(list)
    for tag, spent in inside:
        by_tag[tag].append(spent)
    slow = {tag: figures.percentile(times, 0.99) for tag, times in by_tag.items() if len(times) >= 20}
    worst = max(slow, key=slow.get)
    halves = [[spent for tag, at, spent in done["times"] if tag != "monitor" and first <= at < last] for first, last in
              _thirds(said)]  # fmt: skip
    return (
        {"name": "day", "rounds": len(halves), "spread": figures.spread([one for one in halves if one])}
        | {"seconds": said["seconds"], "speed": said["speed"], "requests": len(asked)}
        | {"per_s": round(len(asked) / said["seconds"], 1), "errors": 0}
        | {name.removeprefix("x_"): spent for name, spent in figures.percentiles(asked, "x").items()}
        | {"worst_tag": worst, "worst_tag_p99_ms": round(slow[worst], 1)}
        | {f"p99_{tag}_ms": round(spent, 1) for tag, spent in sorted(slow.items())}
        | {"deeds": sum(done["done"].values()), "late_p99_ms": round(figures.percentile(done["late_ms"], 0.99), 1)}
        | {"mails": mails, "audit_rows": rows, "streams_reopened": done["reopened"]}
        | {"driver_share": round(done["driver_cpu"] / done["seconds"] / (os.cpu_count() or 1), 2)}
    )


def _thirds(said):
    third = said["seconds"] / 3
    return [(said["warm"] + third * n, said["warm"] + third * (n + 1)) for n in range(3)]
