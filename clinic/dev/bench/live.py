"""How fast an entry is on every open screen: watchers of one site's board, entries at a steady pace, none lost.

The entries are sets of vitals over HTTP with everything on, as in bench vitals; the watchers hold real tickets of real
sign-ins, renew them as pages do and open a stream that ended again. The pages, the stream process, Postgres, Redis and
both drivers share the machine.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from urllib.parse import urlsplit

import psutil
from django.conf import settings
from django.urls import reverse

from clinic import live
from clinic.dev.bench import figures, vitals
from clinic.dev.bench.requests import staff_cookie
from clinic.models import User
from sessions.models import InfusionSession

NEEDS_STREAM = True
ANEW = True  # each run begins with short sessions: thousands of readings of earlier runs would be measured with it
SESSIONS, LANES = 12, 6
PER_SECOND, SECONDS, ROUNDS = 20, 30, 3
PATIENCE = 180  # seconds beyond a run's own time: then a driver that has not ended is stopped and the part has failed
FEW, MANY, FETCHING = 200, 1000, 40


def seed(superuser):
    """Make the clinic with a dozen running infusions at one site."""
    vitals.seed(superuser, sessions=SESSIONS - 1)


def measure(host, port, sizes=(FEW, MANY, SECONDS)):
    """The bench's figures. `sizes`: how many watchers in the rounds and in the crowd, and the seconds of each run.

    Each of its three parts stands for itself: one that met a wrong answer has no figures and says why.
    """
    few, many, seconds = (*sizes, *(FEW, MANY, SECONDS)[len(sizes) :])
    place = {"host": host, "port": port, "stream_port": urlsplit(settings.LIVE_ORIGIN).port}
    cookies = [staff_cookie(User.objects.get(email=vitals.NURSES[n % 3])) for n in range(max(few, many, FETCHING))]
    _round(place, cookies[:20], seconds=3)  # warms up and does not count
    return (
        {"name": "live", "rounds": ROUNDS, "entries": PER_SECOND * seconds, "watchers": [few, many]}
        | _part("", lambda: [_round(place, cookies[:few], seconds=seconds) for _ in range(ROUNDS)], _few)
        | _part("_1000", lambda: _round(place, cookies[:many], seconds=seconds), _many)
        | _part("_shown", lambda: _round(place, cookies[:FETCHING], fetching=FETCHING, seconds=seconds), _shown)
        | {"machine": figures.machine()}
    )


def _part(name, run, told):
    """What one part says; when it fails its reason alone, and the others go on."""
    begun = os.getloadavg()[0]
    try:
        return told(run()) | {f"load{name}": round(begun, 1)}
    except figures.BenchFailed as problem:
        return {f"failed{name}": str(problem)}


def _round(place, cookies, *, fetching=0, seconds=SECONDS):
    """One run with so many watchers; returns what the drivers measured, and what the stream process took."""
    plan = place | {
        "origin": settings.PAGES_ORIGIN,
        "every": live.RENEW_SECONDS,
        "browsers": cookies,
        "fetch": {"path": reverse("sessions:board-fragment"), "count": fetching},
    }
    words = [sys.executable, "-m", "clinic.dev.bench.watch"]
    watching = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    watching.stdin.write(json.dumps(plan) + "\n")
    watching.stdin.flush()
    if watching.stdout.readline().strip() != "ready":
        watching.wait()
        raise figures.BenchFailed("The watchers did not get ready; their words are above.")
    before, begun = _taken(watching.pid), time.monotonic()
    try:
        posted = _post(place, seconds)
    except figures.BenchFailed:
        watching.kill()
        watching.wait()
        raise
    shares = _shares(before, _taken(watching.pid), time.monotonic() - begun)
    size = max(process.memory_info().rss for process in _family("BENCH_STREAM_PID")) / 2**20
    told = _last_words(watching, json.dumps({"posts": posted["starts"]}) + "\n")
    if watching.returncode != 0:
        raise figures.BenchFailed("The watchers ended with an error; their words are above.")
    own = {"mb": size, "late_ms": posted["late_ms"], "post": posted["times"], "cpu": shares}
    return json.loads(told) | own


def _last_words(watching, asked):
    """What the watchers print at their end. Raises BenchFailed when they do not come to it."""
    try:
        return watching.communicate(asked, timeout=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        watching.kill()
        watching.wait()
        raise figures.BenchFailed(f"The watchers had not ended {PATIENCE} s after the last entry.") from None


def _taken(watchers):
    """Processor seconds so far of the stream, the pages and the watchers."""
    families = {"stream": _family("BENCH_STREAM_PID"), "pages": _family("BENCH_PAGES_PID")}
    families["watchers"] = [psutil.Process(watchers)]
    return {name: sum(sum(one.cpu_times()[:2]) for one in family) for name, family in families.items()}


def _family(name):
    leader = psutil.Process(int(os.environ[name]))
    return [leader, *leader.children(recursive=True)]


def _shares(before, after, seconds):
    """How much of one core each took while the entries came: a part near 1.0 held the others up."""
    return {name: round((after[name] - before[name]) / seconds, 2) for name in after}


def _post(place, seconds):
    """Send sets at the pace; each session belongs to one lane, so that its posts have an order."""
    sessions = list(InfusionSession.objects.open().order_by("pk").values_list("pk", flat=True))[:SESSIONS]
    savers = {pk: vitals.Saver([pk], vitals.NURSES[n % 3]) for n, pk in enumerate(sessions)}
    lanes = [[] for _ in range(LANES)]
    for n in range(PER_SECOND * seconds):
        pk = sessions[n % len(sessions)]
        lanes[n % LANES].append(next(savers[pk]) | {"at": n / PER_SECOND, "of": str(pk)})
    plan = {"host": place["host"], "port": place["port"], "lanes": lanes}
    words = [sys.executable, "-m", "clinic.dev.bench.paced"]
    try:
        done = subprocess.run(
            words, input=json.dumps(plan), stdout=subprocess.PIPE, text=True, check=False, timeout=seconds + PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise figures.BenchFailed(f"The posters had not ended {PATIENCE} s after their time.") from None
    if done.returncode != 0:
        raise figures.BenchFailed("The posters ended with an error; their words are above.")
    posted = json.loads(done.stdout)
    if posted["errors"]:
        raise figures.BenchFailed(f"{len(posted['errors'])} wrong answers, the first: {posted['errors'][0]}")
    return posted


def _few(rounds):
    pooled = [spent for one in rounds for spent in one["times"]]
    middle = [statistics.median(one["times"]) for one in rounds]
    return (
        {"spread": round((max(middle) - min(middle)) / statistics.median(middle), 3)}
        | {name.removeprefix("x_"): spent for name, spent in figures.percentiles(pooled, "x").items()}
        | {"p99_ms_rounds": [round(figures.percentile(one["times"], 0.99), 2) for one in rounds]}
        | {"lost": sum(one["lost"] for one in rounds), "reopened": sum(one["reopened"] for one in rounds)}
        | {"post_p50_ms": round(figures.percentile([t for one in rounds for t in one["post"]], 0.5), 2)}
        | {"late_ms": round(max(one["late_ms"] for one in rounds), 1), "cpu": rounds[-1]["cpu"]}
    )


def _many(one):
    return (
        {"p99_ms_1000": round(figures.percentile(one["times"], 0.99), 2), "lost_1000": one["lost"]}
        | {"p50_ms_1000": round(figures.percentile(one["times"], 0.5), 2), "stream_mb": round(one["mb"], 1)}
        | {"reopened_1000": one["reopened"], "latest_renewal_s_1000": round(one["latest_renewal"], 1)}
        | {"late_ms_1000": round(one["late_ms"], 1), "cpu_1000": one["cpu"]}
    )


def _shown(one):
    shares = {"shown_p99_ms": 0.99, "shown_p50_ms": 0.5}
    return {name: round(figures.percentile(one["shown"], share), 2) for name, share in shares.items()}
