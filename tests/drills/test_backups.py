"""REL-16: copies of the record are taken sealed, tried out, and brought back, to one second before a bad DELETE too.

Real servers, the commands as an administrator calls them. What comes back is compared by the row hashes of every table,
by every trigger, constraint, index, function and right, by the audit chain, and by a page that opens.
"""

import os
import subprocess
import time
from datetime import timedelta

import psycopg2
import pytest

from clinic.backup import proof
from clinic.dev.embedded import SUPERUSER
from clinic.models import AuditEvent, BackupRun
from sessions.models import Entry, VitalsReading
from tests.drills import servers
from tests.drills.figures import say
from tests.house.code import ROOT
from tests.people import people
from tests.programs import program
from tests.sessions import screens

pytestmark = pytest.mark.timeout(900)
BAD = (
    "SET session_replication_role = replica",  # a superuser's hand: no trigger stands in the way
    "DELETE FROM treatment_sessions_vitalsreading",
    "DELETE FROM clinic_auditevent",
    "UPDATE clinic_patient SET given_name = 'Nobody'",
)


@pytest.fixture
def keys(tmp_path_factory):
    folder = tmp_path_factory.mktemp("keys")
    for path in (folder, *folder.parents[:2]):
        path.chmod(0o711)
    return servers.Keys.made(folder)


@pytest.fixture
def place(cluster, keys, django_db_blocker):
    """(server, database) that keeps its log on the shelf."""
    with django_db_blocker.unblock(), servers.durable(archive_command=keys.archive_command()) as made:
        yield made


@pytest.fixture
def scene(place, monkeypatch):
    """A clinic with an infusion under way."""
    screens.begin(monkeypatch, 40)
    scene = screens.seated(people(), 0, "Canary", None).ready()
    scene.start()
    for minute in (5, 10, 15, 20):
        scene.vitals(minute)
    return scene


def proof_of(server, name):
    """The proof of a database, and how many seconds it took to work it out."""
    begun = time.monotonic()
    with psycopg2.connect(server.url(SUPERUSER, name)) as connection, connection.cursor() as cursor:
        found = proof.of(cursor)
    connection.close()
    return found, time.monotonic() - begun


def test_rel_16_to_one_second_before_a_bad_delete(place, scene, keys, tmp_path):
    server, name = place
    told = servers.environment(server, name, keys)
    servers.manage(told, "backup", "base")
    for minute in range(21, 31):
        scene.vitals(minute)
    wanted, _ = proof_of(server, name)
    time.sleep(1.2)
    now = servers.asked(server, "SELECT clock_timestamp()")
    with server.superuser(name) as cursor:
        for statement in BAD:
            cursor.execute(statement)
    assert VitalsReading.objects.count() == 0, "the harm is done"
    servers.log_is_kept(server)

    restored = servers.Safe(tmp_path / "restored", archive_mode="off")
    begun = time.monotonic()
    until = (now - timedelta(seconds=1)).isoformat()
    servers.manage(told, "restore", "base", "--to", str(restored.data), "--until", until)
    unpacked = time.monotonic() - begun
    servers.give(restored.data, restored.account)
    try:
        restored.start()
        servers.until(
            lambda: not servers.asked(restored, "SELECT pg_is_in_recovery()"), 60, restored.log.read_text()[-2000:]
        )
        back = time.monotonic() - begun
        found, counting = proof_of(restored, name)
        assert proof.differences(wanted, found) == []
        said = servers.manage(servers.environment(restored, name, keys), "verify_database")
        assert "WRONG" not in said
        servers.lead_to(restored, name)
        assert VitalsReading.objects.filter(entry__session=scene.session).count() >= 14
        assert AuditEvent.objects.filter(verb="backup.base").count() == 1
    finally:
        servers.lead_to(server, name)
        restored.stop()
    say("REL-16 point in time", f"{proof.rows(found)} rows in {len(found['tables'])} tables equal, unpacked in "
        f"{unpacked:.1f} s, back and open in {back:.1f} s, row hashes in {counting:.1f} s")  # fmt: skip


def test_rel_16_a_dump_is_taken_sealed_tried_and_equal_and_a_touched_one_is_refused(place, scene, keys):
    server, name = place
    told, account = servers.environment(server, name, keys), server.account
    servers.manage(told, "backup", "dump")
    copy = next(keys.shelf.glob("dump-*"))
    everything = b"".join(path.read_bytes() for path in copy.iterdir())
    assert b"Canary" not in everything
    assert copy.joinpath("record.dump.age").read_bytes().startswith(b"age-encryption.org/v1")
    said = servers.manage(told, "try_restore", "dump", account=account)
    assert "row hashes equal in" in said
    assert "WRONG" not in said
    taken, tried = (BackupRun.objects.get(kind=kind, outcome="ok") for kind in ("dump", "restore"))
    servers.manage(told, "backups", "--check")
    sealed_file = copy / "record.dump.age"
    content = bytearray(sealed_file.read_bytes())
    content[len(content) // 2] ^= 1
    sealed_file.write_bytes(bytes(content))
    assert "record.dump.age was changed" in servers.manage(told, "backups", "--check", code=1)
    assert "can't be opened" in servers.manage(told, "try_restore", "dump", account=account, code=1)
    assert BackupRun.objects.get(kind="restore", outcome="failed").words
    say("REL-16 dump", f"{taken.detail['rows']} rows, taken in {taken.seconds:.1f} s, {taken.size // 1024} kB sealed; "
        f"tried in {tried.seconds:.1f} s {tried.detail['seconds']}; one changed byte refused")  # fmt: skip


def test_rel_16_the_weekly_trial_of_the_whole_server_follows_the_log_to_its_end(place, scene, keys):
    server, name = place
    told = servers.environment(server, name, keys)
    servers.manage(told, "backup", "base")
    scene.vitals(25)
    last = Entry.objects.order_by("-received_at").first()
    servers.log_is_kept(server)
    said = servers.manage(told, "try_restore", "base", account=server.account)
    assert "nothing is gone from" in said
    assert "WRONG" not in said
    tried = BackupRun.objects.get(kind="restore", outcome="ok")
    assert last is not None
    assert "are whole" in servers.manage(told, "backups", "--check")
    next(keys.shelf.glob("wal/0*.gz.age")).write_bytes(b"age-encryption.org/v1\nbroken")
    assert servers.manage(told, "try_restore", "base", account=server.account, code=1)
    say("REL-16 trial", f"the whole server and its log tried in {tried.seconds:.1f} s {tried.detail['seconds']}")


def offsite(shelf, elsewhere, tmp_path, code):
    """Run deploy/offsite-copy between two folders; what it had noted."""
    program("rsync")
    noting = tmp_path / "manage"
    noting.write_text('#!/bin/sh\necho "$@"\n')
    noting.chmod(0o755)
    told = os.environ | {"BACKUP_FOLDER": str(shelf), "OFFSITE": str(elsewhere), "MANAGE": str(noting)}
    done = subprocess.run([ROOT / "deploy/offsite-copy"], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == code, (done.stdout, done.stderr)
    return done.stdout.strip()


@pytest.mark.short
def test_rel_16_copies_are_carried_elsewhere_whole_and_what_was_changed_there_is_found(tmp_path):
    shelf, elsewhere = tmp_path / "shelf", tmp_path / "elsewhere"
    for name in ("wal/000000010000000000000001.gz.age", "dump-20260513T160000Z/record.dump.age", ".base-half/data"):
        (shelf / name).parent.mkdir(parents=True, exist_ok=True)
        (shelf / name).write_bytes(name.encode())
    elsewhere.mkdir()
    assert offsite(shelf, elsewhere, tmp_path, 0) == "note_backup_copy --files 2"
    assert not (elsewhere / ".base-half").exists(), "a copy that is being made is none"
    there = elsewhere / "wal/000000010000000000000001.gz.age"
    there.chmod(0o600)
    there.write_bytes(b"changed by whoever broke in")
    assert "--failed 1 files" in offsite(shelf, elsewhere, tmp_path, 1)
    assert there.read_bytes() == b"changed by whoever broke in", "nothing there is ever changed from here"
    (shelf / "dump-20260513T160000Z/record.dump.age").unlink()
    there.write_bytes(b"wal/000000010000000000000001.gz.age")
    offsite(shelf, elsewhere, tmp_path, 0)
    assert (elsewhere / "dump-20260513T160000Z/record.dump.age").exists(), "nothing there is ever removed from here"
