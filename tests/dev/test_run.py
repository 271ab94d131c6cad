"""./run and ./test: what they say when something is in the way. The starts themselves are tried in tests/drills."""

import fcntl
import os
import socket
import stat
import subprocess

import pytest

from clinic.dev import launcher
from clinic.dev.household import waited_for
from clinic.dev.workplace import Refusal, Workplace, check_port, free_port
from tests.house.code import ROOT

SERVICES = dict.fromkeys(launcher.SERVICE_NAMES, "postgresql://a@b/c")


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_said_with_a_way_out(taken_port):
    with pytest.raises(Refusal, match=f"Port {taken_port} can't be used .*--port {taken_port + 10}"):
        check_port(taken_port)
    check_port(free_port())


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"parts": {"database": "ok", "beat": "never"}}, "beat (never)"),
        ({"parts": {"migrations": "pending", "beat": "late"}}, "migrations (pending), beat (late)"),
        ({"parts": "Connection refused"}, "the pages, which do not answer (Connection refused)"),
        ({"parts": 502}, "the pages, which do not answer (502)"),
    ],
)
def test_a_slow_start_says_what_it_waits_for(told, words):
    assert waited_for(told) == words


def test_a_second_copy_on_the_same_data_is_told_who_is_there(tmp_path):
    first, second = Workplace(tmp_path), Workplace(tmp_path)
    first.enter()
    with pytest.raises(Refusal, match=rf"already runs on {tmp_path} \(process {os.getpid()}\)"):
        second.enter()
    first.leave()
    second.enter()
    second.leave()


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="can't be used: .*--data DIR"):
        Workplace(tmp_path / "file").enter()


def test_the_secret_key_is_made_once_and_kept_private(tmp_path):
    place = Workplace(tmp_path)
    place.enter()
    key = place.secret_key()
    assert len(key) > 60
    assert place.secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    place.leave()


@pytest.mark.parametrize("missing", launcher.SERVICE_NAMES)
def test_half_set_services_are_refused(monkeypatch, missing):
    for name, value in SERVICES.items():
        monkeypatch.setenv(name, value)
    assert launcher.external_services() == SERVICES
    monkeypatch.delenv(missing)
    with pytest.raises(Refusal, match=f"but {missing} is not"):
        launcher.external_services()


def test_no_services_named_means_embedded_ones(monkeypatch):
    for name in launcher.SERVICE_NAMES:
        monkeypatch.delenv(name, raising=False)
    assert launcher.external_services() == {}


@pytest.mark.parametrize("words", [["--port", "0"], ["--port", "65535"], ["--port", "x"], ["--wrong"]])
def test_nonsense_on_the_command_line_is_refused(words, capsys):
    with pytest.raises(SystemExit):
        launcher.arguments(words)
    assert "./run" in capsys.readouterr().err


def too_old(tmp_path, version):
    """A folder whose only Python says it is of this version."""
    for name in ("python3", "python"):
        (tmp_path / name).write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "{version}" || exit 1\n')
        (tmp_path / name).chmod(0o755)
    for name in ("dirname", "sh"):
        (tmp_path / name).symlink_to(f"/usr/bin/{name}")
    return {"PATH": str(tmp_path)}


@pytest.mark.parametrize("command", ["run", "test"])
def test_a_python_that_is_too_old_is_said(tmp_path, command):
    environment = too_old(tmp_path, "Python 3.9.2")
    done = subprocess.run([ROOT / command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "needs Python 3.11 or newer, and this machine has: Python 3.9.2" in done.stderr


def test_a_missing_venv_module_is_said_with_its_package(monkeypatch):
    from clinic.dev import bootstrap

    monkeypatch.setattr(bootstrap, "works", lambda command: False)
    with pytest.raises(SystemExit, match=r"venv module is missing. .*apt-get install python3\.\d+-venv"):
        bootstrap.make()


def test_the_environment_is_made_anew_only_when_something_changed(monkeypatch, tmp_path):
    from clinic.dev import bootstrap

    monkeypatch.setattr(bootstrap, "MARK", tmp_path / "mark")
    assert not bootstrap.is_fresh()
    (tmp_path / "mark").write_text(bootstrap.fingerprint())
    assert bootstrap.is_fresh() is bootstrap.PYTHON.exists()
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", tmp_path / "other.txt")
    (tmp_path / "other.txt").write_text("something==1")
    assert not bootstrap.is_fresh()


@pytest.mark.parametrize(
    ("told", "goes_on_with"),
    [
        ({}, {}),
        ({"PYTHONDONTWRITEBYTECODE": ""}, {}),
        ({"PYTHONDONTWRITEBYTECODE": "1"}, {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "compiled")}),
        ({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "/own"}, {"PYTHONPYCACHEPREFIX": "/own"}),
        ({"PYTHONPYCACHEPREFIX": "/own"}, {"PYTHONPYCACHEPREFIX": "/own"}),
    ],
)
def test_what_is_compiled_is_kept_apart_from_the_sources_where_it_must_not_stand_beside_them(told, goes_on_with):
    from clinic.dev import bootstrap

    bootstrap.keep_compiled(told)
    assert told == goes_on_with


def test_help_needs_no_service():
    for command in ("run", "test"):
        done = subprocess.run([ROOT / command, "--help"], capture_output=True, text=True, check=False, cwd="/")
        assert done.returncode == 0, done.stderr
        assert f"./{command}" in done.stdout


def test_the_lock_is_the_kernels(tmp_path):
    place = Workplace(tmp_path)
    place.enter()
    with (tmp_path / "launcher.lock").open() as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    place.leave()


@pytest.mark.parametrize("path", ["run", "test", ".ci/run"])
def test_the_commands_can_be_started(path):
    assert os.access(ROOT / path, os.X_OK)


def test_ci_runs_the_tests():
    assert "./test" in (ROOT / ".ci/run").read_text()
