"""A clinic in the middle of its morning, mail that arrives, a real worker, and people with browsers."""

import copy
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine

from clinic import clock
from clinic.dev import processes
from clinic.dev.workplace import free_port
from clinic.project import environment
from tests.journeys import mailbox as boxes
from tests.journeys.person import Person

# One zone for each hour of the day, so that somewhere it is always morning.
ZONES = (
    "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Chicago",
    "America/New_York", "America/Halifax", "America/Sao_Paulo", "Atlantic/South_Georgia", "Atlantic/Cape_Verde", "UTC",
    "Europe/Berlin", "Europe/Helsinki", "Europe/Istanbul", "Asia/Dubai", "Asia/Karachi", "Asia/Dhaka", "Asia/Bangkok",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Brisbane", "Pacific/Noumea", "Pacific/Auckland", "Pacific/Tongatapu",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    """Every journey drives a browser."""
    for item in items:
        if "tests/journeys" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def morning_zone() -> str:
    """A zone in which it is about half past nine now: opening hours and quiet hours hold, without moving time."""
    now = clock.now()

    def distance(name):
        here = now.astimezone(ZoneInfo(name))
        return abs(here.hour * 60 + here.minute - 570)

    return min(ZONES, key=distance)


@pytest.fixture
def time_moves():
    """A function that moves the clinic's clock to a moment, from which it goes on ticking."""
    travels = []

    def to(moment):
        while travels:
            travels.pop().stop()
        travels.append(time_machine.travel(moment, tick=True))
        travels[-1].start()

    yield to
    while travels:
        travels.pop().stop()


@pytest.fixture
def mail_folder(tmp_path, settings) -> Path:
    """Where the journey's letters are kept."""
    settings.DATA_FOLDER = tmp_path
    (tmp_path / "mail").mkdir()
    return tmp_path


@pytest.fixture
def mail_port(mail_folder, settings):
    """A local SMTP server, in the settings too; yields its port."""
    port = free_port()
    words = [sys.executable, "-m", "clinic.dev.mailroom", str(port), str(mail_folder / "mail")]
    child = processes.spawn(words, log=mail_folder / "mail.log", folder=boxes.ROOT, environment=boxes.plain())
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    try:
        boxes.wait_for_port(port)
        yield port
    finally:
        processes.stop(child)


@pytest.fixture
def mailbox(mail_port) -> boxes.Mailbox:
    """The letters that arrive."""
    return boxes.Mailbox()


@pytest.fixture
def broker(redis_url):
    """The journey's Redis as the broker of these pages: what is enqueued wakes the worker."""
    from clinic.project import app

    before = app.conf.broker_url
    point_at(app, environment.broker(redis_url))
    yield redis_url
    point_at(app, before)


def point_at(app, broker_url):
    """Lead an application that may have sent already to another broker."""
    app.conf.broker_url = broker_url
    app._pool = app.amqp._producer_pool = None


@pytest.fixture
def worker(cluster, live_db, broker, site_url, mail_port, mail_folder):
    """A real Celery worker on the journey's database, Redis and mail server."""
    facts = boxes.environment(cluster, live_db, broker, site_url, mail_port, mail_folder)
    with boxes.working(mail_folder, facts) as child:
        yield child


@pytest.fixture
def live_stream(redis_url, site_url, settings, mail_folder):
    """The real stream process beside the pages; what one browser enters, the others hear at once."""
    port = free_port()
    settings.PAGES_ORIGIN, settings.LIVE_ORIGIN = site_url, f"http://127.0.0.1:{port}"
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["connect-src"].append(settings.LIVE_ORIGIN)
    settings.CONTENT_SECURITY_POLICY = policy
    facts = boxes.plain() | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "REDIS_URL": redis_url,
        "DATABASE_URL": "postgresql://nobody@/not_used?host=/nowhere",
        "SECRET_KEY": settings.SECRET_KEY,
        "PAGES_ORIGIN": site_url,
        "LIVE_ORIGIN": settings.LIVE_ORIGIN,
    }
    words = ["-m", "granian", *processes.STREAM, "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    program = [sys.executable, *words, "--log-level", "warning", "clinic.project.live:application"]
    child = processes.spawn(program, log=mail_folder / "live.log", folder=boxes.ROOT, environment=facts)
    try:
        boxes.wait_for_port(port)
        yield settings.LIVE_ORIGIN
    finally:
        processes.stop(child)


@pytest.fixture
def somebody(open_page, site_url):
    """A function that gives a person with a fresh browser: `somebody("phone")`. Their consoles stay silent.

    `hands`: the way they use it, see tests.journeys.hands; Person has a pointer and a keyboard.
    """
    made = []

    def one(size="tablet", name="", user=None, theme="", hands=Person):
        made.append(hands(open_page(size), name, site_url))
        if theme:
            made[-1].prefers(theme)
        return made[-1].signs_in(user) if user else made[-1]

    one.made = made
    yield one
    assert [words for person in made for words in person.complaints] == []


@pytest.fixture
def minutes_later(time_moves, somebody):
    """A function that moves the clinic's clock on, and the clocks of everybody's browsers with it."""

    def later(minutes):
        time_moves(clock.now() + timedelta(minutes=minutes))
        for person in somebody.made:
            person.page.clock.set_system_time(clock.now())

    return later
