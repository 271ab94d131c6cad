"""What every test may ask for: the database, a database of its own, Redis, a server with pages, a browser.

`db` (or the mark django_db) gives a transaction in the shared database, as the application role. Tests that need
real commits, threads or a browser ask for `live_db`: a database of their own, cloned in a moment. The flush of
transactional tests needs TRUNCATE, which the application role has not: `transactional_db` fails on purpose.
"""

import datetime as dt
import gc
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

import pytest
import time_machine
from django.db import connections
from pytest_django.plugin import blocking_manager_key

from clinic.dev.embedded import Server, Valkey
from tests import browser as browsers
from tests import canary as canaries
from tests.cluster import Cluster, cloned
from tests.sessions import scene as scenes
from tests.standing import PILE, wanted_by

NINE = scenes.NINE
CLUSTER = pytest.StashKey[Cluster]()
MOVED = pytest.StashKey[time_machine.travel]()


def pytest_addoption(parser):
    """`--canary`: look, after the browser tests, for what they typed in everything behind the pages (G-12).

    `--hours-later 7`: run as if it were so many hours later. A test must not depend on the hour of the day.
    """
    parser.addoption("--canary", action="store_true", help="look for what was typed in every log and queue (G-12)")
    parser.addoption("--hours-later", type=float, default=0, help="run as if it were so many hours later")


def pytest_configure(config):
    """Move the clock of this process when asked to: not that of a browser or of another program."""
    if hours := config.getoption("--hours-later"):
        moved = dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)
        config.stash[MOVED] = time_machine.travel(moved, tick=True)
        config.stash[MOVED].start()


def pytest_sessionstart(session):
    """A canary run begins with nothing of an earlier one."""
    if session.config.getoption("--canary") and not hasattr(session.config, "workerinput"):
        canaries.begin()


def pytest_sessionfinish(session):
    """Say what the canary found; a marker anywhere, or nothing to look through, fails the run."""
    if session.config.getoption("--canary") and not hasattr(session.config, "workerinput"):
        table, is_clean = canaries.report()
        sys.stdout.write(f"\n\n{table}\n")
        session.exitstatus = session.exitstatus or (0 if is_clean else 1)


def pytest_collection_modifyitems(items):
    """The files that take longest come first: begun last, one of them keeps the other processes waiting for its end.

    In a file, tests that begin with the same rows follow each other.
    """
    slow = {item.path for item in items if item.get_closest_marker("browser")}
    files = list(dict.fromkeys(item.path for item in items))
    files.sort(key=lambda path: (path.name not in LONGEST, path not in slow))
    place = {path: number for number, path in enumerate(files)}
    piles = {}
    items.sort(key=lambda item: (place[item.path], [piles.setdefault(one, len(piles)) for one in wanted_by(item)]))


def pytest_collection_finish():
    """What was collected stays to the end: ten thousand tests that no search for garbage need go through again."""
    gc.collect()
    gc.freeze()


LONGEST = ("test_matrix.py", "test_demo.py")


def pytest_configure_node(node):
    """Tell each worker of pytest-xdist where the one cluster of this run is."""
    node.workerinput["sockets"] = str(started(node.config).sockets)


def pytest_unconfigure(config):
    """Stop the cluster in the process that started it; let time be again."""
    if MOVED in config.stash:
        config.stash[MOVED].stop()
    if CLUSTER in config.stash:
        config.stash[CLUSTER].stop()


def started(config) -> Server:
    """Return the run's cluster, started once."""
    if CLUSTER not in config.stash:
        config.stash[CLUSTER] = Cluster()
        with config.stash[blocking_manager_key].unblock():
            config.stash[CLUSTER].start()
    return config.stash[CLUSTER].postgres


@pytest.fixture(scope="session")
def cluster(request) -> Server:
    """The embedded PostgreSQL of this run."""
    handed = getattr(request.config, "workerinput", {}).get("sockets")
    return Server(Path(handed)) if handed else started(request.config)


@pytest.fixture(scope="session")
def django_db_setup(cluster, django_db_blocker):
    """Lead the tests of this process to their own clone of the template."""
    with django_db_blocker.unblock(), cloned(cluster):
        yield
        PILE.make_way()


@pytest.fixture
def _laid(request, django_db_setup, django_db_blocker):
    """The rows this test begins with, before its own transaction begins.

    With a patch of its own: the test's must be undone before its transaction ends, which asks the database once more.
    """
    with pytest.MonkeyPatch.context() as patched:
        with django_db_blocker.unblock():
            PILE.lay(wanted_by(request.node), patched)
        yield


@pytest.fixture
def _django_db_helper(_laid, _django_db_helper):
    """Each test's transaction begins above what stands."""
    return _django_db_helper


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup():
    """Each test begins with the scenes' own nine o'clock.

    Patches of two fixtures that are undone in another order than they were made would leave the test before's.
    """
    scenes.NINE = NINE


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """Take down what the next test doesn't begin with; nothing stands while no test asks for it."""
    blocker = item.config.stash[blocking_manager_key]
    with blocker.unblock():
        PILE.make_way(wanted_by(nextitem) if nextitem else ())


@pytest.fixture
def live_db(cluster, django_db_blocker):
    """A database of this test's own, with real commits, seen by every thread; yields its name."""
    with django_db_blocker.unblock(), cloned(cluster) as name:
        yield name
        connections.close_all()


@pytest.fixture(scope="session")
def redis_server(canary):
    """A real Redis-compatible server of this process; yields it, `redis_server.url()` is its address."""
    with tempfile.TemporaryDirectory(prefix="tideline-redis-") as folder:
        server = Valkey(Path(folder), throwaway=True)
        server.start()
        with canary.redis(server.url()) if canary else nullcontext():
            yield server
        server.stop()


@pytest.fixture(scope="session")
def canary(request, cluster):
    """What keeps what the parts write in a run with --canary; None in any other."""
    if not request.config.getoption("--canary"):
        yield None
        return
    made = canaries.recorder()
    browsers.ACCESS.append(lambda words: made.keep("access log", f"{words}\n"))
    with made.logging():
        yield made
    made.keep("PostgreSQL log", cluster.log_file().read_text(errors="replace"))


@pytest.fixture(autouse=True)
def _canary_learns(request):
    """After a browser test of a canary run: its markers, and what its processes left in its folder."""
    if not request.config.getoption("--canary") or "live_db" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("live_db")
    made = request.getfixturevalue("canary")
    # Asked for before the test: whoever comes later is gone earlier, and its folder with it.
    folder = request.getfixturevalue("tmp_path") if "tmp_path" in request.fixturenames else None
    yield
    made.learn()
    if folder:
        made.keep_files(folder)


@pytest.fixture
def redis_url(redis_server, settings, monkeypatch) -> str:
    """An empty Redis for this test, in the settings too; returns its address."""
    import redis

    from clinic import live

    monkeypatch.setattr(live, "_quiet_until", 0.0)  # a test without Redis may have made this process leave it alone
    settings.REDIS_URL = redis_server.url()
    with redis.from_url(settings.REDIS_URL) as client:
        client.flushall()
    return settings.REDIS_URL


@pytest.fixture
def site_url(live_db, settings) -> str:
    """The pages, served from `live_db` on a free port; yields the address without a slash at the end."""
    with browsers.serving() as address:
        settings.BASE_URL = address
        yield address


@pytest.fixture(scope="session")
def browser():
    """Chromium, headless, driven by Playwright's synchronous API; fails, never skips, where it is missing."""
    from playwright.sync_api import sync_playwright

    path = browsers.chromium()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver keeps a loop running in this thread
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=path, args=browsers.FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser, site_url):
    """A function that opens a fresh, signed-out page: `open_page("phone")`, also "tablet" and "desktop".

    No page may violate its content policy in any of the browsers: `open_page.violations` must be empty in the end.
    """
    contexts, violations = [], []

    def open_one(size: str = "tablet", **options):
        viewport = {"phone": browsers.PHONE, "tablet": browsers.TABLET, "desktop": browsers.DESKTOP}[size]
        touch = {"has_touch": True} if size != "desktop" else {}
        context = browser.new_context(viewport=viewport, base_url=site_url, **touch, **options)
        contexts.append(context)
        browsers.watch_policy(context, violations)
        return context.new_page()

    open_one.violations = violations
    yield open_one
    for context in contexts:
        context.close()
    assert violations == []


@pytest.fixture
def page(open_page):
    """One page at tablet size."""
    return open_page("tablet")
