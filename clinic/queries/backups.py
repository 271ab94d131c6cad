"""What is known about copies of the record, and about the log PostgreSQL keeps."""

from django.db import connection

from clinic.models import BackupRun, Heartbeat
from clinic.rules.backups import Log
from clinic.rules.space import Reading

LOG = """
    SELECT current_setting('archive_mode') <> 'off', last_archived_time, last_failed_time, pg_postmaster_start_time()
      FROM pg_stat_archiver
"""
DISK, SPACE = "disk ", "space"
COPIES = ("base", "dump")


def last_run(*kinds: str, good: bool = True) -> BackupRun | None:
    """The newest run of these kinds; with `good` the newest that did what it was for."""
    rows = BackupRun.objects.filter(kind__in=kinds)
    return (rows.filter(outcome="ok") if good else rows).order_by("-ended_at").first()


def runs(limit: int):
    """The newest runs of every kind."""
    return BackupRun.objects.order_by("-ended_at")[:limit]


def log_kept() -> Log:
    """What PostgreSQL says about keeping its log."""
    with connection.cursor() as cursor:
        cursor.execute(LOG)
        return Log(*cursor.fetchone())


def disks() -> list[tuple[Reading, object]]:
    """Every disk that has ever been measured, with when it last was, the fullest first."""
    rows = Heartbeat.objects.filter(part__startswith=DISK)
    found = [(Reading(row.part.removeprefix(DISK), *map(int, row.detail.split())), row.at) for row in rows]
    return sorted(found, key=lambda pair: -pair[0].percent)


def stage() -> str:
    """How short of space the installation is, by the last measurement; "ok" before the first."""
    found = Heartbeat.objects.filter(part=SPACE).values_list("detail", flat=True).first()
    return found or "ok"
