"""What every test may ask for: the database, a database of its own, Redis, a server with pages, a browser.

`db` (or the mark django_db) gives a transaction in the shared database, as the application role. Tests that need
real commits, threads or a browser ask for `live_db`: a database of their own, cloned in a moment. The flush of
transactional tests needs TRUNCATE, which the application role has not: `transactional_db` fails on purpose.
"""

import os
import tempfile
from pathlib import Path

import pytest
from django.db import connections
from pytest_django.plugin import blocking_manager_key

from clinic.dev.embedded import Server, Valkey
from tests import browser as browsers
from tests.cluster import Cluster, cloned

CLUSTER = pytest.StashKey[Cluster]()


def pytest_configure_node(node):
    """Tell each worker of pytest-xdist where the one cluster of this run is."""
    node.workerinput["sockets"] = str(started(node.config).sockets)


def pytest_unconfigure(config):
    """Stop the cluster in the process that started it."""
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


@pytest.fixture
def live_db(cluster, django_db_blocker):
    """A database of this test's own, with real commits, seen by every thread; yields its name."""
    with django_db_blocker.unblock(), cloned(cluster) as name:
        yield name
        connections.close_all()


@pytest.fixture(scope="session")
def redis_server():
    """A real Redis-compatible server of this process; yields it, `redis_server.url()` is its address."""
    with tempfile.TemporaryDirectory(prefix="tideline-redis-") as folder:
        server = Valkey(Path(folder), throwaway=True)
        server.start()
        yield server
        server.stop()


@pytest.fixture
def redis_url(redis_server, settings) -> str:
    """An empty Redis for this test, in the settings too; returns its address."""
    import redis

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
    """A function that opens a fresh, signed-out page: `open_page("phone")`, also "tablet" and "desktop"."""
    contexts = []

    def open_one(size: str = "tablet", **options):
        viewport = {"phone": browsers.PHONE, "tablet": browsers.TABLET, "desktop": browsers.DESKTOP}[size]
        touch = {"has_touch": True} if size != "desktop" else {}
        context = browser.new_context(viewport=viewport, base_url=site_url, **touch, **options)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page):
    """One page at tablet size."""
    return open_page("tablet")
