"""REL-17: a migration under traffic. Nobody waits longer than a second for it, and the old code works on the new shape.

Real processes: the pages in two of them, six people at work, a long report that reads the table, `manage.py migrate` as
a deploy runs it. The yardstick in the same drill: the same change without our command's manners.
"""

import subprocess
import sys
import threading
import time
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from clinic.dev.embedded import OWNER, SUPERUSER
from clinic.management.commands import migrate
from tests.cluster import point_to
from tests.drills import pages
from tests.drills.figures import say
from tests.house.code import ROOT
from tests.people import people
from tests.sessions import screens

REPORT_SECONDS = 2.5


@dataclass
class Place:
    """What a process is told, and who is at work."""

    told: dict
    nurses: list
    readers: list
    another: pages.Reader
    log: Path


@pytest.fixture
def place(cluster, live_db, redis_url, tmp_path, monkeypatch):
    """Two sessions under way, the pages served."""
    screens.begin(monkeypatch, 40)
    p = people()
    scenes = [screens.Busy(p).ready(code="KET-1"), screens.seated(p, 1, "Baum", None).ready(code="KET-2")]
    for scene in scenes:
        scene.start()
    told = pages.environment(cluster, live_db, redis_url, tmp_path)
    looks = [reverse("followup:patient-show", args=[p.patient.pk]), screens.url("session-show", scenes[0].session)]
    with pages.serving(told, tmp_path / "pages.log") as server:
        nurses = [pages.Nurse(server.port, p.nurse, scene.session) for scene in scenes for _ in range(2)]
        readers = [pages.Reader(server.port, p.nurse, path) for path in (*looks, looks[0])]
        yield Place(told, nurses, readers[:2], readers[2], tmp_path / "pages.log")


@contextmanager
def report(cluster, live_db):
    """Reads the patients' table as a long report does, and goes on as long as this is not left."""
    with closing(psycopg2.connect(cluster.url(SUPERUSER, live_db))) as other, other.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clinic_patient")
        yield


def migrated(told, reading):
    """Run the deploy's migrate with the drill's app, the report until it was put off twice; returns what it said."""
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "--no-input", "--verbosity", "0"]
    told = told | {"DJANGO_SETTINGS_MODULE": "tests.drills.growing.settings", "PYTHONUNBUFFERED": "1"}
    with (
        subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.PIPE, text=True) as child,
        ExitStack() as stack,
    ):
        stack.enter_context(reading)
        said = child.stderr.readline() + child.stderr.readline()
        stack.close()
        said += child.stderr.read()
    assert child.returncode == 0, said[-3000:]
    return said


def shape(cluster, live_db):
    """Which of the drill's things stand in the database."""
    with closing(psycopg2.connect(cluster.url(SUPERUSER, live_db))) as other, other.cursor() as cursor:
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('drill_by_word')")
        index = cursor.fetchall()
        cursor.execute("SELECT convalidated FROM pg_constraint WHERE conname = 'drill_word_said'")
        return index, cursor.fetchall()


@pytest.mark.short
def test_rel_17_a_migration_under_traffic_delays_nobody_by_a_second(place, cluster, live_db):
    before, crew = pages.charted(), [*place.nurses, *place.readers]
    with pages.at_work(*crew):
        time.sleep(1)
        said = migrated(place.told, report(cluster, live_db))
        time.sleep(1.5)  # the old code on the new shape
    assert "a table is busy; the pages go first" in said, "nothing was in its way: the drill proves nothing"
    assert shape(cluster, live_db) == ([(True,)], [(True,)])
    worst = max(spent for one in crew for spent in one.times)
    kept = pages.judge(place.nurses, before)
    assert sum(nurse.retried for nurse in place.nurses) == 0
    assert {status for one in place.readers for status in one.statuses} == {200}, place.log.read_text()[-3000:]
    assert worst <= 1.0 * pages.PATIENCE, f"somebody waited {worst:.2f} s"
    frozen = frozen_by_plain_sql(place, cluster, live_db)
    assert frozen > 1.5, "without our manners it is not worse: the drill proves nothing"
    say("REL-17", f"{kept} sets, {said.count('busy')} tries put off, errors 0, worst request {worst:.2f} s; "
        f"without lock_timeout {frozen:.2f} s")  # fmt: skip


def frozen_by_plain_sql(place, cluster, live_db):
    """The same kind of change without a lock timeout: how long a look at a patient then waits (seconds)."""
    with pages.at_work(place.another), report(cluster, live_db):
        change = threading.Thread(target=plainly, args=(cluster.url(OWNER, live_db),))
        change.start()
        time.sleep(REPORT_SECONDS)
    change.join()
    return max(place.another.times)


def plainly(url):
    """A change as anybody would type it."""
    with closing(psycopg2.connect(url)) as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE clinic_patient DROP COLUMN drill_word")
        owner.commit()


def test_rel_17_only_one_deploy_migrates_at_a_time(cluster, live_db):
    with closing(psycopg2.connect(cluster.url(OWNER, live_db))) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [migrate.LOCK])
        point_to(cluster.sockets, live_db, user=OWNER)
        with pytest.raises(CommandError, match="Another deploy"):
            call_command("migrate", verbosity=0)


def test_rel_17_an_index_left_half_made_is_made_anew(cluster, live_db):
    point_to(cluster.sockets, live_db, user=OWNER)
    with closing(psycopg2.connect(cluster.url(SUPERUSER, live_db))) as other, other.cursor() as cursor:
        cursor.execute("CREATE INDEX drill_half ON clinic_patient (phone)")
        cursor.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'drill_half'::regclass")
        other.commit()
        call_command("migrate", verbosity=0)
        cursor.execute("SELECT to_regclass('drill_half')")
        assert cursor.fetchone() == (None,)


def test_rel_17_a_table_busy_all_the_time_is_an_error_that_changed_nothing(cluster, live_db, monkeypatch, capsys):
    point_to(cluster.sockets, live_db, user=OWNER)

    def busy(self, *args, **options):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE clinic_patient ADD COLUMN drill_word text")

    monkeypatch.setattr(migrate.Migrate, "handle", busy)
    with closing(psycopg2.connect(cluster.url(SUPERUSER, live_db))) as other, other.cursor() as cursor:
        cursor.execute("BEGIN; SELECT 1 FROM clinic_patient")
        with pytest.raises(CommandError, match="stayed busy"):
            call_command("migrate", verbosity=0, patience=2)
    assert "Try 2" in capsys.readouterr().err
