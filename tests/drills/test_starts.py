"""./run for real: first start, second start, kill -9, two copies, odd folders, an ordinary account.

Run by `./test --drills`. Every start is `--empty`: the demo clinic has drills of its own. The bounds in seconds are for
a machine with nothing else to do; DRILL_PATIENCE=3 makes them three times as long.
"""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from clinic.dev.workplace import free_port
from tests.house.code import ROOT

PATIENCE = float(os.environ.get("DRILL_PATIENCE", "1"))
FIRST_SECONDS, LATER_SECONDS = 60 * PATIENCE, 8 * PATIENCE
pytestmark = pytest.mark.timeout(600 * PATIENCE)


@pytest.fixture(scope="module")
def made():
    """A data folder with a space in its name, from a first start that was stopped again."""
    with _folder() as folder:
        with running(folder / "da ta", seconds=FIRST_SECONDS) as first:
            assert first.health() == "ok"
            assert "Bringing the database to shape" in first.said
        yield folder / "da ta"


@pytest.fixture
def data(made):
    """A copy of that folder for this test alone."""
    with _folder() as folder:
        subprocess.run(["cp", "-a", made, folder], check=True)
        yield folder / made.name


@contextmanager
def _folder():
    folder = Path(tempfile.mkdtemp(prefix="tideline drill "))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


class Run:
    """One ./run and what it printed."""

    def __init__(self, data, *, port=None, root=ROOT, prefix=()):
        self.port = port or _pair_of_ports()
        self.started = time.monotonic()
        self.words = [*prefix, str(root / "run"), "--empty", "--port", str(self.port), "--data", str(data)]
        self.process = subprocess.Popen(
            self.words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.said = ""

    def ready(self, seconds):
        """Wait for the ready line; returns how many seconds it took."""
        for line in self.process.stdout:
            self.said += line
            if line.startswith("(started in"):
                break
        took = time.monotonic() - self.started
        assert f"Ready: http://127.0.0.1:{self.port}/" in self.said, self.said
        assert took < seconds, f"{took:.1f} s\n{self.said}"
        return took

    def health(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready/", timeout=5) as answer:
            return json.load(answer)["status"]

    def family(self):
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def stop(self):
        """Ask it to stop; everything it started must be gone."""
        family = self.family() if self.process.poll() is None else []
        self.process.terminate()
        self.process.stdout.read()
        self.process.stdout.close()
        code = self.process.wait(40 * PATIENCE)
        _, alive = psutil.wait_procs(family, timeout=5)
        assert alive == []
        return code


@contextmanager
def running(*args, seconds=LATER_SECONDS, **kwargs):
    run = Run(*args, **kwargs)
    try:
        run.ready(seconds)
        yield run
    finally:
        run.stop()


def _pair_of_ports():
    while True:
        port = free_port()
        if port < 65000:
            return port


def test_a_later_start_is_quick_and_so_is_one_after_a_kill(data):
    with running(data) as second:
        assert second.health() == "ok"
        assert "Bringing the database to shape" not in second.said
        other = subprocess.run(second.words, capture_output=True, text=True, check=False)
        assert other.returncode == 1
        assert "already runs on" in other.stderr

    killed = Run(data)
    killed.ready(LATER_SECONDS)
    family = killed.family()
    killed.process.kill()
    killed.process.stdout.close()
    killed.process.wait(5)
    assert psutil.wait_procs(family, timeout=15 * PATIENCE)[1] == [], "what it started ends with it"

    with running(data, port=killed.port) as after:
        assert after.health() == "ok"


def test_everything_killed_at_once_starts_again(data):
    run = Run(data)
    run.ready(LATER_SECONDS)
    family = run.family()
    for process in family:
        _kill(process)
    run.process.stdout.close()
    run.process.wait(5)
    psutil.wait_procs(family, timeout=10)
    with running(data, seconds=LATER_SECONDS * 2) as after:
        assert after.health() == "ok"


def _kill(process):
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def test_a_part_that_dies_is_started_again(data):
    with running(data) as run:
        for name in ("celery", "postgres", "valkey-server", "granian"):
            victim = next(p for p in psutil.Process(run.process.pid).children() if name in " ".join(p.cmdline()))
            victim.kill()
            deadline = time.monotonic() + 30 * PATIENCE
            while time.monotonic() < deadline:
                time.sleep(1)
                if _well(run):
                    break
            assert _well(run), name


def _well(run):
    try:
        return run.health() == "ok"
    except OSError:
        return False


def test_two_copies_run_side_by_side(data):
    subprocess.run(["cp", "-a", data, data.with_name("other")], check=True)
    with running(data) as one, running(data.with_name("other"), seconds=LATER_SECONDS * 2) as two:
        assert one.port != two.port
        assert (one.health(), two.health()) == ("ok", "ok")


@pytest.fixture
def ordinary_home():
    """A home and the words that start something there as an ordinary account: a new one for root, else ourselves."""
    if os.geteuid() != 0:
        with tempfile.TemporaryDirectory(prefix="tideline home ") as home:
            yield Path(home), os.geteuid(), ()
        return
    name = "tideline-drill"
    subprocess.run(["useradd", "--create-home", name], check=True)
    account = pwd.getpwnam(name)
    yield Path(account.pw_dir), account.pw_uid, ("runuser", "-u", name, "--")
    for process in psutil.process_iter(["uids"]):
        if process.info["uids"].real == account.pw_uid:
            process.kill()
    subprocess.run(["userdel", "--remove", name], check=True, capture_output=True)


def test_an_ordinary_account_starts_it_from_a_fresh_copy(ordinary_home):
    home, uid, prefix = ordinary_home
    copy = home / "my copy"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(copy)], check=True)
    subprocess.run(["chown", "-R", str(uid), str(home)], check=True)
    with running(copy / ".data", seconds=300 * PATIENCE, root=copy, prefix=prefix) as run:
        assert run.health() == "ok"
        assert {process.uids().real for process in run.family()[1:]} == {uid}


def test_root_or_not_the_server_is_ordinary_and_no_folder_was_opened(data):
    closed = data.parent
    closed.chmod(0o700)
    with running(data) as run:
        server = next(p for p in psutil.Process(run.process.pid).children() if p.name() == "postgres")
        assert server.uids().effective != 0
        assert closed.stat().st_mode & 0o777 == 0o700
