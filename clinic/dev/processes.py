"""Children of this process: started so that they end with it, found again and ended after a kill."""

import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

CHILD = Path(__file__).with_name("child.py")
# How granian holds the event streams. An open stream is a connection for good, and granian accepts no more of them than
# --backpressure (1,024 when it is not said): a renewal or a look at its health would wait for ever behind them.
STREAM = ("--interface", "asginl", "--backpressure", "6000")


@dataclass(frozen=True)
class Account:
    """A numeric account, and whether it needs help to pass closed folders above the project."""

    user: int = 0
    group: int = 0
    reach: bool = False


STAY = Account()


def ordinary_account(*paths: Path) -> Account:
    """Return the account that PostgreSQL, which refuses root, runs as: ourselves, or `nobody` when we are root."""
    if os.geteuid() != 0:
        return STAY
    entry = _unprivileged_entry()
    closed = any(not _passable(path, entry.pw_uid) for path in paths)
    return Account(entry.pw_uid, entry.pw_gid, closed)


def _unprivileged_entry() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("nobody")
    except KeyError:
        return next(entry for entry in pwd.getpwall() if entry.pw_uid != 0)


def _passable(path: Path, user: int) -> bool:
    """Say whether everybody, or this user as the owner, may enter every folder down to `path`."""
    for folder in [path.resolve(), *path.resolve().parents]:
        if not folder.is_dir():
            continue
        facts = folder.stat()
        if not facts.st_mode & stat.S_IXOTH and facts.st_uid != user:
            return False
    return True


def command(
    program: Sequence[str | Path], *, account: Account = STAY, on_parent_death: int = signal.SIGTERM
) -> list[str]:
    """Wrap a program so that it ends with this process and runs as `account`."""
    facts = (os.getpid(), int(on_parent_death), account.user, account.group, int(account.reach))
    return [sys.executable, "-I", str(CHILD), *map(str, facts), "--", *map(str, program)]


def spawn(
    program: Sequence[str | Path],
    *,
    log: Path,
    account: Account = STAY,
    on_parent_death: int = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen:
    """Start a program in its own session, its words appended to `log`; the caller waits for it."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command(program, account=account, on_parent_death=on_parent_death),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=dict(environment) if environment is not None else None,
            cwd=folder,
            start_new_session=True,
        )


def stop(child: subprocess.Popen, *, first: int = signal.SIGTERM, seconds: float = 10) -> None:
    """End a child of ours, politely, then by force, and with it whatever it started in its session."""
    if child.poll() is None:
        child.send_signal(first)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait(seconds)
    end_session(child.pid)


def end_session(leader: int, born: float = 0.0) -> list[psutil.Process]:
    """Kill every process of the session a child of ours led, also when the leader is gone; returns them.

    `born` (seconds since the epoch): older processes belong to somebody else's session of the same number.
    """
    left = [process for process in psutil.process_iter() if _is_member(process, leader, born)]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=5)
    return left


def _is_member(process: psutil.Process, leader: int, born: float) -> bool:
    try:
        return os.getsid(process.pid) == leader and process.create_time() > born - 2
    except (ProcessLookupError, psutil.NoSuchProcess):
        return False


def end_orphan(pid: int, born: float, *, first: int = signal.SIGTERM, seconds: float = 10) -> bool:
    """End a process an earlier start left behind, known by pid and birth (seconds since the epoch).

    A pid that now belongs to somebody else, told by its other birth, is left alone (a number is not given away while
    its session lives). Of a leader that is gone, the session is ended. Returns whether one was ended.
    """
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - born) > 2:
            return False
        family = [process, *process.children(recursive=True)]
        process.send_signal(first)
        _, alive = psutil.wait_procs(family, timeout=seconds)
        for left in alive:
            left.kill()
        psutil.wait_procs(alive, timeout=seconds)
    except psutil.NoSuchProcess:
        return bool(end_session(pid, born))
    end_session(pid, born)
    return True
