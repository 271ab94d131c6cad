"""Children end with their parent, and what a killed start left is found again, and nothing else."""

import os
import re
import signal
import stat
import subprocess
import sys
import time

import psutil
import pytest

from clinic.dev import embedded, processes

SLEEP = ["/usr/bin/env", "sleep", "60"]


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    program = (
        "import time; from pathlib import Path; from clinic.dev import processes;"
        f"child = processes.spawn({SLEEP!r}, log=Path({str(tmp_path / 'log')!r})); print(child.pid, flush=True);"
        "time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        parent.wait(5)
    psutil.wait_procs([child], timeout=5)
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_an_orphan_is_ended_by_pid_and_birth(tmp_path):
    child = processes.spawn(SLEEP, log=tmp_path / "log")
    born = psutil.Process(child.pid).create_time()
    assert not processes.end_orphan(child.pid, born - 100), "another process of the same number"
    assert child.poll() is None
    assert processes.end_orphan(child.pid, born)
    assert not psutil.pid_exists(child.pid)
    child.wait(5)


GRANDPARENT = (
    "import subprocess, sys, time; child = subprocess.Popen(['sleep', '60']); print(child.pid, flush=True);"
    "time.sleep(60)"
)


def grandchild_of(log):
    child = processes.spawn([sys.executable, "-c", GRANDPARENT], log=log)
    while not (said := log.read_text().split()):
        time.sleep(0.02)
    return child, psutil.Process(int(said[0]))


def test_what_a_child_started_is_stopped_with_it(tmp_path):
    child, grandchild = grandchild_of(tmp_path / "log")
    processes.stop(child)
    psutil.wait_procs([grandchild], timeout=5)
    assert not grandchild.is_running()


def test_what_a_killed_child_left_is_found_by_its_session(tmp_path):
    child, grandchild = grandchild_of(tmp_path / "log")
    born = psutil.Process(child.pid).create_time()
    child.kill()
    child.wait(5)
    assert grandchild.is_running()
    assert processes.end_orphan(child.pid, born)
    psutil.wait_procs([grandchild], timeout=5)
    assert not grandchild.is_running()


def test_a_pid_that_is_gone_is_nobody(tmp_path):
    child = processes.spawn(["/usr/bin/env", "true"], log=tmp_path / "log")
    child.wait(5)
    assert not processes.end_orphan(child.pid, time.time())


def test_a_deaf_child_is_ended_by_force(tmp_path):
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    )
    child = processes.spawn([sys.executable, "-c", script], log=tmp_path / "log")
    while "deaf" not in (tmp_path / "log").read_text():
        time.sleep(0.02)
    processes.stop(child, seconds=0.3)
    assert child.returncode == -signal.SIGKILL


def test_root_becomes_somebody_ordinary_and_others_stay(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert processes.ordinary_account(tmp_path) == processes.STAY
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    tmp_path.chmod(0o700)
    account = processes.ordinary_account(tmp_path)
    assert account.user != 0
    assert account.reach or tmp_path.stat().st_uid == account.user


def test_a_folder_of_somebody_else_is_never_used_for_sockets(tmp_path, monkeypatch):
    folder = embedded.private_folder(tmp_path, "xx")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert embedded.private_folder(tmp_path, "xx") == folder
    folder.chmod(0o755)
    with pytest.raises(embedded.EmbeddedError, match="not a private folder"):
        embedded.private_folder(tmp_path, "xx")
    folder.rmdir()
    folder.symlink_to(tmp_path)
    with pytest.raises(embedded.EmbeddedError, match="not a private folder"):
        embedded.private_folder(tmp_path, "xx")
    folder.unlink()


def test_a_socket_path_stays_short_however_deep_the_data(tmp_path):
    deep = tmp_path / ("a very long folder name " * 8) / ("another one " * 15)
    folder = embedded.private_folder(deep, "pg")
    assert len(str(folder / ".s.PGSQL.5432")) < 100
    folder.rmdir()


def test_the_embedded_database_keeps_questions_out_of_its_log(cluster):
    with cluster.superuser() as cursor:
        for name, value in (
            ("log_min_error_statement", "panic"),
            ("log_error_verbosity", "terse"),
            ("listen_addresses", ""),
        ):
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (value,)


def test_whatever_holds_the_streams_lets_thousands_of_them_in():
    """By itself granian accepts 1,024 connections: with so many open pages none would be renewed, and all would end."""
    wanted = int(processes.STREAM[processes.STREAM.index("--backpressure") + 1])
    unit = (processes.CHILD.parents[2] / "deploy/systemd/tideline-live.service").read_text()
    compose = (processes.CHILD.parents[2] / "deploy/compose.yaml").read_text()
    assert wanted >= 5000
    assert f"--backpressure {wanted} " in unit
    assert f'--backpressure, "{wanted}"' in compose
    assert int(re.search(r"LimitNOFILE=(\d+)", unit)[1]) > wanted, "each of them is an open file"
