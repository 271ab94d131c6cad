"""Every main page for every role on the demo clinic grown to five years: the first time and then again and again.

Cold: the first answer of server processes that have just started. Warm: one request at a time, in turns over all pages,
so that no page is measured on its own still warm caches. Queries, bytes and the processor time of the page are taken in
the bench's own process. A page that does not answer 200, or answers with no page, is an error of the bench.
"""

import gzip
import re
import statistics
import time

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic.dev.bench import figures, grown
from clinic.dev.bench.pages_list import addresses
from clinic.dev.bench.requests import ask
from clinic.dev.setup import ROOT

ROUNDS, WITHIN = 4, 5  # rounds of the pages, requests of a page in a round
SCRIPT = re.compile(r'<script[^>]+src="[^"]*/(js/[^"?]+\.js)')
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


def seed(superuser):
    """Make the demo clinic in an empty database and grow it."""
    call_command("demo", verbosity=0)
    grown.grow(superuser)


def measure(host, port):
    """The bench's figures. Raises BenchFailed on any wrong answer."""
    pages = addresses()
    cold = _asked(host, port, pages)
    warm = {key: [] for key in cold}
    for _ in range(ROUNDS):
        for key, times in _asked(host, port, pages, WITHIN).items():
            warm[key].append(times)
    facts = {f"{role} {page}": _facts(path, cookie) for role, page, path, cookie in pages}
    return _report(cold, warm, facts)


def _asked(host, port, pages, count=1):
    """Role and page -> milliseconds of `count` requests, one page after the other on one connection."""
    lane = [ask(f"{role} {page}", "GET", path, 200, cookie) for role, page, path, cookie in pages for _ in range(count)]
    return figures.drive({"host": host, "port": port, "lanes": [lane]})["times"]


def _facts(path, cookie):
    """Queries, bytes as sent compressed, processor milliseconds of a page, and the own scripts it loads."""
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie.partition("=")[2]
    client.get(path)  # what a process reads once it has read now
    begun = time.process_time()
    with CaptureQueriesContext(connection) as taken:
        answer = client.get(path)
    spent = (time.process_time() - begun) * 1000
    if answer.status_code != 200 or b"<html" not in answer.content:
        raise figures.BenchFailed(f"{path} answered {answer.status_code} and no page.")
    return {
        "queries": len(taken),
        "kb": round(len(gzip.compress(answer.content, 6)) / 1000, 1),
        "cpu_ms": round(spent, 1),
        "js_kb": round(sum(_compressed(name) for name in SCRIPT.findall(answer.content.decode())) / 1000, 1),
    }


def _compressed(name):
    file = ROOT / "static" / HASHED.sub(".js", name)
    return len(gzip.compress(file.read_bytes(), 6))


def _report(cold, warm, facts):
    p95 = {key: figures.percentile([t for times in rounds for t in times], 0.95) for key, rounds in warm.items()}
    p50 = {key: statistics.median([t for times in rounds for t in times]) for key, rounds in warm.items()}
    slowest = sorted(p95, key=p95.get, reverse=True)
    coldest = max(cold, key=lambda key: cold[key][0])
    most = {name: max(facts, key=lambda key: facts[key][name]) for name in ("queries", "kb", "cpu_ms")}
    return (
        {"name": "pages", "rounds": ROUNDS, "pages": len(facts)}
        | {"spread": round(statistics.median(figures.spread(rounds) for rounds in warm.values()), 3)}
        | {"worst_page": slowest[0], "worst_p95_ms": round(p95[slowest[0]], 1)}
        | {"worst_p50_ms": round(p50[slowest[0]], 1), "median_p50_ms": round(statistics.median(p50.values()), 1)}
        | {"cold_worst_page": coldest, "cold_worst_ms": round(cold[coldest][0], 1)}
        | {"worst_queries": facts[most["queries"]]["queries"], "worst_queries_page": most["queries"]}
        | {"worst_compressed_kb": facts[most["kb"]]["kb"], "worst_compressed_page": most["kb"]}
        | {"worst_cpu_ms": facts[most["cpu_ms"]]["cpu_ms"], "worst_cpu_page": most["cpu_ms"]}
        | {"own_js_kb": max(found["js_kb"] for found in facts.values())}
        | {"slowest": {key: _line(key, cold, p50, p95, facts) for key in slowest[:15]}}
        | {"machine": figures.machine()}
    )


def _line(key, cold, p50, p95, facts):
    return {"cold_ms": round(cold[key][0], 1), "p50_ms": round(p50[key], 1), "p95_ms": round(p95[key], 1)} | facts[key]
