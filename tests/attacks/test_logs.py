"""ML-05 against the real server: what its own access log keeps of a link."""

import http.client
import json
import secrets
import socket
import subprocess
import sys
import time

import pytest

from tests.house.code import ROOT

LOG = ROOT / "deploy" / "granian-log.json"


def free_port():
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return place.getsockname()[1]


@pytest.fixture
def served(tmp_path):
    """A function that serves with these words, asks for a path, and returns what the server wrote about it."""

    def serve(path, *words):
        port, log = free_port(), tmp_path / f"{secrets.token_hex(4)}.log"
        given = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--access-log", *words]
        with log.open("w") as place:
            child = subprocess.Popen(
                [sys.executable, "-m", "granian", *given, "tests.attacks.plain:application"],
                cwd=ROOT, stdout=place, stderr=subprocess.STDOUT,
            )  # fmt: skip
            try:
                _until(lambda: _answers(port, path))
                _until(lambda: "GET /p/" in log.read_text())
            finally:
                child.terminate()
                child.wait(20)
        return log.read_text()

    return serve


def _until(is_so):
    deadline = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.1)


def _answers(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_ml_05_the_servers_own_access_log_keeps_no_token(served):
    token = secrets.token_urlsafe(32)
    written = served(f"/p/{token}/?from=mail", "--log-config", str(LOG))
    assert "GET /p/[withheld]" in written
    assert token not in written
    assert token in served(f"/p/{token}/"), "without our set-up the log would keep it: the test can fail"


def test_ml_05_no_part_is_started_with_an_access_log():
    launcher = (ROOT / "clinic" / "dev" / "launcher.py").read_text()
    assert "access-log" not in launcher
    assert "DiscreetFilter" in json.dumps(json.loads(LOG.read_text()))
    lines = [line for line in (ROOT / "deploy" / "README.md").read_text().splitlines() if "--access-log" in line]
    assert lines
    assert all("--log-config deploy/granian-log.json" in line for line in lines)
