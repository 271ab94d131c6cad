"""REL-08 and REL-09: the database crashes, or its machine is lost, while nurses chart. Nothing acknowledged is lost.

Real servers and real pages. Nurses send each set again with the same id until it is acknowledged, as tablets do.
"""

import time

import pytest
from django.conf import settings

from clinic.dev.embedded import APPLICATION, OWNER
from tests.drills import pages, servers
from tests.drills.figures import say
from tests.people import people
from tests.sessions import screens

pytestmark = pytest.mark.timeout(600)
SIDE_BY_SIDE = 2  # processes of the pages, each with workers of its own


@pytest.fixture
def place(cluster, django_db_blocker):
    """(server, database), safe on the disk."""
    with django_db_blocker.unblock(), servers.durable(archive_mode="off") as made:
        yield made


@pytest.fixture
def scenes(place, monkeypatch):
    """Two infusions under way."""
    screens.begin(monkeypatch, 40)
    p = people()
    made = [screens.seated(p, n, f"Drill{n}", None).ready(code=f"KET-{n}") for n in range(2)]
    for scene in made:
        scene.start()
    return made


def told(url, redis_url, folder):
    """What the pages are told: like pages.environment, with an address of ours."""
    facts = {"DATABASE_URL": url(APPLICATION), "DATABASE_OWNER_URL": url(OWNER)}
    return servers.environment_of_pages(facts, redis_url, folder, settings.SECRET_KEY)


def crew_at(doors, scenes):
    """Two nurses at each door, one a session."""
    return [pages.Nurse(door.port, scene.nurse, scene.session) for door in doors for scene in scenes]


def acknowledged(nurses):
    """How many sets so far."""
    return sum(len(nurse.acknowledged) for nurse in nurses)


def gap(nurses, seconds=60):
    """Seconds from now until every nurse has been answered again."""
    begun, before = time.monotonic(), [len(nurse.acknowledged) for nurse in nurses]
    servers.until(
        lambda: all(len(nurse.acknowledged) > count for nurse, count in zip(nurses, before, strict=True)),
        seconds * pages.PATIENCE,
        f"the nurses are not answered again: {[(nurse.is_alive(), nurse.statuses) for nurse in nurses]}",
    )
    return time.monotonic() - begun


@pytest.mark.short
def test_rel_08_a_crash_of_postgres_under_load_loses_and_doubles_nothing(place, scenes, redis_url, tmp_path):
    server, name = place
    facts = told(lambda role: server.url(role, name), redis_url, tmp_path)
    with pages.serving(facts, tmp_path / "pages.log") as door:
        nurses, before = crew_at([door, door], scenes), pages.charted()
        with pages.at_work(*nurses):
            time.sleep(2)
            reached = acknowledged(nurses)
            servers.crash(server)
            time.sleep(3)
            server.start()
            away = gap(nurses)
            time.sleep(2)
    servers.lead_to(server, name)
    kept = pages.judge(nurses, before)
    assert reached > 0
    assert kept > reached
    assert sum(nurse.retried for nurse in nurses) > 0, "nobody was interrupted: the drill proves nothing"
    longest = max(wait for nurse in nurses for wait in nurse.waits)
    say("REL-08", f"{kept} sets acknowledged, 0 lost, 0 doubled; crash, 3 s away, back {away:.1f} s after the start; "
        f"longest wait with retries {longest:.1f} s")  # fmt: skip


@pytest.fixture
def pair(place, tmp_path):
    """The server, a standby that confirms every commit before it is acknowledged, and the database's name."""
    server, name = place
    second = servers.standby_of(server, tmp_path / "standby")
    try:
        servers.asked(server, "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        servers.asked(server, "SELECT pg_reload_conf()")
        sync = "SELECT count(*) = 1 FROM pg_stat_replication WHERE sync_state = 'sync'"
        servers.until(lambda: servers.asked(server, sync), 30, second.log.read_text()[-2000:])
        yield server, second, name
    finally:
        second.stop()


def test_rel_09_the_first_machine_dies_under_load_and_the_standby_goes_on(pair, scenes, redis_url, tmp_path):
    server, second, name = pair
    hosts = f"{server.sockets}%2C{second.sockets}"

    def url(role):
        return f"postgresql://{role}@/{name}?host={hosts}&target_session_attrs=read-write"

    facts = told(url, redis_url, tmp_path)
    with pages.serving(facts, tmp_path / "one.log") as one, pages.serving(facts, tmp_path / "two.log") as two:
        nurses, before = crew_at([one, two], scenes), pages.charted()
        with pages.at_work(*nurses):
            time.sleep(3)
            reached = acknowledged(nurses)
            servers.kill(server)
            lost_at = time.monotonic()
            time.sleep(0.5)
            servers.asked(second, "ALTER SYSTEM SET synchronous_standby_names = ''")
            servers.asked(second, "SELECT pg_promote()")
            gap(nurses)
            away = time.monotonic() - lost_at
            time.sleep(3)
    servers.lead_to(second, name)
    kept = pages.judge(nurses, before)
    assert reached > 0
    assert kept > reached
    assert sum(nurse.retried for nurse in nurses) > 0, "nobody was interrupted: the drill proves nothing"
    say("REL-09", f"{kept} sets acknowledged ({reached} before the loss) over two processes of the pages, 0 lost, "
        f"0 doubled; gap {away:.1f} s from the loss to the first answer for everybody")  # fmt: skip
