"""Runs of backup commands are noted and audited; what is missing is told to the admins once."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from clinic import space, tasks
from clinic.actions import backups
from clinic.actions.space import note_space, tell_space
from clinic.models import AuditEvent, BackupRun, Heartbeat
from clinic.queries import backups as queries
from clinic.rules.backups import Log
from clinic.rules.space import Reading
from tests.people import people
from tests.standing import standing

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 13, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


p = standing(people)


@pytest.fixture
def log_is_well(monkeypatch):
    """The database of the tests keeps no log: let it say that it does, at every hour."""
    monkeypatch.setattr(queries, "log_kept", lambda: Log(True, NOON + HOUR, None, NOON - HOUR))


def note(kind, at=NOON, outcome="ok", **more):
    return backups.note_run(kind=kind, name="base-20260513T160000Z", started_at=at, outcome=outcome, at=at, **more)


def test_a_run_is_noted_with_one_audit_row_and_stays():
    run = note("base", size=4096)
    event = AuditEvent.objects.get(verb="backup.base")
    assert (event.subject_id, event.detail["outcome"], event.actor_kind) == (run.pk, "ok", "system")
    for change in (lambda: BackupRun.objects.update(outcome="failed"), lambda: BackupRun.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_failed_run_says_why():
    with pytest.raises(DatabaseError), transaction.atomic():
        note("base", outcome="failed")
    assert note("base", outcome="failed", words="The disk was full.").words == "The disk was full."


def test_the_admins_are_told_once_what_is_missing_and_when_it_is_well_again(p, log_is_well):
    assert backups.look(at=NOON)
    assert not backups.look(at=NOON + HOUR)
    assert "No copy of the record has ever been taken" in mail.outbox[0].body
    assert "health/ says more" in mail.outbox[0].body
    told = len(mail.outbox)
    for kind in ("base", "copy", "restore"):
        note(kind)
    assert backups.look(at=NOON)
    assert mail.outbox[-1].subject == "Tideline: backups are well again"
    assert len(mail.outbox) == 2 * told
    assert not backups.look(at=NOON)


def test_a_failed_copy_does_not_count_and_a_failed_trial_is_trouble_at_once(log_is_well):
    note("dump", at=NOON - 30 * HOUR)
    note("dump", at=NOON, outcome="failed", words="No space.")
    assert backups.troubles_of("copies", NOON).code == "old"
    note("restore", at=NOON - HOUR)
    assert backups.troubles_of("trial", NOON) is None
    note("restore", at=NOON, outcome="failed", words="Row hashes differ.")
    assert backups.troubles_of("trial", NOON).code == "failed"


def test_a_log_that_is_not_kept_is_trouble():
    assert backups.troubles_of("log", NOON).code == "off", "the cluster of the tests keeps none"


def test_nobody_is_told_where_copies_are_made_by_hand(p, settings):
    settings.BACKUP_WATCHED = False
    tasks.watch_backups()
    assert mail.outbox == []


def gb(used, total=100, name="database"):
    return Reading(name, used << 30, total << 30)


def test_rel_15_the_admins_are_told_at_each_stage_and_when_there_is_space_again(p):
    subjects = []
    for used in (50, 81, 82, 91, 98, 50):
        note_space(readings=[gb(used), gb(10, name="documents")], at=NOON)
        tell_space(at=NOON)
        subjects.append((queries.stage(), len(mail.outbox)))
        mail.outbox.clear()
    admins = 2
    assert subjects == [
        ("ok", 0), ("tight", admins), ("tight", 0), ("no_files", admins), ("read_only", admins), ("ok", admins),
    ]  # fmt: skip


def test_rel_15_the_letter_names_the_disk_and_what_is_left(p):
    note_space(readings=[gb(81), gb(10, name="documents")], at=NOON)
    tell_space(at=NOON)
    assert "database: 81 % used, 19456 MB free." in mail.outbox[0].body


def test_the_fullest_disk_of_all_machines_counts():
    note_space(readings=[gb(95)], at=NOON)
    assert note_space(readings=[gb(10, name="web")], at=NOON) == "no_files"
    assert [one.name for one, _ in queries.disks()] == ["database", "web"]
    assert Heartbeat.objects.get(part="space").detail == "no_files"


def test_the_worker_measures_what_the_settings_name(settings, tmp_path):
    settings.DISK_FOLDERS = [f"here={tmp_path}"]
    tasks.measure_space()
    ((reading, _),) = queries.disks()
    assert (reading.name, reading.total > 0) == ("here", True)
    settings.DISK_FOLDERS = []
    assert space.measure() == []


def test_a_folder_that_is_not_there_is_said(settings):
    settings.DISK_FOLDERS = ["gone=/nowhere/at/all"]
    with pytest.raises(CommandError, match="can't be measured"):
        call_command("measure_space")


def test_the_commands_say_what_is_not_set(settings, tmp_path):
    for words, said in (
        (["backup", "dump"], "DATABASE_BACKUP_URL is not set"),
        (["try_restore"], "BACKUP_IDENTITY_FILE is not set"),
        (["restore", "latest", "--to", str(tmp_path)], "BACKUP_IDENTITY_FILE is not set"),
        (["restore", "latest"], "Say --to FOLDER"),
        (["backups"], "BACKUP_FOLDER is not set"),
    ):
        with pytest.raises(CommandError, match=said):
            call_command(*words)


def test_a_copy_that_fails_is_noted_and_leaves_nothing(settings, tmp_path):
    with (tmp_path / "recipients").open("w") as recipients:
        call_command("backup_key", str(tmp_path / "identity"), stdout=recipients)
    settings.DATABASE_BACKUP_URL = "postgresql://nobody@/nothing?host=/nowhere"
    settings.BACKUP_RECIPIENTS_FILE, settings.BACKUP_FOLDER = tmp_path / "recipients", str(tmp_path / "shelf")
    with pytest.raises(CommandError, match="does not answer"):
        call_command("backup", "dump")
    run = BackupRun.objects.get()
    assert (run.kind, run.outcome, "does not answer" in run.words) == ("dump", "failed", True)
    assert list(Path(settings.BACKUP_FOLDER).iterdir()) == []


def test_a_key_is_never_written_over(tmp_path):
    out = StringIO()
    call_command("backup_key", str(tmp_path / "identity"), stdout=out)
    assert (tmp_path / "identity").stat().st_mode & 0o777 == 0o600
    assert out.getvalue().startswith("age1")
    with pytest.raises(CommandError, match="never written over"):
        call_command("backup_key", str(tmp_path / "identity"))


def test_carrying_copies_elsewhere_is_noted(capsys):
    call_command("note_backup_copy", "--files", "12")
    call_command("note_backup_copy", "--failed", "The other place does not answer.")
    assert [run.outcome for run in BackupRun.objects.order_by("started_at")] == ["ok", "failed"]
