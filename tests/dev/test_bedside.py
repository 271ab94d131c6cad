"""The monitors of the demo: listener and simulator as real processes, from the bed to the live stream."""

import json
import os
import socket
import subprocess
import sys
import time

import pytest
import redis

from clinic import clock
from clinic.dev.bedside import CUFF, CUFF_EVERY, LINES, Monitor
from clinic.dev.embedded import APPLICATION
from clinic.interop import hl7
from clinic.live import STREAM
from sessions.models import Device, MonitorSample
from sessions.rules import monitors as rules
from tests.house.code import ROOT
from tests.people import people
from tests.sessions.scene import Scene
from tests.sessions.screens import begin


def values_of(message):
    return {o.measure: o for o in rules.observations(hl7.parse(message))}


def test_a_calm_patient_stays_calm_and_the_cuff_keeps_its_time():
    monitor, at = Monitor("D-1", "BED", 1), clock.now().replace(microsecond=0)
    first = values_of(monitor.report(at))
    later = values_of(monitor.report(at + CUFF_EVERY / 2))
    assert set(first) == set(LINES)
    assert {later[m].value for m in CUFF} == {first[m].value for m in CUFF}
    assert {later[m].device_at for m in CUFF} == {at}
    for _ in range(300):
        found = values_of(monitor.report(at))
        assert all(LINES[m][4] <= o.value <= LINES[m][5] for m, o in found.items())


def test_what_was_charted_is_followed_even_outside_the_usual():
    monitor = Monitor("D-1", "BED", 1)
    monitor.follow(type("Reading", (), {"spo2": 85, "systolic": 190}))
    found = values_of(monitor.report(clock.now()))
    assert 84 <= found["spo2"].value <= 86
    assert 186 <= found["systolic"].value <= 194


@pytest.fixture
def started(cluster, live_db, redis_server, tmp_path):
    """Starts `manage.py` commands with the database and Redis of this test; ends what is left."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinic.project.settings.dev",
        "DATABASE_URL": cluster.url(APPLICATION, live_db),
        "REDIS_URL": redis_server.url(),
        "BASE_URL": "http://127.0.0.1:1",
        "SECRET_KEY": "test-" + "d" * 50,
        "TIDELINE_DATA": str(tmp_path),
    }
    children = []

    def start(*words):
        command = [sys.executable, str(ROOT / "manage.py"), *words]
        children.append(subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True))
        return children[-1]

    yield start
    for child in children:
        if child.poll() is None:
            child.kill()
        child.wait(10)
        child.stdout.close()


def test_from_the_bed_to_the_open_screen(started, redis_server, monkeypatch):
    everyone = people()
    begin(monkeypatch, 40)
    session = Scene(everyone).running().session
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    listener = started("monitors", "--port", port)
    assert "Listening" in listener.stdout.readline()
    simulator = started("monitor_simulator", "--port", port, "--seconds", "0.5")
    deadline = time.monotonic() + 60
    with redis.from_url(redis_server.url()) as client:
        while not (told := client.xrange(STREAM.format(site=session.site_id))):
            assert time.monotonic() < deadline, "no open page was told"
            time.sleep(0.2)
    news = json.loads(told[-1][1][b"n"])
    assert (news["topic"], news["id"]) == ("monitor", str(session.pk))
    assert set(MonitorSample.objects.filter(session=session).values_list("measure", flat=True)) == set(LINES)
    assert Device.objects.filter(confirmed_at__isnull=True).values_list("unit", flat=True).get() == "DEMO-SPARE"
    for child in (simulator, listener):
        child.terminate()
        assert child.wait(20) == 0
